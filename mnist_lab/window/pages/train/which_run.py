"""Which run it is, with which weights it began, and the way to forget it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from mnist_lab.runs.run import Run
from mnist_lab.window import theme
from mnist_lab.window.run_names import run_title
from mnist_lab.window.widgets.basic.explanation import Explanation
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.short_label import ShortLabel
from mnist_lab.window.words import fill

_HALF = 32


class WhichRun(QWidget):
    """The run's number and name, its initial weights, *Export* and *Forget*; as high before there is a run.

    Signals:
        forget_pressed().
    """

    forget_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: Run | None = None
        self._before: Run | None = None
        self._name = ShortLabel(self)
        self._name.setObjectName("runName")
        theme.set_role(self._name, "heading")
        self._start = named_button(
            "startHash",
            "ph.fingerprint",
            self.tr("initial weights"),
            self.tr("The initial weights of this run as one number, and whether the run before had the same."),
            self,
        )
        self._explanation = Explanation("startHashExplanation", self)
        self._export = named_button("exportRunButton", "ph.export", "", "", self)
        self._export.setAccessibleName(self.tr("Export this run"))
        self._export.setToolTip(
            self.tr("Write this run for other programs, as of the moment that is looked at: tables, a model, a report.")
        )
        theme.set_role(self._export, "slim")
        self._forget = named_button("forgetButton", "ph.trash", "", "", self)
        self._forget.setAccessibleName(self.tr("Forget this run"))
        theme.set_role(self._forget, "slim")
        theme.set_role(self._start, "slim")
        self._start.clicked.connect(self._on_copy)
        self._forget.clicked.connect(self.forget_pressed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._name, 1)
        for button in (self._start, self._export, self._forget):
            layout.addWidget(button)
        _keep_room(self._export)
        _keep_room(self._forget)
        self._keep_width()
        self.show_run(None)

    def _keep_width(self) -> None:
        """Have room for a number from the beginning: nothing moves when one comes."""
        self._name.ensurePolished()
        self._name.setMinimumWidth(self._name.fontMetrics().horizontalAdvance(run_title(88, "")))

    def set_export_menu(self, menu: QMenu) -> None:
        """Let the button open this menu."""
        self._export.setMenu(menu)

    def show_run(
        self,
        run: Run | None,
        name: str = "",
        *,
        before: Run | None = None,
        can_forget: bool = False,
        can_compare: bool = False,
    ) -> None:
        """Show which run this is, and what the learner calls it; None: there is none. `before` was looked at before it.

        With which weights it began says something once it `can_compare` with another run; from then on it has its room.
        """
        self._name.setText(self._title(run, name))
        self._name.setToolTip(self.tr("The run that is shown here. Its number never changes; it is named on Runs."))
        start = None if run is None else run.start_weights
        self._run, self._before = run, before
        if can_compare:
            _keep_room(self._start)
        self._start.setVisible(start is not None and can_compare)
        self._export.setVisible(run is not None)
        self._forget.setVisible(run is not None)
        self._forget.setEnabled(can_forget)
        self._forget.setToolTip(
            self.tr("Forget this run: it goes to the lab's bin, and Undo brings it back.")
            if can_forget
            else self.tr("Forget this run: possible once it has ended and is kept.")
        )

    def _title(self, run: Run | None, name: str) -> str:
        if run is None or run.number is None:
            return ""
        return run_title(run.number, name)

    @Slot()
    def _on_copy(self) -> None:
        """Copy the number, and say what it is and what it is good for."""
        start = None if self._run is None else self._run.start_weights
        if start is None:
            return
        sha256 = start.sha256()
        QGuiApplication.clipboard().setText(sha256)
        told = fill(
            self.tr(
                "The initial weights of this run as one number (SHA-256), which is on the clipboard now:\n{hash}\nRuns"
                " with the same number began with the very same weights, bit for bit."
            ),
            hash=f"{sha256[:_HALF]} {sha256[_HALF:]}",  # a line may end between
        )
        self._explanation.show_beside(self._start, " ".join(filter(None, (told, self._comparison(sha256)))))

    def _comparison(self, sha256: str) -> str:
        """Whether the run that was looked at before began with the same; "" where there is none to compare."""
        before = self._before
        if before is None or before.number is None or before.start_weights is None:
            return ""
        if before.start_weights.sha256() == sha256:
            words = self.tr("{run}, which you looked at before, began with the same.")
        else:
            words = self.tr("{run}, which you looked at before, began with others.")
        return fill(words, run=run_title(before.number))


def _keep_room(button: QWidget) -> None:
    """Let nothing move when it comes or goes."""
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    button.setSizePolicy(policy)
