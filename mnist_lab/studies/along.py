"""The loss of a real network along one of its weights: work for a job, on copies."""

from dataclasses import dataclass

import numpy as np

from mnist_lab.descent.perturbation import loss_along
from mnist_lab.studies.frozen_loss import FrozenLoss, Vector
from mnist_lab.studies.looked import Looked
from mnist_lab.studies.nudging import loss_of
from mnist_lab.studies.sweeping import EPSILON
from mnist_lab.work import JobHandle

PASSES = 21


@dataclass(frozen=True, eq=False)
class Choice:
    """A network and one weight of its first layer; `reach` is how far to look to either side."""

    trained: Looked
    pixel: int
    unit: int
    reach: float

    def loss(self) -> FrozenLoss:
        """The loss of that network on the frozen batch."""
        return loss_of(self.trained)


@dataclass(frozen=True, eq=False)
class Along:
    """The loss along one weight.

    Attributes:
        values: (21,) what the weight was set to; the middle one is what it is.
        losses: (21,) the loss there, one forward pass each.
        slope: at the middle, by backpropagation.
        nudged: the same from two more forward passes, ε to either side.
        is_black: whether the weight's pixel is 0 in every image of the batch.
        images: of the batch.
    """

    values: Vector
    losses: Vector
    slope: float
    nudged: float
    is_black: bool
    images: int


def look_along(choice: Choice, _handle: JobHandle) -> Along:
    """Run the forward passes, and one backward pass."""
    loss = choice.loss()
    index = loss.index(choice.pixel, choice.unit)
    weight = loss.start[index]
    values = weight + choice.reach * np.linspace(-1, 1, PASSES)
    lower, higher = loss_along(loss, loss.start, index, np.array([weight - EPSILON, weight + EPSILON]))
    return Along(
        values=values,
        losses=loss_along(loss, loss.start, index, values),
        slope=float(loss.gradient(loss.start)[index]),
        nudged=float((higher - lower) / (2 * EPSILON)),
        is_black=loss.sees_only_black(choice.pixel),
        images=len(loss.labels),
    )


def slopes_along(choice: Choice, along: Along, handle: JobHandle) -> Vector:
    """(21,) the gradient's own slope at each value, so that the curve between them is true to it."""
    loss = choice.loss()
    index, vector = loss.index(choice.pixel, choice.unit), loss.start.copy()
    slopes = np.full(len(along.values), np.nan)
    for place, value in enumerate(along.values):
        if handle.is_cancelled:
            break
        vector[index] = value
        slopes[place] = loss.gradient(vector)[index]
    return slopes
