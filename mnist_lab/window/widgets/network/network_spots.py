"""What can be pointed at in the picture of a network, and where arrow keys lead along its lines."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt

from mnist_lab.inspection.flow.network_flow import NetworkFlow
from mnist_lab.window.widgets.network.network_places import SIDE, NetworkPlaces

_GRACE = 3.0
"""Logical pixels around a unit that still belong to it."""


@dataclass(frozen=True)
class Spot:
    """A place in the picture.

    Attributes:
        column: 0 for the picture that goes in; from 1 on the layers.
        place: of a unit; the place after the last one is that of the others. In the picture: a pixel, row by row, or
            −1 for all of it.
    """

    column: int
    place: int

    @property
    def layer(self) -> int:
        """Which Dense layer, from 0; −1 for the picture."""
        return self.column - 1

    @property
    def is_pixel(self) -> bool:
        """Whether it is one pixel of the picture."""
        return self.column == 0 and self.place >= 0


PICTURE = Spot(0, -1)


def unit_of(flow: NetworkFlow, spot: Spot) -> int | None:
    """The index of the unit at a spot, in its layer; None for the picture and for the others."""
    if spot.column == 0 or spot.place >= len(flow.layers[spot.layer].units):
        return None
    return int(flow.layers[spot.layer].units[spot.place])


def spot_of(flow: NetworkFlow, layer: int, unit: int) -> Spot | None:
    """Where a unit of a layer stands; None if it is not shown."""
    if not 0 <= layer < len(flow.layers):
        return None
    places = np.flatnonzero(flow.layers[layer].units == unit)
    return Spot(layer + 1, int(places[0])) if len(places) else None


def is_there(flow: NetworkFlow, spot: Spot) -> bool:
    """Whether the network that is shown has such a spot."""
    if spot.column == 0:
        return spot.place < SIDE * SIDE
    if spot.column > len(flow.layers):
        return False
    layer = flow.layers[spot.layer]
    return spot.place < len(layer.units) + (layer.size > len(layer.units))


def spot_at(places: NetworkPlaces, position: QPointF) -> Spot | None:
    """What is at a position; None for nothing."""
    if places.picture.contains(position):
        side = places.picture.width() / SIDE
        row, column = (
            int((position.y() - places.picture.top()) / side),
            int((position.x() - places.picture.left()) / side),
        )
        return Spot(0, min(row, SIDE - 1) * SIDE + min(column, SIDE - 1))
    for number, _ in enumerate(places.columns, start=1):
        for place, area in enumerate(areas_of(places, number)):
            if area.adjusted(-_GRACE, -_GRACE, _GRACE, _GRACE).contains(position):
                return Spot(number, place)
    return None


def areas_of(places: NetworkPlaces, column: int) -> list[QRectF]:
    """Where the units of a column stand, with all that belongs to them; the others last."""
    here = places.columns[column - 1]
    areas = [unit.united(lamp) for unit, lamp in zip(here.units, here.lamps, strict=True)]
    if column == len(places.columns):
        areas = [area.united(share) for area, share in zip(areas, places.shares, strict=True)]
    return areas if here.bundle is None else [*areas, here.bundle]


def area_of(places: NetworkPlaces, spot: Spot) -> QRectF:
    """Where a spot is."""
    if spot.is_pixel:
        side = places.picture.width() / SIDE
        row, column = divmod(spot.place, SIDE)
        return QRectF(places.picture.left() + column * side, places.picture.top() + row * side, side, side)
    return places.picture if spot.column == 0 else areas_of(places, spot.column)[spot.place]


def neighbour(flow: NetworkFlow, spot: Spot, key: Qt.Key) -> Spot | None:
    """Where an arrow key leads: up and down within a column, left and right along the strongest line.

    None for any other key. At the ends of the picture it leads nowhere: to the spot itself.
    """
    if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        if spot.column == 0:
            return PICTURE
        layer = flow.layers[spot.layer]
        last = len(layer.units) - 1 + (layer.size > len(layer.units))
        place = spot.place + (1 if key == Qt.Key.Key_Down else -1)
        return Spot(spot.column, min(max(place, 0), last))
    if key == Qt.Key.Key_Right:
        return _forward(flow, spot)
    return _back(flow, spot) if key == Qt.Key.Key_Left else None


def _forward(flow: NetworkFlow, spot: Spot) -> Spot:
    if spot.column == len(flow.layers):
        return spot
    following = flow.layers[spot.column]
    if spot.column == 0:
        values = flow.from_pixel(spot.place) if spot.is_pixel else following.rest
    else:
        values = following.rest if unit_of(flow, spot) is None else following.lines[spot.place]
    return Spot(spot.column + 1, strongest(values))


def _back(flow: NetworkFlow, spot: Spot) -> Spot:
    if spot.column <= 1:
        return PICTURE
    lines = flow.layers[spot.layer].lines
    unit = unit_of(flow, spot)
    return Spot(spot.column - 1, 0 if unit is None or not len(lines) else strongest(lines[:, spot.place]))


def pixel_beside(spot: Spot | None, key: Qt.Key) -> Spot | None:
    """The pixel that an arrow key leads to, from the middle if none is read; None for any other key."""
    steps = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
    if key not in steps:
        return None
    row, column = divmod(spot.place, SIDE) if spot is not None and spot.is_pixel else (SIDE // 2, SIDE // 2)
    down, across = steps[key]
    return Spot(0, min(max(row + down, 0), SIDE - 1) * SIDE + min(max(column + across, 0), SIDE - 1))


def strongest(values: np.ndarray) -> int:
    """The place of the largest size; of equals the first."""
    return int(np.argmax(np.abs(np.nan_to_num(values)))) if len(values) else 0


def focus_of(flow: NetworkFlow, spot: Spot | None) -> tuple[int, ...]:
    """Of each layer after the first the place of the unit whose sum the others before it are told for.

    The output that is asked for, and back from there along the strongest lines; the spot itself in its layer.
    """
    focus = [0] * len(flow.layers)
    for index in range(len(flow.layers) - 1, -1, -1):
        is_here = spot is not None and spot.layer == index and unit_of(flow, spot) is not None
        if spot is not None and is_here:
            focus[index] = spot.place
        elif index == len(flow.layers) - 1:
            focus[index] = flow.asked.output
        else:
            focus[index] = strongest(flow.layers[index + 1].lines[:, focus[index + 1]])
    return tuple(focus)
