"""Where everything of the picture of a network stands, for its size and the network's shape."""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

Points = NDArray[np.float64]
"""(n, 2): x and y of places, in logical pixels."""

SIDE = 28
FEWEST, MOST = 8, 40
"""Units of a hidden layer that are shown, where their number follows from the room."""
_ROOM_A_UNIT, _USUAL_HEIGHT = 36, 400
"""Logical pixels from one unit to the next that leave their weights readable; in a higher picture units are larger."""
_LARGEST_TILE, _LARGEST_CELL = 84, 22
_GAP_SHARE = 0.16
"""Of the distance between two units, so much stays free."""
_PICTURE_SHARE, _PICTURE_BESIDE_MANY, _MANY_LAYERS = 0.2, 0.15, 3
"""Of the width, the picture that goes in has so much; and beside so many hidden layers or more."""
_LARGEST_PITCH = 90
"""Logical pixels from one output to the next."""
_CELL_SHAPE, _NARROWEST_CELL, _LINES_A_CELL = 1.5, 7, 2
"""A cell is so many times as wide as high, and narrower where lines beside it would not be so many times as long."""
_WIDEST, _OF_PITCH = 5, 0.3
"""Logical pixels of the widest line, and of what lies between two units: closer ones have finer lines."""
_FAN = 0.8
"""Lines leave the picture, and the others of a layer, over so much of their height."""
_LARGEST_LAMP = 16
_NEAR = 4
EDGE = 5
"""Logical pixels that stay free around everything, for the mark of the keyboard."""
_LOW_LINES = 14
"""Of small words: a picture that is lower has no headings."""


@dataclass(frozen=True)
class TextRoom:
    """What words need, in logical pixels.

    Attributes:
        line: height of a line.
        digit: width of a digit.
        share: width of the widest probability.
        legend: width of the scale with all that is usually said of it.
    """

    line: float
    digit: float
    share: float
    legend: float


@dataclass(frozen=True)
class ColumnPlaces:
    """One layer.

    Attributes:
        units: the picture of each shown unit: a tile, a cell, or the lamp of an output.
        lamps: the lamp of each.
        bundle: where the others stand; None where there are none.
        head: where its heading stands; empty where it is too low for one.
        foot: where the words on the others stand; the same.
    """

    units: tuple[QRectF, ...]
    lamps: tuple[QRectF, ...]
    bundle: QRectF | None
    head: QRectF
    foot: QRectF

    @cached_property
    def entries(self) -> Points:
        """Where lines arrive at each unit."""
        return np.array([(area.left(), area.center().y()) for area in self.units])

    @cached_property
    def exits(self) -> Points:
        """Where they leave."""
        return np.array([(area.right(), area.center().y()) for area in self.lamps])

    def bundle_entries(self, count: int) -> Points:
        """Where so many lines arrive at the others; (0, 2) where there are none."""
        return _EMPTY if self.bundle is None else _fan(self.bundle.left(), self.bundle, count)

    def bundle_exits(self, count: int) -> Points:
        """Where so many lines leave them; the same."""
        return _EMPTY if self.bundle is None else _fan(self.bundle.right(), self.bundle, count)


@dataclass(frozen=True)
class NetworkPlaces:
    """The whole picture.

    Attributes:
        picture: what goes in, 28×28 pixels.
        picture_head: its heading.
        columns: the layers, first hidden layer to output layer.
        bars: where the bar of each output stands.
        shares: where its share is written.
        digits: where its digit is written.
        scale: where the scale of the lines stands, one line high or two.
        widest: logical pixels of a line of the scale's limit.
    """

    picture: QRectF
    picture_head: QRectF
    columns: tuple[ColumnPlaces, ...]
    bars: tuple[QRectF, ...]
    shares: tuple[QRectF, ...]
    digits: tuple[QRectF, ...]
    scale: QRectF
    widest: float

    def picture_exits(self, count: int) -> Points:
        """Where lines to so many units leave the picture that goes in."""
        return _fan(self.picture.right(), self.picture, count)


_EMPTY: Points = np.empty((0, 2))


def _fan(x: float, area: QRectF, count: int) -> Points:
    """So many places, one above the other, in the middle of an area's height."""
    shares = (np.arange(count) + 0.5) / count - 0.5
    return np.stack([np.full(count, x), area.center().y() + shares * _FAN * area.height()], axis=1)


