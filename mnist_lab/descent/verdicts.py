"""What came of a descent, computed from its own numbers: found a minimum, or not, and why."""

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from mnist_lab.descent.functions import Function
from mnist_lab.descent.minima import minima, nearest
from mnist_lab.descent.path import Descent, End, Path
from mnist_lab.descent.sentences import Sentence
from mnist_lab.descent.update_rule import stability_limit
from mnist_lab.words import QT_TRANSLATE_NOOP

TOLERANCE = 1e-4
"""A slope smaller than this counts as 0."""

_STILL = 1e-3
"""A move shorter than this share of the domain counts as standing still."""

_SIDES = (1e-4, 1e-3, 5e-3, 2e-2)
"""How far to either side to look for higher ground, as shares of the domain."""

_FAR = 5.0
"""Farther than this many widths from the middle of the domain there is nothing to come back to."""

_WINDOW = 20
_LONGEST_PERIOD = 8
_PATIENCE = 300
"""More steps than this to a slope of `TOLERANCE`, at the present pace, is crawling."""


class Kind(Enum):
    """What came of it."""

    NOT_STARTED = auto()
    MOVING = auto()
    CONVERGED = auto()
    NOT_A_MINIMUM = auto()
    NO_SLOPE = auto()
    OSCILLATES = auto()
    JITTERS = auto()
    CRAWLS = auto()
    DIVERGED = auto()


@dataclass(frozen=True)
class Verdict:
    """What came of it, and a sentence that says why, with the numbers that it rests on."""

    kind: Kind
    sentence: Sentence


def judge(descent: Descent, tolerance: float = TOLERANCE) -> Verdict:
    """What came of the descent so far.

    Args:
        descent: with its path, function and present settings.
        tolerance: a slope smaller than this counts as 0.
    """
    path, function = descent.path, descent.function
    return (
        _diverged(descent, path)
        or _without_slope(path)
        or _stationary(function, path, tolerance)
        or _not_started(path)
        or _jitters(function, path)
        or _oscillates(descent, path)
        or _crawls(function, path, tolerance)
        or _moving(path)
    )


def _diverged(descent: Descent, path: Path) -> Verdict | None:
    low, high = descent.function.domain
    values = {"x": float(path.x[-1]), "steps": path.steps}
    if path.end is End.NO_VALUE:
        text = QT_TRANSLATE_NOOP(
            "descent", "Lost at step {steps}: it is at x = {x:.4g}, where the function has no value."
        )
        return Verdict(Kind.DIVERGED, Sentence(text, values))
    if path.end is not End.FARTHEST and abs(path.x[-1] - (low + high) / 2) < _FAR * descent.function.width:
        return None
    if path.steps and path.loss[-1] < path.loss[-2]:
        text = QT_TRANSLATE_NOOP(
            "descent", "Diverged: at x = {x:.4g} the function still falls; on this side there is no minimum to find."
        )
        return Verdict(Kind.DIVERGED, Sentence(text, values))
    limit = _limit_passed(descent, path)
    if limit is None:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Diverged: each step overshoots farther than the one before, now to x = {x:.4g}; "
            "a smaller learning rate keeps it in.",
        )
        return Verdict(Kind.DIVERGED, Sentence(text, values))
    text = QT_TRANSLATE_NOOP(
        "descent",
        "Diverged: each step overshoots farther than the one before, now to x = {x:.4g}; "
        "the learning rate is {rate:.4g}, and this minimum is stable only below {limit:.4g}.",
    )
    return Verdict(Kind.DIVERGED, Sentence(text, values | limit))


def _limit_passed(descent: Descent, path: Path) -> dict[str, float] | None:
    """The last learning rate, and the stability limit of the minimum nearest to the start if that is lower."""
    found = minima(descent.function)
    if not found or not path.steps:
        return None
    minimum = found[int(nearest(found, path.x[:1])[0][0])]
    limit, rate = stability_limit(descent.rule, minimum.curvature, descent.settings), float(path.rate[-1])
    return None if limit is None or rate <= limit else {"rate": rate, "limit": limit}


