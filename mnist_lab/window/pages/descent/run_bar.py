"""Step, step back, run, pause, restart, and how fast: something that goes on without a given end."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.icon_button import IconButton, named_button
from mnist_lab.window.widgets.fields.speed_choice import SpeedChoice
from mnist_lab.window.words import fill

SPEEDS = (1, 4, 10, 30, 100)
"""Steps a second."""


class RunBar(QWidget):
    """Asks for steps, one at a click, or by itself while it runs.

    Signals:
        steps_asked(int): so many steps forward, or back if negative.
        restart_asked(): back to the start.
    """

    steps_asked = Signal(int)
    restart_asked = Signal()

    def __init__(self, prefix: str, parent: QWidget | None = None, *, has_keys: bool, has_count: bool) -> None:
        """Name the parts "<prefix>Run", "<prefix>Step", "<prefix>Back", "<prefix>Restart", "<prefix>Speed".

        Args:
            prefix: how the names begin.
            parent: as everywhere in Qt.
            has_keys: whether Space, Left and Right do the same in the picture beside it, so that the tooltips say so.
            has_count: whether "<prefix>Count" says how many steps were made.
        """
        super().__init__(parent)
        self._make_buttons(prefix, has_keys)
        self._speed = SpeedChoice(f"{prefix}Speed", self.tr("How fast Run goes."), SPEEDS, self)
        self._count = QLabel(self)
        self._count.setObjectName(f"{prefix}Count")
        self._count.setVisible(has_count)
        theme.set_role(self._count, "caption")
        self._lay_out(has_count)
        self._speed.steps_due.connect(self.steps_asked)
        self._run.clicked.connect(self.toggle)
        self._step.clicked.connect(self._on_step)
        self._back.clicked.connect(self._on_back)
        self._restart.clicked.connect(self._on_restart)

    @property
    def is_running(self) -> bool:
        """Whether it goes on by itself."""
        return self._speed.is_running

    def show_state(self, steps: int, *, can_step: bool, can_run: bool = True) -> None:
        """Say how many steps were made, and whether there can be more, or are worth waiting for; if not, it pauses."""
        if not (can_step and can_run):
            self.pause()
        for button, is_enabled in (
            (self._back, steps > 0),
            (self._restart, steps > 0),
            (self._step, can_step),
            (self._run, can_step and can_run),
        ):
            self._enable(button, is_enabled)
        self._count.setText(fill(self.tr("step {:,}"), steps))

    @Slot()
    def toggle(self) -> None:
        """Run, or pause."""
        if self.is_running:
            self.pause()
        elif self._run.isEnabled():
            self._speed.start()
            self._show_running()

    @Slot()
    def pause(self) -> None:
        """Stand still."""
        self._speed.stop()
        self._show_running()

    def _enable(self, button: IconButton, is_enabled: bool) -> None:
        """Where the keyboard would be left on a dead button it goes to one that lives."""
        if button.isEnabled() == is_enabled:
            return
        had_keyboard = self.window().focusWidget() is button  # also while another window is in front
        button.setEnabled(is_enabled)
        if had_keyboard and not is_enabled:
            other = self._step if button in (self._back, self._restart) else self._back
            other.setFocus()

    def _show_running(self) -> None:
        self._run.set_icon("ph.pause-fill" if self.is_running else "ph.play-fill")
        self._run.setText(self.tr("Pa&use") if self.is_running else self.tr("R&un"))

    # Building

    def _make_buttons(self, prefix: str, has_keys: bool) -> None:
        run, step, back = self._explanations(has_keys)
        self._run = named_button(f"{prefix}Run", "ph.play-fill", self.tr("R&un"), run, self)
        self._run.set_primary(True)
        restart = self.tr("Back to the same start.")
        self._restart = named_button(
            f"{prefix}Restart", "ph.arrow-counter-clockwise", self.tr("Res&tart"), restart, self
        )
        self._back = named_button(f"{prefix}Back", "ph.skip-back", self.tr("&Back"), back, self)
        self._step = named_button(f"{prefix}Step", "ph.skip-forward", self.tr("Ste&p"), step, self)

    def _explanations(self, has_keys: bool) -> tuple[str, str, str]:
        """Of Run, Step and Back."""
        if has_keys:
            run = self.tr("Step by step until every ball is at rest; again pauses (Space).")
            step = self.tr("One step of every optimizer (Right).")
            return run, step, self.tr("Take one step back (Left).")
        run, step = self.tr("Step by step; again pauses."), self.tr("One step of every optimizer.")
        return run, step, self.tr("Take one step back.")

    def _lay_out(self, has_count: bool) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        for place, button in enumerate((self._run, self._restart, self._back, self._step)):
            layout.addWidget(button, place // 2, place % 2)
            layout.setColumnStretch(place % 2, 1)
        if has_count:
            layout.addWidget(self._count, 2, 0)
            layout.addWidget(self._speed, 2, 1)
        else:
            layout.addWidget(self._speed, 2, 0, 1, 2)

    # What is pressed

    @Slot()
    def _on_step(self) -> None:
        self.pause()
        self.steps_asked.emit(1)

    @Slot()
    def _on_back(self) -> None:
        self.pause()
        self.steps_asked.emit(-1)

    @Slot()
    def _on_restart(self) -> None:
        self.pause()
        self.restart_asked.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while nobody looks."""
        super().hideEvent(event)
        self.pause()
