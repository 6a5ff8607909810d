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
    """Words in a corner of the view in which nothing is drawn; where there is none they are not shown.

    Attributes:
        text: the words; "" for none.
        is_shown: whether there are words, and a corner for them.
    """

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        self.text = ""
        self.is_shown = False
        self._corner: Corner | None = None
        self._view = view
        self._item = pyqtgraph.TextItem()
        self._item.setZValue(20)
        self._item.hide()
        view.addItem(self._item, ignoreBounds=True)

    def show(self, text: str, wanted: Corner, drawn: NDArray[np.float64]) -> None:
        """Show these words in that corner of what is in view now, or where they cover nothing that is drawn.

        While a curve grows they stay where they are as long as they can.

        Args:
            text: the words; "" shows none.
            wanted: the corner where they are to stand if they can.
            drawn: (n, 2) places in the view's coordinates.
        """
        if text != self.text:
            self.text, self._corner = text, None
            self._item.setText(text)
        self._corner = self._free(wanted, drawn) if text else None
        self.is_shown = self._corner is not None
        self._item.setVisible(self.is_shown)
        if self._corner is not None:
            self._stand_in(self._corner)

    def _free(self, wanted: Corner, drawn: NDArray[np.float64]) -> Corner | None:
        (left, right), (low, high) = self._view.viewRange()
        size, room = self._item.boundingRect(), np.maximum([self._view.width(), self._view.height()], 1.0)
        width, height = (np.array([size.width(), size.height()]) + _INSET + _HALF_MARK) / room
        return free_corner(self._corner or wanted, width, height, (drawn - [left, low]) / [right - left, high - low])

    def _stand_in(self, corner: Corner) -> None:
        (left, right), (low, high) = self._view.viewRange()
        beside = _INSET * (right - left) / max(self._view.width(), 1.0)
        above = _INSET * (high - low) / max(self._view.height(), 1.0)
        is_right, is_low = corner.endswith("right"), corner.startswith("lower")
        self._item.setAnchor((int(is_right), int(is_low)))
        self._item.setPos(right - beside if is_right else left + beside, low + above if is_low else high - above)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._item.fill = pyqtgraph.mkBrush(palette.panel)
        self._item.setFont(theme.fonts.font("small"))
        self._item.setColor(palette.muted)
