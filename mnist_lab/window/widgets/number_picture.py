"""A 28×28 picture with the number in every pixel, as the array holds it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.pixel_picture import SIDE, PixelPicture

_LEAST_CELL = 14.0
"""Smaller pixels have no room for three figures: then the pointer reads them one by one."""
_HEIGHT_OF_FIGURES = 0.46
_HALF = 128


class NumberPicture(PixelPicture):
    """Shows grey values from 0 to 255 with their numbers, light on ink and dark on paper.

    Attributes:
        numbers: (28, 28) uint8, or None.
    """

    def __init__(self, parent: QWidget | None = None, *, empty_words: str = "") -> None:
        self.numbers: NDArray[np.uint8] | None = None
        super().__init__(parent, empty_words=empty_words)
        self.setToolTip(self.tr("Point at a pixel, or go to it with the arrow keys, to read its value from 0 to 255"))

    def set_numbers(self, numbers: NDArray[np.uint8] | None) -> None:
        """Show an image of the array: (28, 28) uint8; None: none."""
        self.numbers = numbers
        self.set_picture(None if numbers is None else numbers.astype(np.float32) / np.float32(255))

    def sizeHint(self) -> QSize:
        """Ask for pixels in which numbers can be read."""
        return QSize(SIDE * 18, SIDE * 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the numbers over the pixels."""
        super().paintEvent(event)
        if self.numbers is None or self._scale() < _LEAST_CELL:
            return
        painter = QPainter(self)
        font = QFont(theme.fonts.font("small"))
        font.setPixelSize(round(self._scale() * _HEIGHT_OF_FIGURES))
        painter.setFont(font)
        dark, light, faint = (QColor(name) for name in (self._palette.ink, self._palette.paper, self._palette.border))
        for row in range(SIDE):
            for column in range(SIDE):
                number = int(self.numbers[row, column])
                painter.setPen(light if number >= _HALF else dark if number else faint)
                painter.drawText(self.pixel_rect(row, column), Qt.AlignmentFlag.AlignCenter, str(number))
        painter.end()

    def _spell(self, value: float) -> str:
        return str(round(value * 255))
