"""The lines and marks of several runs' curves: one line a run, stars at best epochs, dots where one reads."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QWidget

from mnist_lab.runs.comparing_curves import RunCurve
from mnist_lab.studies import curve_shapes
from mnist_lab.window import theme
from mnist_lab.window.pages.runs.comparison_lines import ComparisonLines
from mnist_lab.window.pages.runs.comparison_scale import HeightScale
from mnist_lab.window.theme.run_colours import run_look, run_pen
from mnist_lab.window.widgets.plots.zoomable_plot import in_device_pixels

_FAR = 1e4
_PIXELS_A_POINT = 2.0
_STAR, _DOT, _POINT = 15, 9, 5
_MOST_POINTS = 60
"""So many values of a curve are marked one by one, where a line alone would not show them."""


class ComparisonLayers:
    """Draws curves into a view."""

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        self._view = view
        self._palette = theme.current()
        self._lines = ComparisonLines()
        self._pens: list[QPen] = []
        self._stars = pyqtgraph.ScatterPlotItem(size=_STAR, symbol="star", pxMode=True)
        self._points = pyqtgraph.ScatterPlotItem(size=_POINT, pxMode=True, pen=None)
        self._dots = pyqtgraph.ScatterPlotItem(size=_DOT, pxMode=True)
        self._cursor = pyqtgraph.InfiniteLine(angle=90, movable=False)
        for part, depth in {self._lines: 0, self._points: 9, self._stars: 10, self._cursor: 30, self._dots: 31}.items():
            part.setZValue(depth)
            view.addItem(part, ignoreBounds=True)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours; `dress` follows."""
        self._palette = palette
        self._cursor.setPen(pyqtgraph.mkPen(palette.muted, width=1, style=Qt.PenStyle.DotLine))
        for marks in (self._stars, self._dots):
            marks.setPen(pyqtgraph.mkPen(palette.panel, width=1))

    def dress(self, curves: Sequence[RunCurve], plot: QWidget) -> None:
        """Have a pen for each run, on the screen of `plot`."""
        self._pens = [in_device_pixels(run_pen(curve.run.facts.number, self._palette), plot) for curve in curves]

    def draw(self, curves: Sequence[RunCurve], scale: HeightScale) -> None:
        """Draw what is in view; as many curves as were dressed."""
        (left, right), (low, high) = self._view.viewRange()
        far = _FAR * max(high - low, 1e-12)  # Qt cannot paint what lies millions of pixels away
        lines = []
        for pen, curve in zip(self._pens, curves, strict=True):
            places, heights = self._thinned(curve, scale, left, right)
            lines.append((pen, (places, np.clip(heights, low - far, high + far))))
        self._lines.show_lines(lines, QRectF(left, low, right - left, high - low))
        few = [curve for curve in curves if len(curve.values) <= _MOST_POINTS]  # a single value has no line
        spots = [
            self._spot(curve, place, height)
            for curve in few
            for place, height in zip(curve.places, scale.heights(curve.values), strict=True)
            if np.isfinite(height)
        ]
        self._points.setData(spots)
        best = [(curve, *curve.best) for curve in curves if curve.best is not None]
        self._stars.setData([self._spot(curve, place, scale.height(value)) for curve, place, value in best])

    def show_reading(
        self, at: float | None, curves: Sequence[RunCurve], values: Sequence[float | None], scale: HeightScale
    ) -> None:
        """Mark where one reads, and each curve's value there (None: it has none)."""
        self._cursor.setVisible(at is not None)
        spots = []
        if at is not None:
            self._cursor.setPos(at)
            known = [
                (curve, scale.height(value)) for curve, value in zip(curves, values, strict=True) if value is not None
            ]
            spots = [self._spot(curve, at, height) for curve, height in known if np.isfinite(height)]
        self._dots.setData(spots)

    def _thinned(self, curve: RunCurve, scale: HeightScale, left: float, right: float) -> curve_shapes.Points:
        """What is in view of a curve, as many points as can be told apart."""
        start = max(int(np.searchsorted(curve.places, left)) - 1, 0)
        stop = max(min(int(np.searchsorted(curve.places, right)) + 1, len(curve.places)), start)
        bucket = max(int((stop - start) * _PIXELS_A_POINT / max(self._view.width(), 1.0)), 1)
        indices, heights = curve_shapes.thin_smooth(scale.heights(curve.values), start, stop, bucket)
        return curve.places[indices.astype(np.intp)], heights

    def _spot(self, curve: RunCurve, place: float, height: float) -> dict[str, object]:
        colour = run_look(curve.run.facts.number, self._palette).colour
        return {"pos": (float(place), float(height)), "brush": QColor(colour)}
