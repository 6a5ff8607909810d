"""The forward pass on copied weights: what each layer puts out for some images."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.weights import NetworkWeights

Array = NDArray[np.float32]

_SELU_ALPHA, _SELU_SCALE = 1.6732632423543772, 1.0507009873554805  # Klambauer et al. 2017, equation 2


def _elu(x: Array) -> Array:
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


def _selu(x: Array) -> Array:
    return np.asarray(_SELU_SCALE * np.where(x > 0, x, _SELU_ALPHA * np.expm1(np.minimum(x, 0))), dtype=x.dtype)


def _sigmoid(x: Array) -> Array:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * x)), dtype=x.dtype)  # never overflows


ACTIVATION_FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "relu": lambda x: np.maximum(x, 0),
    "leaky_relu": lambda x: np.where(x > 0, x, np.float32(0.2) * x),  # Keras's default slope
    "elu": _elu,
    "selu": _selu,
    "silu": lambda x: x * _sigmoid(x),
    "softplus": lambda x: np.logaddexp(x, np.float32(0)),
    "sigmoid": _sigmoid,
    "tanh": np.tanh,
    "linear": lambda x: x,
}


def softmax(logits: Array) -> Array:
    """exp(z) / Σ exp(z) over the last axis, shifted by the largest logit so that it never overflows."""
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True), dtype=logits.dtype)


def layer_outputs(weights: NetworkWeights, images: Array) -> tuple[Array, ...]:
    """What every layer puts out.

    Args:
        weights: the copied network.
        images: (n, 784) float32, 0 to 1.

    Returns:
        for each Dense layer (n, units) float32; the last are the ten probabilities. NaN where numbers overflow, as
        with the weights of a run that diverged.
    """
    outputs: list[Array] = []
    current = images
    function = ACTIVATION_FUNCTIONS[weights.activation]
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run: the caller sees NaN
        for layer in weights.layers[:-1]:
            current = function(current @ layer.kernel + layer.bias)
            outputs.append(current)
        last = weights.layers[-1]
        outputs.append(softmax(current @ last.kernel + last.bias))
    return tuple(outputs)


def probabilities(weights: NetworkWeights, images: Array) -> Array:
    """(n, 10) float32 probabilities for (n, 784) float32 images; rows sum to 1."""
    return layer_outputs(weights, images)[-1]
