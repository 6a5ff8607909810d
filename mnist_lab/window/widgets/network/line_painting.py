"""Paints lines whose width and colour say a value: many at once, the strongest on top."""

import itertools
import operator
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mnist_lab.inspection.flow.network_flow import Reals
from mnist_lab.window import theme
from mnist_lab.window.widgets.network.lit_network import LitLines
from mnist_lab.window.widgets.network.network_places import NetworkPlaces, Points

LEVELS = 20
"""Widths and colours on each side of zero: each is painted at one go."""
_FAINTEST = 0.012
"""Of the limit: what is less is thinner than a tenth of a pixel, and is left out."""
_BUNDLE = 0.9
"""Of the width of a line of the same value."""
_RAIL, _OF_WIDEST, _CLOSEST = 0.9, 0.17, 0.6
"""Logical pixels of a rail of a bundle, at most and of the widest line; and from one to the other at least."""
_MOST_LINES = 300
_THINNEST = 0.6
"""Logical pixels: thinner lines only become paler."""
_QUICK, _HARDLY_WIDER = 1.0, 1.35
"""Pixels of the device: lines of one pixel take half the time of wider ones, so those that are hardly wider get one."""


def colours_of(palette: theme.Palette) -> list[QColor]:
    """The colours from −limit through zero to +limit, zero being the ground: 2 · LEVELS + 1 of them."""
    return _colours(replace(palette, zero=palette.panel))


@cache
def _colours(palette: theme.Palette) -> list[QColor]:
    table = theme.diverging(palette)
    middle = len(table) // 2
    places = [middle + round(level / LEVELS * middle) for level in range(-LEVELS, LEVELS + 1)]
    return [QColor(*(int(part) for part in table[place])) for place in places]


def levels_of(values: Reals, limit: float) -> NDArray[np.intp]:
    """The levels of values on a scale, −LEVELS to LEVELS; 0: it is not seen."""
    if limit <= 0:
        return np.zeros(values.shape, np.intp)
    with np.errstate(over="ignore"):
        shares = np.clip(np.where(np.isfinite(values), values, 0.0) / limit, -1.0, 1.0)
    levels = np.copysign(np.ceil(np.abs(shares) * LEVELS), shares)
    return np.where(np.abs(shares) < _FAINTEST, 0, levels).astype(np.intp)


def width_of(level: int, widest: float) -> float:
    """Width of a line of that level, in logical pixels."""
    return max(abs(level) / LEVELS * widest, min(_THINNEST, widest))


def faintest(lines: Sequence[LitLines], limit: float) -> float:
    """The least size of a value whose line is painted: where there are very many, the weakest are left out.

    Beside so many stronger ones nobody sees them, and each takes its time; every sum that is told has them all.
    """
    sizes = np.concatenate([np.abs(one.values).ravel() for one in lines if one.reach > 0] or [np.zeros(0)])
    if len(sizes) <= _MOST_LINES:
        return _FAINTEST * limit
    return float(np.partition(np.nan_to_num(sizes), -_MOST_LINES)[-_MOST_LINES])


