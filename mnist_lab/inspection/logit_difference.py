"""Why one digit rather than another: the difference of their logits, taken apart into an exact sum."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS, Array
from mnist_lab.inspection.checks import check_unit
from mnist_lab.inspection.forward import LayerTrace, trace
from mnist_lab.inspection.weights import NetworkWeights


@dataclass(frozen=True, eq=False)
class LogitDifference:
    """`logit of first − logit of second = Σ products + biases`, for one image.

    Attributes:
        first: the digit that positive products speak for, 0 to 9.
        second: the digit that negative products speak for, 0 to 9.
        is_by_pixel: whether the products are those of pixels; else those of the units of the last hidden layer.
        products: (784,) or (units,) float64, what each of them adds to the difference.
        biases: what is added whatever the pixels, or the units, are.
        total: the sum of the products and `biases`, added up in float64.
        own: the same difference as the network's forward pass, in float32, came to it.
    """

    first: int
    second: int
    is_by_pixel: bool
    products: NDArray[np.float64]
    biases: float
    total: float
    own: float


def is_sum_over_pixels(weights: NetworkWeights) -> bool:
    """Whether a logit is an exact sum over pixels: no hidden layer's activation is curved."""
    return len(weights.layers) == 1 or ACTIVATION_FUNCTIONS[weights.activation].is_straight


def logit_difference(weights: NetworkWeights, image: Array, first: int, second: int) -> LogitDifference:
    """Take the difference of two digits' logits apart.

    With an activation that is straight on each side of 0, a unit passes its sum on times a slope that this image
    decides: for relu 1 where the unit is active, else 0. So for this image the network is linear, and each pixel's
    part is the pixel times its weight along all paths of such units. With any other activation only the last layer is
    such a sum, over the units before it.

    Args:
        weights: the copied network; if it diverged, the numbers are NaN or infinite as they are in the network.
        image: (784,) float32, 0 to 1.
        first: 0 to 9.
        second: 0 to 9; the same digit gives 0 everywhere.

    Raises:
        InspectionError: there is no such output.
    """
    last = len(weights.layers) - 1
    check_unit(weights, last, first)
    check_unit(weights, last, second)
    passed, output = trace(weights, image[None]), weights.layers[-1]
    logits = passed[-1].sums[0].astype(np.float64)
    is_by_pixel = is_sum_over_pixels(weights)
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        reach = output.kernel[:, first] - output.kernel[:, second]
        biases = float(output.bias[first]) - float(output.bias[second])
        if is_by_pixel:
            reach, more = _through_hidden_layers(weights, passed, reach)
            biases += more
        inputs = image if is_by_pixel else passed[-1].inputs[0]
        products = inputs.astype(np.float64) * reach
        total, own = float(products.sum()) + biases, float(logits[first] - logits[second])
    return LogitDifference(first, second, is_by_pixel, products, biases, total, own)


def _through_hidden_layers(
    weights: NetworkWeights, passed: tuple[LayerTrace, ...], reach: Array
) -> tuple[Array, float]:
    """From (units,) weights of the last hidden layer's outputs to (784,) of the pixels, and what the biases add."""
    slope, biases = ACTIVATION_FUNCTIONS[weights.activation].derivative, 0.0
    for layer, traced in zip(reversed(weights.layers[:-1]), reversed(passed[:-1]), strict=True):
        reach = reach * slope(traced.sums[0])
        biases += float(layer.bias @ reach.astype(np.float64))
        reach = layer.kernel @ reach  # in float32, as the forward pass: no copy of a wide kernel is made
    return reach, biases
