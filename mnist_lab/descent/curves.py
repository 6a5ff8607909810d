"""A function as a line to draw: samples with gaps where it has none, heights that fit a picture, and its kinks."""

import numpy as np
from numpy.typing import NDArray

from mnist_lab.descent.functions import Function, RealFunction, Reals

_HALVINGS = 40
_KINK_SAMPLES = 1_998
"""Even and no divisor of round numbers: a sample exactly on a kink would have no slope to jump from."""

_MOST_KINKS = 50
_LEAST_ANGLE = 1e-6
"""Slopes that differ by less than this share of the usual slope are the same but for rounding."""

_LARGEST_HEIGHT = 1e100
"""Pictures have a scale up to here, and their edges can still be subtracted."""

_FLATTEST = 1e-12
"""The least range of heights, as a share of the height itself: what is flatter is rounding."""

_STEEPER = 4.0
"""A rise this many times what the slopes at both ends explain is looked into."""


def sample_curve(function: Function, low: float, high: float, points: int = 600) -> tuple[Reals, Reals]:
    """The curve from `low` to `high`, ready to draw.

    Args:
        function: what to draw.
        low: lowest x.
        high: highest x.
        points: how many samples, at least 2.

    Returns:
        x and y, each (points + gaps,) float64, x never decreasing; y is NaN where the line must be interrupted: where
        the function has no value, and between two samples with a pole or a jump in between.
    """
    x = np.linspace(low, high, points)
    y = np.asarray(function.f(x), np.float64)
    y = np.where(np.isfinite(y), y, np.nan)
    gaps = _jumps(function.f, function.derivative, x, y)[0] + 1
    return np.insert(x, gaps, (x[gaps - 1] + x[gaps]) / 2), np.insert(y, gaps, np.nan)


def height_limits(y: Reals) -> tuple[float, float]:
    """Lowest and highest y worth showing: all of it, unless a few values near a pole would flatten the rest.

    Args:
        y: samples of the curve, NaN among them or not.

    Returns:
        two finite numbers, the first below the second, and so far apart that their difference is more than rounding.
    """
    finite = np.clip(y[np.isfinite(y)], -_LARGEST_HEIGHT, _LARGEST_HEIGHT)
    if len(finite) == 0:
        return -1.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    inner_low, inner_high = (float(value) for value in np.quantile(finite, (0.1, 0.9)))
    most = 10 * (inner_high - inner_low)
    if most > 0:
        low, high = max(low, inner_low - most), min(high, inner_high + most)
    room = 0.05 * (high - low) or 0.5 * max(abs(low), 1.0)
    room = max(room, _FLATTEST * max(abs(low), abs(high)), 1 / _LARGEST_HEIGHT)
    return low - room, high + room


def kinks(function: Function, low: float, high: float) -> Reals:
    """Every x in between at which the slope jumps though the value does not: |x| at 0.

    Returns:
        (n,) float64, ascending; none if there are more than fifty, which are no kinks but a curve too wild to sample.
    """
    x = np.linspace(low, high, _KINK_SAMPLES)
    slopes = np.asarray(function.derivative(x), np.float64)
    known = slopes[np.isfinite(slopes)]
    least = _LEAST_ANGLE * float(np.median(abs(known)) if len(known) else 0.0) + 1e-12
    after, places = _jumps(function.derivative, function.curvature, x, slopes, least)
    if len(places) > _MOST_KINKS:
        return np.empty(0)
    snapped = np.array([_roundest(function, float(place), 1e-9 * (high - low)) for place in places])
    heights, around = abs(function.f(snapped)), np.fmax(abs(function.f(x[after])), abs(function.f(x[after + 1])))
    return snapped[heights <= 2 * around + 1e-9]  # at a pole it towers above its neighbours, or is NaN


def _roundest(function: Function, place: float, reach: float) -> float:
    """The number with the fewest decimals within `reach` of a kink that has no slope either; else the place itself."""
    for decimals in range(10):
        candidate = round(place, decimals) + 0.0  # no −0
        if abs(candidate - place) <= reach and np.isnan(function.slope_at(candidate)):
            return candidate
    return place


def _jumps(
    value: RealFunction, slope: RealFunction, x: Reals, y: Reals, least: float = 0.0
) -> tuple[NDArray[np.intp], Reals]:
    """Where a function jumps between neighbours: halving the interval does not halve the rise.

    Args:
        value: the function.
        slope: its slope.
        x: (points,) ascending.
        y: (points,) the values there.
        least: smaller rises are rounding.

    Returns:
        after which of the points there is a jump, (n,), and at which x, (n,).
    """
    with np.errstate(all="ignore"):
        rise, run, steepness = np.diff(y), np.diff(x), np.asarray(slope(x), np.float64)
        steepest = np.fmax(abs(steepness[:-1]), abs(steepness[1:]))
        against = (rise * steepness[:-1] < 0) & (rise * steepness[1:] < 0)
        suspicious = np.isfinite(rise) & (abs(rise) > least) & (against | (abs(rise) > _STEEPER * steepest * run))
    where = np.flatnonzero(suspicious)
    left, right, low, high = x[where], x[where + 1], y[where], y[where + 1]
    with np.errstate(all="ignore"):
        for _ in range(_HALVINGS if len(where) else 0):
            middle = left / 2 + right / 2
            between = np.asarray(value(middle), np.float64)
            in_left = ~(abs(high - between) > abs(between - low))  # NaN, a pole hit exactly, stays in the left half
            left, right = np.where(in_left, left, middle), np.where(in_left, middle, right)
            low, high = np.where(in_left, low, between), np.where(in_left, between, high)
        stays = ~(abs(high - low) < 0.5 * abs(rise[where]))
    return where[stays], (left / 2 + right / 2)[stays]
