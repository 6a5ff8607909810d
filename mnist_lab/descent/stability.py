"""Close to a minimum: up to which learning rate an optimizer goes straight in, and from which on it is thrown out.

Both are worked out on a parabola, for which a minimum is taken from close by.
"""

from functools import lru_cache

import numpy as np

from mnist_lab.descent.functions import Function, Reals
from mnist_lab.descent.minima import Minimum, minima, nearest
from mnist_lab.descent.update_rule import Settings, UpdateRule, stability_limit

_HALVINGS = 60


def straight_limit(rule: UpdateRule, curvature: float, settings: Settings | None = None) -> float | None:
    """The learning rate up to which a ball comes in from one side: 1/f″ for plain SGD, far less with momentum.

    It is found from the rule's own steps, so that it holds for every rule that has a `stability_limit`.

    Args:
        rule: how the ball moves.
        curvature: f″ at the minimum.
        settings: the rule's own settings; defaults for those that are missing.

    Returns:
        infinity and None where `stability_limit` has them, and for the same reasons.
    """
    limit = stability_limit(rule, curvature, settings)
    if limit is None or not np.isfinite(limit):
        return limit
    return _largest_straight_rate(rule, tuple(rule.resolved(settings).items())) / curvature


@lru_cache(maxsize=16)  # the same for all of a curve's minima, and there may be hundreds
def _largest_straight_rate(rule: UpdateRule, settings: tuple[tuple[str, float], ...]) -> float:
    """The largest η·f″ with which a ball comes in from one side: all factors of a step are real, and none below 0."""
    resolved, straight = dict(settings), 0.0
    swinging = stability_limit(rule, 1.0, resolved)
    assert swinging is not None  # only rules that have a limit are asked for
    for _ in range(_HALVINGS):
        middle = (straight + swinging) / 2
        factors = np.linalg.eigvals(_one_step(rule, middle, resolved))
        # Real ones may come as complex numbers, from NumPy 2.5 on always.
        if not factors.imag.any() and (factors.real >= 0).all():
            straight = middle
        else:
            swinging = middle
    return straight


def _one_step(rule: UpdateRule, rate: float, settings: Settings) -> Reals:
    """The matrix that takes x and the rule's state through one step on ½·x², where the gradient is x."""
    begin = np.eye(1 + len(rule.state))
    state = {quantity.name: begin[1 + place] for place, quantity in enumerate(rule.state)}
    x, state = rule.step(begin[0], begin[0], state, rate, settings)
    return np.stack([x, *(state[quantity.name] for quantity in rule.state)])


def passed_limit(
    function: Function, rule: UpdateRule, settings: Settings, rate: float, near: float
) -> dict[str, float] | None:
    """Whether that learning rate is too large for the minimum nearest to a place, in numbers.

    Returns:
        `rate`, its `limit`, and where the `minimum` is; None if the rate is not above a limit that is known.
    """
    found = minima(function)
    if not found:
        return None
    minimum: Minimum = found[int(nearest(found, np.array([near]))[0][0])]
    limit = stability_limit(rule, minimum.curvature, settings)
    return None if limit is None or rate <= limit else {"rate": rate, "limit": limit, "minimum": minimum.x}
