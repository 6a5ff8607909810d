"""What hints read of a run, and how it is measured."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.course.state import DigitFacts, EpochFacts, RunState
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.forward import scaled, trace
from mnist_lab.inspection.weights import NetworkWeights


@dataclass(frozen=True, eq=False)
class RunNumbers:
    """What hints read of a run, live or over.

    Attributes:
        experiment: its settings.
        digits: what it trains on.
        updates_per_epoch: gradient updates of one epoch.
        state: where it stands.
        losses: (updates,) float32, each batch's own loss.
        epochs: those that are over.
        movement: how far its weights have moved from the start, as a share of their own length (`movement`); None
            where it is not known.
        quiet_shares: for each hidden layer, which share of its units puts out nothing for any of 1,000 images, now and
            when it was looked at before: the smaller of both (`quiet_shares`); empty where it is not known.
        confusion: (10, 10) int, how many test images of each digit, in rows, got each answer; None before it is known.
    """

    experiment: Experiment
    digits: DigitFacts
    updates_per_epoch: int
    state: RunState
    losses: NDArray[np.float32]
    epochs: tuple[EpochFacts, ...] = ()
    movement: float | None = None
    quiet_shares: tuple[float, ...] = ()
    confusion: NDArray[np.int_] | None = None


def movement(start: NetworkWeights, now: NetworkWeights) -> float:
    """‖W − W0‖ / ‖W0‖ over all kernels; infinite where they began at 0 or have overflowed."""
    layers = zip(start.layers, now.layers, strict=True)
    pairs = [(one.kernel.astype(float), other.kernel.astype(float)) for one, other in layers]
    with np.errstate(over="ignore", invalid="ignore"):
        way = math.sqrt(sum(float(np.square(b - a).sum()) for a, b in pairs))
        length = math.sqrt(sum(float(np.square(a).sum()) for a, _b in pairs))
    return way / length if length and math.isfinite(way) else math.inf


def quiet_shares(weights: NetworkWeights, images: NDArray[np.uint8]) -> tuple[float, ...]:
    """For each hidden layer, which share of its units puts out nothing for any of the (n, 28, 28) images."""
    layers = trace(weights, scaled(images))[:-1]
    return tuple(float(layer.inactive().all(axis=0).mean()) for layer in layers)
