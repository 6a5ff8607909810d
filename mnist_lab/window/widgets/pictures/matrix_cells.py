"""Arithmetic of matrix pictures: colours of signed numbers, and fewer cells without losing the largest; no Qt."""

import numpy as np
from numpy.typing import NDArray

from mnist_lab.window.widgets.pictures.tile_mosaic import GAP, ZERO


def pooled(values: NDArray[np.floating], rows: int, columns: int) -> NDArray[np.floating]:
    """Replace each block of rows × columns numbers by the one of largest magnitude, with its sign.

    Args:
        values: (height, width), floats of any width.
        rows: height of a block, from 1.
        columns: width of a block, from 1.

    Returns:
        (⌈height / rows⌉, ⌈width / columns⌉) of the same type; blocks at the lower and right ends may be smaller. NaN
        and infinities are left out, unless a block has nothing else: then it is NaN. Blocks of a single number are
        `values` itself, infinities included.
    """
    if rows * columns == 1:
        return values
    if values.flags.f_contiguous and not values.flags.c_contiguous:  # along the memory it is three times as fast
        return pooled(values.T, columns, rows).T
    result = _extremes(values, rows, columns)
    if np.isinf(result).any():  # rare, so it is looked for only in the few that are left
        result = _extremes(np.where(np.isfinite(values), values, np.nan), rows, columns)
    return result


def _extremes(values: NDArray[np.floating], rows: int, columns: int) -> NDArray[np.floating]:
    high, low = (_reduced(_reduced(values, rows, ends).T, columns, ends).T for ends in (np.fmax, np.fmin))
    result: NDArray[np.floating] = np.where(-low > high, low, high)
    return result


def _reduced(values: NDArray[np.floating], rows: int, ends: np.ufunc) -> NDArray[np.floating]:
    """Reduce each `rows` rows to one, all blocks at once: ten times as fast as `reduceat` along a long axis."""
    result = values[::rows].copy()
    for offset in range(1, rows):
        part = values[offset::rows]
        ends(result[: len(part)], part, out=result[: len(part)])
    return result


def shades(values: NDArray[np.floating], limit: float) -> NDArray[np.uint8]:
    """Give each number the index of its colour: 0 to 254 for −limit to +limit, `ZERO` for 0, `GAP` if not finite.

    Returns:
        (rows, columns) uint8, the last axis rounded up to whole words of 4 bytes, as QImage wants its lines.
    """
    rows, columns = values.shape
    result = np.full((rows, columns + 3 & ~3), GAP, np.uint8)
    is_finite = np.isfinite(values)
    places = np.clip(np.where(is_finite, values, 0) * (ZERO / limit if limit > 0 else 0), -ZERO, ZERO) + (ZERO + 0.5)
    result[:, :columns] = np.where(is_finite, places, GAP).astype(np.uint8)
    return result
