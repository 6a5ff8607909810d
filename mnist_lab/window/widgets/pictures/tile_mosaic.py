"""Arithmetic of the weight tiles: one picture of many units, its scale, and where each tile stands; knows no Qt."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.window.words import rounded

SIDE = 28
"""Pixels along one side of a tile."""
ZERO = 127
"""Index of the colour of zero; 0 and 254 are the colours of −limit and +limit."""
GAP = 255
"""Index of weights that are not finite, and of what lies between tiles: gaps are painted over."""
SPACE = 2
"""Width of a gap, in weights."""
_PITCH = SIDE + SPACE
_LARGEST_SCALE = 24
_WORTH_IT = 0.95
"""Tiles of a whole scale, each weight as large as the others, are preferred to larger ones if they cover so much."""


@dataclass(frozen=True)
class TileGrid:
    """How tiles stand on a page.

    Attributes:
        columns: tiles side by side.
        rows: tiles one above the other.
        scale: device pixels along one side of a weight; where it is not whole, some are a pixel larger than others.
        left: device pixels before the first column.
        top: device pixels above the first row.
    """

    columns: int
    rows: int
    scale: float
    left: int = 0
    top: int = 0

    @property
    def pitch(self) -> int:
        """Device pixels from a tile to the next: a tile and a gap as wide as `SPACE` weights."""
        return round(_PITCH * self.scale)

    @property
    def image_scale(self) -> float:
        """Device pixels of a pixel of the picture that `tile_painting` makes: 1 where weights differ in size."""
        return self.scale if float(self.scale).is_integer() else 1.0

    @property
    def side(self) -> int:
        """Device pixels along one side of a tile, with each of its weights."""
        return math.ceil(SIDE * self.scale - 1e-9)

    def at(self, x: int, y: int) -> tuple[int, int, int] | None:
        """The tile of this page, and the row and column of the weight in it, at a pixel; None between the tiles."""
        column, x = divmod(x - self.left, self.pitch)
        row, y = divmod(y - self.top, self.pitch)
        pixel = (self.weight_at(y), self.weight_at(x))
        inside = 0 <= column < self.columns and row >= 0 and max(pixel) < SIDE
        return (row * self.columns + column, *pixel) if inside else None

    def weight_at(self, place: int) -> int:
        """Return the row or column of the weight that stands so many device pixels from the edge of its tile.

        Beyond the tile it is `SIDE`.
        """
        return min(math.floor(place / self.scale + 1e-9), SIDE)

    @property
    def gap(self) -> int:
        """Device pixels between two tiles."""
        return self.pitch - self.side

    @property
    def tiles(self) -> int:
        """How many tiles fit on one page."""
        return self.columns * self.rows

    def place(self, tile: int) -> tuple[int, int]:
        """Return the left and upper edge of a tile of this page, in device pixels."""
        return self.left + tile % self.columns * self.pitch, self.top + tile // self.columns * self.pitch


def fit(units: int, width: int, height: int, smallest_scale: int, zoom: int = 1) -> TileGrid:
    """Choose how tiles leave least of width × height device pixels free, and put them in the middle.

    If not all units fit even at `smallest_scale`, as many as do make a page; at least one. `zoom` multiplies the scale
    as long as one tile fits.
    """
    scale = _pitch(units, width, height, _PITCH * smallest_scale) / _PITCH
    if zoom > 1:
        scale = max(min(scale * zoom, min(width, height) // SIDE), scale)
    most = _most(width, height, scale)
    columns = _columns(units, most)
    rows = min(most.rows, max(math.ceil(units / columns), 1))
    left, top = (
        max(room - (count * most.pitch - most.gap), 0) // 2 for room, count in ((width, columns), (height, rows))
    )
    return TileGrid(columns, rows, scale, left, top)


def _pitch(units: int, width: int, height: int, smallest: int) -> int:
    """The largest distance from tile to tile at which all units fit, or a little less where the scale is whole then."""

    def has_room(pitch: int) -> bool:  # as `_most` says, in whole numbers: hundreds are tried
        side = -(-SIDE * pitch // _PITCH)
        columns, rows = (width + pitch - side) // pitch, (height + pitch - side) // pitch
        return max(columns, 1) * max(rows, 1) >= units and side <= min(width, height)

    largest = _PITCH * max(_LARGEST_SCALE, smallest // _PITCH)
    if units:  # larger ones have no room for sure: only those below are tried
        largest = min(largest, math.isqrt(2 * width * height // units) + _PITCH)
    best = next(filter(has_room, range(largest, smallest, -1)), smallest)
    whole = best // _PITCH * _PITCH
    return whole if whole**2 >= _WORTH_IT * best**2 and has_room(whole) else best


def _most(width: int, height: int, scale: float) -> TileGrid:
    """As many tiles as have room; at least one."""
    one = TileGrid(1, 1, scale)
    columns, rows = ((room + one.gap) // one.pitch for room in (width, height))
    return TileGrid(max(columns, 1), max(rows, 1), scale)


def _columns(units: int, most: TileGrid) -> int:
    """How many tiles stand in a row so that the last row lacks fewest."""
    if units > most.tiles:
        return most.columns
    few = math.ceil(max(units, 1) / most.rows)
    return min(range(min(most.columns, max(units, 1)), few - 1, -1), key=lambda columns: -units % columns)


def enlarge(mosaic: NDArray[np.uint8], grid: TileGrid) -> NDArray[np.uint8]:
    """Give each weight of a mosaic the device pixels that it has on the screen; Qt would round otherwise than `grid`.

    Args:
        mosaic: as `paint_mosaic` gives it for `grid.columns`.
        grid: where the tiles stand.

    Returns:
        (height, width) uint8 in device pixels; the width is rounded up to whole words of 4.
    """
    weights = np.array([grid.weight_at(place) for place in range(grid.pitch)])
    tiles = math.ceil(len(mosaic) / _PITCH)
    rows = (np.arange(tiles)[:, np.newaxis] * _PITCH + weights).ravel()[: tiles * grid.pitch - grid.gap]
    columns = (np.arange(grid.columns)[:, np.newaxis] * _PITCH + weights).ravel()
    columns = np.pad(columns, (0, -len(columns) % 4), mode="edge")
    wide: NDArray[np.uint8] = mosaic.take(columns, axis=1)
    result: NDArray[np.uint8] = wide.take(rows, axis=0)  # rows last: they are copied whole
    return result


def limit_of(kernel: NDArray[np.float32]) -> float:
    """Return the largest absolute weight, rounded up to two digits; 0 if no weight is finite or all are zero."""
    largest = max(float(kernel.max(initial=0)), -float(kernel.min(initial=0)))
    if not math.isfinite(largest):
        finite = np.abs(kernel[np.isfinite(kernel)])
        largest = float(finite.max(initial=0))
    if largest <= 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(largest)) - 1)
    return rounded(math.ceil(largest / step - 1e-6) * step, 2)


def change_of(kernel: NDArray[np.float32], start: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what training has changed: (784, units) float32, `kernel` now less `start` before the first update."""
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        return kernel - start


