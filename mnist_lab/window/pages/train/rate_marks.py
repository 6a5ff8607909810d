"""Where the learning rate was changed while a run went on: thin lines through a curve, and the newest rate."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph

from mnist_lab.window import theme

_BELOW_TOP = 24
"""Of the view, in logical pixels: there the words begin; above them others may stand in a corner."""


class RateMarks:
    """A vertical line at each change; words beside the last one."""

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        self._view = view
        self._lines = pyqtgraph.PlotCurveItem(connect="pairs")
        self._words = pyqtgraph.TextItem()
        for item in (self._lines, self._words):
            item.setZValue(10)
            item.hide()
            view.addItem(item, ignoreBounds=True)
        self._drawn: object = None

    def draw(self, updates: Sequence[int], newest: str) -> None:
        """Draw a line at each of these updates (indices) from edge to edge of the view, and `newest` at the last."""
        (left, right), (low, high) = self._view.viewRange()
        to_draw = [*updates], newest, left, right, low, high, self._view.height()
        if to_draw == self._drawn:  # as with most redraws of a live run
            return
        self._drawn = to_draw
        for item in (self._lines, self._words):
            item.setVisible(bool(updates))
        if updates:
            heights = np.tile([low, high], len(updates))
            self._lines.setData(np.repeat(np.asarray(updates, np.float64), 2), heights)
            is_left = updates[-1] < (left + right) / 2
            self._words.setText(newest)
            self._words.setAnchor((0, 0) if is_left else (1, 0))  # so they never reach beyond the view
            above = theme.fonts.scaled(_BELOW_TOP) / max(self._view.height(), 1.0)
            self._words.setPos(updates[-1], high - above * (high - low))

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._lines.setPen(pyqtgraph.mkPen(palette.muted, width=1))
        self._words.setFont(theme.fonts.font("small"))
        self._words.setColor(palette.text)
