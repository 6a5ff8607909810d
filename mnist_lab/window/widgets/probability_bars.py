"""How sure a network is of each digit: ten bars with their numbers."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme

DIGITS = 10
_SMALLEST_BAR = 90
_WIDEST_NUMBER = "> 00.0 %"


class ProbabilityBars(QWidget):
    """Shows ten probabilities; the largest stands out by colour, by weight of type, and in words for screen readers.

    Attributes:
        values: ten floats from 0 to 1, all 0.0 while there is no answer.
        winner: the digit with the largest value, None while there is no answer.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: tuple[float, ...] = (0.0,) * DIGITS
        self.winner: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Probability of each digit"))
        self.setToolTip(self.tr("How sure the network is of each digit; together they make 100 %"))
        self.set_palette(theme.current())
        self._describe()

    def set_values(self, values: Sequence[float] | NDArray[np.floating] | None) -> None:
        """Show ten probabilities from 0 to 1; None shows that there is no answer.

        Raises:
            ValueError: if there are not ten.
        """
        new = (0.0,) * DIGITS if values is None else tuple(float(value) for value in values)
        if len(new) != DIGITS:
            raise ValueError(f"ten probabilities are needed, {len(new)} were given")
        known = [digit for digit in range(DIGITS) if new[digit] > 0]
        self.winner = max(known, key=new.__getitem__) if known else None
        if new != self.values:
            self.values = new
            self._describe()
            self.update()

    @staticmethod
    def spell(value: float) -> str:
        """Spell a share as the bars do: "98.4 %"; "< 0.1 %" and "> 99.9 %" where rounding would say none or all."""
        if not math.isfinite(value):
            return "–"
        if 0 < value < 0.0005:
            return "< 0.1 %"
        if 0.9995 <= value < 1:
            return "> 99.9 %"
        return f"{100 * value:.1f} %"

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self._font, self._bold = theme.fonts.font(), theme.fonts.font(bold=True)
        self._number_width = theme.fonts.widest(self._bold, _WIDEST_NUMBER)
        self._digit_width = theme.fonts.widest(self._bold, "0")
        self._row = QFontMetricsF(self._font).height()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for ten calm rows."""
        return QSize(round(self._digit_width + self._number_width) + 200, round(DIGITS * (self._row + 6)))

    def minimumSizeHint(self) -> QSize:
        """Keep all numbers readable."""
        return QSize(round(self._digit_width + self._number_width) + _SMALLEST_BAR, round(DIGITS * (self._row + 1)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ten rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.height() / DIGITS
        for digit, value in enumerate(self.values):
            self._paint_row(painter, digit, value, QRectF(0, digit * height, self.width(), height))
        painter.end()

    def _paint_row(self, painter: QPainter, digit: int, value: float, row: QRectF) -> None:
        palette, is_winner = self._palette, digit == self.winner
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._bold if is_winner else self._font)
        painter.setPen(QColor(palette.text if is_winner or self.winner is None else palette.muted))
        label = QRectF(row.left(), row.top(), self._digit_width + 2, row.height())
        painter.drawText(label, middle | Qt.AlignmentFlag.AlignRight, str(digit))
        number = QRectF(row.right() - self._number_width - 2, row.top(), self._number_width + 2, row.height())
        if self.winner is not None:
            painter.drawText(number, middle | Qt.AlignmentFlag.AlignRight, self.spell(value))
        left, right = label.right() + theme.GAP, number.left() - theme.GAP
        thickness = min(max(row.height() - 8, 4), 14)
        track = QRectF(left, row.center().y() - thickness / 2, right - left, thickness)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.line))
        painter.drawRoundedRect(track, 3, 3)
        if math.isfinite(value) and value > 0:
            painter.setBrush(QColor(palette.accent if is_winner else palette.border))
            track.setWidth(max(track.width() * min(value, 1.0), 2))
            painter.drawRoundedRect(track, min(3, track.width() / 2), 3)

    def _describe(self) -> None:
        if self.winner is None:
            text = self.tr("No answer yet")
        else:
            order = sorted(range(DIGITS), key=self.values.__getitem__, reverse=True)
            text = ", ".join(
                self.tr("{digit}: {share}").format(digit=digit, share=self.spell(self.values[digit])) for digit in order
            )
        self.setAccessibleDescription(text)
