"""The curve as an optimizer knows it: height and slope at each place where it has been, and nothing in between."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mnist_lab.descent.curves import height_limits
from mnist_lab.descent.path import Descent, Path
from mnist_lab.descent.sentences import Sentence
from mnist_lab.descent.verdict import Kind, Verdict
from mnist_lab.studies.ball_picture import BallPicture
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.surface.pixel_map import PixelMap
from mnist_lab.words import QT_TRANSLATE_NOOP

_CELLS = 400
"""Of two places closer together than the domain through this, the first is kept."""
_HALF_TANGENT = 13.0
_ROOM = 0.2
_REACH = 8.0
"""The first place is shown with as much height as its slope makes in the domain's width through this."""

Reals = NDArray[np.float64]
Range = tuple[float, float]


class HiddenFloor:
    """Where the balls have been while the curve is hidden.

    Attributes:
        is_on: whether the curve is hidden.
        x, y, slope: (n,) float64 each, all places that are kept, in the order in which they were met.
        heights: lowest and highest y to show; it grows with what was met and never shrinks.
    """

    def __init__(self) -> None:
        self.is_on = False
        self._domain: Range = (0.0, 1.0)
        self.clear()

    def clear(self, domain: Range | None = None) -> None:
        """Forget every place; from now on the domain is `domain`."""
        self._domain = domain or self._domain
        self._met = np.empty(0, np.int64)
        self.x, self.y, self.slope = np.empty(0), np.empty(0), np.empty(0)
        self.heights: Range = (0.0, 1.0)

    def visit(self, path: Path) -> None:
        """Keep every place of a path that has a height."""
        cell = (self._domain[1] - self._domain[0]) / _CELLS
        keys = np.round(path.x / cell).astype(np.int64)
        new = np.flatnonzero(np.isfinite(path.loss) & ~np.isin(keys, self._met))
        if not len(new):
            return
        is_first = not len(self.x)
        new = new[np.sort(np.unique(keys[new], return_index=True)[1])]
        self._met = np.append(self._met, keys[new])
        self.x = np.append(self.x, path.x[new])
        self.y = np.append(self.y, path.loss[new])
        self.slope = np.append(self.slope, path.slope[new])
        if is_first:
            self.heights = self._first_heights()
        self._grow()

    def veiled(self, balls: Sequence[BallPicture]) -> Sequence[BallPicture]:
        """The same balls, while the curve is hidden without the loss after the next step."""
        return tuple(replace(ball, next_y=math.nan) for ball in balls) if self.is_on else balls

    def paint(self, painter: QPainter, places: PixelMap, palette: theme.Palette) -> None:
        """Paint a dot and a short tangent at each place."""
        tangents, dots = [], []
        for (left, top), (across, up) in zip(places.pixels(self.x, self.y), self._halves(places), strict=True):
            dots.append(QPointF(left, top))
            if math.isfinite(across):
                tangents.append(QLineF(left - across, top - up, left + across, top + up))
        painter.setPen(QPen(QColor(palette.muted), 1.6))
        painter.drawLines(tangents)
        painter.setPen(QPen(QColor(palette.text), 4.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(dots)

    def _halves(self, places: PixelMap) -> Reals:
        """Half of each tangent in pixels, (n, 2); NaN where there is no slope."""
        reach = 0.01 * (places.right - places.left)
        along = places.pixels(self.x + reach, self.y + reach * self.slope) - places.pixels(self.x, self.y)
        length = np.hypot(along[:, :1], along[:, 1:])
        return np.asarray(_HALF_TANGENT * along / np.where(length > 0, length, np.nan))

    def _first_heights(self) -> Range:
        height, slope = float(self.y[0]), float(self.slope[0])
        reach = abs(slope) * (self._domain[1] - self._domain[0]) / _REACH if math.isfinite(slope) else 0.0
        reach = reach or max(abs(height), 1.0)
        return height - reach, height + reach

    def _grow(self) -> None:
        """Far enough for what was met in the domain, with some room to come."""
        inside = self.y[(self._domain[0] <= self.x) & (self.x <= self._domain[1])]
        if not len(inside):
            return
        (low, high), (lowest, highest) = self.heights, height_limits(inside)
        room = _ROOM * (max(high, highest) - min(low, lowest))
        self.heights = (lowest - room if lowest < low else low), (highest + room if highest > high else high)


def lowest_met(paths: Iterable[Path]) -> float:
    """The lowest loss on the way of these, if it is below 0, else 0: what a logarithm can be taken above."""
    return min(0.0, *(float(np.fmin.reduce(path.loss, initial=0.0)) for path in paths), 0.0)


def blind_report(ball: Descent) -> Verdict:
    """What can be said without a look at the curve: where the ball is."""
    path = ball.path
    text = QT_TRANSLATE_NOOP(
        "descent",
        "At step {steps} x is {x:.4g}: height {loss:.4g}, slope {slope:.4g}. A verdict would need the curve.",
    )
    values = {
        "steps": path.steps,
        "x": float(path.x[-1]),
        "loss": float(path.loss[-1]),
        "slope": float(path.slope[-1]),
    }
    return Verdict(Kind.MOVING if path.steps else Kind.NOT_STARTED, Sentence(text, values))
