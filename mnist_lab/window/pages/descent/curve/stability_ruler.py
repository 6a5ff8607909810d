"""Under the learning rate's slider: at which rates a minimum is stable, and where the rate in use stands."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.studies.curve_bench import Limit
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.curve.basin_strip import basin_colour

_HEIGHT = 18
_INSET = 9
"""Half a slider's handle and its border: there its lowest value stands."""


class StabilityRuler(QWidget):
    """Paints the stability limit of every minimum as a tick in its basin's colour, the bands of one, and a triangle.

    Attributes:
        limits: of the minima, from left to right.
        shown: which of them has its bands painted; None for none.
        rate: the learning rate in use: there the triangle stands.
    """

    def __init__(self, decades: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._decades = decades
        self.limits: Sequence[Limit] = ()
        self.shown: int | None = None
        self.rate = 0.0
        self.setObjectName("descentRuler")
        self.setAccessibleName(self.tr("Stability ruler"))
        self.setToolTip(
            self.tr(
                "What the minimum does with a ball close to it, for the optimizer that is looked at. Green: the ball "
                "comes straight in. Amber: it comes in to and fro. Hatched: it is thrown out. "
                "The triangle is the rate in use; each tick is the limit of one minimum."
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_palette(theme.current())

    def set_limits(self, limits: Sequence[Limit], shown: int | None, rate: float) -> None:
        """Show these."""
        self.limits, self.shown, self.rate = limits, shown, rate
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        self.update()

    def band(self, rate: float) -> str:
        """Name the band of the minimum that is shown: "green", "amber", "hatched", or "" where no limit is known."""
        edges = self._edges()
        if edges is None:
            return ""
        straight, limit = edges
        return "green" if rate < straight else "amber" if rate < limit else "hatched"

    def _edges(self) -> tuple[float, float] | None:
        """Where green and amber end for the minimum that is shown; None where nothing is known of it."""
        if self.shown is None:
            return None
        limit, straight = self.limits[self.shown].rate, self.limits[self.shown].straight
        if limit is None or straight is None or not math.isfinite(limit):
            return None
        return straight, limit

    def sizeHint(self) -> QSize:
        """Low and wide."""
        return QSize(120, _HEIGHT)

    def _place(self, rate: float) -> float:
        low, high = self._decades
        if rate <= 0 or not math.isfinite(rate):
            return float(self.width() - _INSET)
        share = min(max((math.log10(rate) - low) / (high - low), 0.0), 1.0)
        return _INSET + share * (self.width() - 2 * _INSET)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bands and the ticks."""
        painter, palette = QPainter(self), self._palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = float(_INSET), float(self.width() - _INSET)
        painter.fillRect(QRectF(left, 6, right - left, 6), QColor(palette.line))
        known = self._edges()
        if known is not None:
            edges = (left, *(self._place(rate) for rate in known), right)
            thrown_out = QBrush(QColor(palette.text), Qt.BrushStyle.BDiagPattern)  # as in the strip of the basins
            for index, brush in enumerate((QColor(palette.right), QColor(palette.warning), thrown_out)):
                begin, end = edges[index], edges[index + 1]
                painter.fillRect(QRectF(begin, 6, end - begin, 6), brush)
        rates = ((index, one.rate) for index, one in enumerate(self.limits) if one.rate is not None)
        ticks = ((index, self._place(rate)) for index, rate in rates if math.isfinite(rate))
        for index, place in {round(place): (index, place) for index, place in ticks}.values():  # one a pixel
            painter.setPen(QPen(basin_colour(palette, index), 3, Qt.PenStyle.SolidLine))
            painter.drawLine(QPointF(place, 1), QPointF(place, _HEIGHT - 1))
        self._paint_rate(painter)
        painter.end()

    def _paint_rate(self, painter: QPainter) -> None:
        """A triangle that points to the band."""
        place = self._place(self.rate)
        painter.setPen(QPen(QColor(self._palette.window), 1))
        painter.setBrush(QColor(self._palette.text))
        painter.drawPolygon([QPointF(place - 6, 0), QPointF(place + 6, 0), QPointF(place, 9)])
