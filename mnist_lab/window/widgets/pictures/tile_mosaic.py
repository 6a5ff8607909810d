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


@dataclass(frozen=True)
class TileGrid:
    """How tiles stand on a page.

    Attributes:
        columns: tiles side by side.
        rows: tiles one above the other.
        scale: device pixels along one side of a weight.
    """

    columns: int
    rows: int
    scale: int

    @property
    def pitch(self) -> int:
        """Device pixels from a tile to the next: a tile and a gap as wide as `SPACE` weights."""
        return _PITCH * self.scale

    @property
    def tiles(self) -> int:
        """How many tiles fit on one page."""
        return self.columns * self.rows

    def place(self, tile: int) -> tuple[int, int]:
        """Return the left and upper edge of a tile of this page, in device pixels."""
        return tile % self.columns * self.pitch, tile // self.columns * self.pitch


def fit(units: int, width: int, height: int, smallest_scale: int, zoom: int = 1) -> TileGrid:
    """Choose the largest whole scale at which all units fit into width × height device pixels.

    If they do not fit even at `smallest_scale`, as many as do make a page; at least one. `zoom` multiplies the scale
    as long as one tile fits.
    """
    for scale in range(max(_LARGEST_SCALE, smallest_scale), smallest_scale - 1, -1):
        grid = _grid(width, height, scale)
        if grid.tiles >= units and SIDE * scale <= min(width, height):
            break
    if zoom > 1:
        scale = max(min(scale * zoom, min(width, height) // SIDE), scale)
        grid = _grid(width, height, scale)
    columns = min(grid.columns, max(units, 1))
    return TileGrid(columns, min(grid.rows, max(math.ceil(units / columns), 1)), scale)


def _grid(width: int, height: int, scale: int) -> TileGrid:
    pitch, gap = _PITCH * scale, SPACE * scale
    return TileGrid(max((width + gap) // pitch, 1), max((height + gap) // pitch, 1), scale)


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
