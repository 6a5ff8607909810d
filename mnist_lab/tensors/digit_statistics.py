"""What a set of digits looks like as a whole: how many of each, their mean picture, how much they vary, their grey."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CLASSES = 10
GREYS = 256
_CHUNK = 2_048
"""Images at a time: a cancelled count ends within some 5 ms, and sums of squares stay far below 2**32."""


@dataclass(frozen=True, eq=False)
class DigitStatistics:
    """Figures over all images of a set; all arrays are read-only.

    Attributes:
        counts: (10,) int64, images of each digit.
        means: (10, 28, 28) float64, mean of each pixel over a digit's images, 0 to 255; NaN where a digit has none.
        deviations: (10, 28, 28) float64, standard deviation (divided by n) of the same, in grey levels; NaN likewise.
        histogram: (256,) int64, pixels of each grey level, over all images.
    """

    counts: NDArray[np.int64]
    means: NDArray[np.float64]
    deviations: NDArray[np.float64]
    histogram: NDArray[np.int64]

    def __post_init__(self) -> None:
        for array in (self.counts, self.means, self.deviations, self.histogram):
            array.flags.writeable = False


def digit_statistics(
    images: NDArray[np.uint8], labels: NDArray[np.uint8], is_cancelled: Callable[[], bool] = lambda: False
) -> DigitStatistics | None:
    """Count, average and spread of every digit, and the grey levels of all pixels.

    Args:
        images: (n, 28, 28) uint8.
        labels: (n,) uint8, 0 to 9.
        is_cancelled: asked between two chunks of images, from the thread that counts.

    Returns:
        the figures, exact to float64; None if it was cancelled.
    """
    counts = np.bincount(labels, minlength=CLASSES).astype(np.int64)
    sums = np.zeros((CLASSES, images[0].size if len(images) else 28 * 28))
    squares = np.zeros_like(sums)
    pairs = np.zeros(GREYS * GREYS, np.int64)
    odd_one_out = np.zeros(GREYS, np.int64)
    for first in range(0, len(images), _CHUNK):
        if is_cancelled():
            return None
        chunk = np.ascontiguousarray(images[first : first + _CHUNK]).reshape(-1, sums.shape[1])
        for digit in range(CLASSES):
            # Digit by digit it takes a twentieth of a product with one-hot labels, and the sums are exact.
            values = chunk[labels[first : first + _CHUNK] == digit].astype(np.uint32)
            sums[digit] += values.sum(axis=0)
            squares[digit] += np.square(values, out=values).sum(axis=0)
        _count_pairs(chunk, pairs, odd_one_out)
    table = pairs.reshape(GREYS, GREYS)
    means, deviations = _moments(counts, sums, squares)
    shape = (CLASSES, *images.shape[1:])
    return DigitStatistics(
        counts, means.reshape(shape), deviations.reshape(shape), table.sum(0) + table.sum(1) + odd_one_out
    )


def _count_pairs(chunk: NDArray[np.uint8], pairs: NDArray[np.int64], odd_one_out: NDArray[np.int64]) -> None:
    """Count two neighbouring pixels as one 16-bit number: half as many numbers to count."""
    flat = chunk.reshape(-1)
    even = flat.size - flat.size % 2
    pairs += np.bincount(flat[:even].view(np.uint16), minlength=GREYS * GREYS)
    odd_one_out += np.bincount(flat[even:], minlength=GREYS)


def _moments(
    counts: NDArray[np.int64], sums: NDArray[np.float64], squares: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and standard deviation from exact sums; NaN for a digit without images."""
    divisors = np.where(counts > 0, counts, np.nan)[:, None]
    means = sums / divisors
    # n·Σx² and (Σx)² are whole numbers: their difference keeps small spreads that a difference of means would lose.
    spreads = np.maximum(divisors * squares - sums * sums, 0)
    return means, np.sqrt(spreads) / divisors
