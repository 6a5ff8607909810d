"""How a network's layers fare at one moment: gradient strength and inactive units, to be drawn over a run."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.gradient import batch_gradient, gradient_strength, inactive_share
from mnist_lab.inspection.weights import NetworkWeights


@dataclass(frozen=True, eq=False)
class LayerSample:
    """The layers of a network after some updates, judged on some images.

    Attributes:
        updates: gradient updates behind the weights.
        strengths: (layers,) float64, root mean square of the gradient of each Dense layer, first hidden to output.
        inactive: (layers − 1,) float64, share of each hidden layer's outputs that are nothing, 0 to 1.
    """

    updates: int
    strengths: NDArray[np.float64]
    inactive: NDArray[np.float64]


def sample_layers(weights: NetworkWeights, images: Array, labels: NDArray[np.integer]) -> LayerSample:
    """Sample a network on (n, 784) float32 images, 0 to 1, with (n,) labels; dropout and penalties are left out."""
    strengths = gradient_strength(batch_gradient(weights, images, labels))
    return LayerSample(weights.updates, strengths, inactive_share(trace(weights, images)))
