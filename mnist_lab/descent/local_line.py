"""f(x + ε) ≈ y + a·ε: how far a straight line may be trusted, and where even differences go wrong."""

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from mnist_lab.descent.functions import Function, Reals
from mnist_lab.descent.sentences import Sentence
from mnist_lab.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class LocalLine:
    """The curve and the straight line through one of its points, compared at a distance ε.

    Attributes:
        x: the point.
        y: f(x).
        slope: a = f′(x); NaN where the curve has no slope, and then `predicted`, `error` and `relative` are NaN, too.
        epsilon: ε, the distance along x, of either sign.
        true: f(x + ε).
        predicted: y + a·ε.
        error: true − predicted, the gap.
        relative: error / ε, what the gap adds to the slope; it goes to 0 with ε on a smooth curve.
    """

    x: float
    y: float
    slope: float
    epsilon: float
    true: float
    predicted: float
    error: float
    relative: float

    @property
    def has_slope(self) -> bool:
        """Whether there is a line at all."""
        return not np.isnan(self.slope)

    @property
    def promised_change(self) -> float:
        """What the line says that f changes by: a·ε."""
        return self.slope * self.epsilon


class Trust(Enum):
    """How far the line can be trusted at ε."""

    TRUSTED = auto()
    ROUGH = auto()
    STRETCHED = auto()
    BROKEN = auto()
    NO_SLOPE = auto()
    UNKNOWN = auto()


ROUGH_FROM, STRETCHED_FROM = 0.1, 0.5
"""As shares of the promised change. A step −η·a on a parabola has the share η·f″/2: half of it at the rate that
arrives in one step, all of it at the rate from which on the loss no longer falls."""

_ROUNDING = 1e-9
"""A gap or a change of less than this share of the promised change is none, and shares closer together are the same."""


@dataclass(frozen=True)
class LineJudgement:
    """How far the line can be trusted, and why."""

    trust: Trust
    sentence: Sentence


@dataclass(frozen=True, eq=False)
class ErrorCurve:
    """The gap for many ε, for a picture with logarithmic axes.

    Attributes:
        epsilon: (n,) float64, |ε|, ascending.
        error: (n,) float64, |error|; NaN where it is exactly 0, which a logarithm cannot show, or unknown.
        guide: (n,) float64, |f″|/2·ε²: where a smooth curve's error lies for small ε, a line of slope 2; NaN where the
            curvature is 0 or unknown.
    """

    epsilon: Reals
    error: Reals
    guide: Reals


@dataclass(frozen=True)
class RoundingRow:
    """The slope of x² by a difference, computed with numbers of two sizes.

    Attributes:
        epsilon: ε.
        single: (f(x + ε) − f(x)) / ε in float32, the numbers that a network is trained with.
        double: the same in float64.
        slope: the true slope.
    """

    epsilon: float
    single: float
    double: float
    slope: float


def local_line(function: Function, x: float, epsilon: float) -> LocalLine:
    """The line through the curve at `x`, compared with the curve at `x + epsilon`."""
    y, slope, true = function.value_at(x), function.slope_at(x), function.value_at(x + epsilon)
    predicted = y + slope * epsilon
    error = true - predicted
    return LocalLine(x, y, slope, epsilon, true, predicted, error, error / epsilon if epsilon else float("nan"))


def step_line(function: Function, x: float, rate: float) -> LocalLine:
    """The line for ε = −rate·slope: a step of gradient descent is a trusted ε."""
    slope = function.slope_at(x)
    return local_line(function, x, 0.0 if np.isnan(slope) else -rate * slope)


def judge_line(line: LocalLine) -> LineJudgement:
    """Whether the line may be trusted at that distance."""
    promised, values = line.promised_change, {"x": line.x, "epsilon": line.epsilon, "error": abs(line.error)}
    if not line.has_slope:
        text = QT_TRANSLATE_NOOP("descent", "There is no slope at x = {x:.4g}, so there is no line to trust.")
        return LineJudgement(Trust.NO_SLOPE, Sentence(text, {"x": line.x}))
    if np.isnan(line.true):
        text = QT_TRANSLATE_NOOP("descent", "At ε = {epsilon:.3g} the function has no value: choose a smaller ε.")
        return LineJudgement(Trust.UNKNOWN, Sentence(text, {"epsilon": line.epsilon}))
    change = line.true - line.y
    if not promised:
        return LineJudgement(*_level_line(line, change))
    share = abs(line.error) / abs(promised)
    if share < _ROUNDING:
        share = 0.0
    if abs(change) < _ROUNDING * abs(promised):
        change = 0.0
    values |= {"promised": promised, "change": change, "percent": 100 * share}
    trust, text = _by_share(share - _ROUNDING, change * promised)
    return LineJudgement(trust, Sentence(text, values))


