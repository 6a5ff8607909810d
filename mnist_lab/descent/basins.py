"""Which start ends in which minimum: the basin strip under the curve, with the current rule and learning rate."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.descent.functions import Function, Reals
from mnist_lab.descent.minima import Minimum, minima, nearest
from mnist_lab.descent.path import FARTHEST
from mnist_lab.descent.update_rule import Settings, UpdateRule

UNDECIDED = -1
DIVERGED = -2

_LAST_STEPS = 10
_NEAR = 0.01
_APPROACHING = 0.05
"""A ball has found a minimum when for the last steps it kept within `_NEAR` of the domain's width of it (rules that
rescale the gradient never stand quite still), or within `_APPROACHING` and came closer with each step, from one side.
"""


@dataclass(frozen=True, eq=False)
class Basins:
    """Where descents from all over the domain end.

    Attributes:
        starts: (n,) float64, ascending.
        ends: (n,) float64, x after the last step; NaN or huge where it diverged.
        labels: (n,) int: index into `found`, or `UNDECIDED`, or `DIVERGED`.
        found: the minima, from left to right.
    """

    starts: Reals
    ends: Reals
    labels: NDArray[np.intp]
    found: tuple[Minimum, ...]

    @property
    def boundaries(self) -> Reals:
        """Half-way between neighbouring starts that end in different ways: (k,) float64, ascending."""
        change = np.flatnonzero(np.diff(self.labels))
        return np.asarray((self.starts[change] + self.starts[change + 1]) / 2)


def basin_strip(
    function: Function,
    rule: UpdateRule,
    rate: float,
    settings: Settings | None = None,
    starts: int = 800,
    steps: int = 400,
    check: Callable[[], None] = lambda: None,
) -> Basins:
    """Descend from evenly spaced starts at once, without batches.

    Args:
        function: the curve.
        rule: how the balls move.
        rate: the learning rate.
        settings: the rule's own settings; defaults for those that are missing.
        starts: how many, from the lowest to the highest x of the domain.
        steps: how many updates each.
        check: called on the way; whatever it raises ends the work.
    """
    settings = rule.resolved(settings)
    begin = np.linspace(*function.domain, starts)
    x, state = begin, rule.initial_state(begin, settings)
    visited: deque[Reals] = deque([x], maxlen=_LAST_STEPS)
    with np.errstate(all="ignore"):  # what runs away overflows; it is counted below
        for _ in range(steps):
            check()
            gradient = function.derivative(x)
            if function.kinks:
                gradient = np.where(np.isnan(gradient) & np.isfinite(x), 0.0, gradient)  # no slope: no push
            x, state = rule.step(x, gradient, state, rate, settings)
            visited.append(x)
    found = minima(function, check)
    return Basins(begin, x, _labels(function, found, np.stack(visited)), found)


def _labels(function: Function, found: tuple[Minimum, ...], visited: Reals) -> NDArray[np.intp]:
    """From the last places of each ball, (steps, n), to what became of it, (n,)."""
    labels = np.full(visited.shape[1], UNDECIDED, np.intp)
    with np.errstate(all="ignore"):
        if found:
            index, distance = nearest(found, visited)
            side = np.sign(visited - np.array([minimum.x for minimum in found])[index])
            comes_closer = (np.diff(distance, axis=0) < 0).all(axis=0) & (side == side[-1]).all(axis=0)
            arrived = (distance < _NEAR * function.width).all(axis=0)
            arrived |= comes_closer & (distance[-1] < _APPROACHING * function.width)
            arrived &= (index == index[-1]).all(axis=0)
            labels[arrived] = index[-1][arrived]
        labels[~(abs(visited[-1]) < FARTHEST)] = DIVERGED  # NaN, too
    return labels
