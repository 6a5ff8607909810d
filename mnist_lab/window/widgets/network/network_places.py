"""Where everything of the picture of a network stands, for its size and the network's shape."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

SIDE = 28
FEWEST, MOST = 8, 40
"""Units of a hidden layer that are shown, where their number follows from the room."""
_ROOM_A_UNIT, _USUAL_HEIGHT = 36, 400
"""Logical pixels from one unit to the next that leave their weights readable; in a higher picture units are larger."""
_LARGEST_TILE, _LARGEST_CELL = 84, 22
_GAP_SHARE = 0.16
"""Of the distance between two units, so much stays free."""
_PICTURE_SHARE = 0.2
_LARGEST_LAMP = 16
_NEAR = 4
_LOW_LINES = 14
"""Of small words: a picture that is lower has no headings."""


@dataclass(frozen=True)
class TextRoom:
    """What words need, in logical pixels.

    Attributes:
        line: height of a line.
        digit: width of a digit.
        share: width of the widest probability.
    """

    line: float
    digit: float
    share: float


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

    def entry(self, place: int) -> QPointF:
        """Where lines arrive at a unit; at the others for the place after the last."""
        area = self._area(place)
        return QPointF(area.left(), area.center().y())

    def exit(self, place: int) -> QPointF:
        """Where lines leave."""
        area = self.bundle if place >= len(self.lamps) and self.bundle is not None else self.lamps[place]
        return QPointF(area.right(), area.center().y())

    def _area(self, place: int) -> QRectF:
        return self.bundle if place >= len(self.units) and self.bundle is not None else self.units[place]


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
        scale: where the scale of the lines stands.
    """

    picture: QRectF
    picture_head: QRectF
    columns: tuple[ColumnPlaces, ...]
    bars: tuple[QRectF, ...]
    shares: tuple[QRectF, ...]
    digits: tuple[QRectF, ...]
    scale: QRectF


def units_with_room(height: float, text: TextRoom) -> int:
    """How many units of a layer have room in a picture of such a height, from `FEWEST` to `MOST`."""
    body = _body(height, text).height()
    room = _ROOM_A_UNIT * math.sqrt(max(body / _USUAL_HEIGHT, 1))
    return min(max(int(body // room) - 1, FEWEST), MOST)


def _is_low(height: float, text: TextRoom) -> bool:
    """Whether units need the room of headings, and of the words on those that are not shown."""
    return height < _LOW_LINES * text.line


def _body(height: float, text: TextRoom) -> QRectF:
    """From below the headings to above the words at the foot; its width does not count."""
    head, foot = text.line + 2 * _NEAR, 3 * text.line + 2 * _NEAR
    if _is_low(height, text):
        head, foot = _NEAR, text.line + _NEAR
    return QRectF(0, head, 0, max(height - head - foot, text.line))


def places(
    width: float, height: float, ratio: float, shown: Sequence[int], others: Sequence[int], text: TextRoom
) -> NetworkPlaces:
    """Lay the picture out.

    Args:
        width: in logical pixels.
        height: the same.
        ratio: device pixels of a logical one: tiles and picture have whole ones.
        shown: how many units of each layer are shown, the output layer last.
        others: how many are not.
        text: what words need.
    """
    body = _body(height, text)
    side = _crisp(min(width * _PICTURE_SHARE, body.height() * 0.6, 8 * SIDE), ratio)
    picture = QRectF(1, round(body.center().y() - side / 2), side, side)
    lamp = min(_LARGEST_LAMP, body.height() / (10 * 1.3))
    bar = min(max(width * 0.09, 16), 90)
    right = lamp + text.digit + bar + text.share + 4 * _NEAR
    sizes = [_unit_size(index, body.height(), count, rest, ratio) for index, (count, rest) in _numbered(shown, others)]
    free = width - side - right - sum(size.width for size in sizes)
    gap = max(free / (len(sizes) + 1), 8)
    columns, left = [], side + gap
    for size, (_, (count, rest)) in zip(sizes, _numbered(shown, others), strict=True):
        room = QRectF(left - gap / 2, 0, size.width + gap, height)
        columns.append(_column(left, size, count, rest, body, room, text))
        left += size.width + gap
    outputs = _outputs(width - right, lamp, shown[-1], body, QRectF(width - right, 0, right, height), text)
    digits, bars, shares = _beside(outputs, bar, text)
    return NetworkPlaces(
        picture=picture,
        picture_head=QRectF() if _is_low(height, text) else QRectF(0, 0, side + gap / 2, text.line),
        columns=(*columns, outputs),
        bars=bars,
        shares=shares,
        digits=digits,
        scale=QRectF(0, height - text.line, width, text.line),
    )


def _numbered(shown: Sequence[int], others: Sequence[int]) -> list[tuple[int, tuple[int, int]]]:
    """The hidden layers, with their numbers."""
    return list(enumerate(zip(shown[:-1], others[:-1], strict=True)))


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


def _unit_size(layer: int, height: float, count: int, others: int, ratio: float) -> _UnitSize:
    pitch = height / (count + bool(others))
    free = pitch * (1 - _GAP_SHARE)
    if layer == 0:
        side = _crisp(min(free, _LARGEST_TILE), ratio)
        return _UnitSize(min(pitch, 1.6 * side), side, side, min(max(side * 0.34, 5), _LARGEST_LAMP))
    cell = min(free, _LARGEST_CELL)
    return _UnitSize(min(pitch, 2.4 * _LARGEST_CELL), cell * 1.5, cell, 0)


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
    return ColumnPlaces(units, lamps, bundle, QRectF(room.left(), 0, room.width(), text.line), foot)


def _outputs(left: float, lamp: float, count: int, body: QRectF, room: QRectF, text: TextRoom) -> ColumnPlaces:
    pitch = min(body.height() / count, 60)
    top = body.center().y() - count * pitch / 2
    middles = [top + (place + 0.5) * pitch for place in range(count)]
    units = tuple(QRectF(left, y - lamp / 2, lamp, lamp) for y in middles)
    head = QRectF() if _is_low(room.height(), text) else QRectF(room.left(), 0, room.width(), text.line)
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
