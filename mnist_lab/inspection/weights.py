"""An immutable copy of a network's weights, taken between two gradient updates."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

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

    def sha256(self) -> str:
        """SHA-256 over the bytes of all kernels and biases, as 64 hexadecimal digits.

        As float32, little-endian, in C order; first layer to last, kernel before bias. Two networks have the same one
        if and only if every weight has the same bits. It is computed once; 50 million weights take 0.2 s.
        """
        return self._sha256

    @cached_property
    def _sha256(self) -> str:
        return sha256_of(array for layer in self.layers for array in (layer.kernel, layer.bias))


def sha256_of(arrays: Iterable[NDArray[Any]]) -> str:
    """SHA-256 over the arrays' bytes, one after the other, little-endian and in C order."""
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes())
    return digest.hexdigest()
