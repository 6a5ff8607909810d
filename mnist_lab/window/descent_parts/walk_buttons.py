"""Run, step, step back and restart, with a speed."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.icon_button import IconButton

_SPEEDS = (1, 4, 10, 40)
"""Steps a second."""
_USUAL = 1
_MILLISECONDS = 33


class WalkButtons(QWidget):
    """Goes forward without a given end.

    Signals:
        steps_asked(int): so many steps forward, or back.
        restart_asked(): back to the start.
    """

    steps_asked = Signal(int)
    restart_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._due = 0.0
        self._timer = QTimer(self, interval=_MILLISECONDS)
        self._timer.timeout.connect(self._on_time)
        self._run = self._button("Run", "ph.play-fill", self.tr("R&un"), self.tr("Step by step; again pauses (Space)."))
        self._run.set_primary(True)
        self._restart = self._button(
            "Restart", "ph.arrow-counter-clockwise", self.tr("Res&tart"), self.tr("Back to the same start.")
        )
        self._back = self._button("Back", "ph.skip-back", self.tr("&Back"), self.tr("Take one step back (Left)."))
        self._step = self._button("Step", "ph.skip-forward", self.tr("&Step"), self.tr("Take one step (Right)."))
        self._make_speed()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        for place, part in enumerate((self._run, self._restart, self._back, self._step)):
            layout.addWidget(part, place // 2, place % 2)
        layout.addWidget(self._speed, 2, 0, 1, 2)
        self._run.clicked.connect(self.toggle)
        self._restart.clicked.connect(self._on_restart)
        self._back.clicked.connect(self._on_back)
        self._step.clicked.connect(self._on_step)

    @property
    def is_running(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    @Slot()
    def toggle(self) -> None:
        """Run or pause."""
        if self.is_running:
            self.pause()
        elif self._run.isEnabled():
            self._due = 1.0  # the first step at once
            self._timer.start()
            self._show()

    def pause(self) -> None:
        """Stand still."""
        self._timer.stop()
        self._show()

    def show_state(self, *, can_step: bool, can_go_back: bool) -> None:
        """Say what can be pressed; where nothing moves any more, it pauses."""
        if not can_step and self.is_running:
            self.pause()
        self._run.setEnabled(can_step)
        self._step.setEnabled(can_step)
        self._back.setEnabled(can_go_back)
        self._restart.setEnabled(can_go_back)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while nobody looks."""
        super().hideEvent(event)
        self.pause()

    def _button(self, name: str, icon: str, words: str, explanation: str) -> IconButton:
        button = IconButton(icon, words, self)
        button.setObjectName(f"descent{name}")
        button.setAccessibleName(words.replace("&", ""))
        button.setToolTip(explanation)
        return button

    def _make_speed(self) -> None:
        self._speed = QComboBox(self)
        self._speed.setObjectName("descentSpeed")
        self._speed.setAccessibleName(self.tr("Speed"))
        self._speed.setToolTip(self.tr("How fast Run goes."))
        for speed in _SPEEDS:
            words = self.tr("1 step a second") if speed == 1 else self.tr("{} steps a second").format(speed)
            self._speed.addItem(words, speed)
        self._speed.setCurrentIndex(_USUAL)

    def _show(self) -> None:
        self._run.set_icon("ph.pause-fill" if self.is_running else "ph.play-fill")
        self._run.setText(self.tr("Pa&use") if self.is_running else self.tr("R&un"))

    @Slot()
    def _on_time(self) -> None:
        self._due += _SPEEDS[self._speed.currentIndex()] * _MILLISECONDS / 1000
        steps = int(self._due)
        self._due -= steps
        if steps:
            self.steps_asked.emit(steps)

    @Slot()
    def _on_restart(self) -> None:
        self.pause()
        self.restart_asked.emit()

    @Slot()
    def _on_back(self) -> None:
        self.pause()
        self.steps_asked.emit(-1)

    @Slot()
    def _on_step(self) -> None:
        self.pause()
        self.steps_asked.emit(1)
