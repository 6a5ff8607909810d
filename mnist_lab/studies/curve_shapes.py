"""What a curve looks like at a given size: fewer points without losing extremes, and calm axis ranges; knows no Qt."""

import math

import numpy as np
from numpy.typing import NDArray

Points = tuple[NDArray[np.float64], NDArray[np.floating]]

_NICE = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def thin_to_peaks(values: NDArray[np.floating], start: int, stop: int, bucket: int) -> Points:
    """Replace each `bucket` neighbours by their smallest and largest, so that no extreme is lost.

    Buckets begin at multiples of `bucket`, so the picture stands still while values are appended; the values after
    the last full bucket are kept one by one.

    Args:
        values: (n,) float32; what is not finite leaves a gap where a whole bucket has nothing else.
        start: first index needed.
        stop: index after the last one needed.
        bucket: how many neighbours share a place, from 1.

    Returns:
        Positions (counted in `values`) and values, float64 both, NaN for gaps.
    """
    start -= start % bucket
    full = start + (stop - start) // bucket * bucket
    rest = np.arange(full, stop, dtype=np.float64)
    tail = np.where(np.isfinite(values[full:stop]), values[full:stop], np.nan).astype(np.float64)
    if bucket == 1 or full == start:
        whole = values[start:stop].astype(np.float64)
        return np.arange(start, stop, dtype=np.float64), np.where(np.isfinite(whole), whole, np.nan)
    body = values[start:full]
    body = np.where(np.isfinite(body), body, np.nan).reshape(-1, bucket)
    ends = np.stack([np.fmin.reduce(body, axis=1), np.fmax.reduce(body, axis=1)], axis=1)
    middles = np.repeat(np.arange(start, full, bucket, dtype=np.float64) + (bucket - 1) / 2, 2)
    return np.concatenate([middles, rest]), np.concatenate([ends.ravel().astype(np.float64), tail])


def thin_smooth(values: NDArray[np.floating], start: int, stop: int, bucket: int) -> Points:
    """Take every `bucket`-th value of a smooth curve, and its last one."""
    start -= start % bucket
    places = np.arange(start, stop, bucket)
    if len(places) and places[-1] != stop - 1:
        places = np.append(places, stop - 1)
    return places.astype(np.float64), values[places].astype(np.float64)


def lonely(values: NDArray[np.floating]) -> NDArray[np.intp]:
    """Find finite values without a finite neighbour: a line does not show them, a dot must."""
    finite = np.isfinite(values)
    if len(values) > 1 and finite.all():
        return np.empty(0, np.intp)
    around = np.concatenate([[False], finite, [False]])
    return np.flatnonzero(finite & ~around[:-2] & ~around[2:])


def nice_ceiling(value: float) -> float:
    """Return the next round number at or above `value` (0 or more)."""
    if value <= 0 or not math.isfinite(value):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next((nice * power for nice in _NICE if nice * power >= value * (1 - 1e-9)), 10 * power)


def one_two_five_ceiling(value: float) -> int:
    """Return the next of 1, 2, 5, 10, 20, 50 … at or above `value`."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power >= value:
                return digit * power
        power *= 10


def linear_range(low: float, high: float) -> tuple[float, float]:
    """Return a calm range for values from `low` to `high`: from 0 unless they are negative, to a round number."""
    return (-nice_ceiling(-low) if low < 0 else 0.0, nice_ceiling(high) if high > 0 else 1.0)


def share_range(low: float) -> tuple[float, float]:
    """Return a calm range for shares from `low` up to 1, from the tenth below."""
    return math.floor(max(min(low, 0.9), 0.0) * 10 + 1e-9) / 10, 1.0


def log_range(low: float, high: float, has_zeros: bool) -> tuple[float, float]:
    """Return a calm range, as powers of ten, for positive values; with room below for zeros if there are any."""
    bottom = math.floor(2 * math.log10(low)) / 2 - (0.5 if has_zeros else 0.0)
    top = math.ceil(2 * math.log10(high) + 1e-9) / 2
    return bottom, max(top, bottom + 0.5)