def _level_line(line: LocalLine, change: float) -> tuple[Trust, Sentence]:
    """Of a line that promises no change there is no share that the gap could be."""
    if not line.epsilon:
        return Trust.UNKNOWN, Sentence(QT_TRANSLATE_NOOP("descent", "ε is 0: there is nothing to compare."))
    text = QT_TRANSLATE_NOOP(
        "descent", "The slope is 0, so the line predicts no change; at ε = {epsilon:.3g} the true one is {change:.3g}."
    )
    return Trust.UNKNOWN, Sentence(text, {"epsilon": line.epsilon, "change": change})


def _by_share(share: float, agreement: float) -> tuple[Trust, str]:
    """By the gap as a share of the promised change; `agreement` is above 0 if the true change has the same sign."""
    if share <= ROUGH_FROM:
        return Trust.TRUSTED, QT_TRANSLATE_NOOP(
            "descent",
            "The line is honest here: it predicts a change of {promised:.3g}, and the true one is {change:.3g}, "
            "{percent:.2g}\u00a0% off.",
        )
    if share <= STRETCHED_FROM:
        return Trust.ROUGH, QT_TRANSLATE_NOOP(
            "descent",
            "The line is only roughly right here: it predicts a change of {promised:.3g}, but the true one is "
            "{change:.3g}, {percent:.2g}\u00a0% off.",
        )
    if agreement > 0:
        return Trust.STRETCHED, QT_TRANSLATE_NOOP(
            "descent",
            "You left the region where the line is honest: it predicts a change of {promised:.3g}, but the true one is "
            "{change:.3g}.",
        )
    if agreement == 0:
        return Trust.BROKEN, QT_TRANSLATE_NOOP(
            "descent",
            "Far outside the region where the line is honest: it predicts a change of {promised:.3g}, but f is as high "
            "as before.",
        )
    return Trust.BROKEN, QT_TRANSLATE_NOOP(
        "descent",
        "Far outside the region where the line is honest: it predicts a change of {promised:.3g}, but the true one is "
        "{change:.3g}, which is not even in the same direction.",
    )


def direction(function: Function, x: float) -> Sentence:
    """Which way is downhill, by the sign of the slope."""
    slope = function.slope_at(x)
    values = {"x": x, "slope": slope}
    if np.isnan(slope):
        text = QT_TRANSLATE_NOOP("descent", "No slope here: at x = {x:.4g} the curve does not say which way is down.")
        return Sentence(text, {"x": x})
    if slope == 0:
        return Sentence(
            QT_TRANSLATE_NOOP("descent", "The slope is 0: a small step either way changes hardly anything.")
        )
    if slope < 0:
        text = QT_TRANSLATE_NOOP("descent", "The slope {slope:.4g} is negative: increase x a little to go down.")
    else:
        text = QT_TRANSLATE_NOOP("descent", "The slope {slope:.4g} is positive: decrease x a little to go down.")
    return Sentence(text, values)


def bend(function: Function, x: tuple[float, float], y: tuple[float, float], points: int = 401) -> float:
    """How far the curve strays, in that part of it, from the straight line between its ends.

    Under a microscope it goes to 0 where the curve is smooth, and stays what it is at an abrupt angle.

    Args:
        function: the curve.
        x: from where to where.
        y: the heights that are seen with it.
        points: how finely it is looked at.

    Returns:
        the largest distance upright, as a share of the height that is seen; NaN where the function has no value.
    """
    places = np.union1d(np.linspace(*x, points), [kink for kink in function.kinks if x[0] < kink < x[1]])
    with np.errstate(all="ignore"):
        values = function.f(places)
        straight = values[0] + (values[-1] - values[0]) * (places - x[0]) / (x[1] - x[0])
        return float(abs(values - straight).max() / (y[1] - y[0]))


def error_curve(
    function: Function, x: float, sign: int = 1, smallest: float = 1e-6, largest: float = 1.0, points: int = 61
) -> ErrorCurve:
    """The gap between curve and line for ε from `smallest` to `largest`, to the right or (sign −1) to the left."""
    epsilon = np.geomspace(smallest, largest, points)
    with np.errstate(all="ignore"):
        predicted = function.value_at(x) + function.slope_at(x) * sign * epsilon
        error = abs(function.f(x + sign * epsilon) - predicted)
        guide = abs(function.curvature_at(x)) / 2 * epsilon**2
    return ErrorCurve(epsilon, np.where(error > 0, error, np.nan), np.where(guide > 0, guide, np.nan))


def rounding_card(x: float = 1.7) -> tuple[RoundingRow, ...]:
    """The slope of x² by differences: too large an ε is wrong by the curvature, too small a one by rounding."""
    return tuple(
        RoundingRow(epsilon, _difference(np.float32(x), np.float32(epsilon)), _difference(x, epsilon), 2 * x)
        for epsilon in (1e-1, 1e-3, 1e-5, 1e-6, 1e-7)
    )


def _difference(x: np.float32 | float, epsilon: np.float32 | float) -> float:
    moved = x + epsilon
    return float((moved * moved - x * x) / epsilon)
