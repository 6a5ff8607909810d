"""The minima of a function in its domain, and the learning rate up to which each of them is stable."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mnist_lab.descent.functions import Function, Reals

_SAMPLES = 4_001
_HALVINGS = 60


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


@lru_cache(maxsize=32)  # asked for at each step of each ball
def minima(function: Function) -> tuple[Minimum, ...]:
    """Every minimum inside the domain, from left to right; a pole is none.

    Two that lie closer together than a two-thousandth of the domain may be taken for one.
    """
    low, high = function.domain
    x = np.linspace(low, high, _SAMPLES)
    with np.errstate(all="ignore"):
        y = np.asarray(function.f(x), np.float64)
        lower = (y[1:-1] < y[:-2]) & (y[1:-1] <= y[2:])
        flat = (y[1:-1] == y[:-2]) & (y[1:-1] == y[2:])
    found = []
    for index in np.flatnonzero(lower & ~flat) + 1:
        place = _refined(function, float(x[index - 1]), float(x[index + 1]))
        if place is not None:
            found.append(Minimum(place, function.value_at(place), _curvature(function, place)))
    return tuple(found)


def _refined(function: Function, left: float, right: float) -> float | None:
    """Where the slope changes from down to up between two places; None if it does not, or does so at a pole."""
    left_slope, right_slope = function.slope_at(left), function.slope_at(right)
    if not left_slope < 0 < right_slope:
        return None
    steepest = max(-left_slope, right_slope)
    highest = max(function.value_at(left), function.value_at(right))
    for _ in range(_HALVINGS):
        middle = left / 2 + right / 2
        slope = function.slope_at(middle)
        if slope == 0 or np.isnan(slope):
            break
        left, right = (middle, right) if slope < 0 else (left, middle)
    place = _tidy(function, left / 2 + right / 2, right - left)
    slope = function.slope_at(place)
    is_pole = abs(slope) > 1.01 * steepest
    return place if function.value_at(place) <= highest and not is_pole else None


def _tidy(function: Function, place: float, reach: float) -> float:
    """The round number so close by that the difference is rounding (0 for 1e-18), if its slope is not larger."""
    rounded = round(place, 12) + 0.0
    if abs(rounded - place) > max(reach, 1e-15):
        return place
    slope = function.slope_at(rounded)
    return rounded if np.isnan(slope) or abs(slope) <= abs(function.slope_at(place)) else place


def _curvature(function: Function, place: float) -> float:
    if any(abs(kink - place) < 1e-9 * function.width for kink in function.kinks):
        return float("nan")
    curvature = function.curvature_at(place)
    return 0.0 if abs(curvature) < 1e-9 else curvature


def nearest(found: tuple[Minimum, ...], x: Reals) -> tuple[np.ndarray, Reals]:
    """Which minimum is nearest to each x, and how far it is: indices and distances of the shape of `x`.

    Raises:
        ValueError: there is no minimum.
    """
    distances = abs(np.asarray(x)[..., None] - np.array([minimum.x for minimum in found]))
    return distances.argmin(axis=-1), distances.min(axis=-1)
