"""The left side of the Train page: the settings of the next run, what follows from them, and the buttons of a run."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.experiment import Experiment
from mnist_lab.window import page_keys, theme
from mnist_lab.window.keyboard import add_shortcut
from mnist_lab.window.pages.train.arithmetic import Arithmetic
from mnist_lab.window.pages.train.experiment_form import ExperimentForm
from mnist_lab.window.pages.train.form_memory import FormMemory
from mnist_lab.window.pages.train.run_buttons import RunButtons
from mnist_lab.window.pages.train.run_pace import RunPace
from mnist_lab.window.pages.train.settings_menu import SettingsMenu
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.one_place import OnePlace
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.widgets.basic.yielding_row import YieldingRow

LARGE_TEXT = 140
"""In percent: from there on a low screen has no room for curves and words at once, so they scroll together."""


class ControlsColumn(QWidget):
    """Joins the form with the draft, and the buttons with the run; what is dropped here are settings.

    Attributes:
        form: the settings of the next run.
        pace: how fast a run may go.
        buttons: Start, Pause, Step and Stop.
    """

    def __init__(self, lab: Lab, memory: FormMemory, parent: QWidget | None = None) -> None:
        """Show the draft, and what `memory` keeps of an earlier form."""
        super().__init__(parent)
        self._lab = lab
        self._was_training = lab.live.is_training
        self.form = ExperimentForm(lab.draft.experiment, memory, self)
        self._chapter = IconButton("ph.arrow-counter-clockwise", self.tr("The chapter's settings"), self)
        self._chapter.setObjectName("chapterSettingsButton")
        self._chapter.setToolTip(self.tr("512 hidden units, RMSprop, 5 epochs, batches of 128: the chapter's network."))
        self._menu = SettingsMenu(lab.travel, self)
        self._arithmetic = Arithmetic(self)
        self.pace = RunPace(lab.live.slow_motion, self)
        self.buttons = RunButtons(self)
        self.setAcceptDrops(True)
        self._build()
        self._connect()

    def show_experiment(self) -> None:
        """Show the draft as it is now, and what follows from it for the digits in use."""
        experiment, digits = self._lab.draft.experiment, self._lab.digits
        if self.form.experiment != experiment:
            self.form.set_experiment(experiment)
        self._arithmetic.set_experiment(experiment, None if digits is None else len(digits.train_images))
        self._chapter.setEnabled(experiment != Experiment())

    def focus_start(self) -> None:
        """Let Start have the keyboard, or whatever button of a run can be pressed."""
        self.buttons.setFocus()

    # Building

    def _build(self) -> None:
        keep_controls_width(self, least=262 if theme.fonts.text_size() < LARGE_TEXT else 246)  # at 100 %
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        buttons = YieldingRow(self._chapter, self._menu)
        layout.addWidget(ScrollColumn("settingsArea", self.form, buttons, parent=self), 1)
        below = QVBoxLayout()
        below.setContentsMargins(0, 0, theme.GAP, 0)  # as wide as the settings beside their scroll bar
        below.setSpacing(theme.GAP)
        told = OnePlace(self.form.complaints, self._arithmetic, self)
        for part in (told, self.pace, self.buttons):
            below.addWidget(part)
        layout.addLayout(below)

    def _connect(self) -> None:
        lab = self._lab
        self.form.experiment_changed.connect(lab.draft.set_experiment)
        self.form.experiment_changed.connect(self.form.complaints.settle)
        self.form.problem_changed.connect(lab.draft.set_problem)
        lab.live.changed.connect(self._on_live_changed)
        lab.draft.committing.connect(self.form.commit)
        lab.travel.brought.connect(self._on_brought)
        self._chapter.clicked.connect(self._on_chapter_settings)
        add_shortcut(page_keys.COPY_SETTINGS, self).activated.connect(lab.travel.copy)
        add_shortcut(page_keys.PASTE_SETTINGS, self).activated.connect(lab.travel.paste)
        self.pace.choice.speed_chosen.connect(lab.live.set_slow_motion)
        self.buttons.start_pressed.connect(lab.start)
        self.buttons.pause_pressed.connect(lab.live.pause)
        self.buttons.step_pressed.connect(lab.step)
        self.buttons.stop_pressed.connect(lab.live.stop)

    # What happens

    @Slot()
    def _on_live_changed(self) -> None:
        """Tell no more of a text that was refused by a click on Start, once the run that began so has ended."""
        was_training, self._was_training = self._was_training, self._lab.live.is_training
        if was_training and not self._was_training:
            self.form.complaints.settle()

    @Slot()
    def _on_chapter_settings(self) -> None:
        self.focus_start()  # the button is about to be disabled
        self._lab.travel.use_chapters()

    @Slot()
    def _on_brought(self) -> None:
        """Show the draft in place of what is typed, were it the same settings."""
        self.form.set_experiment(self._lab.draft.experiment)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a text; files are the window's."""
        if event.mimeData().hasText() and not event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring in the settings that are dropped."""
        event.acceptProposedAction()
        self._lab.travel.paste_text(event.mimeData().text())
