"""The forward pass on copied weights: what each layer receives, adds up and puts out for some images."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.experiment import PIXELS
from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS, Array, softmax
from mnist_lab.inspection.weights import NetworkWeights

NO_ANSWER = -1
"""In place of a digit, where a network's numbers overflow."""

NOTHING = 0.01
"""The largest output that counts as nothing; relu is the only activation that can put out exactly nothing."""


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """What happened in one Dense layer for n images.

    Attributes:
        inputs: (n, k) what the layer received: the images, or the outputs of the layer before.
        sums: (n, units) `inputs @ kernel + bias`; of the output layer, the logits.
        outputs: (n, units) `activation(sums)`; of the output layer, the probabilities.
    """

    inputs: Array
    sums: Array
    outputs: Array

    def inactive(self) -> NDArray[np.bool_]:
        """(n, units): where a unit puts out nothing for an image: its sum is at most 0 and its output within 0.01 of 0.

        For relu that is every sum of at most 0. The other activations have no such half: they are inactive where the
        sum is far below 0 (silu, softplus, sigmoid) or just below it (leaky_relu, elu, selu, tanh, linear), because
        what they put out elsewhere, though it may be negative, is something.
        """
        return (self.sums <= 0) & (np.abs(self.outputs) <= NOTHING)


def scaled(images: NDArray[np.uint8]) -> Array:
    """(n, 784) float32 from 0 to 1, what the network receives, of (n, 28, 28) uint8 images."""
    return np.divide(images.reshape(len(images), PIXELS), np.float32(255))


def trace(weights: NetworkWeights, images: Array, layers: int | None = None) -> tuple[LayerTrace, ...]:
    """Everything that happens in every layer.

    Args:
        weights: the copied network.
        images: (n, 784) float32, 0 to 1.
        layers: how many layers to go through, from the first; None for all.

    Returns:
        for each Dense layer, first to last. NaN where numbers overflow, as with the weights of a run that diverged.
    """
    traces: list[LayerTrace] = []
    current = images
    hidden, last = ACTIVATION_FUNCTIONS[weights.activation], len(weights.layers) - 1
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run: the caller sees NaN
        for index, layer in enumerate(weights.layers[:layers]):
            sums = current @ layer.kernel + layer.bias
            outputs = softmax(sums) if index == last else hidden(sums)
            traces.append(LayerTrace(current, sums, outputs))
            current = outputs
    return tuple(traces)


def probabilities(weights: NetworkWeights, images: Array) -> Array:
    """(n, 10) float32 probabilities for (n, 784) float32 images; rows sum to 1."""
    return trace(weights, images)[-1].outputs


def answers(weights: NetworkWeights, images: NDArray[np.uint8]) -> NDArray[np.intp]:
    """(n,) the most probable digit of each of (n, 28, 28) images; `NO_ANSWER` where numbers overflow."""
    shares = probabilities(weights, scaled(images))
    return np.where(np.isfinite(shares).all(axis=1), shares.argmax(axis=1), NO_ANSWER)
