"""Moved copies: images turned, sheared, scaled and shifted a little, at random, by one function of NumPy."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

_SIDE = 28
_PADDED = _SIDE + 3
"""Black before the first pixel of a row, and behind the last where a place and the next one lie."""
_TOGETHER = 64
"""Images moved in one go: what is worked on at a time stays in the processor's cache."""


def _nothing() -> None:
    pass


def moved(
    images: NDArray[np.uint8],
    copies: int,
    seed: int | Sequence[int],
    turn: float,
    shear: float,
    scale: float,
    shift: float,
    which: NDArray[np.integer] | None = None,
    between: Callable[[], None] = _nothing,
) -> NDArray[np.uint8]:
    """Make moved copies: the same, bit for bit, on every machine.

    Each copy draws its own turn, shear, width, height and place, evenly from −strength to +strength. Every pixel then
    looks up where in the original it comes from, and takes the mean of the four pixels there, weighted by how near they
    are. What lies outside the original is black. Strengths of 0 give the original.

    Args:
        images: (n, 28, 28), n at least 1.
        copies: how many of each.
        seed: decides all that is drawn.
        turn: degrees.
        shear: how far a row moves sideways for each row that it lies above or below the middle.
        scale: by which share a copy gets wider or narrower, and, drawn anew, higher or lower; below 1.
        shift: pixels, sideways and, drawn anew, up or down.
        which: (k,) indices of the copies that are wanted; None for all of them.
        between: called now and then; what it raises ends the work.

    Returns:
        (n · copies, 28, 28), or (k, 28, 28): copy c of image i stands at i · copies + c.
    """
    numbers = np.arange(len(images) * copies) if which is None else which
    first, last = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, -1)
    drawing = np.random.PCG64(seed).advance(6 * first)  # past what the copies before draw
    drawn = 2 * np.random.Generator(drawing).random((last + 1 - first, 6)) - 1
    strengths = (turn * (np.pi / 180), shear, scale, scale, shift, shift)
    angle, lean, wider, higher, right, down = (drawn[numbers - first] * strengths).T
    # Sine and cosine by their series: those of NumPy differ in their last bit from one machine to another.
    sums, term = [np.ones_like(angle), np.zeros_like(angle)], np.ones_like(angle)
    for power in range(1, 30):
        term = term * angle / power
        sums[power % 2] = sums[power % 2] + (-term if power % 4 > 1 else term)
    cosine, sine = sums
    across = (cosine + lean * sine) / (1 + wider), (sine - lean * cosine) / (1 + wider)
    along = -sine / (1 + higher), cosine / (1 + higher)
    centred = np.arange(_SIDE) - (_SIDE - 1) / 2
    result = np.empty((len(numbers), _SIDE, _SIDE), np.uint8)
    for begin in range(0, len(numbers), _TOGETHER):
        between()
        part = slice(begin, begin + _TOGETHER)
        columns, rows = centred - right[part, None], centred - down[part, None]
        padded = np.zeros((len(rows), _PADDED, _PADDED))
        padded[:, 1:-2, 1:-2] = images[numbers[part] // copies]
        places = []
        for by_column, by_row in (along, across):  # first the row, then the column in the original
            at = (by_column[part, None] * columns)[:, None, :] + (by_row[part, None] * rows)[:, :, None]
            places.append(np.clip(at + ((_SIDE - 1) / 2 + 1), 0, _SIDE + 1))
        row, column = np.floor(places[0]), np.floor(places[1])
        lower, farther = places[0] - row, places[1] - column
        corner = (row * _PADDED + column).astype(np.intp)
        corner += np.arange(len(rows))[:, None, None] * _PADDED**2
        pixels = padded.ravel()
        above, below = pixels[corner], pixels[corner + _PADDED]
        above += farther * (pixels[corner + 1] - above)
        below += farther * (pixels[corner + _PADDED + 1] - below)
        result[part] = np.rint(above + lower * (below - above))
    return result
