"""A number on a logarithmic slider and in a field beside it."""

import math

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.slider import Slider
from mnist_lab.window.widgets.fields.complaints import Complaints
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox
from mnist_lab.window.words import rounded

_STEPS_A_DECADE = 50
_FIELD_WIDTH = 108


class LogSlider(QWidget):
    """Slider and field of one positive number.

    Attributes:
        value: the number.

    Signals:
        changed(float): the learner set it.
    """

    changed = Signal(float)

    def __init__(
        self,
        name: str,
        label: str,
        explanation: str,
        decades: tuple[int, int],
        complaints: Complaints,
        parent: QWidget | None = None,
    ) -> None:
        """Go from ten to the power of the first of `decades` to the second; parts are "<name>" and "<name>Slider".

        `complaints` tell what is wrong with what is typed.
        """
        super().__init__(parent)
        self.value = 10.0 ** decades[0]
        self._is_placing = False
        self._slider = Slider(self)
        self._slider.setRange(*(_STEPS_A_DECADE * decade for decade in decades))
        self._slider.setPageStep(_STEPS_A_DECADE // 2)
        self._field = RealNumberBox(self, minimum=10.0 ** decades[0], maximum=10.0 ** decades[1])
        self._field.setFixedWidth(theme.fonts.scaled(_FIELD_WIDTH))
        for part, ending in ((self._field, ""), (self._slider, "Slider")):
            part.setObjectName(f"{name}{ending}")
            part.setAccessibleName(label)
            part.setToolTip(explanation)
        complaints.add_field(self._field)
        words = QLabel(label, self)
        words.setBuddy(self._field)
        words.setToolTip(explanation)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(words, 0, 0)
        layout.addWidget(self._field, 0, 1)
        layout.addWidget(self._slider, 1, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        self._slider.valueChanged.connect(self._on_slider)
        self._field.valueChanged.connect(self._on_field)

    def set_value(self, value: float) -> None:
        """Show a value without saying so."""
        self.value = value
        self._is_placing = True  # their own signals are not blocked: where a control stands is noted by them
        self._field.setValue(value)
        self._slider.setValue(self._place)
        self._is_placing = False

    @property
    def _place(self) -> int:
        """Where the slider stands at the value."""
        return round(_STEPS_A_DECADE * math.log10(self.value))

    @Slot(int)
    def _on_slider(self, place: int) -> None:
        if not self._is_placing:
            self.set_value(rounded(10 ** (place / _STEPS_A_DECADE), 3))
            self.changed.emit(self.value)

    @Slot(float)
    def _on_field(self, value: float) -> None:
        if value > 0 and not self._is_placing:
            self.value = value
            self._is_placing = True
            self._slider.setValue(self._place)
            self._is_placing = False
            self.changed.emit(value)
