"""The minima of a function in its domain, and the learning rate up to which each of them is stable."""

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from mnist_lab.descent.functions import Function, Reals

_SAMPLES = 4_001
_HALVINGS = 60
_FALLS_ON = 0.1
"""A valley that the second half of the halvings deepens by this share of what the first half did has no floor."""


@dataclass(frozen=True)
class Minimum:
    """A local minimum: the values on both sides are higher.

    Attributes:
        x: where it is.
        value: f there.
        curvature: f″ there; 0 for a floor flatter than a parabola (x⁴), NaN at an abrupt angle (|x|).
    """

    x: float
    value: float
    curvature: float


_known: WeakKeyDictionary[Function, tuple[Minimum, ...]] = WeakKeyDictionary()
"""What was found, as long as its function is in use: it is asked for at each step of each ball."""


def minima(function: Function, check: Callable[[], None] = lambda: None) -> tuple[Minimum, ...]:
    """Every minimum inside the domain, from left to right; a pole is none.

    Two that lie closer together than a two-thousandth of the domain may be taken for one.

    Args:
        function: the curve; what was found for it is kept with it.
        check: called on the way; whatever it raises ends the search.
    """
    if function not in _known:
        _known[function] = _found(function, check)
    return _known[function]


def _found(function: Function, check: Callable[[], None]) -> tuple[Minimum, ...]:
    x = np.linspace(*function.domain, _SAMPLES)
    with np.errstate(all="ignore"):
        y = np.asarray(function.f(x), np.float64)
        lower = (y[1:-1] < y[:-2]) & (y[1:-1] <= y[2:])
        flat = (y[1:-1] == y[:-2]) & (y[1:-1] == y[2:])
        valleys = np.flatnonzero(lower & ~flat) + 1
        places = _refined(function, x[valleys - 1], x[valleys + 1], check)
        heights, curvatures = np.asarray(function.f(places)), _curvatures(function, places)
    rows = np.stack([places, heights, curvatures], axis=1)
    return tuple(Minimum(*(float(number) for number in row)) for row in rows)


def _refined(function: Function, left: Reals, right: Reals, check: Callable[[], None]) -> Reals:
    """Where the slope changes from down to up between two places of each pair, (n,); fewer where it does not."""
    goes_up = (function.derivative(left) < 0) & (function.derivative(right) > 0)
    left, right = left[goes_up], right[goes_up]
    highest = np.fmax(function.f(left), function.f(right))
    half_way = left
    for halving in range(_HALVINGS if len(left) else 0):
        check()
        middle = left / 2 + right / 2
        if halving == _HALVINGS // 2:
            half_way = middle
        slope = np.asarray(function.derivative(middle))
        is_there = (slope == 0) | np.isnan(slope)
        left = np.where((slope < 0) | is_there, middle, left)
        right = np.where((slope > 0) | is_there, middle, right)
    places = _tidy(function, left / 2 + right / 2, right - left)
    first, last = np.asarray(function.f(half_way)), np.asarray(function.f(places))
    has_floor = first - last <= _FALLS_ON * (highest - first) + 1e-12 * abs(first)
    return np.asarray(places[(last <= highest) & has_floor])


def _tidy(function: Function, places: Reals, reach: Reals) -> Reals:
    """The round numbers so close by that the difference is rounding (0 for 1e-18), where no slope is larger there."""
    rounded = np.round(places, 12) + 0.0
    slopes, before = abs(np.asarray(function.derivative(rounded))), abs(np.asarray(function.derivative(places)))
    is_as_good = (abs(rounded - places) <= np.maximum(reach, 1e-15)) & ~(slopes > before)
    return np.where(is_as_good, rounded, places)


def _curvatures(function: Function, places: Reals) -> Reals:
    curvatures = np.asarray(function.curvature(places))
    curvatures = np.where(abs(curvatures) < 1e-9, 0.0, curvatures)
    is_angle: NDArray[np.bool_] = np.zeros(len(places), np.bool_)
    for kink in function.kinks:
        is_angle |= abs(places - kink) < 1e-9 * function.width
    return np.where(is_angle, np.nan, curvatures)


def nearest(found: tuple[Minimum, ...], x: Reals) -> tuple[np.ndarray, Reals]:
    """Which minimum is nearest to each x, and how far it is: indices and distances of the shape of `x`.

    Raises:
        ValueError: there is no minimum.
    """
    distances = abs(np.asarray(x)[..., None] - np.array([minimum.x for minimum in found]))
    return distances.argmin(axis=-1), distances.min(axis=-1)
