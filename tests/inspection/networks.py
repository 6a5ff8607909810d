"""Small networks with random weights and biases, for all tests of inspection."""

import itertools

import numpy as np

from mnist_lab.inspection.weights import DenseWeights, NetworkWeights


def network(
    *sizes: int, activation: str = "relu", seed: int = 1, spread: float = 0.2, dtype: type = np.float32
) -> NetworkWeights:
    """`sizes` are inputs, units of each layer; kernels and biases are normal with deviation `spread`."""
    generator = np.random.default_rng(seed)
    layers = tuple(
        DenseWeights(
            generator.normal(0, spread, (inputs, units)).astype(dtype),
            generator.normal(0, spread, units).astype(dtype),
        )
        for inputs, units in itertools.pairwise(sizes)
    )
    return NetworkWeights(layers, activation, 7)


def some_images(count: int, seed: int = 5) -> np.ndarray:
    """(count, 784) float32 from 0 to 1."""
    return np.random.default_rng(seed).random((count, 784), np.float32)


def diverged(weights: NetworkWeights, value: float = np.nan) -> NetworkWeights:
    """The network with one weight of the first layer replaced by what a diverged run leaves behind."""
    kernel = weights.layers[0].kernel.copy()
    kernel[0, 0] = value
    return NetworkWeights((DenseWeights(kernel, weights.layers[0].bias), *weights.layers[1:]), weights.activation, 0)
