"""Which run it is, with which weights it began, and the way to forget it."""

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolTip, QWidget

from mnist_lab.runs.run import Run
from mnist_lab.window import theme
from mnist_lab.window.run_names import run_title
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.short_label import ShortLabel
from mnist_lab.window.words import fill

_SHORT = 8
"""Digits of a hash that are shown: two different ones hardly ever begin alike."""


class WhichRun(QWidget):
    """The run's number and name, the hash of its initial weights, *Export* and *Forget*; as high before there is a run.

    Signals:
        forget_pressed().
    """

    forget_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sha256 = ""
        self._name = ShortLabel(self)
        self._name.setObjectName("runName")
        theme.set_role(self._name, "heading")
        self._start = named_button("startHash", "ph.copy", "", "", self)
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
        """Have room for a number and for every hash from the beginning: nothing moves when one comes."""
        self._name.ensurePolished()
        self._name.setMinimumWidth(self._name.fontMetrics().horizontalAdvance(run_title(88, "")))
        self._start.ensurePolished()
        self._show_start(_SHORT * max("0123456789abcdef", key=self._start.fontMetrics().horizontalAdvance))
        self._start.setMinimumWidth(self._start.sizeHint().width())

    def set_export_menu(self, menu: QMenu) -> None:
        """Let the button open this menu."""
        self._export.setMenu(menu)

    def show_run(self, run: Run | None, name: str = "", *, can_forget: bool = False, can_compare: bool = False) -> None:
        """Show which run this is, and what the learner calls it; None: there is none.

        With which weights it began says something once it `can_compare` with another run; from then on it has its room.
        """
        self._name.setText(self._title(run, name))
        self._name.setToolTip(self.tr("The run that is shown here. Its number never changes; it is named on Runs."))
        start = None if run is None else run.start_weights
        self._sha256 = "" if start is None else start.sha256()
        if can_compare:
            _keep_room(self._start)
        self._start.setVisible(start is not None and can_compare)
        self._export.setVisible(run is not None)
        self._forget.setVisible(run is not None)
        self._show_start(self._sha256)
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

    def _show_start(self, sha256: str) -> None:
        short = sha256[:_SHORT] or "0" * _SHORT
        self._start.setText(fill(self.tr("start {hash}"), hash=short))
        self._start.setAccessibleName(fill(self.tr("Initial weights {hash}: copy the whole number"), hash=short))
        self._start.setToolTip(
            fill(
                self.tr(
                    "The initial weights of this run as one number (SHA-256): {hash}. Runs with the same number began"
                    " with the very same weights, bit for bit. A click copies it."
                ),
                hash=sha256,
            )
        )

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._sha256)
        QToolTip.showText(self._start.mapToGlobal(QPoint(0, self._start.height())), self.tr("Copied."), self._start)


def _keep_room(button: QWidget) -> None:
    """Let nothing move when it comes or goes."""
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    button.setSizePolicy(policy)
