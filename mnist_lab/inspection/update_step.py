"""One gradient update, looked at closely: W1 = W0 − step · gradient, read off the weights before and after it."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.checks import layer_of
from mnist_lab.inspection.gradient import batch_gradient
from mnist_lab.inspection.weights import NetworkWeights

_WEIGHTY = 0.01
"""Gradients below this share of the largest are left out of the figures on the step: rounding decides there."""
_NOISE = 1e-5
"""Gradients below this share of the largest may have either sign: they are sums of float32 that nearly cancel."""


@dataclass(frozen=True)
class WeightStep:
    """What one update did to one weight.

    Attributes:
        before: W0.
        after: W1.
        gradient: the slope of the batch's loss along it at W0.
    """

    before: float
    after: float
    gradient: float

    @property
    def taken(self) -> float:
        """W0 − W1: what was subtracted, step · gradient."""
        return self.before - self.after

    @property
    def step(self) -> float:
        """`taken` divided by the gradient; NaN where that is 0."""
        return self.taken / self.gradient if self.gradient else math.nan


@dataclass(frozen=True, eq=False)
class UpdateStep:
    """What one update did to one layer's kernel.

    Attributes:
        before: (inputs, units) float32, the kernel W0 that met the batch.
        after: (inputs, units) float32, the kernel W1 that it led to.
        gradient: (inputs, units) float32, the slope of the batch's loss along each weight at W0, without dropout.
        taken: (inputs, units) float32, W0 − W1: what was subtracted from each weight, step · gradient.
        step: (inputs, units) float32, taken / gradient; NaN where the gradient is 0.
    """

    before: Array
    after: Array
    gradient: Array
    taken: Array
    step: Array

    def usual_steps(self, unit: int) -> tuple[float, float, float]:
        """The 5th percentile, the median and the 95th percentile of the steps of one unit.

        Weights whose gradient is less than a hundredth of the unit's largest are left out: W0 − W1 is rounded to
        float32 there. NaN if none is left.
        """
        gradient, step = np.abs(self.gradient[:, unit]), self.step[:, unit]
        is_finite = np.isfinite(step) & np.isfinite(gradient)
        largest = float(gradient[is_finite].max(initial=0))
        chosen = step[is_finite & (gradient >= _WEIGHTY * largest)]
        if not chosen.size:
            return (float("nan"),) * 3
        low, middle, high = np.percentile(chosen.astype(np.float64), (5, 50, 95))
        return float(low), float(middle), float(high)

    def weight(self, place: int, unit: int) -> WeightStep:
        """One weight's part: from input `place` to `unit`."""
        return WeightStep(*(float(array[place, unit]) for array in (self.before, self.after, self.gradient)))

    def moved_along(self, unit: int) -> int:
        """How many weights of a unit moved along their slope."""
        return int(moved_along(self.taken, self.gradient)[:, unit].sum())


def moved_along(taken: Array, gradient: Array) -> NDArray[np.bool_]:
    """Which weights moved along their slope, not against it, so that their own part of the step raised the loss.

    Args:
        taken: W0 − W1 of some weights of one layer, float32.
        gradient: the slope along each, of the same shape.

    Returns:
        of the same shape; False where the slope is so small that rounding decides its sign, and where it is NaN.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        sizes = np.abs(gradient)
        largest = sizes[np.isfinite(sizes)].max(initial=0)
        return np.asarray((sizes > _NOISE * largest) & (np.sign(taken) * np.sign(gradient) < 0))


def update_step(
    before: NetworkWeights,
    after: NetworkWeights,
    images: Array,
    labels: NDArray[np.integer],
    layer: int = 0,
    l2: float = 0.0,
) -> UpdateStep:
    """Compute the gradient that an update followed, and how far it went along it.

    Args:
        before: the network that met the batch.
        after: the same network after the update.
        images: (n, 784) float32, 0 to 1, the batch.
        labels: (n,) whole numbers from 0 to 9.
        layer: from 0.
        l2: factor of the run's penalty, part of the gradient.

    Raises:
        InspectionError: the batch is empty, or there is no such layer.
    """
    first, second = layer_of(before, layer).kernel, layer_of(after, layer).kernel
    gradient = batch_gradient(before, images, labels, l2).layers[layer].kernel
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        taken = first - second
        step = np.full_like(taken, np.nan)
        np.divide(taken, gradient, out=step, where=gradient != 0)
    return UpdateStep(first, second, gradient, taken, step)
