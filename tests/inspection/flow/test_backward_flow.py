"""The way back: probability − target, along the lines, each weight's gradient, and the step."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.experiment import ACTIVATIONS, INITIAL_WEIGHTS, Experiment
from mnist_lab.inspection.flow.backward_flow import BackwardFlow, backward_flow
from mnist_lab.inspection.flow.mattering import Asked
from mnist_lab.inspection.flow.network_flow import network_flow, shown_units
from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.gradient import batch_gradient
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from tests.inspection.flow.test_network_flow import glorot
from tests.inspection.networks import diverged, network, some_images

RATE = 0.05


def back(
    weights: NetworkWeights,
    labels: np.ndarray,
    places: int,
    l2: float = 0.0,
    after: NetworkWeights | None = None,
    images: np.ndarray | None = None,
) -> tuple[BackwardFlow, tuple[np.ndarray, ...]]:
    traces = trace(weights, some_images(len(labels)) if images is None else images)
    shown = shown_units(weights, traces, Asked(int(labels[0])), (places,) * (len(weights.layers) - 1))
    return backward_flow(weights, traces, labels, shown, RATE, l2=l2, after=after), shown


def check_against(
    found: BackwardFlow, shown: tuple[np.ndarray, ...], gradients: list[DenseWeights], near: float
) -> None:
    inputs = (np.empty(0, np.intp), *shown)
    for index, (layer, gradient) in enumerate(zip(found.layers, gradients, strict=True)):
        units = shown[index] if index < len(shown) else np.arange(10)
        part = gradient.kernel[:, units].astype(np.float64)
        np.testing.assert_allclose(layer.gradients, part[inputs[index]], atol=near)
        np.testing.assert_allclose(layer.slopes, gradient.bias[units], atol=near)
        others = np.delete(part, inputs[index], axis=0)
        np.testing.assert_allclose(layer.rest_gradients, np.sqrt(np.square(others).sum(axis=0)), atol=near * 30)
    np.testing.assert_allclose(found.tile_gradients, gradients[0].kernel[:, (*shown, np.arange(10))[0]], atol=near)


@settings(max_examples=40)
@given(
    hidden=st.lists(st.sampled_from([1, 2, 9, 40, 150]), min_size=1, max_size=4),
    activation=st.sampled_from(ACTIVATIONS),
    seed=st.integers(0, 1000),
    labels=st.lists(st.integers(0, 9), min_size=1, max_size=5),
    places=st.integers(1, 20),
    l2=st.sampled_from([0.0, 0.01]),
)
def test_it_is_the_gradient_and_what_goes_back_adds_up(
    hidden: list[int], activation: str, seed: int, labels: list[int], places: int, l2: float
) -> None:
    weights, right = glorot([784, *hidden, 10], activation, seed), np.array(labels, np.uint8)
    images = some_images(len(labels), seed)
    found, shown = back(weights, right, places, l2, images=images)
    expected = batch_gradient(weights, images, right, l2)
    check_against(found, shown, list(expected.layers), 1e-6)
    assert found.loss + found.penalty == pytest.approx(expected.loss)
    assert found.targets.sum() == pytest.approx(1)
    for layer in found.layers[1:]:
        np.testing.assert_allclose(layer.back.sum(axis=1) + layer.rest, layer.arriving, atol=1e-12)
        np.testing.assert_allclose(layer.arriving, layer.own, atol=1e-5)


def test_at_an_output_it_is_probability_less_target() -> None:
    weights, image = network(784, 20, 10), some_images(1)
    found, _ = back(weights, np.array([4]), 8, images=image)
    shares = trace(weights, image)[-1].outputs[0].astype(np.float64)
    np.testing.assert_allclose(found.layers[-1].slopes, shares - np.eye(10)[4], atol=1e-7)
    assert found.right == pytest.approx(shares[4])
    assert found.loss == pytest.approx(-math.log(shares[4]), abs=1e-5)


def test_the_step_is_that_of_plain_descent_or_the_one_that_was_made() -> None:
    weights, labels = network(784, 20, 12, 10), np.array([4, 7])
    found, shown = back(weights, labels, 8)
    assert not found.is_made
    for layer in found.layers:
        np.testing.assert_allclose(layer.moves, -RATE * layer.gradients, rtol=1e-6)
        np.testing.assert_allclose(layer.rest_moves, RATE * layer.rest_gradients, rtol=1e-6)
    after = NetworkWeights(
        tuple(DenseWeights(layer.kernel + np.float32(0.25), layer.bias) for layer in weights.layers), "relu", 8
    )
    made, _ = back(weights, labels, 8, after=after)
    assert made.is_made
    for layer in made.layers:
        np.testing.assert_allclose(layer.moves, 0.25, atol=1e-6)
    np.testing.assert_allclose(made.tile_moves, 0.25, atol=1e-6)
    assert made.tile_moves.shape == (784, len(shown[0]))


def test_a_diverged_network_goes_back_without_a_word() -> None:
    found, _ = back(diverged(network(784, 6, 10)), np.array([1]), 4)
    assert math.isnan(found.loss)


@pytest.mark.keras
@pytest.mark.parametrize(
    "settings",
    [
        *({"activation": activation} for activation in ACTIVATIONS),
        *({"initial_weights": initial} for initial in INITIAL_WEIGHTS if initial != "glorot"),
        {"dropout": 0.5},
    ],
    ids=str,
)
def test_it_is_what_automatic_differentiation_says(settings: dict[str, Any]) -> None:
    """By TensorFlow's GradientTape over Keras's own model, as it answers, for one picture and for a batch."""
    from mnist_lab.network.backend import keras_and_tensorflow
    from mnist_lab.network.model import build_model, copy_weights

    keras, tensorflow = keras_and_tensorflow()
    model = build_model(Experiment(hidden_units=(24, 12), l2=0.01, seed=2, **settings))
    weights = copy_weights(model, 0)
    for count in (1, 32):
        images, labels = some_images(count), np.arange(count, dtype=np.uint8) % 10
        with tensorflow.GradientTape() as tape:
            predicted = model(images, training=False)
            loss = model.compute_loss(x=images, y=keras.ops.one_hot(labels, 10), y_pred=predicted, training=True)
        arrays = [array.numpy() for array in tape.gradient(loss, model.trainable_variables)]
        gradients = [DenseWeights(*arrays[place : place + 2]) for place in range(0, len(arrays), 2)]
        found, shown = back(weights, labels, 8, l2=0.01, images=images)
        near = 1e-5 * max(1.0, *(float(np.abs(array).max()) for array in arrays))
        assert found.loss + found.penalty == pytest.approx(float(loss), rel=1e-6, abs=1e-5)
        check_against(found, shown, gradients, near)
        flow = network_flow(weights, trace(weights, images), Asked(int(labels[0])), shown)
        for layer in flow.layers:
            np.testing.assert_allclose(layer.sums, layer.own, rtol=1e-5, atol=1e-4)
