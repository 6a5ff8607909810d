"""The trails that balls leave on a curve: which steps fell or rose, and whose they are; what is near the pointer."""

import math
from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from mnist_lab.studies.ball_picture import BallPicture, LossChange
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.marked_step import StepMark
from mnist_lab.window.pages.descent.rule_colours import rule_colour, rule_marker
from mnist_lab.window.pages.descent.surface.pixel_map import PixelMap

DASHES: dict[LossChange, tuple[float, ...]] = {
    LossChange.FELL: (),
    LossChange.ROSE: (3.0, 2.5),
    LossChange.LEVEL: (1.0, 2.5),
}
"""In pen widths; () is a solid line."""
_SHADES = (0.12, 0.35, 0.6, 0.8, 1.0)
"""A trail fades in these, the oldest steps first; `_OF_A_SHADE` steps have the same."""
_OF_A_SHADE = 15
_OTHERS = 0.6
"""How strong the trails are that are not looked at."""
_RING = 8.5
_NEAR = 12.0
"""How far the pointer may be from a place of a trail, in logical pixels."""

Reals = NDArray[np.float64]


def change_colour(palette: theme.Palette, what: LossChange) -> str:
    """Green where the loss fell and red where it rose, "#rrggbb"."""
    return {LossChange.FELL: palette.right, LossChange.ROSE: palette.wrong}.get(what, palette.muted)


def change_pen(colour: QColor, what: LossChange, width: float) -> QPen:
    """A solid line where the loss fell, a dashed one where it rose."""
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if DASHES.get(what):
        pen.setDashPattern(DASHES[what])
    return pen


class TrailPainter:
    """Paints each step as a line in the colour of what the loss did, and a small marker of its optimizer at its end.

    Where the loss fell the line is solid and the marker filled; where it rose, the one is dashed and the other hollow.
    """

    def __init__(self, painter: QPainter, places: PixelMap, palette: theme.Palette) -> None:
        self._painter, self._places, self._palette = painter, places, palette

    def paint(self, ball: BallPicture) -> None:
        """Paint one trail; the older, the paler."""
        if len(ball.x) < 2:
            return
        pixels = self._places.pixels(ball.x, ball.y)
        shade = np.maximum(len(_SHADES) - 1 - np.arange(len(pixels))[::-1] // _OF_A_SHADE, 0)
        moves = {what: ball.moves(what) for what in (LossChange.LEVEL, LossChange.FELL, LossChange.ROSE)}
        lines = {what: begins[self._crosses_room(pixels, begins)] for what, begins in moves.items()}
        for place, alpha in enumerate(_SHADES):
            for what, begins in lines.items():
                self._lines(pixels, begins[shade[begins + 1] == place], what, ball.is_looked_at, alpha)
        rose = np.zeros(len(pixels), np.bool_)
        rose[moves[LossChange.ROSE] + 1] = True
        shown = self._apart(pixels)
        for place, alpha in enumerate(_SHADES):
            for is_hollow in (False, True):
                chosen = shown[(shade[shown] == place) & (rose[shown] == is_hollow)]
                self._markers(ball, pixels[chosen], is_hollow, alpha)

    def _crosses_room(self, pixels: Reals, begins: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether a line from these places to the next ones may be in view."""
        room, before, after = self._places.room, pixels[begins], pixels[begins + 1]
        low, high = np.minimum(before, after), np.maximum(before, after)
        first, last = np.array([room.left(), room.top()]), np.array([room.right(), room.bottom()])
        return np.asarray(((high >= first) & (low <= last)).all(axis=1))

    def _apart(self, pixels: Reals) -> NDArray[np.intp]:
        """The places in view but the present one; of those on the same pixel the newest."""
        room, (across, down) = self._places.room, pixels[:-1].T
        inside = np.flatnonzero(
            (room.left() <= across) & (across <= room.right()) & (room.top() <= down) & (down <= room.bottom())
        )[::-1]
        cells = np.round(pixels[inside]).astype(np.int64) @ np.array([1, 100_000])
        return inside[np.unique(cells, return_index=True)[1]]

    def _lines(self, pixels: Reals, begins: NDArray[np.intp], what: LossChange, is_strong: bool, alpha: float) -> None:
        if not len(begins):
            return
        ends = np.concatenate([pixels[begins], pixels[begins + 1]], axis=1)
        lines = [QLineF(*end) for end in ends.tolist()]
        if is_strong:  # short steps lie on the curve: what shows through their dashes must not be the curve
            self._painter.setPen(QPen(self._faded(self._palette.panel, True, alpha), 4.5))
            self._painter.drawLines(lines)
        colour = self._faded(change_colour(self._palette, what), is_strong, alpha)
        self._painter.setPen(change_pen(colour, what, 2.2 if is_strong else 1.0))
        self._painter.drawLines(lines)

    def _markers(self, ball: BallPicture, pixels: Reals, is_hollow: bool, alpha: float) -> None:
        if not len(pixels):
            return
        symbol, together = _symbol(ball.identifier, 7.0 if ball.is_looked_at else 5.5), QPainterPath()
        together.setFillRule(Qt.FillRule.WindingFill)
        for across, down in pixels.tolist():
            together.addPath(symbol.translated(across, down))
        alpha = max(alpha, 0.3)
        colour = self._faded(rule_colour(self._palette, ball.identifier), ball.is_looked_at, alpha)
        ground = self._faded(self._palette.panel, ball.is_looked_at, alpha)
        self._painter.setPen(QPen(colour, 1.2) if is_hollow else Qt.PenStyle.NoPen)
        self._painter.setBrush(ground if is_hollow else colour)
        self._painter.drawPath(together)

    @staticmethod
    def _faded(colour: str, is_strong: bool, alpha: float) -> QColor:
        faded = QColor(colour)
        faded.setAlphaF(alpha * (1.0 if is_strong else _OTHERS))
        return faded


def paint_ring(painter: QPainter, ball: str, centre: QPointF, palette: theme.Palette, *, is_strong: bool) -> None:
    """Ring a place of a ball: in the text's colour the one that is pointed at, finer in its own another's."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if is_strong:
        painter.setPen(QPen(QColor(palette.panel), 4))
        painter.drawEllipse(centre, _RING, _RING)
    painter.setPen(QPen(QColor(palette.text if is_strong else rule_colour(palette, ball)), 2.2 if is_strong else 1.4))
    painter.drawEllipse(centre, _RING, _RING)


def step_near(balls: Iterable[BallPicture], places: PixelMap, position: QPointF) -> StepMark | None:
    """The step whose place on a trail is nearest to the pointer; None if there is none near.

    Of places equally near it is the ball's that is looked at, and the newest.
    """
    if not places.room.contains(position):
        return None
    best, mark = _NEAR, None
    for ball in sorted(balls, key=lambda one: not one.is_looked_at):
        gaps = places.pixels(ball.x, ball.y)[::-1] - (position.x(), position.y())
        distances = np.nan_to_num(np.hypot(gaps[:, 0], gaps[:, 1]), nan=math.inf)
        nearest = int(distances.argmin())
        if distances[nearest] < best:
            best = float(distances[nearest])
            mark = StepMark(ball.identifier, ball.first + len(ball.x) - 1 - nearest)
    return mark


@cache
def _symbol(identifier: str, size: float) -> QPainterPath:
    path: QPainterPath = QTransform.fromScale(size, size).map(Symbols[rule_marker(identifier)])
    return path
