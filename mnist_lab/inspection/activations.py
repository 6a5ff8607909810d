"""The activations of hidden layers, each beside its derivative, and the softmax of the output layer.

Adding an activation is one entry in `ACTIVATION_FUNCTIONS`, under Keras's own name. In the formulas x is a unit's sum.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
"""float32 in the lab; every function here keeps the dtype it is given, so that float64 can check it."""

_LEAKY_SLOPE = 0.2  # Keras's default
_SELU_ALPHA, _SELU_SCALE = 1.6732632423543772, 1.0507009873554805  # Klambauer et al. 2017, equation 2


@dataclass(frozen=True)
class ActivationFunction:
    """An activation, applied element by element.

    Attributes:
        function: from sums to outputs, of any shape.
        derivative: the slope of `function` at the same sums; at a kink the one that Keras takes.
        rest: what very low sums lead to: to exactly 0, to nearly 0, or to something else ("none").
        is_straight: whether it is a straight line through 0 on each side of 0: every output is the sum times the
            slope there.
    """

    function: Callable[[Array], Array]
    derivative: Callable[[Array], Array]
    rest: Literal["zero", "near", "none"] = "none"
    is_straight: bool = False

    def __call__(self, sums: Array) -> Array:
        """The outputs of these sums."""
        return self.function(sums)


def _step(x: Array) -> Array:
    return (x > 0).astype(x.dtype)


def _elu(x: Array) -> Array:
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


def _elu_slope(x: Array) -> Array:
    return np.exp(np.minimum(x, 0))


def _selu(x: Array) -> Array:
    return np.asarray(_SELU_SCALE * np.where(x > 0, x, _SELU_ALPHA * np.expm1(np.minimum(x, 0))), dtype=x.dtype)


def _selu_slope(x: Array) -> Array:
    slope = np.where(x >= 0, 1, _SELU_ALPHA * np.exp(np.minimum(x, 0)))
    return np.asarray(_SELU_SCALE * slope, dtype=x.dtype)


def _sigmoid(x: Array) -> Array:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * x)), dtype=x.dtype)  # never overflows


def _sigmoid_slope(x: Array) -> Array:
    return _sigmoid(x) * _sigmoid(-x)  # not s·(1 − s): 1 − s would lose every digit where s rounds to 1


def _silu_slope(x: Array) -> Array:
    sigmoid = _sigmoid(x)
    return sigmoid + x * _sigmoid_slope(x)


def _tanh_slope(x: Array) -> Array:
    return 1 - np.tanh(x) ** 2


ACTIVATION_FUNCTIONS: dict[str, ActivationFunction] = {
    "relu": ActivationFunction(lambda x: np.maximum(x, 0), _step, "zero", is_straight=True),
    "leaky_relu": ActivationFunction(
        lambda x: np.where(x > 0, x, _LEAKY_SLOPE * x),
        lambda x: np.where(x > 0, 1, _LEAKY_SLOPE).astype(x.dtype),
        is_straight=True,
    ),
    "elu": ActivationFunction(_elu, _elu_slope),
    "selu": ActivationFunction(_selu, _selu_slope),
    "silu": ActivationFunction(lambda x: x * _sigmoid(x), _silu_slope, "near"),
    "softplus": ActivationFunction(lambda x: np.logaddexp(x, x.dtype.type(0)), _sigmoid, "near"),
    "sigmoid": ActivationFunction(_sigmoid, _sigmoid_slope, "near"),
    "tanh": ActivationFunction(np.tanh, _tanh_slope),
    "linear": ActivationFunction(lambda x: x, np.ones_like, is_straight=True),
}


def softmax(logits: Array) -> Array:
    """exp(z) / Σ exp(z) over the last axis, shifted by the largest logit so that it never overflows."""
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True), dtype=logits.dtype)
