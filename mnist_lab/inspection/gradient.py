"""The gradient of one batch, by hand: what a gradient update would follow, computed on copied weights.

Forward pass, loss, and backward through each layer, as the chapter tells it; Keras is only the check in the tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS, Array
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.forward import LayerTrace, trace
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True, eq=False)
class BatchGradient:
    """The loss of one batch and its slope along every weight.

    Attributes:
        loss: mean categorical cross-entropy of the batch, with the L2 penalty; NaN for weights of a diverged run.
        layers: for each Dense layer the derivative of `loss` along its kernel, (inputs, units), and its bias,
            (units,), in the dtype of the weights, read-only.
    """

    loss: float
    layers: tuple[DenseWeights, ...]


def batch_gradient(
    weights: NetworkWeights, images: Array, labels: NDArray[np.integer], l2: float = 0.0
) -> BatchGradient:
    """Loss and gradient of one batch, without dropout.

    Args:
        weights: the copied network. Its dtype decides that of the whole computation: float32 as in training, or
            float64 where the gradient is to be compared with differences of losses.
        images: (n, 784) float32, 0 to 1; any number of inputs that fits the first kernel.
        labels: (n,) whole numbers from 0 to 9.
        l2: factor of the penalty `l2 · Σ w²` on every kernel, as Keras's `L2`.

    Raises:
        InspectionError: the batch is empty.
    """
    if not len(labels):
        raise InspectionError(QT_TRANSLATE_NOOP("errors", "An empty batch has no gradient: choose at least one image."))
    dtype = weights.layers[0].kernel.dtype
    layers = trace(weights, images.astype(dtype, copy=False))
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        penalty = l2 * sum(float(np.square(layer.kernel, dtype=np.float64).sum()) for layer in weights.layers)
        return BatchGradient(_cross_entropy(layers[-1].sums, labels) + penalty, _backward(weights, layers, labels, l2))


def _cross_entropy(logits: Array, labels: NDArray[np.integer]) -> float:
    return float(cross_entropies(logits, labels).mean())


def cross_entropies(logits: Array, labels: NDArray[np.integer]) -> NDArray[np.float64]:
    """The loss of each image: −log(softmax(logits)[label]), from the logits, so that no probability is rounded to 0.

    Args:
        logits: (n, classes) `sums` of the output layer.
        labels: (n,) whole numbers below `classes`.

    Returns:
        (n,) float64; NaN where the logits are no numbers.
    """
    exact = logits.astype(np.float64)
    with np.errstate(invalid="ignore"):  # weights of a diverged run
        shifted = exact - exact.max(axis=1, keepdims=True)
        of_label = shifted[np.arange(len(labels)), labels]
        return np.asarray(np.log(np.exp(shifted).sum(axis=1)) - of_label)


def _backward(
    weights: NetworkWeights, layers: tuple[LayerTrace, ...], labels: NDArray[np.integer], l2: float
) -> tuple[DenseWeights, ...]:
    gradients = [
        DenseWeights(layers[index].inputs.T @ slopes + 2 * l2 * weights.layers[index].kernel, slopes.sum(axis=0))
        for index, slopes, _ in backward_slopes(weights, layers, labels)
    ]
    return tuple(reversed(gradients))


def backward_slopes(
    weights: NetworkWeights, layers: tuple[LayerTrace, ...], labels: NDArray[np.integer]
) -> Iterator[tuple[int, Array, Array]]:
    """Go back from the output layer to the first, for n images.

    Args:
        weights: the copied network.
        layers: what `trace` gives for the images.
        labels: (n,) the right digits.

    Yields:
        of each layer, the last one first: its index; (n, units) the derivative of the batch's mean loss along its sums,
        image by image, so divided by n already; and (n, inputs) along its inputs, empty for the first layer.
    """
    derivative = ACTIVATION_FUNCTIONS[weights.activation].derivative
    slopes = layers[-1].outputs.copy()
    slopes[np.arange(len(labels)), labels] -= 1  # softmax and cross-entropy together: probabilities − one-hot label
    slopes /= len(labels)
    for index in reversed(range(len(layers))):
        arriving = slopes @ weights.layers[index].kernel.T if index else slopes[:, :0]
        yield index, slopes, arriving
        if index:
            slopes = arriving * derivative(layers[index - 1].sums)


def gradient_strength(gradient: BatchGradient) -> NDArray[np.float64]:
    """(layers,) float64: the root mean square of all derivatives of each layer, kernel and bias together."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.array([_root_mean_square(layer) for layer in gradient.layers])


def _root_mean_square(layer: DenseWeights) -> float:
    squares = sum(float(np.square(array, dtype=np.float64).sum()) for array in (layer.kernel, layer.bias))
    return float(np.sqrt(squares / (layer.kernel.size + layer.bias.size)))


def inactive_share(layers: tuple[LayerTrace, ...]) -> NDArray[np.float64]:
    """(hidden layers,) float64: how often a unit of each puts out nothing, over all its units and all images traced.

    See `LayerTrace.inactive` for what counts as nothing. The output layer is left out.
    """
    return np.array([layer.inactive().mean() for layer in layers[:-1]])
