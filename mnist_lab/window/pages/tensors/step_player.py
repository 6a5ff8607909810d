"""Play, pause, step, step back, and a slider over all steps of something that goes on step by step."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.slider import Slider
from mnist_lab.window.widgets.fields.speed_choice import SpeedChoice
from mnist_lab.window.words import fill

SPEEDS = (1, 4, 20, 200, 5_000)
"""Steps a second."""


class StepPlayer(QWidget):
    """Goes from step 0 to `count`.

    Attributes:
        step: how many steps are done.
        count: how many there are.

    Signals:
        step_changed(int): the new `step`.
    """

    step_changed = Signal(int)

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        """Name the parts after `object_name`: "…Play", "…Step", "…Back", "…Slider", "…Speed"."""
        super().__init__(parent)
        self.step = 0
        self.count = 0
        self._make_buttons(object_name)
        self._make_slider(object_name)
        self._speed = SpeedChoice(f"{object_name}Speed", self.tr("How fast Play goes."), SPEEDS, self)
        self._speed.steps_due.connect(self._on_steps_due)
        self._build()
        self._show()

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._speed.is_running

    def set_count(self, count: int, step: int = 0) -> None:
        """Take over something else with `count` steps, and stand at `step`."""
        self.pause()
        self.count, self.step = count, min(step, count)
        self._slider.blockSignals(True)
        self._slider.setRange(0, count)
        self._slider.setPageStep(max(count // 20, 1))
        self._slider.setValue(self.step)
        self._slider.blockSignals(False)
        self._show()

    def go_to(self, step: int) -> None:
        """Stand at a step; what is beyond the ends is the end."""
        step = min(max(step, 0), self.count)
        if step == self.step:
            return
        self.step = step
        self._slider.blockSignals(True)
        self._slider.setValue(step)
        self._slider.blockSignals(False)
        self._show()
        self.step_changed.emit(step)

    def play(self) -> None:
        """Go on by itself, from the beginning if it stands at the end."""
        if not self.count:
            return
        if self.step == self.count:
            self.go_to(0)
        self._speed.start()
        self._show()

    @Slot()
    def pause(self) -> None:
        """Stand still."""
        self._speed.stop()
        self._show()

    # Building

    def _make_buttons(self, name: str) -> None:
        self._back = IconButton("ph.skip-back", self.tr("&Back"), self)
        self._back.setObjectName(f"{name}Back")
        self._back.setToolTip(self.tr("Take one step back."))
        self._play = IconButton("ph.play-fill", self.tr("Pla&y"), self)
        self._play.setObjectName(f"{name}Play")
        self._play.setToolTip(self.tr("Go on step by step at the chosen speed; press again to pause."))
        self._play.set_primary(True)
        self._step = IconButton("ph.skip-forward", self.tr("Ste&p"), self)
        self._step.setObjectName(f"{name}Step")
        self._step.setToolTip(self.tr("Take one step."))
        for button, words in (
            (self._back, self.tr("Step back")),
            (self._play, self.tr("Play or pause")),
            (self._step, self.tr("Step")),
        ):
            button.setAccessibleName(words)
        self._back.clicked.connect(self._on_back)
        self._play.clicked.connect(self._on_play)
        self._step.clicked.connect(self._on_step)

    def _make_slider(self, name: str) -> None:
        self._slider = Slider(self)
        self._slider.setObjectName(f"{name}Slider")
        self._slider.setAccessibleName(self.tr("Step"))
        self._slider.setToolTip(self.tr("Drag to any step."))
        shows_state(self._slider)
        self._slider.valueChanged.connect(self._on_slider)
        self._place = QLabel(self)
        self._place.setObjectName(f"{name}Place")
        self._place.setWordWrap(True)  # a layer has hundreds of thousands of steps, a small window little room
        theme.set_role(self._place, "caption")

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        for button in (self._back, self._play, self._step):
            buttons.addWidget(button, 1)
        below = QGridLayout()
        below.setColumnStretch(0, 1)
        below.addWidget(self._place, 0, 0)
        below.addWidget(self._speed, 0, 1, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(buttons)
        layout.addWidget(self._slider)
        layout.addLayout(below)

    # What happens

    @Slot()
    def _on_back(self) -> None:
        self.pause()
        self._press(self._back, self.step - 1, self._step)

    @Slot()
    def _on_play(self) -> None:
        if self.is_playing:
            self.pause()
        else:
            self.play()

    @Slot()
    def _on_step(self) -> None:
        self.pause()
        self._press(self._step, self.step + 1, self._back)

    def _press(self, pressed: IconButton, step: int, other: IconButton) -> None:
        """Go there; where the pressed button can then not be pressed again, the keyboard goes to the other."""
        had_keyboard = pressed.hasFocus()
        self.go_to(step)
        if had_keyboard and not pressed.isEnabled():
            other.setFocus()

    @Slot(int)
    def _on_slider(self, step: int) -> None:
        self.pause()
        self.go_to(step)

    @Slot(int)
    def _on_steps_due(self, steps: int) -> None:
        self.go_to(self.step + steps)
        if self.step == self.count:
            self.pause()

    def _show(self) -> None:
        self._back.setEnabled(self.step > 0)
        self._step.setEnabled(self.step < self.count)
        self._play.setEnabled(self.count > 0)
        self._slider.setEnabled(self.count > 0)
        self._play.set_icon("ph.pause-fill" if self.is_playing else "ph.play-fill")
        self._play.setText(self.tr("Pause") if self.is_playing else self.tr("Pla&y"))
        self._place.setText(fill(self.tr("step {step:,} of {count:,}"), step=self.step, count=self.count))

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while nobody looks."""
        super().hideEvent(event)
        self.pause()
