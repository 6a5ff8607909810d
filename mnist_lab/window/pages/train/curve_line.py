"""A line within a curve's view, drawn from what is in view."""

import math

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPen

from mnist_lab.studies import curve_shapes
from mnist_lab.window import picture_mode

SMOOTH_WIDTH = 2
"""Of a smoothed line, in logical pixels."""
_PIXELS_A_SMOOTH_POINT = 2.0
FAR = 100
"""Heights of the view above and below it, beyond which a line is cut: Qt walks along an antialiased line as far as it
goes, for a minute where it goes a million pixels."""
_PADDING = 4
"""Around the points of a line, in pixels: half its width, on any screen."""


class CurveLine(pyqtgraph.PlotCurveItem):  # type: ignore[misc]
    """A line whose bounds are found once for all repaints.

    Qt asks for them ten times a repaint; pyqtgraph's own way to find them takes longer than drawing the line.
    """

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        super().__init__()
        self._in = view
        self._covered = QRectF()

    def show_points(self, points: curve_shapes.Points) -> None:
        """Draw points, from left to right."""
        (left, right), (low, high) = self._in.viewRange()
        far = FAR * max(high - low, 1e-12)
        places, heights = points[0], np.clip(points[1], low - far, high + far)
        self.setData(places, heights, connect="finite")
        self._covered = QRectF()
        if len(places):
            beside = _PADDING * (right - left) / max(self._in.width(), 1.0)
            above = _PADDING * (high - low) / max(self._in.height(), 1.0)
            lowest, highest = float(np.fmin.reduce(heights)), float(np.fmax.reduce(heights))
            if math.isfinite(highest - lowest):
                place = QRectF(places[0], lowest, places[-1] - places[0], highest - lowest)
                self._covered = place.adjusted(-beside, -above, beside, above)

    def boundingRect(self) -> QRectF:
        """All points, with room for the line's width."""
        return self._covered

    def show_smooth(self, heights: NDArray[np.floating]) -> None:
        """Draw a smooth curve over the updates, as fine as one can see; an empty array draws nothing."""
        start, stop, pixels = in_view(self._in, len(heights))
        bucket = max(int((stop - start) * _PIXELS_A_SMOOTH_POINT / pixels), 1)
        self.show_points(curve_shapes.thin_smooth(heights, start, stop, bucket))

    def keep_width(self) -> None:
        """Be as wide as a smoothed line in logical pixels: a pen counts those of the screen."""
        widget = self._in.getViewWidget()
        ratio = picture_mode.pen_ratio(widget) if widget is not None else 1.0
        pen = QPen(self.opts["pen"])
        if pen.widthF() != SMOOTH_WIDTH * ratio:
            pen.setWidthF(SMOOTH_WIDTH * ratio)
            self.setPen(pen)


def in_view(view: pyqtgraph.ViewBox, length: int) -> tuple[int, int, float]:
    """The first index of `length` values that matters, that after the last, and how many pixels the view is wide."""
    left, right = view.viewRange()[0]
    start = min(max(math.floor(left) - 1, 0), length)
    stop = max(min(math.ceil(right) + 2, length), start)
    return start, stop, max(view.width(), 1.0)
