"""What came of a descent, computed from its own numbers: found a minimum, or not, and why."""

import numpy as np

from mnist_lab.descent.divergence import diverged
from mnist_lab.descent.functions import Function
from mnist_lab.descent.path import Descent, End, Path
from mnist_lab.descent.sentences import Sentence
from mnist_lab.descent.swings import jitters, moves_away, oscillates
from mnist_lab.descent.verdict import STILL, TOLERANCE, WINDOW, Kind, Verdict
from mnist_lab.words import QT_TRANSLATE_NOOP

_SIDES = (1e-4, 1e-3, 5e-3, 2e-2)
"""How far to either side to look for higher ground, as shares of the domain."""

_PATIENCE = 300
"""More steps than this to a slope of `TOLERANCE`, at the present pace, is crawling."""


def judge(descent: Descent, tolerance: float = TOLERANCE) -> Verdict:
    """What came of the descent so far.

    Args:
        descent: with its path, function and present settings.
        tolerance: a slope smaller than this counts as 0.
    """
    path, function = descent.path, descent.function
    return (
        diverged(descent)
        or _without_slope(descent)
        or _stationary(descent, tolerance)
        or _not_started(path)
        or jitters(function, path)
        or moves_away(descent)
        or oscillates(descent)
        or _crawls(descent, tolerance)
        or _moving(path)
    )


def is_over(descent: Descent, tolerance: float = TOLERANCE) -> bool:
    """Whether nothing more comes of it: it can go no further, or it stays on level ground."""
    return descent.end is not End.OPEN or descent.stays_level(tolerance)


def _without_slope(descent: Descent) -> Verdict | None:
    if descent.end is not End.NO_SLOPE:
        return None
    if descent.x in descent.function.kinks:
        text = QT_TRANSLATE_NOOP(
            "descent", "Stopped: at x = {x:.4g} the curve has an abrupt angle, so there is no slope to follow."
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "descent", "Stopped: at x = {x:.4g} the slope is no finite number, so there is no slope to follow."
        )
    return Verdict(Kind.NO_SLOPE, Sentence(text, {"x": descent.x}))


def _stationary(descent: Descent, tolerance: float) -> Verdict | None:
    """On level ground: it stays on a minimum, or stands on something else."""
    path, function = descent.path, descent.function
    stays = descent.stays_level(tolerance)
    stands = not path.steps or abs(path.moves[-1]) <= STILL * function.width
    if not abs(path.slope[-1]) < tolerance or not (stays or stands):
        return None
    x = float(path.x[-1])
    values = {"x": x, "slope": abs(float(path.slope[-1])), "loss": float(path.loss[-1])}
    rises_left, rises_right = _rises(function, x)
    if (rises_left & rises_right).any():
        if not stays:
            return None
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


def _crawls(descent: Descent, tolerance: float) -> Verdict | None:
    path, function = descent.path, descent.function
    if path.steps < WINDOW:
        return None
    moves = path.moves[-WINDOW:]
    travelled = float(abs(moves.sum()))
    if (np.sign(moves) != np.sign(moves[-1])).any() or travelled > 5 * STILL * function.width:
        return None
    slopes = abs(path.slope[[-WINDOW - 1, -1]])
    decay = (slopes[1] / slopes[0]) ** (1 / WINDOW) if slopes[0] > 0 else 1.0
    if 0 < decay < 1 and np.log(tolerance / slopes[1]) / np.log(decay) < _PATIENCE:
        return None  # it is only arriving
    values = {
        "x": float(path.x[-1]),
        "steps": WINDOW,
        "travelled": travelled,
        "slope": float(slopes[1]),
        "rate": float(path.rate[-1]),
        "factor": float(path.effective_rate[-1]),
    }
    return Verdict(Kind.CRAWLS, Sentence(_why_it_crawls(descent, float(slopes[1])), values))


def _why_it_crawls(descent: Descent, slope: float) -> str:
    """A small slope is no excuse of a rule that divides it by its own size."""
    rule, function = descent.rule, descent.function
    steepest = float(np.nanmax(abs(function.derivative(np.linspace(*function.domain, 101)))))
    is_gentle, rescales = slope < 0.1 * steepest, rule.largest_curvature_rate is None
    if rescales and descent.path.effective_rate[-1] > descent.path.rate[-1]:
        return QT_TRANSLATE_NOOP(
            "descent",
            "Crawls: the last {steps} steps together moved x by only {travelled:.2g}, because with this optimizer the "
            "learning rate, {rate:.2g}, sets how long a step is, not the slope; a larger learning rate helps.",
        )
    if rescales or not is_gentle:
        return QT_TRANSLATE_NOOP(
            "descent",
            "Crawls: the last {steps} steps together moved x by only {travelled:.2g}, because each gradient is "
            "multiplied by only {factor:.2g}; a larger learning rate helps.",
        )
    if "momentum" in descent.settings:
        return QT_TRANSLATE_NOOP(
            "descent",
            "Crawls: the last {steps} steps together moved x by only {travelled:.2g}, because the slope at "
            "x = {x:.4g} is only {slope:.2g}; a larger learning rate or more momentum helps.",
        )
    return QT_TRANSLATE_NOOP(
        "descent",
        "Crawls: the last {steps} steps together moved x by only {travelled:.2g}, because the slope at "
        "x = {x:.4g} is only {slope:.2g}; a larger learning rate or momentum helps.",
    )


def _moving(path: Path) -> Verdict:
    change = float(path.loss[-1] - path.loss[-2])
    values = {"x": float(path.x[-1]), "loss": float(path.loss[-1]), "change": abs(change), "steps": path.steps}
    if change < 0:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Moving: at step {steps} x is {x:.4g}; this step lowered the loss by {change:.2g} to {loss:.4g}.",
        )
    elif change > 0:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Moving: at step {steps} x is {x:.4g}; this step raised the loss by {change:.2g} to {loss:.4g}.",
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "descent", "Moving: at step {steps} x is {x:.4g}; this step left the loss as it was, {loss:.4g}."
        )
    return Verdict(Kind.MOVING, Sentence(text, values))
