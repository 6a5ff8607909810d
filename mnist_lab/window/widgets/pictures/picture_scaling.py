"""Square pictures at another size, fast enough to be done anew at every repaint; knows no Qt."""

import functools

import numpy as np
from numpy.typing import NDArray

_SHARP = 3
"""From this scale on a pixel that is one wider than its neighbour does not strike the eye."""


def scaled(pictures: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Make pictures larger with sharp pixels; up to three times as large also with pixels of equal size.

    For that a pixel of the result that lies on the border of two old ones is mixed of both. No product of matrices:
    its threads would wait for those of a training that goes on.

    Args:
        pictures: (n, h, h) uint8.
        side: of the result, in device pixels, at least 1.

    Returns:
        (n, side, side) uint8, contiguous.
    """
    height = pictures.shape[1]
    if side % height == 0 or not height < side < _SHARP * height:
        nearest = np.arange(side) * height // side
        result: NDArray[np.uint8] = pictures.take(nearest, axis=1).take(nearest, axis=2)
        return result
    first, second, share = _borders(height, side)
    rows = _mixed(pictures.take(first, axis=1), pictures.take(second, axis=1), share[:, np.newaxis])
    return _mixed(rows.take(first, axis=2), rows.take(second, axis=2), share)


def _mixed(first: NDArray[np.uint8], second: NDArray[np.uint8], share: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """`share` of 256 parts from the first, the rest from the second."""
    parts = first * share  # at most 255 · 256: it fits into 16 bits, with the half that rounds
    parts += second * (np.uint16(256) - share)
    parts += np.uint16(128)
    parts >>= np.uint16(8)
    return parts.astype(np.uint8)


@functools.lru_cache(maxsize=64)
def _borders(before: int, after: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.uint16]]:
    """For each new pixel the old one where it begins, the one where it ends, and the part of 256 of the former."""
    begins = np.arange(after)
    first = begins * before // after
    border = (first + 1) * after / before
    share = np.rint(np.minimum(border - begins, 1) * 256).astype(np.uint16)
    return first, np.minimum(first + 1, before - 1), share
