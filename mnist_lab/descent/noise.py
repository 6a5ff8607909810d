"""Mini-batches for a function of one x: the slope estimated from a few samples, unbiased but noisy.

A function that is a loss over real samples lends its own. For all others each of `SAMPLES` pretended samples tilts the
curve by an amount of its own, and these amounts sum up to 0: seeded noise on the slope, and the page has to say so.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mnist_lab.descent.functions import Function, Reals

SAMPLES = 40
SIZES = (1, 10, SAMPLES)
"""Batches to compare: a single sample, some, and all of them."""


@dataclass(frozen=True)
class Batches:
    """How each step's slope is estimated.

    Attributes:
        size: samples in a batch, at least 1; from `SAMPLES` on all of them, which gives the true slope.
        seed: of the draws; the draw of a step depends on the seed and the step's number only.
        spread: standard deviation of the pretended samples' slopes; real samples have their own.
    """

    size: int
    seed: int = 0
    spread: float = 1.0


def has_real_samples(function: Function) -> bool:
    """Whether batches are drawn from real samples; otherwise the noise is made up."""
    return function.sample_slopes is not None


def sample_slopes(function: Function, x: float, spread: float = 1.0) -> Reals:
    """The slope at x for each sample alone: (SAMPLES,) float64, whose mean is the true slope."""
    if function.sample_slopes is not None:
        return function.sample_slopes(x)
    return np.asarray(function.slope_at(x) + spread * _TILTS)


def batch_slope(function: Function, x: float, step: int, batches: Batches) -> float:
    """The mean slope at x over the batch of that step, drawn without replacement."""
    return _mean_of_draw(sample_slopes(function, x, batches.spread), function.slope_at(x), step, batches)


def slope_cloud(function: Function, x: float, batches: Batches, draws: int = 200) -> Reals:
    """The estimates of the batches of the first `draws` steps at this one x: (draws,) float64, NaN without a slope."""
    slopes = sample_slopes(function, x, batches.spread)
    if batches.size >= len(slopes):
        return np.full(draws, function.slope_at(x))
    return np.asarray(slopes[_first_draws(batches.seed, batches.size, len(slopes), draws)].mean(axis=1))


@dataclass(frozen=True, eq=False)
class Cloud:
    """The estimates of the slope at one place by many batches of one size.

    Attributes:
        size: samples in each batch.
        slopes: (n,) what they say, in the order of the steps that would draw them; NaN where there is no slope.
        true_slope: the mean over all samples; NaN where there is none.
    """

    size: int
    slopes: Reals
    true_slope: float

    @property
    def average(self) -> float:
        """Mean of the estimates."""
        return float(self.slopes.mean())

    @property
    def spread(self) -> float:
        """Standard deviation of the estimates."""
        return float(self.slopes.std()) if np.ptp(self.slopes) else 0.0  # the mean of equals may be off by rounding

    @property
    def doubt(self) -> float:
        """The standard error of the average."""
        return self.spread / float(np.sqrt(len(self.slopes)))


def slope_clouds(
    function: Function, x: float, seed: int = 0, sizes: tuple[int, ...] = SIZES, draws: int = 200
) -> tuple[Cloud, ...]:
    """The clouds at x for these sizes of batches."""
    with np.errstate(all="ignore"):
        true_slope = function.slope_at(x)
        return tuple(Cloud(size, slope_cloud(function, x, Batches(size, seed), draws), true_slope) for size in sizes)


def _mean_of_draw(slopes: Reals, true_slope: float, step: int, batches: Batches) -> float:
    if batches.size >= len(slopes):
        return true_slope
    return float(slopes[_draw(batches.seed, step, batches.size, len(slopes))].mean())


def _draw(seed: int, step: int, size: int, count: int) -> NDArray[np.int64]:
    """Which of `count` samples are in the batch of a step: (size,)."""
    return np.random.default_rng((seed, step)).choice(count, size, replace=False)


@lru_cache(maxsize=16)
def _first_draws(seed: int, size: int, count: int, draws: int) -> NDArray[np.int64]:
    """The batches of the first steps, (draws, size): the same at every place, so a ball may be dragged on."""
    return np.array([_draw(seed, step, size, count) for step in range(draws)])


def _balanced_tilts() -> Reals:
    tilts = np.random.default_rng(7).normal(size=SAMPLES)
    tilts -= tilts.mean()
    return np.asarray(tilts / tilts.std())


_TILTS = _balanced_tilts()
