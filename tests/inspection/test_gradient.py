"""The gradient by hand is the slope of the loss, for every activation, and Keras's own."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.experiment import ACTIVATIONS, Activation, Experiment
from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.gradient import (
    BatchGradient,
    batch_gradient,
    cross_entropies,
    gradient_strength,
    inactive_share,
)
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from tests.inspection.networks import diverged, network, some_images

STEP = 1e-6
LABELS = np.array([3, 0, 9, 3, 7], np.uint8)


def batch(inputs: int) -> np.ndarray:
    return np.random.default_rng(4).random((len(LABELS), inputs))


def loss_with(
    weights: NetworkWeights, layer: int, name: str, place: tuple[int, ...], change: float, l2: float
) -> float:
    arrays = {"kernel": weights.layers[layer].kernel.copy(), "bias": weights.layers[layer].bias.copy()}
    arrays[name][place] += change
    layers = list(weights.layers)
    layers[layer] = DenseWeights(**arrays)
    return batch_gradient(NetworkWeights(tuple(layers), weights.activation, 0), batch(6), LABELS, l2).loss


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("l2", [0.0, 0.3])
def test_the_gradient_is_the_slope_of_the_loss(activation: str, l2: float) -> None:
    """Every weight and bias of a network with two hidden layers, against central differences in float64."""
    weights = network(6, 5, 4, 10, activation=activation, spread=0.8, dtype=np.float64)
    gradient = batch_gradient(weights, batch(6), LABELS, l2)
    for layer, derivatives in enumerate(gradient.layers):
        for name in ("kernel", "bias"):
            by_hand = getattr(derivatives, name)
            assert by_hand.dtype == np.float64
            for place in np.ndindex(by_hand.shape):
                above, below = (loss_with(weights, layer, name, place, sign * STEP, l2) for sign in (1, -1))
                assert by_hand[place] == pytest.approx((above - below) / (2 * STEP), abs=1e-8, rel=1e-6)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@given(x=st.floats(-30, 30).filter(lambda x: abs(x) > 1e-3))
def test_every_derivative_is_the_slope_of_its_function(activation: str, x: float) -> None:
    pair = ACTIVATION_FUNCTIONS[activation]
    around = pair(np.array([x - STEP, x + STEP]))
    assert pair.derivative(np.array([x]))[0] == pytest.approx((around[1] - around[0]) / (2 * STEP), abs=1e-7)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_derivatives_keep_float32_and_stay_finite_at_the_extremes(activation: str) -> None:
    slopes = ACTIVATION_FUNCTIONS[activation].derivative(np.array([-1e30, -1000, -1, 0, 1, 1000, 1e30], np.float32))
    assert slopes.dtype == np.float32
    assert np.isfinite(slopes).all()
    assert np.abs(slopes).max() < 1.8  # the steepest is selu's, just below 0: 1.05 · 1.67


@pytest.mark.keras
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_loss_gradient_and_derivative_are_keras_own(activation: Activation) -> None:
    """By GradientTape, in float32, with a penalty; the derivatives also at the kink and far out."""
    from mnist_lab.network.backend import keras_and_tensorflow
    from mnist_lab.network.model import build_model, copy_weights

    keras, tensorflow = keras_and_tensorflow()
    model = build_model(Experiment(hidden_units=(24, 12), activation=activation, l2=0.01, seed=2))
    images, labels = some_images(32), np.arange(32, dtype=np.uint8) % 10
    with tensorflow.GradientTape() as tape:
        predicted = model(images, training=True)
        loss = model.compute_loss(x=images, y=keras.ops.one_hot(labels, 10), y_pred=predicted, training=True)
    expected = tape.gradient(loss, model.trainable_variables)
    own = batch_gradient(copy_weights(model, 0), images, labels, l2=0.01)
    assert own.loss == pytest.approx(float(loss), abs=1e-5)
    arrays = [array for layer in own.layers for array in (layer.kernel, layer.bias)]
    for array, kerass in zip(arrays, expected, strict=True):
        assert array.dtype == np.float32
        np.testing.assert_allclose(array, kerass.numpy(), atol=1e-6)

    sums = tensorflow.constant([-20, -3, -1e-3, 0, 1e-3, 3, 20], tensorflow.float32)
    with tensorflow.GradientTape() as tape:
        tape.watch(sums)
        outputs = keras.activations.get(activation)(sums)
    slopes = ACTIVATION_FUNCTIONS[activation].derivative(sums.numpy())
    np.testing.assert_allclose(slopes, tape.gradient(outputs, sums).numpy(), atol=1e-6)


def test_a_step_against_the_gradient_lowers_the_loss_by_what_it_promises() -> None:
    weights, images = network(784, 16, 10), some_images(len(LABELS))
    before = batch_gradient(weights, images, LABELS)
    rate = 1e-4
    moved = NetworkWeights(
        tuple(
            DenseWeights(layer.kernel - rate * slope.kernel, layer.bias - rate * slope.bias)
            for layer, slope in zip(weights.layers, before.layers, strict=True)
        ),
        "relu",
        0,
    )
    squares = sum(float((array**2).sum()) for layer in before.layers for array in (layer.kernel, layer.bias))
    gained = before.loss - batch_gradient(moved, images, LABELS).loss
    assert gained == pytest.approx(rate * squares, rel=0.05)


def test_the_batch_counts_as_the_mean_of_its_images() -> None:
    weights, images = network(784, 16, 10, dtype=np.float64), some_images(len(LABELS))
    together = batch_gradient(weights, images, LABELS)
    alone = [batch_gradient(weights, images[[k]], LABELS[[k]]) for k in range(len(LABELS))]
    assert together.loss == pytest.approx(np.mean([one.loss for one in alone]))
    kernels = np.mean([one.layers[0].kernel for one in alone], axis=0)
    np.testing.assert_allclose(together.layers[0].kernel, kernels, atol=1e-12)


def test_a_hopeless_answer_has_a_finite_loss() -> None:
    """−log(0) would be infinite: the loss comes from the logits, whose distance here is 2,000."""
    bias = np.zeros(10, np.float32)
    bias[4] = 2_000
    weights = NetworkWeights((DenseWeights(np.zeros((784, 10), np.float32), bias),), "relu", 0)
    assert batch_gradient(weights, some_images(1), np.array([3])).loss == pytest.approx(2_000)


def test_the_loss_is_the_mean_of_the_losses_of_the_images() -> None:
    logits = np.log(np.array([[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]]))
    losses = cross_entropies(logits, np.array([0, 1]))
    np.testing.assert_allclose(losses, [-math.log(0.5), -math.log(0.1)])
    assert np.isnan(cross_entropies(np.array([[np.inf, np.inf]]), np.array([0]))).all()


def test_a_black_pixel_has_no_slope() -> None:
    images = some_images(len(LABELS))
    images[:, 100] = 0
    first = batch_gradient(network(784, 16, 10), images, LABELS).layers[0]
    assert not first.kernel[100].any()
    assert first.kernel[101].any()


def test_the_gradient_of_a_diverged_run_is_no_number() -> None:
    for value in (np.nan, np.inf):
        gradient = batch_gradient(diverged(network(784, 16, 10), value), some_images(len(LABELS)), LABELS, 0.1)
        assert not math.isfinite(gradient.loss)
        assert not np.isfinite(gradient_strength(gradient)).any()


def test_an_empty_batch_is_refused() -> None:
    with pytest.raises(InspectionError) as caught:
        batch_gradient(network(784, 16, 10), some_images(0), LABELS[:0])
    assert str(caught.value) == "An empty batch has no gradient: choose at least one image."


def test_strength_is_the_root_mean_square() -> None:
    layer = DenseWeights(np.array([[3.0], [0.0], [0.0]], np.float32), np.array([-4.0], np.float32))
    assert gradient_strength(BatchGradient(0, (layer,))).tolist() == [2.5]


def test_inactive_share_by_hand() -> None:
    """Of four units two are off for every image, one for the second of two, one for none: 5 of 8."""
    kernel = np.zeros((1, 4), np.float32)
    kernel[0, 2] = 1
    weights = NetworkWeights(
        (
            DenseWeights(kernel, np.array([-1, 0, -0.5, 1], np.float32)),
            DenseWeights(np.ones((4, 10), np.float32), np.zeros(10, np.float32)),
        ),
        "relu",
        0,
    )
    assert inactive_share(trace(weights, np.array([[1], [0]], np.float32))).tolist() == [5 / 8]
