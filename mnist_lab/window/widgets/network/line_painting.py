"""Paints lines whose width and colour say a value: many at once, the strongest on top."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mnist_lab.window import theme
from mnist_lab.window.widgets.network.lit_network import LitLines
from mnist_lab.window.widgets.network.network_places import ColumnPlaces, NetworkPlaces

WIDEST = 5.5
"""Logical pixels of a line of the scale's limit."""
_LEVELS = 28
"""Widths and colours on each side of zero: each is painted at one go."""
_FAINTEST = 0.012
"""Of the limit: what is less is thinner than a tenth of a pixel, and is left out."""
_BUNDLE = 0.9
"""Of the width of a line of the same value."""
_RAILS = 1.8
"""Logical pixels of both rails of a bundle."""
_MOST_LINES = 450
_THINNEST = 0.6
"""Logical pixels: thinner lines only become paler."""


def colours_of(palette: theme.Palette) -> list[QColor]:
    """The colours from −limit through zero to +limit, zero being the ground: 2 · _LEVELS + 1 of them."""
    return _colours(replace(palette, zero=palette.panel))


@cache
def _colours(palette: theme.Palette) -> list[QColor]:
    table = theme.diverging(palette)
    middle = len(table) // 2
    places = [middle + round(level / _LEVELS * middle) for level in range(-_LEVELS, _LEVELS + 1)]
    return [QColor(*(int(part) for part in table[place])) for place in places]


def level_of(value: float, limit: float) -> int:
    """The level of a value on a scale, −_LEVELS to _LEVELS; 0: it is not seen."""
    if limit <= 0 or not math.isfinite(value) or abs(value) < _FAINTEST * limit:
        return 0
    level = min(math.ceil(abs(value) / limit * _LEVELS), _LEVELS)
    return int(math.copysign(level, value))


def width_of(level: int) -> float:
    """Width of a line of that level, in logical pixels."""
    return max(abs(level) / _LEVELS * WIDEST, _THINNEST)


def faintest(lines: Sequence[LitLines], limit: float) -> float:
    """The least size of a value whose line is painted: where there are very many, the weakest are left out.

    Beside so many stronger ones nobody sees them, and each takes its time; every sum that is told has them all.
    """
    sizes = np.concatenate([np.abs(one.values).ravel() for one in lines if one.reach > 0] or [np.zeros(0)])
    if len(sizes) <= _MOST_LINES:
        return _FAINTEST * limit
    return float(np.partition(np.nan_to_num(sizes), -_MOST_LINES)[-_MOST_LINES])


class LinePainter:
    """Collects lines by their level, then paints them.

    Attributes:
        limit: of the scale.
    """

    def __init__(self, limit: float, palette: theme.Palette, ratio: float, least: float = 0.0) -> None:
        """Paint for a device with so many device pixels to a logical one; leave out lines of less than `least`."""
        self._least = max(least, _FAINTEST * limit)
        self.limit = limit
        self._colours = colours_of(palette)
        self._ratio = ratio
        self._ground = QColor(palette.panel)
        self._lines: dict[int, list[QLineF]] = {}
        self._bundles: dict[int, list[QLineF]] = {}

    def add(self, value: float, start: QPointF, end: QPointF) -> None:
        """One line more."""
        _collect(self._lines, level_of(value, self.limit), start, end)

    def add_bundle(self, value: float, start: QPointF, end: QPointF) -> None:
        """One bundle of lines more: beyond the scale it is as one at its end."""
        _collect(self._bundles, level_of(value, self.limit), start, end)

    def add_layer(self, lines: LitLines, places: NetworkPlaces, layer: int, keep: np.ndarray | None = None) -> None:
        """The lines into a layer, as far as they reach; `keep`, (j, k) of true and false: only some of them."""
        if lines.reach <= 0:
            return
        here = places.columns[layer]
        starts, rest_start = _starts(places, layer)
        ends = [here.entry(place) for place in range(len(here.units))]
        values = lines.values if keep is None else np.where(keep, lines.values, 0.0)
        for row, column in zip(*np.nonzero(np.abs(values) >= self._least), strict=True):
            self.add(float(values[row, column]), *_reaching(starts[row], ends[column], lines))
        if rest_start is not None:
            for value, end in zip(lines.from_rest, ends, strict=False):
                self.add_bundle(float(value), *_reaching(rest_start, end, lines))
        if here.bundle is not None:
            for value, start in zip(lines.to_rest, starts, strict=False):
                self.add_bundle(float(value), *_reaching(start, here.entry(len(here.units)), lines))

    def paint(self, painter: QPainter) -> None:
        """Paint them, the weakest first; bundles below, as two rails each."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for level in sorted(self._bundles, key=abs):
            width = width_of(level) * _BUNDLE
            self._paint_lines(painter, self._bundles[level], self._colours[level + _LEVELS], width)
            if width > _RAILS:
                self._paint_lines(painter, self._bundles[level], self._ground, width - _RAILS)
        for level in sorted(self._lines, key=abs):
            self._paint_lines(painter, self._lines[level], self._colours[level + _LEVELS], width_of(level))

    def _paint_lines(self, painter: QPainter, lines: list[QLineF], colour: QColor, width: float) -> None:
        pen = QPen(colour, width * self._ratio)
        pen.setCosmetic(True)  # much quicker: no outline is made of it
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLines(lines)


def _collect(lines: dict[int, list[QLineF]], level: int, start: QPointF, end: QPointF) -> None:
    if level:
        lines.setdefault(level, []).append(QLineF(start, end))


def _reaching(start: QPointF, end: QPointF, lines: LitLines) -> tuple[QPointF, QPointF]:
    """From where to where a line is drawn that does not reach its end yet."""
    if lines.reach >= 1:
        return start, end
    if lines.is_back:
        return end + (start - end) * lines.reach, end
    return start, start + (end - start) * lines.reach


def _starts(places: NetworkPlaces, layer: int) -> tuple[list[QPointF], QPointF | None]:
    """Where lines into a layer begin: at the units before it, and at the others there, or at the picture."""
    if layer == 0:
        return [], QPointF(places.picture.right(), places.picture.center().y())
    before: ColumnPlaces = places.columns[layer - 1]
    count = len(before.units)
    rest = None if before.bundle is None else before.exit(count)
    return [before.exit(place) for place in range(count)], rest


def paint_scale(
    painter: QPainter, area: QRectF, limit: str, words: str, palette: theme.Palette, font_height: float
) -> None:
    """Paint a wedge from −limit to +limit in the widths and colours of lines, and what it measures."""
    metrics = painter.fontMetrics()
    low, high = f"−{limit}", f"+{limit}"
    length = 90.0
    left = area.left() + metrics.horizontalAdvance(low) + theme.SMALL_GAP
    middle = area.center().y()
    colours, painted = colours_of(palette), 2 * _LEVELS + 1
    painter.setPen(Qt.PenStyle.NoPen)
    for index, colour in enumerate(colours):
        high_there = width_of(index - _LEVELS)
        painter.fillRect(
            QRectF(left + index * length / painted, middle - high_there / 2, length / painted + 0.5, high_there), colour
        )
    painter.setPen(QColor(palette.muted))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRectF(area.left(), area.top(), left, font_height), flags, low)
    after = left + length + theme.SMALL_GAP
    text = f"{high}  {words}"
    room = QRectF(after, area.top(), max(area.right() - after, 0), font_height)
    painter.drawText(room, flags, metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width())))
