"""Why a unit answers as it does: what each input adds to its sum, and how the softmax turns sums into shares."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.checks import check_unit
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True, eq=False)
class Evidence:
    """One unit's sum for one image, taken apart: `total = Σ products + bias`, `output = activation(total)`.

    Attributes:
        layer: which layer, from 0.
        unit: which unit of it, from 0.
        inputs: (k,) float32: the image (k = 784), or the outputs of the layer before.
        weights: (k,) float32: the unit's column of the kernel.
        products: (k,) float32 `inputs · weights`; positive ones push the sum up, negative ones down.
        bias: added to the products.
        total: the sum of the products, added up in float64, plus the bias; the logit of an output unit.
        output: what the network itself puts out here; of an output unit, the probability.
    """

    layer: int
    unit: int
    inputs: Array
    weights: Array
    products: Array
    bias: float
    total: float
    output: float


def evidence(weights: NetworkWeights, image: Array, layer: int, unit: int) -> Evidence:
    """Take one unit's sum apart.

    Args:
        weights: the copied network; if it diverged, the numbers are NaN or infinite as they are in the network.
        image: (784,) float32, 0 to 1.
        layer: from 0, the last one is the output layer.
        unit: from 0.

    Raises:
        InspectionError: there is no such layer or unit.
    """
    check_unit(weights, layer, unit)
    passed = trace(weights, image[None], layers=layer + 1)[-1]
    inputs, column = passed.inputs[0], weights.layers[layer].kernel[:, unit]
    bias = float(weights.layers[layer].bias[unit])
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        products = inputs * column
        total = float(products.sum(dtype=np.float64)) + bias
    return Evidence(layer, unit, inputs, column, products, bias, total, float(passed.outputs[0, unit]))


@dataclass(frozen=True, eq=False)
class SoftmaxSteps:
    """The softmax of ten logits, step by step, in float64.

    Attributes:
        logits: (10,) the sums of the output layer.
        temperature: 1 as in training; above 1 the shares come closer together, below 1 further apart.
        scaled: (10,) `logits / temperature`.
        shifted: (10,) `scaled` minus its largest value, which changes no share and keeps exp from overflowing.
        exponentials: (10,) `exp(shifted)`, 0 to 1.
        total: sum of the exponentials, 1 to 10.
        probabilities: (10,) `exponentials / total`; their sum is 1.
    """

    logits: NDArray[np.float64]
    temperature: float
    scaled: NDArray[np.float64]
    shifted: NDArray[np.float64]
    exponentials: NDArray[np.float64]
    total: float
    probabilities: NDArray[np.float64]


def softmax_steps(logits: NDArray[np.floating], temperature: float = 1.0) -> SoftmaxSteps:
    """Every step from (10,) logits to probabilities. Logits that are no finite numbers give NaN.

    Raises:
        InspectionError: the temperature is no number above 0.
    """
    if not (temperature > 0 and math.isfinite(temperature)):
        raise InspectionError(
            QT_TRANSLATE_NOOP("errors", "The temperature cannot be {temperature}: it must be a number above 0."),
            temperature=temperature,
        )
    exact = logits.astype(np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        # Shifted before it is divided: the same number, but finite for the smallest temperature, too.
        shifted = (exact - exact.max()) / temperature
        scaled = exact / temperature
        exponentials = np.exp(shifted)
        total = float(exponentials.sum())
        shares = exponentials / total
    return SoftmaxSteps(exact, temperature, scaled, shifted, exponentials, total, shares)
