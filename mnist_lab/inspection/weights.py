"""An immutable copy of a network's weights, taken between two gradient updates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class DenseWeights:
    """One Dense layer: `output = activation(dot(input, kernel) + bias)`.

    Attributes:
        kernel: (inputs, units) float32, read-only.
        bias: (units,) float32, read-only.
    """

    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]

    def __post_init__(self) -> None:
        self.kernel.flags.writeable = False
        self.bias.flags.writeable = False


@dataclass(frozen=True, eq=False)
class NetworkWeights:
    """All layers of a network and how far it was trained.

    Attributes:
        layers: first hidden layer to output layer.
        activation: of the hidden layers, by Keras's name.
        updates: gradient updates behind these weights.
    """

    layers: tuple[DenseWeights, ...]
    activation: str
    updates: int