class LinePainter:
    """Collects lines, then paints them by their level, as often as is asked: all of one level at one go.

    Attributes:
        limit: of the scale.
        widest: logical pixels of a line of that value.
    """

    def __init__(self, limit: float, palette: theme.Palette, ratio: float, widest: float, least: float = 0.0) -> None:
        """Paint for a device with so many device pixels to a logical one; leave out lines of less than `least`."""
        self.limit, self.widest = limit, widest
        self._least = max(least, _FAINTEST * limit)
        self._colours = colours_of(palette)
        self._ratio = ratio
        self._rail_width = min(_RAIL, _OF_WIDEST * widest)
        self._lines: list[tuple[Reals, Points]] = []
        self._bundles: list[tuple[Reals, Points]] = []

    def add(self, values: Reals, starts: Points, ends: Points) -> None:
        """Lines one by one.

        Args:
            values: (n,) what they carry.
            starts: (n, 2) where each begins.
            ends: (n, 2) where each ends.
        """
        self._lines.append((values, np.concatenate([starts, ends], axis=1)))

    def add_bundles(self, values: Reals, starts: Points, ends: Points) -> None:
        """The same for bundles of many lines: beyond the scale one is as at its end."""
        self._bundles.append((values, np.concatenate([starts, ends], axis=1)))

    def add_layer(self, lines: LitLines, places: NetworkPlaces, layer: int) -> None:
        """The lines into a layer, as far as they reach."""
        if lines.reach <= 0:
            return
        here, before = places.columns[layer], places.columns[layer - 1] if layer else None
        ends = here.entries
        if before is not None:
            rows, columns = np.nonzero(np.abs(lines.values) >= self._least)
            self.add(lines.values[rows, columns], *_reaching(before.exits[rows], ends[columns], lines))
        rest = places.picture_exits(len(ends)) if before is None else before.bundle_exits(len(ends))
        if len(rest) and len(lines.from_rest):
            self.add_bundles(lines.from_rest, *_reaching(rest, ends, lines))
        if here.bundle is not None and before is not None and len(lines.to_rest):
            starts = before.exits
            self.add_bundles(lines.to_rest, *_reaching(starts, here.bundle_entries(len(starts)), lines))

    def paint(self, painter: QPainter) -> None:
        """Paint them, the weakest first; bundles below, as two rails each."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen, lines in self._strokes:
            painter.setPen(pen)
            painter.drawLines(lines)

    @cached_property
    def _strokes(self) -> list[tuple[QPen, list[QLineF]]]:
        """What is painted at one go each, in its order."""
        strokes = []
        if self._bundles:
            levels, ends = self._levels(self._bundles)
            for level, rails in _by_level(np.tile(levels, 2), self._rails(levels, ends)):
                strokes.append((self._pen(level, min(width_of(level, self.widest), self._rail_width)), rails))
        if self._lines:
            for level, lines in _by_level(*self._levels(self._lines)):
                strokes.append((self._pen(level, width_of(level, self.widest)), lines))
        return strokes

    def _levels(self, parts: list[tuple[Reals, Points]]) -> tuple[NDArray[np.intp], Points]:
        """All lines of some parts: their levels, (n,), and (n, 4) where they begin and end."""
        values = np.concatenate([one for one, _ in parts])
        return levels_of(values, self.limit), np.concatenate([ends for _, ends in parts])

    def _rails(self, levels: NDArray[np.intp], ends: Points) -> Points:
        """(2n, 4) where the rails of n bundles begin and end: beside them, as far apart as a line would be wide."""
        across, down = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
        widths = np.maximum(np.abs(levels) / LEVELS * self.widest * _BUNDLE - self._rail_width, _CLOSEST)
        aside = widths / 2 / np.maximum(np.hypot(across, down), 1.0)
        shift = np.stack([-down * aside, across * aside] * 2, axis=1)
        return np.concatenate([ends + shift, ends - shift])

    def _pen(self, level: int, width: float) -> QPen:
        wide = width * self._ratio
        pen = QPen(self._colours[level + LEVELS], _QUICK if _QUICK < wide <= _HARDLY_WIDER else wide)
        pen.setCosmetic(True)  # much quicker: no outline is made of it
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen


def _by_level(levels: NDArray[np.intp], ends: Points) -> Iterator[tuple[int, list[QLineF]]]:
    """The lines that are seen, level by level, from the weakest on; of the same size first the negative ones."""
    order = np.lexsort((levels, np.abs(levels)))
    order = order[np.count_nonzero(levels == 0) :]
    rows = zip(levels[order].tolist(), ends[order].tolist(), strict=True)
    for level, group in itertools.groupby(rows, key=operator.itemgetter(0)):
        yield level, [QLineF(*row) for _, row in group]


def _reaching(starts: Points, ends: Points, lines: LitLines) -> tuple[Points, Points]:
    """From where to where lines are drawn that do not reach their ends yet."""
    if lines.reach >= 1:
        return starts, ends
    if lines.is_back:
        return ends + (starts - ends) * lines.reach, ends
    return starts, starts + (ends - starts) * lines.reach