def _without_slope(path: Path) -> Verdict | None:
    if path.end is not End.NO_SLOPE:
        return None
    text = QT_TRANSLATE_NOOP(
        "descent", "Stopped: at x = {x:.4g} the curve has an abrupt angle, so there is no slope to follow."
    )
    return Verdict(Kind.NO_SLOPE, Sentence(text, {"x": float(path.x[-1])}))


def _stationary(function: Function, path: Path, tolerance: float) -> Verdict | None:
    """Stands still on level ground: on a minimum, or on something else."""
    if abs(path.slope[-1]) >= tolerance or (path.steps and abs(path.moves[-1]) > _STILL * function.width):
        return None
    x = float(path.x[-1])
    values = {"x": x, "slope": abs(float(path.slope[-1])), "loss": float(path.loss[-1])}
    rises_left, rises_right = _rises(function, x)
    if (rises_left & rises_right).any():
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Converged at step {first}: at x = {x:.4g} the slope is {slope:.1e} and the ground is higher on both "
            "sides; the loss is {loss:.4g}.",
        )
        return Verdict(Kind.CONVERGED, Sentence(text, values | {"first": steps_to(path, tolerance)}))
    text = _why_no_minimum(bool(rises_left[-1]), bool(rises_right[-1]))
    return Verdict(Kind.NOT_A_MINIMUM, Sentence(text, values))


def steps_to(path: Path, tolerance: float) -> int:
    """After how many steps the slope was smaller than `tolerance` for good; all steps if it is not at the end."""
    above = np.flatnonzero(~(abs(path.slope) < tolerance))
    return min(int(above[-1]) + 1, path.steps) if len(above) else 0


def _rises(function: Function, x: float) -> tuple[np.ndarray, np.ndarray]:
    """Whether the ground to the left and to the right is higher, each (n,) bool for the distances of `_SIDES`."""
    here, reach = function.value_at(x), np.array(_SIDES) * function.width
    with np.errstate(all="ignore"):
        return function.f(x - reach) > here, function.f(x + reach) > here


def _why_no_minimum(rises_left: bool, rises_right: bool) -> str:
    if rises_left:
        return QT_TRANSLATE_NOOP(
            "descent",
            "Not a minimum: at x = {x:.4g} the slope is only {slope:.1e}, but to the right the ground is no higher: "
            "a level place on a slope.",
        )
    if rises_right:
        return QT_TRANSLATE_NOOP(
            "descent",
            "Not a minimum: at x = {x:.4g} the slope is only {slope:.1e}, but to the left the ground is no higher: "
            "a level place on a slope.",
        )
    return QT_TRANSLATE_NOOP(
        "descent",
        "Not a minimum: at x = {x:.4g} the slope is only {slope:.1e}, but on neither side is the ground higher: "
        "the top of a hill, or flat.",
    )


def _not_started(path: Path) -> Verdict | None:
    if path.steps:
        return None
    text = QT_TRANSLATE_NOOP("descent", "Not started: at x = {x:.4g} the slope is {slope:.4g}.")
    return Verdict(Kind.NOT_STARTED, Sentence(text, {"x": float(path.x[-1]), "slope": float(path.slope[-1])}))


def _jitters(function: Function, path: Path) -> Verdict | None:
    """With batches: it fluctuates within a small range, without progress."""
    if not path.is_noisy or path.steps < 2 * _WINDOW:
        return None
    recent = path.x[-2 * _WINDOW :]
    first, second = recent[:_WINDOW], recent[_WINDOW:]
    spread = float(np.ptp(recent))
    turns = int((np.diff(np.sign(np.diff(recent))) != 0).sum())
    if turns < _WINDOW // 2 or abs(first.mean() - second.mean()) > 0.5 * spread or spread > 0.5 * function.width:
        return None
    text = QT_TRANSLATE_NOOP(
        "descent",
        "Jitters between x = {low:.4g} and {high:.4g}: each batch gives another slope; a smaller learning "
        "rate or a larger batch calms it.",
    )
    return Verdict(Kind.JITTERS, Sentence(text, {"low": float(recent.min()), "high": float(recent.max())}))