def units_with_room(width: float, height: float, text: TextRoom) -> int:
    """How many units of a layer have room in a picture of such a size, from `FEWEST` to `MOST`."""
    body = _body(width, height, text).height()
    room = _ROOM_A_UNIT * math.sqrt(max(body / _USUAL_HEIGHT, 1))
    return min(max(int(body // room) - 1, FEWEST), MOST)


def _is_low(height: float, text: TextRoom) -> bool:
    """Whether units need the room of headings, and of the words on those that are not shown."""
    return height < _LOW_LINES * text.line


def _legend_lines(width: float, height: float, text: TextRoom) -> int:
    return 1 if _is_low(height, text) or width - 2 * EDGE >= text.legend else 2


def _body(width: float, height: float, text: TextRoom) -> QRectF:
    """From below the headings to above the words at the foot; its width does not count."""
    head, foot = text.line + 2 * _NEAR, (2 + _legend_lines(width, height, text)) * text.line + 2 * _NEAR
    if _is_low(height, text):
        head, foot = _NEAR, text.line + _NEAR
    return QRectF(0, EDGE + head, 0, max(height - head - foot - 2 * EDGE, text.line))


@lru_cache(maxsize=8)  # the pointer asks at each of its moves, and each painting
def places(
    width: float, height: float, ratio: float, shown: tuple[int, ...], others: tuple[int, ...], text: TextRoom
) -> NetworkPlaces:
    """Lay the picture out; the same object for the same picture.

    Args:
        width: in logical pixels.
        height: the same.
        ratio: device pixels of a logical one: tiles and picture have whole ones.
        shown: how many units of each layer are shown, the output layer last.
        others: how many are not.
        text: what words need.
    """
    body = _body(width, height, text)
    hidden = list(zip(shown[:-1], others[:-1], strict=True))
    share = _PICTURE_SHARE if len(hidden) < _MANY_LAYERS else _PICTURE_BESIDE_MANY
    side = _crisp(min(width * share, body.height() * 0.6, 8 * SIDE), ratio)
    picture = QRectF(EDGE, round(body.center().y() - side / 2), side, side)
    lamp = min(_LARGEST_LAMP, body.height() / (10 * 1.3))
    bar = min(max(width * 0.09, 16), 90)
    right = lamp + text.digit + bar + text.share + 4 * _NEAR
    between = width - side - right - 2 * EDGE
    sizes = _unit_sizes(hidden, between, body.height(), ratio)
    gap = max((between - sum(size.width for size in sizes)) / (len(sizes) + 1), 8)
    columns, left = [], picture.right() + gap
    for size, (count, rest) in zip(sizes, hidden, strict=True):
        room = QRectF(left - gap / 2, EDGE, size.width + gap, height)
        columns.append(_column(left, size, count, rest, body, room, text))
        left += size.width + gap
    pitch = min(body.height() / shown[-1], _LARGEST_PITCH)
    room = QRectF(width - EDGE - right, EDGE, right, height)
    outputs = _outputs(lamp, shown[-1], pitch, body, room, text)
    digits, bars, shares = _beside(outputs, bar, text)
    legend = _legend_lines(width, height, text) * text.line
    return NetworkPlaces(
        picture=picture,
        picture_head=QRectF() if _is_low(height, text) else QRectF(EDGE, EDGE, side + gap / 2, text.line),
        columns=(*columns, outputs),
        bars=bars,
        shares=shares,
        digits=digits,
        scale=QRectF(EDGE, height - EDGE - legend, width - 2 * EDGE, legend),
        widest=min(_WIDEST, _OF_PITCH * min(pitch, *(size.pitch for size in sizes), _LARGEST_PITCH)),
    )


@dataclass(frozen=True)
class _UnitSize:
    """A unit of a hidden layer: of the first its tile with a lamp beside it, of the others a cell alone."""

    pitch: float
    side: float
    height: float
    lamp: float

    @property
    def width(self) -> float:
        return self.side + (_NEAR + self.lamp if self.lamp else 0)


def _unit_sizes(hidden: list[tuple[int, int]], width: float, height: float, ratio: float) -> list[_UnitSize]:
    """The units of the hidden layers, of which so many each are shown and not; lines lie between them."""
    if not hidden:
        return []
    first = _tile_size(height / _slots(hidden[0]), min(_LARGEST_TILE, width / (len(hidden) + 1)), ratio)
    cells = len(hidden) - 1
    widest = (width - first.width) / (cells + _LINES_A_CELL * (cells + 2))
    rest = [_cell_size(height / _slots(one), max(first.pitch, 2.4 * _LARGEST_CELL), widest) for one in hidden[1:]]
    return [first, *rest]


def _slots(counts: tuple[int, int]) -> int:
    return counts[0] + bool(counts[1])


def _tile_size(pitch: float, largest: float, ratio: float) -> _UnitSize:
    side = _crisp(min(pitch * (1 - _GAP_SHARE), largest), ratio)
    return _UnitSize(min(pitch, 1.6 * side), side, side, min(max(side * 0.34, 5), _LARGEST_LAMP))


def _cell_size(pitch: float, largest_pitch: float, widest: float) -> _UnitSize:
    """In the rows of the first layer's units, where there are as many."""
    high = min(pitch * (1 - _GAP_SHARE), _LARGEST_CELL)
    wide = max(min(_CELL_SHAPE * high, widest), _NARROWEST_CELL)
    return _UnitSize(min(pitch, largest_pitch), wide, min(high, wide), 0)


def _crisp(side: float, ratio: float) -> float:
    """A side at which each pixel of 28 has as many device pixels as the others, where that is not much smaller."""
    device = side * ratio
    whole = math.floor(device / SIDE) * SIDE
    return (whole if whole >= 0.75 * device else math.floor(device)) / ratio


def _column(
    left: float, size: _UnitSize, count: int, others: int, body: QRectF, room: QRectF, text: TextRoom
) -> ColumnPlaces:
    slots = count + bool(others)
    top = body.center().y() - slots * size.pitch / 2
    middles = [top + (place + 0.5) * size.pitch for place in range(slots)]
    units = tuple(QRectF(left, _whole(y - size.height / 2), size.side, size.height) for y in middles[:count])
    lamps = units
    if size.lamp:
        lamps = tuple(
            QRectF(unit.right() + _NEAR, unit.center().y() - size.lamp / 2, size.lamp, size.lamp) for unit in units
        )
    bundle = None
    if others:
        high = min(size.height, 16)
        bundle = QRectF(left, _whole(middles[-1] - high / 2), size.width, high)
    foot = QRectF(room.left(), top + slots * size.pitch + _NEAR, room.width(), 2 * text.line)
    if bundle is not None:
        foot.moveTop(bundle.bottom() + _NEAR)
    if _is_low(room.height(), text):
        return ColumnPlaces(units, lamps, bundle, QRectF(), QRectF())
    return ColumnPlaces(units, lamps, bundle, QRectF(room.left(), room.top(), room.width(), text.line), foot)


def _outputs(lamp: float, count: int, pitch: float, body: QRectF, room: QRectF, text: TextRoom) -> ColumnPlaces:
    top = body.center().y() - count * pitch / 2
    middles = [top + (place + 0.5) * pitch for place in range(count)]
    units = tuple(QRectF(room.left(), y - lamp / 2, lamp, lamp) for y in middles)
    head = QRectF() if _is_low(room.height(), text) else QRectF(room.left(), room.top(), room.width(), text.line)
    return ColumnPlaces(units, units, None, head, QRectF())


def _beside(
    outputs: ColumnPlaces, bar: float, text: TextRoom
) -> tuple[tuple[QRectF, ...], tuple[QRectF, ...], tuple[QRectF, ...]]:
    """Digit, bar and share beside the lamp of each output."""
    digits, bars, shares = [], [], []
    for lamp in outputs.lamps:
        middle, left = lamp.center().y(), lamp.right() + _NEAR
        digits.append(QRectF(left, middle - text.line / 2, text.digit, text.line))
        high = min(lamp.height() * 0.6, 10)
        bars.append(QRectF(left + text.digit + _NEAR, middle - high / 2, bar, high))
        shares.append(QRectF(bars[-1].right() + _NEAR, middle - text.line / 2, text.share, text.line))
    return tuple(digits), tuple(bars), tuple(shares)


def _whole(place: float) -> float:
    return float(round(place))
