"""W1 = W0 − step · gradient is read off the weights as they are."""

import numpy as np
import pytest

from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.gradient import batch_gradient
from mnist_lab.inspection.update_step import update_step
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from tests.inspection.networks import network

RATE = 0.1
images = np.random.default_rng(1).random((32, 784)).astype(np.float32)
labels = np.arange(32) % 10


def moved(before: NetworkWeights, l2: float = 0.0, rate: float = RATE) -> NetworkWeights:
    """One step of plain SGD."""
    gradient = batch_gradient(before, images, labels, l2)
    layers = tuple(
        DenseWeights(
            (layer.kernel - np.float32(rate) * slope.kernel).astype(np.float32),
            (layer.bias - np.float32(rate) * slope.bias).astype(np.float32),
        )
        for layer, slope in zip(before.layers, gradient.layers, strict=True)
    )
    return NetworkWeights(layers, before.activation, before.updates + 1)


@pytest.mark.parametrize("layer", [0, 1])
@pytest.mark.parametrize("l2", [0.0, 0.01])
def test_the_step_of_sgd_is_the_learning_rate(layer: int, l2: float) -> None:
    before = network(784, 12, 10)
    step = update_step(before, moved(before, l2), images, labels, layer, l2)
    low, middle, high = step.usual_steps(3)
    assert low == pytest.approx(RATE, rel=0.05)
    assert middle == pytest.approx(RATE, rel=0.005)
    assert high == pytest.approx(RATE, rel=0.05)
    np.testing.assert_array_equal(step.before - step.after, step.taken)
    np.testing.assert_allclose(step.before - np.float32(RATE) * step.gradient, step.after, rtol=0, atol=1e-7)


def test_without_the_penalty_the_step_is_wrong() -> None:
    before = network(784, 12, 10)
    step = update_step(before, moved(before, 1.0), images, labels)
    assert abs(step.usual_steps(3)[1] - RATE) > 0.01


def test_a_weight_without_gradient_has_no_step() -> None:
    before = network(784, 12, 10)
    dark = images.copy()
    dark[:, 5] = 0  # a pixel that no image of the batch inks
    step = update_step(before, before, dark, labels)
    assert np.isnan(step.step[5]).all()
    assert not np.isnan(step.step[6]).all()


def test_a_unit_that_nothing_excites_has_no_usual_step() -> None:
    before = network(784, 4, 10)
    kernel, bias = before.layers[0].kernel.copy(), before.layers[0].bias.copy()
    kernel[:, 2], bias[2] = 0, -1
    dead = NetworkWeights((DenseWeights(kernel, bias), *before.layers[1:]), "relu", 0)
    step = update_step(dead, dead, images, labels)
    assert np.isnan(step.usual_steps(2)).all()


def test_weights_that_are_no_numbers_raise_no_warning() -> None:
    before = network(784, 4, 10)
    kernel = before.layers[0].kernel.copy()
    kernel[3, 1], kernel[4, 1] = np.nan, np.inf
    broken = NetworkWeights((DenseWeights(kernel, before.layers[0].bias), *before.layers[1:]), "relu", 0)
    step = update_step(broken, broken, images, labels)
    assert np.isnan(step.taken[3, 1])


def test_an_empty_batch_and_a_missing_layer_are_told() -> None:
    before = network(784, 4, 10)
    with pytest.raises(InspectionError, match="empty batch"):
        update_step(before, before, images[:0], labels[:0])
    with pytest.raises(InspectionError, match="no layer 4"):
        update_step(before, before, images, labels, 3)
