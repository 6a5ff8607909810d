"""A share for each of the ten digits: bars from 0 to 100 % with their numbers."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.probability_bars import DIGITS, ProbabilityBars

_SMALLEST_BAR = 60
_WIDEST_NUMBER = "> 00.0 %"


class DigitBars(QWidget):
    """Shows ten shares that need not make 100 % together; one of them may stand out.

    Attributes:
        values: ten floats from 0 to 1; NaN where there is nothing to say.
        marked: the digit that stands out, or None.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: tuple[float, ...] = (math.nan,) * DIGITS
        self.marked: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_palette(theme.current())
        self._describe()

    def set_values(self, values: Sequence[float] | NDArray[np.floating] | None, marked: int | None = None) -> None:
        """Show ten shares from 0 to 1, NaN for none; None: there are none at all. `marked` is to stand out.

        Raises:
            ValueError: if there are not ten.
        """
        new = (math.nan,) * DIGITS if values is None else tuple(float(value) for value in values)
        if len(new) != DIGITS:
            raise ValueError(f"ten shares are needed, {len(new)} were given")
        self.values, self.marked = new, marked
        self._describe()
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self._font, self._bold = theme.fonts.font("small"), theme.fonts.font("small", bold=True)
        self._number_width = theme.fonts.widest(self._bold, _WIDEST_NUMBER)
        self._digit_width = theme.fonts.widest(self._bold, "0")
        self._row = QFontMetricsF(self._font).height()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for ten calm rows."""
        return QSize(round(self._digit_width + self._number_width) + 120, round(DIGITS * (self._row + 5)))

    def minimumSizeHint(self) -> QSize:
        """Keep all numbers readable."""
        return QSize(round(self._digit_width + self._number_width) + _SMALLEST_BAR, round(DIGITS * self._row))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ten rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.height() / DIGITS
        for digit, value in enumerate(self.values):
            self._paint_row(painter, digit, value, QRectF(0, digit * height, self.width(), height))
        painter.end()

    def _paint_row(self, painter: QPainter, digit: int, value: float, row: QRectF) -> None:
        palette, is_marked, middle = self._palette, digit == self.marked, Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._bold if is_marked else self._font)
        painter.setPen(QColor(palette.text if is_marked else palette.muted))
        label = QRectF(row.left(), row.top(), self._digit_width + 2, row.height())
        painter.drawText(label, middle | Qt.AlignmentFlag.AlignRight, str(digit))
        number = QRectF(row.right() - self._number_width - 2, row.top(), self._number_width + 2, row.height())
        painter.drawText(number, middle | Qt.AlignmentFlag.AlignRight, ProbabilityBars.spell(value))
        left, right = label.right() + theme.GAP, number.left() - theme.SMALL_GAP
        thickness = min(max(row.height() - 9, 4), 10)
        track = QRectF(left, row.center().y() - thickness / 2, right - left, thickness)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.line))
        painter.drawRoundedRect(track, 3, 3)
        if math.isfinite(value) and value > 0:
            painter.setBrush(QColor(palette.accent if is_marked else palette.border))
            track.setWidth(max(track.width() * min(value, 1.0), 2))
            painter.drawRoundedRect(track, min(3, track.width() / 2), 3)

    def _describe(self) -> None:
        known = [(digit, value) for digit, value in enumerate(self.values) if math.isfinite(value)]
        words = [
            self.tr("{digit}: {share}").format(digit=digit, share=ProbabilityBars.spell(value))
            for digit, value in known
        ]
        self.setAccessibleDescription(", ".join(words) or self.tr("Nothing yet"))
