"""A slider that says what it sets and where it stands."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.slider import Slider

_LEAST_LENGTH = 64


class NamedSlider(QWidget):
    """Label, slider, and its value in words, with room for the longest.

    Attributes:
        slider: the part that takes the keyboard.

    Signals:
        changed(int): the learner moved it.
    """

    changed = Signal(int)

    def __init__(
        self,
        name: str,
        label: str,
        explanation: str,
        limits: tuple[int, int],
        spell: Callable[[int], str],
        parent: QWidget | None = None,
    ) -> None:
        """`spell` says a position in words; `limits` are the first and the last position."""
        super().__init__(parent)
        self._spell = spell
        self._is_placing = False
        self.slider = Slider(self)
        self.slider.setObjectName(name)
        self.slider.setAccessibleName(label)
        self.slider.setToolTip(explanation)
        self.slider.setRange(*limits)
        self.slider.setMinimumWidth(_LEAST_LENGTH)
        self.slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._value = QLabel(self)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        room = max(theme.fonts.widest(theme.fonts.font(), spell(limit)) for limit in limits)
        self._value.setMinimumWidth(round(room) + 2)
        words = QLabel(label, self)
        words.setBuddy(self.slider)
        words.setToolTip(explanation)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        for part in (words, self.slider, self._value):
            layout.addWidget(part, 1 if part is self.slider else 0)
        self.slider.valueChanged.connect(self._on_changed)
        self._show()

    @property
    def value(self) -> int:
        """Where it stands."""
        return self.slider.value()

    def set_value(self, value: int) -> None:
        """Put it elsewhere without saying so."""
        self._is_placing = True  # the slider's own signal is not blocked: where it stands is noted by it
        self.slider.setValue(value)
        self._is_placing = False
        self._show()

    @Slot(int)
    def _on_changed(self, value: int) -> None:
        self._show()
        if not self._is_placing:
            self.changed.emit(value)

    def _show(self) -> None:
        words = self._spell(self.slider.value())
        self._value.setText(words)
        self.slider.setAccessibleDescription(words)
