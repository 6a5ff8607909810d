"""A 28×28 picture with the number in every pixel, as the array holds it."""

import bisect
import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QStaticText
from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.pictures.pixel_picture import SIDE, PixelPicture

_LEVELS = 256
_LEAST_CELL = 14.0
"""Smaller pixels have no room for three figures: then the pointer reads them one by one."""
_WIDEST = "255"
_MEASURED = 100
"""Height in pixels of the font that is measured: large, for it is measured in whole pixels."""
_ROOM = 0.92
"""Of a pixel's width, for the widest number."""
_TALLEST = 0.6
"""Of a pixel's height, for a line of figures: lines stay apart."""


class NumberPicture(PixelPicture):
    """Shows grey values from 0 to 255 with their numbers, light on ink and dark on paper.

    Attributes:
        numbers: (28, 28) uint8, or None.
    """

    def __init__(self, parent: QWidget | None = None, *, empty_words: str = "") -> None:
        self.numbers: NDArray[np.uint8] | None = None
        self._laid_out: dict[int, tuple[QStaticText, QPointF]] = {}
        self._laid_out_for = 0.0
        super().__init__(parent, empty_words=empty_words)
        self.setToolTip(self.tr("Point at a pixel, or go to it with the arrow keys, to read its value from 0 to 255"))

    @property
    def has_room_for_numbers(self) -> bool:
        """Whether pixels are large enough to have their numbers in them."""
        return self._scale() >= _LEAST_CELL

    def set_numbers(self, numbers: NDArray[np.uint8] | None) -> None:
        """Show an image of the array: (28, 28) uint8; None: none."""
        self.numbers = numbers
        self.set_picture(None if numbers is None else np.divide(numbers, _LEVELS - 1, dtype=np.float32))

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        super().set_palette(palette)
        self._laid_out_for = 0.0  # perhaps another font
        self._first_light = bisect.bisect_left(range(_LEVELS), True, key=self._is_read_better_light)

    def _is_read_better_light(self, level: int) -> bool:
        """Whether the colour of paper stands out more than that of ink on a pixel of this level."""
        ground = QColor(self._colours[level]).name()
        return theme.contrast(ground, self._palette.paper) > theme.contrast(ground, self._palette.ink)

    def sizeHint(self) -> QSize:
        """Ask for pixels in which numbers can be read."""
        return QSize(SIDE * 18, SIDE * 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the numbers over the pixels."""
        super().paintEvent(event)
        if self.numbers is None or not self.has_room_for_numbers:
            return
        font = self._font_for(self._scale())
        painter = QPainter(self)
        painter.setFont(font)
        scale = self._scale()
        for colour, places in self._by_colour(self.numbers):
            painter.setPen(QColor(colour))
            for row, column in places:
                words, offset = self._words(int(self.numbers[row, column]), font)
                painter.drawStaticText(QPointF(column * scale, row * scale) + offset, words)
        painter.end()

    def _by_colour(self, numbers: NDArray[np.uint8]) -> list[tuple[str, list[list[int]]]]:
        """Places of zeros, of numbers on paper, and of numbers on ink, each with the colour of its figures."""
        is_light = numbers >= self._first_light
        parts = (
            (self._palette.muted, numbers == 0),
            (self._palette.ink, (numbers > 0) & ~is_light),
            (self._palette.paper, is_light),
        )
        return [(colour, np.argwhere(part).tolist()) for colour, part in parts]

    def _font_for(self, cell: float) -> QFont:
        """The largest in which three figures fit into a pixel; what was laid out in another is forgotten."""
        font = QFont(theme.fonts.font("small"))
        font.setStretch(QFont.Stretch.SemiCondensed)
        font.setPixelSize(_MEASURED)
        metrics = QFontMetricsF(font)
        share = min(_ROOM / metrics.horizontalAdvance(_WIDEST), _TALLEST / metrics.capHeight())
        font.setPixelSize(max(math.floor(_MEASURED * share * cell), 1))
        if cell != self._laid_out_for:
            self._laid_out_for = cell
            self._laid_out.clear()
        return font

    def _words(self, number: int, font: QFont) -> tuple[QStaticText, QPointF]:
        """A number ready to be painted, and where it begins within its pixel."""
        known = self._laid_out.get(number)
        if known is None:
            words = QStaticText(str(number))
            words.prepare(font=font)
            size, cell = words.size(), self._laid_out_for
            known = words, QPointF((cell - size.width()) / 2, (cell - size.height()) / 2)
            self._laid_out[number] = known
        return known

    def _spell(self, value: float) -> str:
        return str(round(value * (_LEVELS - 1)))
