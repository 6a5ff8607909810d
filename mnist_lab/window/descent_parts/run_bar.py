"""Step, step back, run, pause, restart, and how fast."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.icon_button import IconButton

SPEEDS = (1, 4, 10, 30, 100)
"""Steps a second."""
_USUAL = 1
_MILLISECONDS = 33


class RunBar(QWidget):
    """Asks for steps, one at a click, or by itself while it runs.

    Signals:
        steps_asked(int): so many steps forward, or back if negative.
        restart_asked(): back to the start.
    """

    steps_asked = Signal(int)
    restart_asked = Signal()

    def __init__(self, prefix: str, parent: QWidget | None = None) -> None:
        """Name the parts "<prefix>Run", "<prefix>Step", "<prefix>Back", "<prefix>Restart", "<prefix>Speed"."""
        super().__init__(parent)
        self._due = 0.0
        self._timer = QTimer(self, interval=_MILLISECONDS)
        self._timer.timeout.connect(self._on_time)
        self._run = self._button(f"{prefix}Run", "ph.play-fill", self.tr("Run"), self.tr("Run, or pause."))
        self._step = self._button(
            f"{prefix}Step", "ph.skip-forward", self.tr("Step"), self.tr("One step of every optimizer.")
        )
        self._back = self._button(f"{prefix}Back", "ph.skip-back", self.tr("Back"), self.tr("Take one step back."))
        self._restart = self._button(
            f"{prefix}Restart", "ph.arrow-counter-clockwise", self.tr("Restart"), self.tr("Back to the same start.")
        )
        self._speed = QComboBox(self)
        self._speed.setObjectName(f"{prefix}Speed")
        self._speed.setAccessibleName(self.tr("Speed"))
        self._speed.setToolTip(self.tr("How fast Run goes."))
        for speed in SPEEDS:
            words = self.tr("1 step a second") if speed == 1 else self.tr("{:,} steps a second").format(speed)
            self._speed.addItem(words, speed)
        self._speed.setCurrentIndex(_USUAL)
        self._count = QLabel(self)
        self._count.setObjectName(f"{prefix}Count")
        theme.set_role(self._count, "caption")
        self._run.set_primary(True)
        self._lay_out()
        self._run.clicked.connect(self.toggle)
        self._step.clicked.connect(self._on_step)
        self._back.clicked.connect(self._on_back)
        self._restart.clicked.connect(self._on_restart)

    @property
    def is_running(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    def show_state(self, steps: int, can_step: bool, note: str = "") -> None:
        """Say how many steps were made, and whether there can be more."""
        if not can_step:
            self.pause()
        for button, is_enabled in ((self._back, steps > 0), (self._restart, steps > 0)):
            self._enable(button, is_enabled)
        self._enable(self._step, can_step)
        self._enable(self._run, can_step)
        self._count.setText(note or self.tr("step {:,}").format(steps))

    @Slot()
    def toggle(self) -> None:
        """Run, or pause."""
        if self.is_running:
            self.pause()
        elif self._run.isEnabled():
            self._due = 1.0  # the first step at once
            self._timer.start()
            self._show_running()

    @Slot()
    def pause(self) -> None:
        """Stand still."""
        self._timer.stop()
        self._show_running()

    def _enable(self, button: IconButton, is_enabled: bool) -> None:
        """Where the keyboard would be left on a dead button it goes to one that lives."""
        if button.isEnabled() == is_enabled:
            return
        had_keyboard = button.hasFocus()
        button.setEnabled(is_enabled)
        if had_keyboard and not is_enabled:
            other = self._step if button in (self._back, self._restart) else self._back
            other.setFocus()

    def _show_running(self) -> None:
        self._run.set_icon("ph.pause-fill" if self.is_running else "ph.play-fill")
        self._run.setText(self.tr("Pause") if self.is_running else self.tr("Run"))

    def _button(self, name: str, sign: str, words: str, explanation: str) -> IconButton:
        button = IconButton(sign, words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setToolTip(explanation)
        return button

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, theme.GAP, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._run, 0, 0)
        layout.addWidget(self._restart, 0, 1)
        layout.addWidget(self._back, 1, 0)
        layout.addWidget(self._step, 1, 1)
        layout.addWidget(self._count, 2, 0)
        layout.addWidget(self._speed, 2, 1)
        layout.setColumnStretch(0, 1)
        layout.setColumnStretch(1, 1)

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

    @Slot()
    def _on_time(self) -> None:
        self._due += SPEEDS[self._speed.currentIndex()] * _MILLISECONDS / 1000
        steps = int(self._due)
        self._due -= steps
        if steps:
            self.steps_asked.emit(steps)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while nobody looks."""
        super().hideEvent(event)
        self.pause()
