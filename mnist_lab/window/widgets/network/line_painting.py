"""Paints lines whose width and colour say a value: many at once, the strongest on top."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mnist_lab.inspection.flow.network_flow import Reals
from mnist_lab.window import theme
from mnist_lab.window.widgets.network.lit_network import LitLines
from mnist_lab.window.widgets.network.network_places import NetworkPlaces, Points

LEVELS = 28
"""Widths and colours on each side of zero: each is painted at one go."""
_FAINTEST = 0.012
"""Of the limit: what is less is thinner than a tenth of a pixel, and is left out."""
_BUNDLE = 0.9
"""Of the width of a line of the same value."""
_RAIL, _OF_WIDEST, _CLOSEST = 0.9, 0.17, 0.6
"""Logical pixels of a rail of a bundle, at most and of the widest line; and from one to the other at least."""
_MOST_LINES = 340
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
    """Collects lines, then paints them by their level: all of one level at one go.

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
        self._rail = min(_RAIL, _OF_WIDEST * widest)
        self._lines: dict[int, list[QLineF]] = {}
        self._rails: dict[int, list[QLineF]] = {}

    def add(self, values: Reals, starts: Points, ends: Points) -> None:
        """Lines one by one.

        Args:
            values: (n,) what they carry.
            starts: (n, 2) where each begins.
            ends: (n, 2) where each ends.
        """
        _collect(self._lines, levels_of(values, self.limit), np.hstack([starts, ends]))

    def add_bundles(self, values: Reals, starts: Points, ends: Points) -> None:
        """The same for bundles of many lines, as two rails each: beyond the scale one is as at its end."""
        levels = levels_of(values, self.limit)
        course = ends - starts
        lengths = np.maximum(np.hypot(course[:, 0], course[:, 1]), 1.0)[:, None]
        widths = np.maximum(np.abs(levels) / LEVELS * self.widest * _BUNDLE - self._rail, _CLOSEST)[:, None]
        aside = np.stack([-course[:, 1], course[:, 0]], axis=1) / lengths * widths / 2
        for one in (aside, -aside):
            _collect(self._rails, levels, np.hstack([starts + one, ends + one]))

    def add_layer(
        self, lines: LitLines, places: NetworkPlaces, layer: int, keep: NDArray[np.bool_] | None = None
    ) -> None:
        """The lines into a layer, as far as they reach; `keep`, (j, k): only some of them."""
        if lines.reach <= 0:
            return
        here, before = places.columns[layer], places.columns[layer - 1] if layer else None
        ends = here.entries
        if before is not None:
            values = lines.values if keep is None else np.where(keep, lines.values, 0.0)
            rows, columns = np.nonzero(np.abs(values) >= self._least)
            self.add(values[rows, columns], *_reaching(before.exits[rows], ends[columns], lines))
        rest = places.picture_exits(len(ends)) if before is None else before.bundle_exits(len(ends))
        if len(rest) and len(lines.from_rest):
            self.add_bundles(lines.from_rest, *_reaching(rest, ends, lines))
        if here.bundle is not None and before is not None and len(lines.to_rest):
            starts = before.exits
            self.add_bundles(lines.to_rest, *_reaching(starts, here.bundle_entries(len(starts)), lines))

    def paint(self, painter: QPainter) -> None:
        """Paint them, the weakest first; bundles below."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for level in sorted(self._rails, key=abs):
            width = min(width_of(level, self.widest), self._rail)
            self._paint_lines(painter, self._rails[level], self._colours[level + LEVELS], width)
        for level in sorted(self._lines, key=abs):
            width = width_of(level, self.widest)
            self._paint_lines(painter, self._lines[level], self._colours[level + LEVELS], width)

    def _paint_lines(self, painter: QPainter, lines: list[QLineF], colour: QColor, width: float) -> None:
        wide = width * self._ratio
        pen = QPen(colour, _QUICK if _QUICK < wide <= _HARDLY_WIDER else wide)
        pen.setCosmetic(True)  # much quicker: no outline is made of it
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLines(lines)


def _collect(lines: dict[int, list[QLineF]], levels: NDArray[np.intp], ends: Points) -> None:
    for level, (left, top, right, bottom) in zip(levels.tolist(), ends.tolist(), strict=True):
        if level:
            lines.setdefault(level, []).append(QLineF(left, top, right, bottom))


def _reaching(starts: Points, ends: Points, lines: LitLines) -> tuple[Points, Points]:
    """From where to where lines are drawn that do not reach their ends yet."""
    if lines.reach >= 1:
        return starts, ends
    if lines.is_back:
        return ends + (starts - ends) * lines.reach, ends
    return starts, starts + (ends - starts) * lines.reach
