"""Whether a ball has run away: where there is nothing to come to, or because it overshoots farther each time."""

import numpy as np

from mnist_lab.descent.functions import Function
from mnist_lab.descent.path import FARTHEST, Descent, End, Path
from mnist_lab.descent.sentences import Sentence
from mnist_lab.descent.stability import passed_limit
from mnist_lab.descent.verdict import Kind, Verdict
from mnist_lab.words import QT_TRANSLATE_NOOP

_FAR = 5.0
"""Nearer than this many widths to the middle of the domain, a ball has not run away yet."""

_OVERSHOOTS = 3
"""So many of the last steps have to go farther and to the other side each time."""

_PLACES = 60


def diverged(descent: Descent) -> Verdict | None:
    """How it diverged; None if it has not, or if it is far away only on a swing from which it may come back."""
    path, function, x = descent.path, descent.function, descent.x
    values: dict[str, float] = {"x": x, "steps": path.steps}
    if path.end is End.NO_VALUE:
        text = QT_TRANSLATE_NOOP(
            "descent", "Lost at step {steps}: it is at x = {x:.4g}, where the function has no value."
        )
        return Verdict(Kind.DIVERGED, Sentence(text, values))
    middle = sum(function.domain) / 2
    if path.end is not End.FARTHEST and abs(x - middle) < _FAR * function.width:
        return None
    if _falls_outward(function, x, 1 if x > middle else -1):
        text = QT_TRANSLATE_NOOP(
            "descent", "Diverged: at x = {x:.4g} the function still falls; on this side there is no minimum to find."
        )
        return Verdict(Kind.DIVERGED, Sentence(text, values))
    if _overshoots(path):
        return Verdict(Kind.DIVERGED, _too_large_a_rate(descent, values))
    if path.end is not End.FARTHEST:
        return None
    text = QT_TRANSLATE_NOOP("descent", "Diverged: it ran away to x = {x:.4g}; a smaller learning rate keeps it in.")
    return Verdict(Kind.DIVERGED, Sentence(text, values))


def _falls_outward(function: Function, x: float, side: int) -> bool:
    """Whether the function falls all the way from x outward, as far as a ball can get and a little farther."""
    distances = np.geomspace(1e-3 * function.width, FARTHEST, _PLACES)
    with np.errstate(all="ignore"):
        heights = function.f(x + side * np.concatenate([[0.0], distances]))
    return bool(np.isfinite(heights).all() and (np.diff(heights) < 0).all())


def _overshoots(path: Path) -> bool:
    moves = path.moves[-_OVERSHOOTS:]
    is_to_and_fro = (np.diff(np.sign(moves)) != 0).all()
    return bool(len(moves) > 1 and is_to_and_fro and (np.diff(abs(moves)) > 0).all())


def _too_large_a_rate(descent: Descent, values: dict[str, float]) -> Sentence:
    path = descent.path
    rate, start = float(path.rate[-1]), float(path.x[0])
    limit = passed_limit(descent.function, descent.rule, descent.settings, rate, start)
    if limit is None:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Diverged: each step overshoots farther than the one before, now to x = {x:.4g}; "
            "a smaller learning rate keeps it in.",
        )
        return Sentence(text, values)
    text = QT_TRANSLATE_NOOP(
        "descent",
        "Diverged: each step overshoots farther than the one before, now to x = {x:.4g}; the learning rate is "
        "{rate:.4g}, and the minimum at x = {minimum:.4g} is stable only below {limit:.4g}.",
    )
    return Sentence(text, values | limit)
