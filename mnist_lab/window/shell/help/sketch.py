"""A small picture for a word: curves with marks, or cells with numbers, in the colours of the theme."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from mnist_lab.window.theme import Palette, fonts

Reals = NDArray[np.float64]

_EDGE = 10.0
_LINE = 16.0
"""Height of a line of words, in logical pixels of the usual text."""


class Sketch:
    """Draws within a rectangle; the first call of `axes` says which numbers lie where.

    Attributes:
        palette: its colours.
        area: where it draws, in logical pixels.
    """

    def __init__(self, painter: QPainter, area: QRectF, palette: Palette) -> None:
        self._painter = painter
        self.area = area.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        self.palette = palette
        self._x, self._y = (0.0, 1.0), (0.0, 1.0)
        painter.setFont(fonts.font("small"))

    # Curves

    def axes(self, x: tuple[float, float], y: tuple[float, float], *, has_zero: bool = False) -> None:
        """Say which numbers lie at the edges; `has_zero` draws the lines through 0."""
        self._x, self._y = x, y
        self._pen(self.palette.border, 1)
        if has_zero:
            self._painter.drawLine(self.point(x[0], 0.0), self.point(x[1], 0.0))
            self._painter.drawLine(self.point(0.0, y[0]), self.point(0.0, y[1]))
        else:
            self._painter.drawLine(self.area.bottomLeft(), self.area.bottomRight())
            self._painter.drawLine(self.area.bottomLeft(), self.area.topLeft())

    def point(self, x: float, y: float) -> QPointF:
        """Where a pair of numbers lies."""
        across = (x - self._x[0]) / (self._x[1] - self._x[0])
        up = (y - self._y[0]) / (self._y[1] - self._y[0])
        return QPointF(self.area.left() + across * self.area.width(), self.area.bottom() - up * self.area.height())

    def curve(
        self, x: Sequence[float] | Reals, y: Sequence[float] | Reals, colour: str, *, dashed: bool = False
    ) -> None:
        """Draw a line through points; what leaves the picture is cut off."""
        self._painter.save()
        self._painter.setClipRect(self.area.adjusted(-2, -2, 2, 2))
        self._pen(colour, 2, dashed=dashed)
        self._painter.drawPolyline(QPolygonF([self.point(float(a), float(b)) for a, b in zip(x, y, strict=True)]))
        self._painter.restore()

    def dots(self, x: Sequence[float] | Reals, y: Sequence[float] | Reals, colour: str, radius: float = 3.5) -> None:
        """Mark points; those outside are left out."""
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(colour))
        for a, b in zip(x, y, strict=True):
            place = self.point(float(a), float(b))
            if self.area.adjusted(-4, -4, 4, 4).contains(place):
                self._painter.drawEllipse(place, radius, radius)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)

    def label(self, x: float, y: float, words: str, colour: str = "", *, left: bool = False) -> None:
        """Write beside a point: to its right, or to its left."""
        self._pen(colour or self.palette.text, 1)
        place = self.point(x, y)
        room = QRectF(place.x() - 306 if left else place.x() + 6, place.y() - _LINE, 300, 2 * _LINE)
        side = Qt.AlignmentFlag.AlignRight if left else Qt.AlignmentFlag.AlignLeft
        self._painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), words)

    # Cells

    def cells(
        self,
        texts: Sequence[Sequence[str]],
        at: QPointF,
        size: tuple[float, float],
        *,
        lit: Sequence[tuple[int, int]] = (),
        colour: str = "",
        fills: Sequence[Sequence[str]] | None = None,
    ) -> QRectF:
        """Draw rows of cells with words in them from a corner on; `lit` cells are filled; where they lie."""
        for row, line in enumerate(texts):
            for column, words in enumerate(line):
                box = QRectF(at.x() + column * size[0], at.y() + row * size[1], *size)
                is_lit = (row, column) in lit
                ground = fills[row][column] if fills else self.palette.accent_soft if is_lit else self.palette.panel
                self._painter.fillRect(box, QColor(ground))
                self._pen(colour or self.palette.border, 1)
                self._painter.drawRect(box)
                self._pen(self.palette.text, 1)
                self._painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
        return QRectF(at.x(), at.y(), len(texts[0]) * size[0], len(texts) * size[1])

    def words(self, box: QRectF, words: str, *, muted: bool = False) -> None:
        """Write in the middle of a box."""
        self._pen(self.palette.muted if muted else self.palette.text, 1)
        self._painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words)

    def box(self, box: QRectF, ground: str, words: str = "") -> None:
        """A filled rectangle with words in it."""
        self._painter.fillRect(box, QColor(ground))
        self._pen(self.palette.border, 1)
        self._painter.drawRect(box)
        if words:
            self.words(box, words)

    def _pen(self, colour: str, width: float, *, dashed: bool = False) -> None:
        pen = QPen(QColor(colour), width)
        if dashed:
            pen.setDashPattern([4, 3])
        self._painter.setPen(pen)
