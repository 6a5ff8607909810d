"""Ten rows, one for each digit, with a bar from 0 to 100 % and its number."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.words import fill, spell_percent

DIGITS = 10
Verdict = Literal["right", "wrong"]
_WIDEST_NUMBER = "> 00.0 %"
_MARKS: dict[Verdict, tuple[tuple[tuple[float, float], ...], ...]] = {
    "right": (((0.1, 0.55), (0.4, 0.85), (0.9, 0.2)),),
    "wrong": (((0.15, 0.15), (0.85, 0.85)), ((0.85, 0.15), (0.15, 0.85))),
}
"""A tick and a cross: lines through points of a square whose side is 1."""


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
        has_verdicts: whether there is room before the digit for the mark of what is right or wrong.
    """

    type: theme.fonts.Size
    bars: tuple[int, int]
    between: tuple[int, int]
    around: int
    thickest: int
    before_number: int
    has_verdicts: bool = False


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
            return "< 0.1\u00a0%"
        if 0.9995 <= value < 1:
            return "> 99.9\u00a0%"
        return spell_percent(value)

    @property
    def outstanding(self) -> int | None:
        """The digit that stands out."""
        raise NotImplementedError

    @property
    def has_numbers(self) -> bool:
        """Whether there are numbers to be read."""
        return True

    def verdict_on(self, _digit: int) -> Verdict | None:
        """Whether a digit is the right one, or a wrong answer; None for all others, and where nobody knows."""
        return None

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
        return QSize(
            round(self._mark_room() + self._digit_width + self._number_width) + bar,
            round(DIGITS * (self._row + between)),
        )

    def _mark_room(self) -> float:
        """Width of what stands before the digits."""
        return self._digit_width + theme.SMALL_GAP if self._measures.has_verdicts else 0.0

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
        palette, verdict = self._palette, self.verdict_on(digit)
        colours = {"right": palette.right, "wrong": palette.wrong, None: palette.border}
        colour = QColor(palette.accent if digit == self.outstanding and verdict is None else colours[verdict])
        is_strong = digit == self.outstanding or verdict is not None
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        if verdict is not None:
            self._paint_mark(painter, verdict, QPointF(row.left(), row.center().y()), colour)
        painter.setFont(self._bold if is_strong else self._font)
        painter.setPen(QColor(palette.text if is_strong or not self.has_numbers else palette.muted))
        label = QRectF(row.left() + self._mark_room(), row.top(), self._digit_width + 2, row.height())
        painter.drawText(label, side, str(digit))
        number = QRectF(row.right() - self._number_width - 2, row.top(), self._number_width + 2, row.height())
        if self.has_numbers:
            painter.drawText(number, side, self.spell(value))
        left, right = label.right() + theme.GAP, number.left() - self._measures.before_number
        self._paint_bar(painter, QRectF(left, row.top(), right - left, row.height()), value, colour)

    def _paint_bar(self, painter: QPainter, room: QRectF, value: float, colour: QColor) -> None:
        thickness = min(max(room.height() - self._measures.around, 4), self._measures.thickest)
        track = QRectF(room.left(), room.center().y() - thickness / 2, room.width(), thickness)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._palette.line))
        painter.drawRoundedRect(track, 3, 3)
        if math.isfinite(value) and value > 0:
            painter.setBrush(colour)
            track.setWidth(max(track.width() * min(value, 1.0), 2))
            painter.drawRoundedRect(track, min(3, track.width() / 2), 3)

    def _paint_mark(self, painter: QPainter, verdict: Verdict, middle: QPointF, colour: QColor) -> None:
        """Paint a tick or a cross: what is right is seen without its colour, too."""
        side = self._digit_width
        painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in _MARKS[verdict]:
            painter.drawPolyline([QPointF(middle.x() + 1 + x * side, middle.y() + (y - 0.5) * side) for x, y in line])
