"""Where the learning rate was changed while a run went on: thin lines through a curve, and the newest rate."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from mnist_lab.window import theme
from mnist_lab.window.pages.train.free_place import best_place, places_beside

_FROM_EDGE = 24
"""From the upper or lower edge of the view to the words, in logical pixels: other words may stand in a corner."""

_VEIL = 0.7
"""How much of what is behind the words is hidden."""


class RateMarks:
    """A vertical line at each change; words beside the last one, where they cover nothing if there is such a place.

    What they must cover shines through.
    """

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        self._view = view
        self._lines = pyqtgraph.PlotCurveItem(connect="pairs")
        self._words = pyqtgraph.TextItem()
        self._drawn: object = None
        self._said: object = None
        self._place: tuple[bool, float] | None = None  # its name
        for item, depth in ((self._lines, 10), (self._words, 11)):
            item.setZValue(depth)
            item.hide()
            view.addItem(item, ignoreBounds=True)

    def draw(self, updates: Sequence[int], newest: str, curve: NDArray[np.float64], marks: NDArray[np.float64]) -> None:
        """Draw a line at each of these updates (indices) from edge to edge of the view, and `newest` at the last.

        Args:
            updates: from which another rate counted.
            newest: the words.
            curve: (n, 2) points of the curve in the view's coordinates, from left to right.
            marks: (m, 2) places of what else the words should not cover.
        """
        for item in (self._lines, self._words):
            item.setVisible(bool(updates))
        if updates:
            self._draw_lines(updates)
            self._say(newest, updates[-1], curve, marks)

    def _draw_lines(self, updates: Sequence[int]) -> None:
        edges = self._view.viewRange()[1]
        to_draw = [*updates], edges
        if to_draw != self._drawn:  # most redraws of a live run bring batches alone
            self._drawn = to_draw
            self._lines.setData(np.repeat(np.asarray(updates, np.float64), 2), np.tile(edges, len(updates)))

    def _say(self, newest: str, update: int, curve: NDArray[np.float64], marks: NDArray[np.float64]) -> None:
        """Place the words; while a curve grows they stay where they are as long as they can."""
        if (newest, update) != self._said:
            self._said, self._place = (newest, update), None
            self._words.setText(newest)
        (left, right), (low, high) = self._view.viewRange()
        size, wide, tall = self._words.boundingRect(), max(self._view.width(), 1.0), max(self._view.height(), 1.0)
        edge = theme.fonts.scaled(_FROM_EDGE) / tall
        places = [*places_beside((update - left) / (right - left), size.width() / wide, size.height() / tall, edge)]
        first, ranges = np.array([left, low]), np.array([right - left, high - low])
        place = best_place(places, self._place, (curve - first) / ranges, (marks - first) / ranges)
        self._place = is_left, _ = place.name
        self._words.setAnchor((int(is_left), 0))
        self._words.setPos(update, low + (place.bottom + place.height) * (high - low))

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._lines.setPen(pyqtgraph.mkPen(palette.muted, width=1))
        behind = QColor(palette.panel)
        behind.setAlphaF(_VEIL)
        self._words.fill = pyqtgraph.mkBrush(behind)
        self._words.setFont(theme.fonts.font("small"))
        self._words.setColor(palette.text)
