"""Start, Pause, Step and Stop."""

from enum import Enum, auto
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QMenu, QMenuBar, QWidget

from mnist_lab.window import page_keys, theme
from mnist_lab.window.keyboard import spell
from mnist_lab.window.widgets.basic.icon_button import IconButton


class RunState(Enum):
    """What the buttons need to know of a run."""

    IDLE = auto()
    RUNNING = auto()
    PAUSED = auto()
    ENDED = auto()


class RunButtons(QWidget):
    """The four buttons that steer a run; which of them can be pressed follows its state.

    Signals:
        start_pressed(), pause_pressed(), step_pressed(), stop_pressed().
    """

    start_pressed = Signal()
    pause_pressed = Signal()
    step_pressed = Signal()
    stop_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start = self._make("startButton", "ph.play-fill", self.tr("&Start"))
        self._pause = self._make("pauseButton", "ph.pause-fill", self.tr("&Pause"))
        self._step = self._make("stepButton", "ph.skip-forward-fill", self.tr("S&tep"))
        self._stop = self._make("stopButton", "ph.stop-fill", self.tr("St&op"))
        self._explain()
        self._build()
        self._state = RunState.IDLE
        self._lent: IconButton | None = None  # has the keyboard again when a menu is closed
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus_changed)
        self._start.clicked.connect(self.start_pressed)
        self._pause.clicked.connect(self.pause_pressed)
        self._step.clicked.connect(self.step_pressed)
        self._stop.clicked.connect(self.stop_pressed)
        self.show_state(RunState.IDLE)

    def show_state(self, state: RunState) -> None:
        """Enable what can be done, and name Start by what it does now."""
        self._state, is_paused = state, state is RunState.PAUSED
        words = self._start_words(state)
        self._start.setText(f"{words} ({spell(QKeySequence(page_keys.START))})")
        self._start.setAccessibleName(words.replace("&", ""))
        self._start.setToolTip(self._start_explanation(state))
        self._step.setToolTip(self._step_explanation(state))
        can_press = {
            self._start: state is not RunState.RUNNING,
            self._pause: state is RunState.RUNNING,
            self._step: state is not RunState.RUNNING,
            self._stop: state is RunState.RUNNING or is_paused,
        }
        self._keep_focus(can_press)
        for button, is_enabled in can_press.items():
            button.setEnabled(is_enabled or button is self._lent)  # Qt gives it back to no button that is disabled
        self._start.set_primary(can_press[self._start])
        self.setFocusProxy(self._heir(can_press))  # Qt gives no keyboard to a button that is disabled

    def _keep_focus(self, can_press: dict[IconButton, bool]) -> None:
        """Move the keyboard from a button that is about to be disabled to Start or Pause, whichever is enabled.

        Qt would move it to the next one, which is Stop: then Space, Space, Space would start, pause and end a run.
        """
        focused = self.window().focusWidget()
        if isinstance(focused, IconButton) and not can_press.get(focused, True):
            heir = self._heir(can_press)
            heir.setEnabled(True)
            heir.setFocus()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        """Note which button lends the keyboard to a menu; when it is back, or elsewhere, the run may be over."""
        if isinstance(now, QMenuBar | QMenu):
            self._lent = old if isinstance(old, IconButton) and self.isAncestorOf(old) else self._lent
        elif now is not None and self._lent is not None:
            self._lent = None
            self.show_state(self._state)

    def _heir(self, can_press: dict[IconButton, bool]) -> IconButton:
        """Start, or Pause while that cannot be pressed."""
        return self._start if can_press[self._start] else self._pause

    def _start_words(self, state: RunState) -> str:
        return {
            RunState.IDLE: self.tr("&Start"),
            RunState.RUNNING: self.tr("&Start"),
            RunState.PAUSED: self.tr("Re&sume"),
            RunState.ENDED: self.tr("&Start a new run"),
        }[state]

    def _start_explanation(self, state: RunState) -> str:
        if state is RunState.PAUSED:
            return self.tr("Go on (Ctrl+Enter).")
        if state is RunState.ENDED:
            return self.tr("Train a new network with the settings above; this run stays on Runs (Ctrl+Enter).")
        return self.tr("Train with these settings (Ctrl+Enter).")

    def _step_explanation(self, state: RunState) -> str:
        if state is RunState.ENDED:
            return self.tr(
                "Train this network on one batch more, then wait; the run goes on where it ended, with an epoch more if"
                " all were trained (F10)."
            )
        return self.tr("Train exactly one batch, then wait (F10).")

    def _make(self, name: str, icon: str, text: str) -> IconButton:
        button = IconButton(icon, text, self)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("&", ""))
        return button

    def _explain(self) -> None:
        self._pause.setToolTip(self.tr("Wait after the batch at hand; nothing is lost (Ctrl+P)."))
        self._stop.setToolTip(self.tr("End the run and keep its weights (Ctrl+.)."))

    def _build(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.SMALL_GAP)
        layout.setVerticalSpacing(theme.GAP)
        layout.addWidget(self._start, 0, 0, 1, 3)
        keys = {self._pause: page_keys.PAUSE, self._step: page_keys.STEP, self._stop: page_keys.STOP}
        for column, (button, key) in enumerate(keys.items()):
            layout.addWidget(button, 1, column)
            layout.addWidget(self._key(key), 2, column)
            layout.setColumnStretch(column, 1)

    def _key(self, key: str) -> QLabel:
        """The key of the button above, where there is no room on it."""
        label = QLabel(spell(QKeySequence(key)), self)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(label, "caption")
        return label
