"""The losses of a learning-rate range test: one batch a rate, from tiny to huge, on a clone that is thrown away.

After L. N. Smith, "Cyclical learning rates for training neural networks" (2017), with rates that grow geometrically.
What the losses say is judged by `studies.rate_range`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.snapshot import Snapshot

LOWEST_RATE, HIGHEST_RATE = 1e-6, 10.0
RATES_A_DECADE = 30
LEAST_RATES = 100
"""So many are tried at least, unless a loss is no finite number."""
MOMENTUM = 0.9
"""Of the running average: how much of it each loss leaves."""
LOST = 4.0
"""The test is lost where the smoothed loss is so many times its lowest, and above where it began."""


@dataclass(frozen=True, eq=False)
class RateLosses:
    """What a range test met.

    Attributes:
        rates: (n,) float64, growing geometrically.
        losses: (n,) float32, the own loss of the batch before whose update the rate was set: so each tells of the
            updates with all rates before. Penalties included.
        smoothed: (n,) float64, their running average, without the pull of its beginning.
        planned: how many rates there would have been.
        lost_rate: the last rate, where the loss ran away; None where it did not.
        lost_loss: the batch's own loss there, which may be no finite number; the arrays hold finite ones alone.
    """

    rates: NDArray[np.float64]
    losses: NDArray[np.float32]
    smoothed: NDArray[np.float64]
    planned: int
    lost_rate: float | None = None
    lost_loss: float | None = None


class RunningMean:
    """An exponential moving average that is divided by the weights that it has given so far (bias-corrected)."""

    def __init__(self, momentum: float = MOMENTUM) -> None:
        self._momentum = momentum
        self._sum = 0.0
        self._count = 0

    def add(self, value: float) -> float:
        """Take in the next value and give the average."""
        self._count += 1
        self._sum = self._momentum * self._sum + (1 - self._momentum) * value
        return float(self._sum / (1 - self._momentum**self._count))


def planned_rates() -> NDArray[np.float64]:
    """All rates of a test, (n,) float64, from the lowest to the highest."""
    count = round(RATES_A_DECADE * math.log10(HIGHEST_RATE / LOWEST_RATE)) + 1
    return np.geomspace(LOWEST_RATE, HIGHEST_RATE, count)


def _wanted() -> bool:
    return True


def _nothing(_done: int, _planned: int) -> None:
    pass


def rate_losses(
    experiment: Experiment,
    digits: Digits,
    start: Snapshot | None = None,
    *,
    is_wanted: Callable[[], bool] = _wanted,
    progress: Callable[[int, int], None] = _nothing,
) -> RateLosses | None:
    """Try all rates on a clone; whoever calls holds `KERAS_LOCK` (see `network.turns`).

    The clone is a session of its own: whatever `start` was taken from, and the experiment's own runs, are as before.

    Args:
        experiment: what is trained; its learning rate counts for nothing.
        digits: on what.
        start: where the clone begins; None: at the experiment's start.
        is_wanted: asked before each batch.
        progress: told how many rates are done, of how many.

    Returns:
        the losses; None: it is not wanted any more.

    Raises:
        NetworkError: the network does not fit into memory, or nothing is left to train on.
        SnapshotError: `start` is of another network.
    """
    clone = TrainingSession(experiment, digits, start, measures=False)
    try:
        return _tried(clone, is_wanted, progress)
    finally:
        clone.close()


def _tried(
    clone: TrainingSession, is_wanted: Callable[[], bool], progress: Callable[[int, int], None]
) -> RateLosses | None:
    rates, mean = planned_rates(), RunningMean()
    losses: list[float] = []
    smoothed: list[float] = []
    for done, rate in enumerate(rates):
        if not is_wanted():
            return None
        progress(done, len(rates))
        clone.learning_rate = float(rate)
        loss = float(clone.advance(1).losses[0])
        if math.isfinite(loss):
            losses.append(loss)
            smoothed.append(mean.add(loss))
        if not math.isfinite(loss) or _is_lost(smoothed):
            return _numbers(rates, losses, smoothed, float(rate), loss)
    return _numbers(rates, losses, smoothed, None, None)


def _is_lost(smoothed: list[float]) -> bool:
    newest = smoothed[-1]
    return len(smoothed) >= LEAST_RATES and newest > LOST * min(smoothed) and newest > smoothed[0]


def _numbers(
    rates: NDArray[np.float64],
    losses: list[float],
    smoothed: list[float],
    lost_rate: float | None,
    lost_loss: float | None,
) -> RateLosses:
    return RateLosses(
        rates[: len(losses)], np.array(losses, np.float32), np.array(smoothed), len(rates), lost_rate, lost_loss
    )
