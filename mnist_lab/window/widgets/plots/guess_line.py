"""What was guessed, as a pale dashed line across a plot, with words: a ghost beside what really comes."""

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from mnist_lab.window import theme

_PALE = 0.35
"""How much of the line's colour is that of the ground."""
_VEIL = 0.8
"""How much of what is behind the words is hidden."""


class GuessLine:
    """A line at one height of a view; where that is out of view, the words at the edge point there."""

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        self._view = view
        self._line = pyqtgraph.InfiniteLine(angle=0)
        self._label = pyqtgraph.TextItem()
        self._height: float | None = None
        self._words = ""
        for item, depth in ((self._line, -0.4), (self._label, 12)):  # the line behind every curve
            item.setZValue(depth)
            item.hide()
            view.addItem(item, ignoreBounds=True)
        view.sigRangeChanged.connect(self._place)
        view.sigResized.connect(self._place)
        self.set_palette(theme.current())

    def show(self, height: float | None, words: str) -> None:
        """Stand at that height of the view, with these words; None: nowhere."""
        if (height, words) != (self._height, self._words):
            self._height, self._words = height, words
            self._place()

    def covered(self) -> NDArray[np.float64]:
        """(n, 2) places of the view that the words cover; none while they are not there."""
        if not self._label.isVisible():
            return np.empty((0, 2))
        size, anchor, place = self._label.boundingRect(), self._label.anchor, self._label.pos()
        across, upright = self._view.viewPixelSize()
        xs = place.x() + np.array([0.0, 0.5, 1.0]) * size.width() * across
        ys = place.y() + (np.array([0.0, 0.5, 1.0]) - 1 + anchor.y()) * size.height() * upright
        return np.array([(x, y) for x in xs for y in ys])

    def _place(self, *_told: object) -> None:
        height, ((left, right), (low, high)) = self._height, self._view.viewRange()
        self._label.setVisible(height is not None)
        self._line.setVisible(height is not None and low <= height <= high)
        if height is None:
            return
        beyond = "" if low <= height <= high else " ↑" if height > high else " ↓"
        inside = min(max(height, low), high)
        self._label.setText(self._words + beyond)
        self._label.setAnchor((0, 0 if inside > (low + high) / 2 else 1))  # towards the middle: it stays in view
        self._label.setPos(left + 0.01 * (right - left), inside)
        self._line.setPos(inside)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        pale = theme.mix(palette.accent, palette.panel, _PALE)
        self._line.setPen(pyqtgraph.mkPen(pale, width=1, style=Qt.PenStyle.DashLine))
        behind = QColor(palette.panel)
        behind.setAlphaF(_VEIL)
        self._label.fill = pyqtgraph.mkBrush(behind)
        self._label.setFont(theme.fonts.font("small"))
        self._label.setColor(palette.accent)
