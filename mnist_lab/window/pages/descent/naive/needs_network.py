"""What stands where a network is needed and there is none yet: a calm sentence and the way to one."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.run_words import RunWords
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.next_update import has_next_update, train_or_show_next
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.layouts import paragraph, row


class NeedsNetwork(QWidget):
    """Offers to train one batch, or the whole run; where there is a run, one batch more of it."""

    def __init__(self, name: str, lab: Lab, why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lab = lab
        self._run_words = RunWords(self)
        self._why = why
        self._words = paragraph(f"{name}NeedsNetwork")
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._train = IconButton("ph.play-fill", self.tr("Train it now"))
        self._train.setObjectName(f"{name}TrainNow")
        self._train.setToolTip(self.tr("Start a run with the settings of the Train page."))
        self._step = IconButton("ph.skip-forward")
        self._step.setObjectName(f"{name}TrainOneNow")
        self._train.set_primary(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2 * theme.LARGE_GAP, 0, 0)
        layout.setSpacing(theme.LARGE_GAP)
        layout.addWidget(self._words)
        layout.addWidget(row(self._train, self._step))
        layout.addStretch(1)
        self._train.clicked.connect(lab.start)
        self._step.clicked.connect(self._on_step)
        self.refresh()

    def refresh(self) -> None:
        """Say what is missing, and offer what can be done about it."""
        lab = self._lab
        is_coming, opening = lab.live.is_training and not lab.time.is_away, self._run_words.opening(lab)
        if (is_coming or opening) and (self._train.hasFocus() or self._step.hasFocus()):
            self.setFocus()  # else the keyboard goes on to the next button there is, which is no part of the page
        has_run = lab.run is not None and lab.weights is not None
        self._train.setVisible(not is_coming and not opening and not has_run)
        self._step.setVisible(not is_coming and not opening)
        self._show_step(has_run)
        if is_coming:
            words = self.tr("The network is being prepared; it is shown as soon as it stands.")
        elif has_next_update(lab):
            words = self._why + " " + self.tr("No update led to this moment; the next one is known.")
        elif has_run:
            words = opening or self._why + " " + self.tr("Train one batch more, to look at its update.")
        else:
            words = opening or self._why + " " + self.tr("None is trained yet.")
        self._words.setText(words)

    def _show_step(self, has_run: bool) -> None:
        """Say what the button does: begin a run, let the one that is looked at go on, or show what it did next."""
        is_known = has_next_update(self._lab)
        words = self.tr("Train one batch and look") if has_run else self.tr("Train one batch")
        self._step.setText(self.tr("Show the next update") if is_known else words)
        self._step.setAccessibleName(self._step.text())
        self._step.set_primary(has_run)
        self._step.setToolTip(
            self.tr("Show the run's next update, as the run made it. Nothing is trained.")
            if is_known
            else self.tr("Train one batch more of this run, and wait.")
            if has_run
            else self.tr("Begin a run with the settings of the Train page, train one batch, and wait.")
        )

    @Slot()
    def _on_step(self) -> None:
        train_or_show_next(self._lab)
