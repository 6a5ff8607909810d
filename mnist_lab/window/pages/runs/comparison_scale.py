"""Where the curves of several runs stand: ranges that hold them all calmly; knows no Qt."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.runs.comparing_curves import Quantity, RunCurve
from mnist_lab.studies import curve_shapes

_MARGIN = 0.012
_MARGINS_ABOVE = 2
_OLD_SHARE = 1 / 3
"""Of a curve's length, which a close-up leaves out of view."""
_USUAL_SHARE = 0.9
_ABOVE_USUAL = 2.0
"""So many times what nine in ten values of most runs stay below may be in view: one run that goes wild leaves it."""

Range = tuple[float, float]


@dataclass(frozen=True)
class HeightScale:
    """An upright axis.

    Attributes:
        ends: the range, with its margins; powers of ten where it is logarithmic.
        is_log: whether heights are logarithms to base 10.
        zero_height: where a value of 0 stands on a logarithmic axis.
        beyond: the highest value that is above the range; None where all are in it.
    """

    ends: Range
    is_log: bool = False
    zero_height: float = 0.0
    beyond: float | None = None

    def heights(self, values: NDArray[np.floating]) -> NDArray[np.floating]:
        """Where (n,) values stand."""
        if not self.is_log:
            return values
        with np.errstate(divide="ignore", invalid="ignore"):
            heights: NDArray[np.floating] = np.log10(values)
        heights[values <= 0] = self.zero_height
        return heights

    def height(self, value: float) -> float:
        """Where one value stands."""
        return float(self.heights(np.array([value], np.float64))[0])


def place_range(curves: Sequence[RunCurve]) -> Range:
    """From the start to where the longest curve ends."""
    last = max((float(curve.places[-1]) for curve in curves if len(curve.places)), default=1.0) or 1.0
    return -_MARGIN * last, (1 + _MARGIN) * last


def height_scale(curves: Sequence[RunCurve], quantity: Quantity, *, is_log: bool, is_close: bool) -> HeightScale:
    """Hold all values, or with `is_close` those of the last two thirds of each run."""
    seen = [values for curve in curves if len(values := _seen(curve, is_close))]
    everything = np.concatenate(seen) if seen else np.empty(0, np.float32)
    if is_log:
        return _log_scale(everything)
    if not len(everything):
        return HeightScale(_with_margins(0.0, 1.0))
    low, high = float(everything.min()), float(everything.max())
    if quantity == "accuracy":
        return HeightScale(_with_margins(*_share_range(low, high, is_close)))
    top = min(high, _ABOVE_USUAL * _usual(seen))
    if is_close:
        top = top if top > low else high
        ends = _with_margins(low, top if top > low else low + max(abs(low), 1e-6))
    else:
        ends = _with_margins(*curve_shapes.linear_range(low, top))
    return HeightScale(ends, beyond=high if high > ends[1] else None)


def _seen(curve: RunCurve, is_close: bool) -> NDArray[np.float32]:
    first = int(_OLD_SHARE * len(curve.values)) if is_close else 0
    values = curve.values[first:]
    return values[np.isfinite(values)]


def _usual(seen: Sequence[NDArray[np.float32]]) -> float:
    """What most runs stay below for most of the time: the lower of two."""
    usual = sorted(max(float(values[0]), float(np.quantile(values, _USUAL_SHARE))) for values in seen)
    return usual[(len(usual) - 1) // 2]


def _share_range(low: float, high: float, is_close: bool) -> Range:
    """Of shares: from the tenth below the lowest up to 1, or close up from one whole percent to another."""
    if not is_close:
        return curve_shapes.share_range(low)
    bottom, top = math.floor(100 * low + 1e-6) / 100, math.ceil(100 * high - 1e-6) / 100
    return (bottom, top) if top > bottom else (bottom - 0.01, top + 0.01)


def _log_scale(values: NDArray[np.float32]) -> HeightScale:
    positive = values[values > 0]
    if not len(positive):
        return HeightScale(_with_margins(-1.0, 0.0), is_log=True, zero_height=-1.0)
    has_zeros = len(positive) < len(values)
    low, high = curve_shapes.log_range(float(positive.min()), float(positive.max()), has_zeros)
    return HeightScale(_with_margins(low, high), is_log=True, zero_height=low)


def _with_margins(low: float, high: float) -> Range:
    margin = _MARGIN * (high - low)
    return low - margin, high + _MARGINS_ABOVE * margin
