"""Two gradient updates of a small network by any optimizer, made without Keras."""

import numpy as np
from numpy.typing import NDArray

from mnist_lab.descent.update_rules import rule_of
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.forward import scaled
from mnist_lab.inspection.gradient import batch_gradient
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.events import ObservedUpdate
from tests.inspection.networks import network

_generator = np.random.default_rng(3)
IMAGES: NDArray[np.uint8] = _generator.integers(0, 256, (64, 28, 28)).astype(np.uint8)
IMAGES[_generator.random(IMAGES.shape) < 0.8] = 0  # as much paper as a digit has
IMAGES[:, 0] = 0  # as the edge of every digit
LABELS: NDArray[np.uint8] = (np.arange(64) % 10).astype(np.uint8)
BATCHES = (np.arange(32, dtype=np.int32), np.arange(32, 64, dtype=np.int32))


def gradient_at(weights: NetworkWeights, experiment: Experiment, batch: NDArray[np.int32]) -> list[NDArray[np.float32]]:
    """The slopes along each layer's kernel and bias."""
    layers = batch_gradient(weights, scaled(IMAGES[batch]), LABELS[batch], experiment.l2).layers
    return [array for layer in layers for array in (layer.kernel, layer.bias)]


def observed(
    before: NetworkWeights, after: list[NDArray[np.floating]], experiment: Experiment, batch: NDArray[np.int32]
) -> ObservedUpdate:
    """What the engine would tell of an update that led to these kernels and biases."""
    arrays = [np.asarray(array, np.float32) for array in after]
    layers = tuple(DenseWeights(*pair) for pair in zip(arrays[::2], arrays[1::2], strict=True))
    loss = batch_gradient(before, scaled(IMAGES[batch]), LABELS[batch], experiment.l2).loss
    weights = NetworkWeights(layers, before.activation, before.updates + 1)
    return ObservedUpdate(before, weights, batch, experiment.learning_rate, float(np.float32(loss)), 0.25)


def start() -> NetworkWeights:
    """The network before its first update."""
    return NetworkWeights(network(784, 6, 10, spread=0.05).layers, "relu", 0)


def two_updates(experiment: Experiment) -> tuple[ObservedUpdate, ObservedUpdate]:
    """The first two of a run, by the optimizer's own rule."""
    rule = rule_of(experiment.optimizer)
    settings = rule.resolved(experiment.optimizer_settings)
    weights, states, updates = start(), None, []
    for batch in BATCHES:
        kernels = [array.astype(np.float64) for layer in weights.layers for array in (layer.kernel, layer.bias)]
        states = states or [rule.initial_state(array, settings) for array in kernels]
        moved = [
            rule.step(array, slope.astype(np.float64), state, experiment.learning_rate, settings)
            for array, slope, state in zip(kernels, gradient_at(weights, experiment, batch), states, strict=True)
        ]
        states = [state for _, state in moved]
        updates.append(observed(weights, [array for array, _ in moved], experiment, batch))
        weights = updates[-1].after
    return updates[0], updates[1]
