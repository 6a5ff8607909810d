"""The forward pass in NumPy is that of Keras, and never overflows."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnist_lab.experiment import ACTIVATIONS, Activation, Experiment
from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS, softmax
from mnist_lab.inspection.forward import probabilities, scaled, trace
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from tests.inspection.networks import diverged, network, some_images

EXTREMES = np.array([-1e30, -1000, -100, -20, -1, -1e-8, 0, 1e-8, 0.5, 1, 20, 100, 1000, 1e30], np.float32)


def test_every_activation_of_an_experiment_has_its_function() -> None:
    assert set(ACTIVATION_FUNCTIONS) == set(ACTIVATIONS)


@pytest.mark.keras
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_layer_is_as_in_keras(activation: Activation) -> None:
    from mnist_lab.network.backend import keras_and_tensorflow
    from mnist_lab.network.model import build_model, copy_weights

    keras, _ = keras_and_tensorflow()
    model = build_model(Experiment(hidden_units=(32, 16), activation=activation, dropout=0.3, seed=2))
    generator = np.random.default_rng(3)
    model.set_weights([generator.normal(0, 0.1, array.shape) for array in model.get_weights()])  # biases, too
    dense = [layer.output for layer in model.layers if hasattr(layer, "kernel")]
    images = some_images(40)
    expected = keras.Model(model.inputs, dense)([images], training=False)
    outputs = [layer.outputs for layer in trace(copy_weights(model, 0), images)]
    assert [output.shape for output in outputs] == [(40, 32), (40, 16), (40, 10)]
    assert all(output.dtype == np.float32 for output in outputs)
    assert outputs[-1] == pytest.approx(expected[-1].numpy(), abs=1e-6)
    for own, kerass in zip(outputs, expected, strict=True):
        np.testing.assert_allclose(own, kerass.numpy(), rtol=1e-5, atol=5e-6)
    np.testing.assert_array_equal(probabilities(copy_weights(model, 0), images), outputs[-1])


@pytest.mark.keras
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_is_keras_own_at_the_extremes(activation: str) -> None:
    from mnist_lab.network.backend import keras_and_tensorflow

    keras, _ = keras_and_tensorflow()
    own = ACTIVATION_FUNCTIONS[activation](EXTREMES)
    assert own.dtype == np.float32
    expected = np.asarray(keras.ops.convert_to_numpy(keras.activations.get(activation)(EXTREMES)))
    np.testing.assert_allclose(own, expected, rtol=1e-6, atol=1e-7)


logits = arrays(
    np.float32, st.tuples(st.integers(1, 5), st.just(10)), elements=st.floats(-(2.0**100), 2.0**100, width=32)
)


@given(logits)
def test_softmax_gives_probabilities_for_all_that_is_finite(values: np.ndarray) -> None:
    result = softmax(values)
    assert result.dtype == np.float32
    assert ((result >= 0) & (result <= 1)).all()
    np.testing.assert_allclose(result.sum(axis=1), 1, rtol=1e-6)
    assert (np.take_along_axis(result, values.argmax(axis=1)[:, None], axis=1) == result.max(axis=1)[:, None]).all()


def test_softmax_by_hand() -> None:
    np.testing.assert_allclose(softmax(np.log(np.array([[1, 2, 5]], np.float32))), [[0.125, 0.25, 0.625]], rtol=1e-6)


def test_a_network_by_hand() -> None:
    """Two pixels of ink, one hidden unit: max(0, 0.5·2 + 1·(−1) + 0.25) = 0.25, and ten logits of it."""
    kernel = np.zeros((784, 1), np.float32)
    kernel[:2, 0] = 2, -1
    weights = NetworkWeights(
        (
            DenseWeights(kernel, np.array([0.25], np.float32)),
            DenseWeights(np.full((1, 10), 4, np.float32), np.log(np.arange(1, 11, dtype=np.float32))),
        ),
        "relu",
        0,
    )
    image = np.zeros((1, 784), np.float32)
    image[0, :2] = 0.5, 1
    hidden, output = (layer.outputs for layer in trace(weights, image))
    assert hidden.tolist() == [[0.25]]
    np.testing.assert_allclose(output, np.arange(1, 11)[None] / 55, rtol=1e-6)


def test_no_images_give_no_probabilities() -> None:
    sizes = ((784, 5), (5, 10))
    layers = tuple(DenseWeights(np.zeros(size, np.float32), np.zeros(size[1], np.float32)) for size in sizes)
    weights = NetworkWeights(layers, "relu", 0)
    assert probabilities(weights, np.zeros((0, 784), np.float32)).shape == (0, 10)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_trace_hangs_together(activation: str) -> None:
    weights, images = network(784, 6, 5, 10, activation=activation), some_images(3)
    layers = trace(weights, images)
    assert layers[0].inputs is images
    for before, after in itertools.pairwise(layers):
        assert after.inputs is before.outputs
    for layer, traced in zip(weights.layers, layers, strict=True):
        np.testing.assert_allclose(traced.sums, traced.inputs @ layer.kernel + layer.bias, rtol=1e-6)
        assert traced.sums.dtype == traced.outputs.dtype == np.float32
    np.testing.assert_array_equal(layers[0].outputs, ACTIVATION_FUNCTIONS[activation](layers[0].sums))
    np.testing.assert_array_equal(layers[-1].outputs, probabilities(weights, images))


def test_a_trace_of_the_first_layers_is_the_same_as_of_all() -> None:
    weights, images = network(784, 6, 5, 10), some_images(3)
    for count in (1, 2, 3):
        part = trace(weights, images, count)
        assert len(part) == count
        np.testing.assert_array_equal(part[-1].outputs, trace(weights, images)[count - 1].outputs)


def test_relu_is_inactive_where_its_sum_is_not_positive() -> None:
    first = trace(network(784, 40, 10), some_images(50))[0]
    assert 0 < first.inactive().mean() < 1
    np.testing.assert_array_equal(first.inactive(), first.outputs == 0)


@pytest.mark.parametrize(
    ("activation", "expected"),
    [
        ("relu", [True, True, True, False]),
        ("leaky_relu", [False, False, True, False]),
        ("elu", [False, False, True, False]),
        ("silu", [True, False, True, False]),
        ("softplus", [True, False, False, False]),
        ("sigmoid", [True, False, False, False]),
        ("tanh", [False, False, True, False]),
        ("linear", [False, False, True, False]),
    ],
)
def test_a_unit_that_puts_out_something_is_active(activation: str, expected: list[bool]) -> None:
    """Sums of −20, −1, 0 and 0.005: the last is little, yet on the active side."""
    sums = np.array([-20, -1, 0, 0.005], np.float32)
    first = DenseWeights(np.zeros((784, 4), np.float32), sums)
    last = DenseWeights(np.zeros((4, 10), np.float32), np.zeros(10, np.float32))
    weights = NetworkWeights((first, last), activation, 0)
    assert trace(weights, some_images(1))[0].inactive()[0].tolist() == expected


def test_scaled_is_the_chapters_division() -> None:
    images = np.arange(2 * 784, dtype=np.uint16).reshape(2, 28, 28).astype(np.uint8)
    images.flags.writeable = False
    result = scaled(images)
    assert result.shape == (2, 784)
    assert result.dtype == np.float32
    np.testing.assert_array_equal(result, images.reshape(2, 784).astype("float32") / 255)
    assert scaled(images[:0]).shape == (0, 784)


def test_weights_of_a_diverged_run_give_nan_without_a_warning() -> None:
    for value in (np.nan, np.inf):
        weights = diverged(network(784, 6, 10), value)
        first, last = trace(weights, some_images(2))
        assert np.isnan(last.outputs).all()
        assert not first.inactive()[:, 0].any()