def paint_mosaic(kernel: NDArray[np.float32], limit: float, columns: int) -> NDArray[np.uint8]:
    """Lay units out as tiles, row by row, one index of a colour for each weight.

    Args:
        kernel: (784, units) float32, a column for each unit of this page.
        limit: weight of the strongest colour; 0 paints everything as zero.
        columns: tiles side by side.

    Returns:
        (rows · 30 − 2, columns · 30) uint8 rounded up to whole words of 4 in the last axis: 0 to 254 for weights
        from −limit to +limit, `ZERO` for 0, `GAP` between tiles and for what is not finite.
    """
    units = kernel.shape[1]
    rows = math.ceil(units / columns)
    pitch = _PITCH
    factor = np.float32(ZERO / limit if limit > 0 else 0)
    shades = kernel.T * factor + np.float32(ZERO + 0.5)
    if not np.isfinite(shades).all():
        shades = np.where(np.isfinite(kernel.T), np.clip(shades, 0.5, 2 * ZERO + 0.5), np.float32(GAP + 0.5))
    canvas = np.full((rows * pitch, columns * pitch + 3 & ~3), GAP, np.uint8)
    tiles = np.full((rows * columns, SIDE, SIDE), GAP, np.uint8)
    tiles[:units] = shades.astype(np.uint8).reshape(units, SIDE, SIDE)  # bytes are turned faster than floats
    body = canvas[:, : columns * pitch].reshape(rows, pitch, columns, pitch)
    body[:, :SIDE, :, :SIDE] = tiles.reshape(rows, columns, SIDE, SIDE).transpose(0, 2, 1, 3)
    return canvas[:-SPACE]
