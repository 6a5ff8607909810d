"""A few words in a corner of a curve: what its axis does not show as a whole."""

import numpy as np
import pyqtgraph
from numpy.typing import NDArray

from mnist_lab.window import theme
from mnist_lab.window.pages.train.free_corner import Corner, free_corner

_INSET = 2
"""From the edges, in pixels."""
_HALF_MARK = 7
"""How far a mark reaches beyond its place, in pixels."""


class CornerWords:
    """Words over the lines, in a corner of the view.

    Attributes:
        text: the words; "" for none.
    """

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        self.text = ""
        self._view = view
        self._item = pyqtgraph.TextItem()
        self._item.setZValue(20)
        self._item.hide()
        view.addItem(self._item, ignoreBounds=True)

    def show(self, text: str, wanted: Corner, marks: NDArray[np.float64]) -> None:
        """Show these words in that corner of what is in view now, or where they cover none of the marks.

        Args:
            text: the words; "" shows none.
            wanted: the corner where they are to stand if they can.
            marks: (n, 2) places in the view's coordinates.
        """
        if text != self.text:
            self.text = text
            self._item.setText(text)
            self._item.setVisible(bool(text))
        if text:
            (left, right), (low, high) = self._view.viewRange()
            beside = _INSET * (right - left) / max(self._view.width(), 1.0)
            above = _INSET * (high - low) / max(self._view.height(), 1.0)
            size = self._item.boundingRect()
            room = np.maximum([self._view.width(), self._view.height()], 1.0)
            width, height = (np.array([size.width(), size.height()]) + _INSET + _HALF_MARK) / room
            places = (marks - [left, low]) / [right - left, high - low]
            corner = free_corner(wanted, width, height, places)
            is_right, is_low = corner.endswith("right"), corner.startswith("lower")
            self._item.setAnchor((int(is_right), int(is_low)))
            self._item.setPos(right - beside if is_right else left + beside, low + above if is_low else high - above)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._item.fill = pyqtgraph.mkBrush(palette.panel)
        self._item.setFont(theme.fonts.font("small"))
        self._item.setColor(palette.muted)
