"""Ten rows, one for each digit, with a bar from 0 to 100 % and its number."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.words import fill, spell_percent

DIGITS = 10
_WIDEST_NUMBER = "> 00.0 %"


@dataclass(frozen=True)
class RowMeasures:
    """How large the rows are, in logical pixels.

    Attributes:
        type: the size of the type.
        bars: the least and the usual length of a bar.
        between: what the least and the usual row have beside their line of type.
        around: what a row leaves free above and below its bar together.
        thickest: how thick a bar may be.
        before_number: from a whole bar to the number.
    """

    type: theme.fonts.Size
    bars: tuple[int, int]
    between: tuple[int, int]
    around: int
    thickest: int
    before_number: int


class ShareRows(QWidget):
    """Paints the rows; a subclass says which of them stands out, and says all in words.

    Attributes:
        values: ten floats from 0 to 1.
    """

    def __init__(self, measures: RowMeasures, nothing: float, parent: QWidget | None) -> None:
        """All ten values are `nothing` at first."""
        super().__init__(parent)
        self.values: tuple[float, ...] = (nothing,) * DIGITS
        self._measures, self._nothing = measures, nothing
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_palette(theme.current())

    @staticmethod
    def spell(value: float) -> str:
        """Spell a share as the bars do: "98.4 %"; "< 0.1 %" and "> 99.9 %" where rounding would say none or all."""
        if not math.isfinite(value):
            return "–"
        if 0 < value < 0.0005:
            return "< 0.1 %"
        if 0.9995 <= value < 1:
            return "> 99.9 %"
        return spell_percent(value)

    @property
    def outstanding(self) -> int | None:
        """The digit that stands out."""
        raise NotImplementedError

    @property
    def has_numbers(self) -> bool:
        """Whether there are numbers to be read."""
        return True

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self._font, self._bold = (theme.fonts.font(self._measures.type, bold=bold) for bold in (False, True))
        self._number_width = theme.fonts.widest(self._bold, _WIDEST_NUMBER)
        self._digit_width = theme.fonts.widest(self._bold, "0")
        self._row = QFontMetricsF(self._font).height()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for ten calm rows."""
        return self._size(1)

    def minimumSizeHint(self) -> QSize:
        """Keep all numbers readable."""
        return self._size(0)

    def _size(self, which: int) -> QSize:
        bar, between = self._measures.bars[which], self._measures.between[which]
        return QSize(round(self._digit_width + self._number_width) + bar, round(DIGITS * (self._row + between)))

    def _ten(self, values: Sequence[float] | NDArray[np.floating] | None, name: str) -> tuple[float, ...]:
        """Return ten numbers; None for ten times nothing.

        Raises:
            ValueError: if there are not ten; it calls them by `name`.
        """
        ten = (self._nothing,) * DIGITS if values is None else tuple(float(value) for value in values)
        if len(ten) != DIGITS:
            raise ValueError(f"ten {name} are needed, {len(ten)} were given")
        return ten

    def _words(self, digits: Sequence[int]) -> str:
        """The shares of these digits, in that order."""
        words = self.tr("{digit}: {share}")
        return ", ".join(fill(words, digit=digit, share=self.spell(self.values[digit])) for digit in digits)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ten rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.height() / DIGITS
        for digit, value in enumerate(self.values):
            self._paint_row(painter, digit, value, QRectF(0, digit * height, self.width(), height))
        painter.end()

    def _paint_row(self, painter: QPainter, digit: int, value: float, row: QRectF) -> None:
        palette, measures, is_outstanding = self._palette, self._measures, digit == self.outstanding
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setFont(self._bold if is_outstanding else self._font)
        painter.setPen(QColor(palette.text if is_outstanding or not self.has_numbers else palette.muted))
        label = QRectF(row.left(), row.top(), self._digit_width + 2, row.height())
        painter.drawText(label, side, str(digit))
        number = QRectF(row.right() - self._number_width - 2, row.top(), self._number_width + 2, row.height())
        if self.has_numbers:
            painter.drawText(number, side, self.spell(value))
        left, right = label.right() + theme.GAP, number.left() - measures.before_number
        thickness = min(max(row.height() - measures.around, 4), measures.thickest)
        track = QRectF(left, row.center().y() - thickness / 2, right - left, thickness)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.line))
        painter.drawRoundedRect(track, 3, 3)
        if math.isfinite(value) and value > 0:
            painter.setBrush(QColor(palette.accent if is_outstanding else palette.border))
            track.setWidth(max(track.width() * min(value, 1.0), 2))
            painter.drawRoundedRect(track, min(3, track.width() / 2), 3)
