"""Mini-batches for a function of one x: the slope as a few samples see it, which is right only on the average.

A function that is a loss over real samples lends its own. For all others each of `SAMPLES` pretended samples tilts the
curve by an amount of its own, and these amounts sum up to 0: seeded noise on the slope, and the page has to say so.
"""

from dataclasses import dataclass

import numpy as np

from mnist_lab.descent.functions import Function, Reals

SAMPLES = 40


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
    """The mean slope at x over the batch of that step, drawn without putting back."""
    return _mean_of_draw(sample_slopes(function, x, batches.spread), function.slope_at(x), step, batches)


def slope_cloud(function: Function, x: float, batches: Batches, draws: int = 200) -> Reals:
    """What the batches of the first `draws` steps would say at this one x: (draws,) float64."""
    slopes, true_slope = sample_slopes(function, x, batches.spread), function.slope_at(x)
    return np.array([_mean_of_draw(slopes, true_slope, step, batches) for step in range(draws)])


def _mean_of_draw(slopes: Reals, true_slope: float, step: int, batches: Batches) -> float:
    if batches.size >= len(slopes):
        return true_slope
    drawn = np.random.default_rng((batches.seed, step)).choice(len(slopes), batches.size, replace=False)
    return float(slopes[drawn].mean())


def _balanced_tilts() -> Reals:
    tilts = np.random.default_rng(7).normal(size=SAMPLES)
    tilts -= tilts.mean()
    return np.asarray(tilts / tilts.std())


_TILTS = _balanced_tilts()
