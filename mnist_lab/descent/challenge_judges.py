"""How the challenges on the curve are judged, from the path that a ball really took, and what theory knows of them."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mnist_lab.descent.functions import Function, Reals
from mnist_lab.descent.minima import Minimum, minima, nearest
from mnist_lab.descent.path import Descent, End
from mnist_lab.descent.sentences import Sentence
from mnist_lab.descent.update_rule import stability_limit
from mnist_lab.descent.verdict import Kind, Verdict
from mnist_lab.descent.verdicts import judge, steps_to
from mnist_lab.words import QT_TRANSLATE_NOOP

LEVEL = 1e-3
"""A slope smaller than this counts as arrived."""

ENOUGH = 0.9
"""A learning rate of at least this share of the limit solves the search for the largest one."""

CLOSEST = 0.99
"""And from this share of the limit on there is nothing worth finding any more."""

_TRIED_RATE = 0.1
_TRIED_STEPS = 300


@dataclass(frozen=True)
class ChallengeResult:
    """What the balls achieved.

    Attributes:
        is_solved: whether the task is done.
        sentence: that, or why not yet.
        number: steps or learning rate reached, whether or not it is enough; None before there is any.
        is_best: whether nothing better is possible.
    """

    is_solved: bool
    sentence: Sentence
    number: float | None = None
    is_best: bool = False


_AWAY = QT_TRANSLATE_NOOP("descent", "It ran away to x = {x:.3g}: restart with a smaller learning rate.")


def _run_away(ball: Descent) -> ChallengeResult | None:
    if ball.end in (End.OPEN, End.MOST_STEPS):
        return None
    return ChallengeResult(False, Sentence(_AWAY, {"x": ball.x}))


# Fewest steps


def judge_steps(ball: Descent, allowed: int) -> ChallengeResult:
    """By the first place that is level and no hilltop; what happens afterwards does not matter."""
    path = ball.path
    with np.errstate(all="ignore"):
        arrived = np.flatnonzero((abs(path.slope) < LEVEL) & (ball.function.curvature(path.x) >= 0))
    values = {"steps": path.steps, "slope": abs(float(path.slope[-1])), "level": LEVEL, "allowed": allowed}
    if not len(arrived):
        text = QT_TRANSLATE_NOOP(
            "descent", "Not yet: at step {steps} |slope| is {slope:.2g}, and must fall below {level:g}."
        )
        return _run_away(ball) or ChallengeResult(False, Sentence(text, values))
    steps = int(arrived[0])
    values["steps"] = steps
    if steps == 1:
        text = QT_TRANSLATE_NOOP("descent", "Solved with a single step: nothing can be faster.")
    elif steps <= allowed:
        text = QT_TRANSLATE_NOOP("descent", "Solved with {steps} steps; fewer are possible.")
    else:
        text = QT_TRANSLATE_NOOP(
            "descent", "Arrived after {steps} steps, {allowed} are allowed: restart with other settings."
        )
    return ChallengeResult(steps <= allowed, Sentence(text, values), float(steps), steps == 1)


def one_step_rate(function: Function, start: float) -> float:
    """The learning rate with which plain SGD is at the nearest minimum after one step, whatever the curve."""
    minimum = minima(function)[int(nearest(minima(function), np.array([start]))[0][0])]
    return (start - minimum.x) / function.slope_at(start)


def parabola_theory(function: Function, start: float) -> Sentence:
    """The learning rate that needs one step on a parabola."""
    text = QT_TRANSLATE_NOOP(
        "descent",
        "One step is enough. On a parabola SGD with η = 1/f″ = {rate:.4g} is at the minimum at once, from any start.",
    )
    return Sentence(text, {"rate": one_step_rate(function, start)})


def one_step_theory(function: Function, start: float) -> Sentence:
    """The learning rate that needs one step on any curve, from one start."""
    text = QT_TRANSLATE_NOOP(
        "descent",
        "One step is enough: for SGD from x = {start:.4g} the learning rate (x − x*) / f′(x) = {rate:.4g} leads to the "
        "minimum x* = {minimum:.4g}. On this curve each start needs another rate, and who knew x* would need no steps.",
    )
    rate = one_step_rate(function, start)
    values = {"start": start, "rate": rate, "minimum": start - rate * function.slope_at(start)}
    return Sentence(text, values)


# Out of the shallow well


def judge_escape(ball: Descent) -> ChallengeResult:
    """By the well in which it came to rest, provided that plain SGD ends in the other."""
    path, wells = ball.path, minima(ball.function)
    is_deep = _nearest_is_deepest(wells, ball.x)
    values = {"steps": path.steps, "x": ball.x, "loss": float(path.loss[-1])}
    gone = _run_away(ball)
    if gone is not None:
        return gone
    if judge(ball, LEVEL).kind is not Kind.CONVERGED:
        if is_deep:
            text = QT_TRANSLATE_NOOP(
                "descent", "Not yet: it is on the side of the deeper well, at x = {x:.3g}; let it come to rest."
            )
        else:
            text = QT_TRANSLATE_NOOP(
                "descent", "Not yet: at step {steps} it is on the side of the shallow well, at x = {x:.3g}."
            )
        return ChallengeResult(False, Sentence(text, values))
    if not is_deep:
        text = QT_TRANSLATE_NOOP(
            "descent", "It came to rest in the shallow well, x = {x:.3g}: restart with more momentum or another rate."
        )
        return ChallengeResult(False, Sentence(text, values))
    if _nearest_is_deepest(wells, _plain_end(ball.function, float(path.x[0]), path.rate)):
        text = QT_TRANSLATE_NOOP(
            "descent",
            "It is there, but with this learning rate plain SGD jumps over the hill, too: take a smaller one, so that "
            "it is momentum that carries the ball.",
        )
        return ChallengeResult(False, Sentence(text, values))
    steps = steps_to(path, LEVEL)
    text = QT_TRANSLATE_NOOP(
        "descent",
        "Solved: at rest in the deeper well after {steps} steps. Plain SGD with the same learning rate stays behind.",
    )
    return ChallengeResult(True, Sentence(text, values | {"steps": steps}), float(steps))


def _nearest_is_deepest(wells: tuple[Minimum, ...], x: float) -> bool:
    return int(nearest(wells, np.array([x]))[0][0]) == int(np.argmin([well.value for well in wells]))


def _plain_end(function: Function, start: float, rates: Reals) -> float:
    """Where plain SGD is after steps of the same learning rates, without momentum."""
    x = np.array([start])
    with np.errstate(all="ignore"):
        for rate in rates:
            x = x - rate * function.derivative(x)
    return float(np.nan_to_num(x[0], nan=np.inf))


@lru_cache(maxsize=4)
def least_momentum(function: Function, start: float, rate: float = _TRIED_RATE) -> float:
    """The smallest momentum, in hundredths, with which the ball ends in the deepest well; NaN if none does."""
    wells = minima(function)
    deepest = min(wells, key=lambda well: well.value)
    momenta = np.arange(100) / 100
    x, velocity = np.full(100, start), np.zeros(100)
    with np.errstate(all="ignore"):
        for _ in range(_TRIED_STEPS):
            velocity = momenta * velocity - rate * function.derivative(x)
            x = x + velocity
        reached = np.flatnonzero(abs(x - deepest.x) < 0.01 * function.width)
    return float(momenta[reached[0]]) if len(reached) else float("nan")


def escape_theory(function: Function, start: float) -> Sentence:
    """Heights, and the least momentum that was found by trying."""
    text = QT_TRANSLATE_NOOP(
        "descent",
        "The ball starts at the height {height:.3g}, and the hill between the wells has {hill:.3g}. Without friction a "
        "ball climbs as high as it began, and 1 − momentum is the friction. Tried in hundredths at η = {rate:g}: "
        "momentum must be at least {momentum:.2f}.",
    )
    low, high = (well.x for well in (minima(function)[0], minima(function)[-1]))
    values = {
        "height": function.value_at(start),
        "hill": float(function.f(np.linspace(low, high, 1_001)).max()),
        "rate": _TRIED_RATE,
        "momentum": least_momentum(function, start),
    }
    return Sentence(text, values)


# The largest learning rate


def judge_rate(ball: Descent) -> ChallengeResult:
    """By the learning rate of the whole run, if it converged."""
    path = ball.path
    rate = float(path.rate[-1])
    values = {"rate": rate, "steps": path.steps, "slope": abs(float(path.slope[-1]))}
    if (path.rate != rate).any():
        text = QT_TRANSLATE_NOOP("descent", "The learning rate was changed on the way: restart, and keep to one.")
        return ChallengeResult(False, Sentence(text, values))
    kind = judge(ball, LEVEL).kind
    if kind in (Kind.DIVERGED, Kind.MOVES_AWAY, Kind.OSCILLATES):
        text = QT_TRANSLATE_NOOP("descent", "η = {rate:.4g} is too large: the ball does not come to rest.")
        return ChallengeResult(False, Sentence(text, values))
    if kind is not Kind.CONVERGED:
        text = QT_TRANSLATE_NOOP(
            "descent", "Not decided: at step {steps} with η = {rate:.4g} |slope| is {slope:.2g}; let it run."
        )
        return ChallengeResult(False, Sentence(text, values))
    share = rate / rate_limit(ball.function, ball)
    if share >= CLOSEST:
        text = QT_TRANSLATE_NOOP(
            "descent", "Solved: η = {rate:.4g} converges, and that is within 1\u00a0% of the limit."
        )
    elif share >= ENOUGH:
        text = QT_TRANSLATE_NOOP("descent", "Solved: η = {rate:.4g} converges; the limit is a little higher.")
    else:
        text = QT_TRANSLATE_NOOP("descent", "η = {rate:.4g} converges, but so does a much larger one: restart with it.")
    return ChallengeResult(share >= ENOUGH, Sentence(text, values), rate, share >= CLOSEST)


def rate_limit(function: Function, ball: Descent) -> float:
    """The learning rate from which on the only minimum is unstable under the ball's rule."""
    limit = stability_limit(ball.rule, minima(function)[0].curvature, ball.settings)
    assert limit is not None  # the rules that count here all have one
    return limit


def without_answer(verdict: Verdict) -> Verdict:
    """The same verdict without the stability limit in it."""
    if "limit" not in verdict.sentence.values:
        return verdict
    if verdict.kind is Kind.MOVES_AWAY:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Moves away, slowly: each swing is wider than the one before, the last by {percent:.2g}\u00a0%; it went"
            " from x = {low:.4g} to {high:.4g}.",
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "descent", "Diverged: each step overshoots farther than the one before, now to x = {x:.4g}."
        )
    return Verdict(verdict.kind, Sentence(text, verdict.sentence.values))


def limit_theory(function: Function) -> Sentence:
    """The stability limit of plain SGD at the only minimum."""
    text = QT_TRANSLATE_NOOP(
        "descent",
        "Each step multiplies the distance to the minimum by 1 − η·f″, which must lie between −1 and 1. Here f″ = "
        "{curvature:.4g}, so η must stay below 2/f″ = {limit:.4g}.",
    )
    curvature = minima(function)[0].curvature
    return Sentence(text, {"curvature": curvature, "limit": 2 / curvature})
