"""The loss of a real network on one frozen batch, as a plain function of all its weights in one vector. No Qt."""

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.forward import scaled, trace
from mnist_lab.inspection.gradient import batch_gradient, cross_entropies
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights

FROZEN_IMAGES = 128
"""The first training images: always the same, so that losses compare."""

Vector = NDArray[np.float64]
Weights = NDArray[np.floating[Any]]


class FrozenLoss:
    """Mean cross-entropy of a batch; what is computed never touches the network, only copies in float64.

    In float32, in which networks are trained, a loss is too coarse to be compared with another one nearby.

    Attributes:
        network: the weights it was made from.
        start: (n,) float64, read-only: of each layer the kernel, row by row, and then the bias.
        images: (b, 784) float64 from 0 to 1.
        labels: (b,) uint8.
    """

    def __init__(self, network: NetworkWeights, images: NDArray[np.uint8], labels: NDArray[np.uint8]) -> None:
        """Freeze the first `FROZEN_IMAGES` of `images`, (m, 28, 28) uint8, with their `labels`, (m,)."""
        self.network = network
        self.images: Array = scaled(images[:FROZEN_IMAGES]).astype(np.float64)
        self.labels = labels[:FROZEN_IMAGES]
        self.start = flat(network.layers)
        self.start.flags.writeable = False

    def __call__(self, vector: Weights) -> float:
        """One forward pass with these weights, (n,): the loss; NaN where numbers overflow."""
        logits = trace(self._network_of(vector), self.images)[-1].sums
        return float(cross_entropies(logits, self.labels).mean())

    def gradient(self, vector: Weights) -> Vector:
        """One forward and one backward pass: (n,) the slope of the loss along every weight."""
        return flat(batch_gradient(self._network_of(vector), self.images, self.labels).layers)

    def index(self, pixel: int, unit: int) -> int:
        """Where in the vector the first layer's weight from a pixel (0 to 783) to a unit stands."""
        return pixel * int(self.network.layers[0].kernel.shape[1]) + unit

    def sees_only_black(self, pixel: int) -> bool:
        """Whether this pixel is 0 in every image of the batch."""
        return not self.images[:, pixel].any()

    def _network_of(self, vector: Weights) -> NetworkWeights:
        """The vector as a network: views, not copies."""
        layers, begin = [], 0
        for layer in self.network.layers:
            inputs, units = layer.kernel.shape
            middle, end = begin + inputs * units, begin + inputs * units + units
            layers.append(DenseWeights(vector[begin:middle].reshape(inputs, units), vector[middle:end]))
            begin = end
        return NetworkWeights(tuple(layers), self.network.activation, self.network.updates)


def flat(layers: tuple[DenseWeights, ...]) -> Vector:
    """All weights of all layers in one new vector, (n,) float64."""
    parts = [part.ravel() for layer in layers for part in (layer.kernel, layer.bias)]
    return np.concatenate(parts).astype(np.float64, copy=False)


def fingerprint(network: NetworkWeights) -> str:
    """Eight signs that differ as soon as one bit of one weight does."""
    digest = hashlib.sha256()
    for layer in network.layers:
        digest.update(np.ascontiguousarray(layer.kernel).tobytes())
        digest.update(np.ascontiguousarray(layer.bias).tobytes())
    return digest.hexdigest()[:8]
