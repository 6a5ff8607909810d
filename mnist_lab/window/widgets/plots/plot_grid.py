"""Faint lines behind a curve, where its axes have labels."""

import pyqtgraph
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.plots.view_item import ViewItem


class PlotGrid(ViewItem):
    """Draws a line for each label of the axis at the left and of the axis above.

    pyqtgraph's own grid belongs to the axes: it repaints all labels with every change of the curve, which takes
    longer than the curve itself.
    """

    def __init__(self, heights: pyqtgraph.AxisItem, places: pyqtgraph.AxisItem) -> None:
        super().__init__()
        self._heights, self._places = heights, places
        self._pen = QPen()
        self._lines: tuple[object, list[QLineF]] = (None, [])

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._pen = pyqtgraph.mkPen(palette.line, width=1)
        self.update()

    def forget_lines(self) -> None:
        """Ask the axes anew: their labels stand elsewhere, in the same ranges."""
        self._lines = None, []
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the lines."""
        view = self.getViewBox()
        (left, right), (low, high) = view.viewRange()
        key = (left, right, low, high, view.width(), view.height(), self._heights.logMode)
        if key != self._lines[0]:  # a live curve is painted thirty times a second, mostly in the same ranges
            lines = [QLineF(left, height, right, height) for height in _first(self._heights, low, high, view.height())]
            lines += [QLineF(place, low, place, high) for place in _first(self._places, left, right, view.width())]
            self._lines = key, lines
        painter.setPen(self._pen)
        painter.drawLines(self._lines[1])


def _first(axis: pyqtgraph.AxisItem, low: float, high: float, size: float) -> list[float]:
    """Return the places of the labels: the first level of ticks."""
    levels = axis.tickValues(low, high, size)
    return [float(place) for place in levels[0][1]] if levels else []