def _oscillates(descent: Descent, path: Path) -> Verdict | None:
    period = _period(descent.function, path)
    if period:
        recent = path.x[-period:]
        values = {"period": period, "low": float(recent.min()), "high": float(recent.max())}
        if period == 2:
            text = QT_TRANSLATE_NOOP(
                "descent",
                "Oscillates: it jumps between x = {low:.4g} and {high:.4g} for ever; a smaller learning rate helps.",
            )
        else:
            text = QT_TRANSLATE_NOOP(
                "descent",
                "Oscillates: every {period} steps it comes back to the same places between x = {low:.4g} and "
                "{high:.4g}; a smaller learning rate helps.",
            )
        return Verdict(Kind.OSCILLATES, Sentence(text, values))
    if not _keeps_swinging(descent.function, path):
        return None
    recent = path.x[-_WINDOW:]
    text = QT_TRANSLATE_NOOP(
        "descent",
        "Oscillates: it jumps about between x = {low:.4g} and {high:.4g} and does not settle; a smaller learning "
        "rate helps.",
    )
    return Verdict(Kind.OSCILLATES, Sentence(text, {"low": float(recent.min()), "high": float(recent.max())}))


def _period(function: Function, path: Path) -> int:
    """After how many steps the last places come again, 2 to 8; 0 if they do not."""
    for period in range(2, _LONGEST_PERIOD + 1):
        if len(path.x) < 3 * period:
            return 0
        recent = path.x[-3 * period :]
        spread = float(np.ptp(recent[-period:]))
        returns = abs(recent[period:] - recent[:-period]).max() < 1e-5 * spread
        if returns and spread > 1e-6 * function.width:
            return period
    return 0


def _keeps_swinging(function: Function, path: Path) -> bool:
    """It oscillates, and the amplitude does not fall."""
    if path.steps < 2 * _WINDOW:
        return False
    moves = path.moves[-2 * _WINDOW :]
    before, now = abs(moves[:_WINDOW]).mean(), abs(moves[_WINDOW:]).mean()
    turns = int((np.diff(np.sign(moves[_WINDOW:])) != 0).sum())
    return bool(turns >= _WINDOW // 5 and now > 0.98 * before and now > _STILL * function.width)


def _crawls(function: Function, path: Path, tolerance: float) -> Verdict | None:
    if path.steps < _WINDOW:
        return None
    moves = path.moves[-_WINDOW:]
    travelled = float(abs(moves.sum()))
    if (np.sign(moves) != np.sign(moves[-1])).any() or travelled > 5 * _STILL * function.width:
        return None
    slopes = abs(path.slope[[-_WINDOW - 1, -1]])
    decay = (slopes[1] / slopes[0]) ** (1 / _WINDOW) if slopes[0] > 0 else 1.0
    if 0 < decay < 1 and np.log(tolerance / slopes[1]) / np.log(decay) < _PATIENCE:
        return None  # it is only arriving
    values = {
        "x": float(path.x[-1]),
        "steps": _WINDOW,
        "travelled": travelled,
        "slope": float(slopes[1]),
        "rate": float(path.effective_rate[-1]),
    }
    steepest = float(np.nanmax(abs(function.derivative(np.linspace(*function.domain, 101)))))
    if slopes[1] < 0.1 * steepest:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Crawls: the last {steps} steps together moved x by only {travelled:.2g}, because the slope at "
            "x = {x:.4g} is only {slope:.2g}; a larger learning rate or momentum helps.",
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Crawls: the last {steps} steps together moved x by only {travelled:.2g}, because each gradient is "
            "multiplied by only {rate:.2g}; a larger learning rate helps.",
        )
    return Verdict(Kind.CRAWLS, Sentence(text, values))


def _moving(path: Path) -> Verdict:
    change = float(path.loss[-1] - path.loss[-2])
    values = {"x": float(path.x[-1]), "loss": float(path.loss[-1]), "change": abs(change), "steps": path.steps}
    if change < 0:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Moving: at step {steps} x is {x:.4g}; this step lowered the loss by {change:.2g} to {loss:.4g}.",
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Moving: at step {steps} x is {x:.4g}; this step raised the loss by {change:.2g} to {loss:.4g}.",
        )
    return Verdict(Kind.MOVING, Sentence(text, values))
