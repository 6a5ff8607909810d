"""The rules of hints that look at the learning rate, and at a loss that stands still."""

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mnist_lab.course.hint import EXPECTED_LOSS, GOOD, Hint
from mnist_lab.course.hint_numbers import RunNumbers
from mnist_lab.experiment import LIMITS
from mnist_lab.optimizers import optimizer_spec

_SHORTEST_MEAN = 5
_LEAST_UPDATES = 100
"""Before so many the loss says little of the learning rate."""


def _smoothed(numbers: RunNumbers) -> NDArray[np.float64]:
    """Means of the losses over a quarter of an epoch, at least five batches; empty where there are fewer."""
    span = max(_SHORTEST_MEAN, numbers.updates_per_epoch // 4)
    losses = numbers.losses.astype(float)
    if len(losses) < span:
        return np.empty(0)
    sums = np.cumsum(np.concatenate([[0.0], losses]))
    with np.errstate(invalid="ignore"):  # of a run that diverged: inf − inf
        means: NDArray[np.float64] = (sums[span:] - sums[:-span]) / span
    return means


FAR = 10
"""Times Keras's default, up or down, beyond which a learning rate is far off: a tenth of it, or ten times it, need not
be enough."""
_STILL_HIGH = 0.5
_JUMP = 1.5


def lower_rate(optimizer: str, rate: float) -> float:
    """What to try where a learning rate is too high: a tenth of it, or Keras's default where it is far above that."""
    usual = optimizer_spec(optimizer).default_rate
    return usual if rate > FAR * usual else _plain(rate / 10)


def _higher_rate(optimizer: str, rate: float, times: float) -> float:
    """What to try where a learning rate is too low: `times` it, or Keras's default where it is far below that."""
    usual = optimizer_spec(optimizer).default_rate
    return usual if _is_far_below(optimizer, rate) else min(_plain(rate * times), LIMITS["learning_rate"].maximum)


def _is_far_below(optimizer: str, rate: float) -> bool:
    return rate * FAR < optimizer_spec(optimizer).default_rate


def _plain(value: float) -> float:
    """The number without what dividing by 10 or multiplying leaves behind its first figures."""
    return float(f"{value:.6g}")


def rate_too_high(numbers: RunNumbers) -> tuple[float, Hint]:
    """It diverged, or the loss has jumped above its start or to twice its least, and has not come down again."""
    rate = numbers.experiment.learning_rate
    better = lower_rate(numbers.experiment.optimizer, rate)
    hint = Hint("rate_too_high", {"rate": rate, "better": better}, {"learning_rate": better})
    if not rate:
        return 0.0, hint
    if numbers.state == "diverged":
        return math.inf, hint
    means = _smoothed(numbers)
    if not len(means):
        return 0.0, hint
    last, start = float(means[-1]), max(float(numbers.losses[0]), EXPECTED_LOSS)
    if not math.isfinite(last):
        return math.inf, hint
    if last < _STILL_HIGH or numbers.experiment.shuffled_labels:
        return 0.0, hint
    return max(last / (2 * float(means.min())), float(means.max()) / (_JUMP * start)), hint


_DOES_NOT_MOVE = 2e-4


def rate_moves_nothing(numbers: RunNumbers) -> tuple[float, Hint]:
    """The learning rate is 0, or so far below the usual one that after an epoch the weights are where they began."""
    rate, optimizer = numbers.experiment.learning_rate, numbers.experiment.optimizer
    usual = optimizer_spec(optimizer).default_rate
    hint = Hint("rate_moves_nothing", {"rate": rate, "better": usual}, {"learning_rate": usual})
    if not numbers.epochs or numbers.epochs[-1].test_accuracy > GOOD:
        return 0.0, hint
    if not rate:
        return math.inf, hint
    moved = numbers.movement
    if moved is None or not _is_far_below(optimizer, rate):
        return 0.0, hint
    return min(_DOES_NOT_MOVE / max(moved, 1e-9), 10.0), hint


_HARDLY_MOVED = 0.06
_FALLS = 1e-4
_FADES = 0.5


def rate_too_low(numbers: RunNumbers) -> tuple[float, Hint]:
    """The loss falls from epoch to epoch, and does not level off, but the weights have hardly moved."""
    rate = numbers.experiment.learning_rate
    better = _higher_rate(numbers.experiment.optimizer, rate, 10)
    hint = Hint("rate_too_low", {"rate": rate, "better": better}, {"learning_rate": better})
    epochs, moved = numbers.epochs, numbers.movement
    if len(numbers.losses) < _LEAST_UPDATES or not moved or not _falls(numbers) or epochs[-1].test_accuracy > GOOD:
        return 0.0, hint
    return min(_HARDLY_MOVED / moved, 10.0), hint


def _falls(numbers: RunNumbers) -> bool:
    """Whether over the last three epochs the loss falls, and does not level off."""
    losses = [epoch.train_loss for epoch in numbers.epochs[-3:]]
    if len(losses) < 3:
        return False
    before, last = losses[0] - losses[1], losses[1] - losses[2]
    return last > _FALLS * losses[1] and last > _FADES * before


_LOOKED_BACK = 5
"""Epochs."""
_FELL = 0.05
"""By five points twice: of the healthy runs none did so by four, and what is by chance has no second time."""


def range_test(numbers: RunNumbers) -> tuple[float, Hint]:
    """The test accuracy has fallen by five points or more from an epoch to the next, twice in the last five."""
    experiment, accuracies = numbers.experiment, [epoch.test_accuracy for epoch in numbers.epochs]
    falls = sorted(before - after for before, after in pairwise(accuracies[-_LOOKED_BACK - 1 :]))
    if len(falls) < 2 or experiment.shuffled_labels or experiment.one_batch:
        return 0.0, Hint("range_test")
    return falls[-2] / _FELL, Hint("range_test", {"points": 100 * falls[-1], "rate": experiment.learning_rate})


_STANDS_STILL = 2e-3


def plateau(numbers: RunNumbers) -> tuple[float, Hint]:
    """Over two epochs the loss has changed by less than two thousandths, far from what a small network reaches."""
    experiment, epochs = numbers.experiment, numbers.epochs
    optimizer, rate = experiment.optimizer, experiment.learning_rate
    starts_anew = experiment.initial_weights == "zeros"
    changes: dict[str, object] = {"initial_weights": "glorot"} if starts_anew else {"activation": "relu"}
    if not starts_anew and (experiment.activation == "relu" or _is_far_below(optimizer, rate)):
        changes = {"learning_rate": _higher_rate(optimizer, rate, 3)}
    hint = Hint("plateau", {"loss": epochs[-1].train_loss if epochs else math.nan}, changes)
    if len(epochs) < 3 or epochs[-1].test_accuracy > GOOD or experiment.shuffled_labels or experiment.one_batch:
        return 0.0, hint
    losses = [epoch.train_loss for epoch in epochs[-3:]]
    if not all(map(math.isfinite, losses)):
        return 0.0, hint
    change = (max(losses) - min(losses)) / min(losses)
    return min(_STANDS_STILL / change, 10.0) if change else 10.0, hint
