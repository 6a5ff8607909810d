"""Work for jobs that nudge the weights of the network that is looked at, and can be stopped half way."""

import numpy as np

from mnist_lab.descent.perturbation import Scheme
from mnist_lab.studies.frozen_loss import FrozenLoss
from mnist_lab.studies.looked import Looked
from mnist_lab.studies.sweeping import SweepReport, nudge_all, seconds_of_a_pass
from mnist_lab.work import JobHandle

_SEED = 0


class Switch:
    """Set by the window, read by the work between two weights: end with what is done."""

    def __init__(self) -> None:
        self.is_stopped = False


def count_weights(trained: Looked) -> int:
    """Kernels and biases of all layers together."""
    return sum(layer.kernel.size + layer.bias.size for layer in trained.weights.layers)


def loss_of(trained: Looked) -> FrozenLoss:
    """The loss of the network on the frozen batch of its digits."""
    return FrozenLoss(trained.weights, trained.digits.train_images, trained.digits.train_labels)


def measure_pace(trained: Looked, _handle: JobHandle) -> float:
    """Seconds of one forward pass."""
    return seconds_of_a_pass(loss_of(trained))


def nudge(trained: Looked, amount: int, scheme: Scheme, switch: Switch, handle: JobHandle) -> SweepReport:
    """Nudge all weights in order, or `amount` of them drawn at random; it reports how far it is."""
    loss = loss_of(trained)
    weights = len(loss.start)
    indices = range(weights)
    if amount < weights:
        indices = np.random.default_rng(_SEED).choice(weights, amount, replace=False).tolist()

    def report(state: SweepReport) -> None:
        handle.report(state)

    return nudge_all(loss, scheme, indices, report, lambda: switch.is_stopped or handle.is_cancelled)
