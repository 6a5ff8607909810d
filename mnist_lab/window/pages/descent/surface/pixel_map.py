"""From places on a plot's axes to its pixels, for what is painted above the curves."""

import numpy as np
import pyqtgraph
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QPointF, QRectF

_FARTHEST = 5_000.0
"""Pixels beyond which nothing is told apart; Qt draws lines to there without trouble."""


class PixelMap:
    """Places of a plot and pixels of its widget, as the view stands now.

    Attributes:
        room: the rectangle of the view, in logical pixels.
        left, right: the ends of the x axis in view.
    """

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        self.room = QRectF(view.sceneBoundingRect())
        (self.left, self.right), (self._low, self._high) = view.viewRange()

    def pixels(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """(n, 2) pixels of n places; far outside they end at `_FARTHEST`, and NaN stays NaN."""
        across = (np.asarray(x, np.float64) - self.left) / (self.right - self.left)
        up = (np.asarray(y, np.float64) - self._low) / (self._high - self._low)
        pixels = np.stack(
            [self.room.left() + across * self.room.width(), self.room.bottom() - up * self.room.height()], axis=-1
        )
        return np.asarray(np.clip(pixels, -_FARTHEST, _FARTHEST))

    def point(self, x: float, y: float) -> QPointF:
        """One place in pixels, as `pixels` has it, without an array around it."""
        across = self.room.left() + (x - self.left) / (self.right - self.left) * self.room.width()
        down = self.room.bottom() - (y - self._low) / (self._high - self._low) * self.room.height()
        return QPointF(_within_reach(across), _within_reach(down))


def _within_reach(pixel: float) -> float:
    """At most `_FARTHEST` away; NaN stays NaN."""
    return -_FARTHEST if pixel < -_FARTHEST else min(pixel, _FARTHEST)
