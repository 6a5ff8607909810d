"""Evidence adds up to the layer's own numbers, and the softmax's steps to the network's own probabilities."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnist_lab.experiment import ACTIVATIONS
from mnist_lab.inspection.activations import softmax
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.evidence import evidence, softmax_steps
from mnist_lab.inspection.forward import trace
from tests.inspection.networks import diverged, network, some_images


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("layer", [0, 1, 2])
def test_products_and_bias_sum_to_the_layers_own_number(activation: str, layer: int) -> None:
    weights = network(784, 30, 20, 10, activation=activation)
    images = some_images(4)
    for unit in range(10):
        traced = trace(weights, images)[layer]
        found = evidence(weights, images[2], layer, unit)
        assert (found.layer, found.unit) == (layer, unit)
        assert found.products.dtype == np.float32
        assert found.total == pytest.approx(float(traced.sums[2, unit]), abs=1e-4)
        assert float(found.products.sum()) + found.bias == pytest.approx(found.total, abs=1e-4)
        assert found.output == pytest.approx(float(traced.outputs[2, unit]), abs=1e-4)
        np.testing.assert_allclose(found.inputs, traced.inputs[2], rtol=1e-5, atol=1e-5)
        np.testing.assert_array_equal(found.weights, weights.layers[layer].kernel[:, unit])
        np.testing.assert_array_equal(found.products, found.inputs * found.weights)


def test_evidence_holds_in_the_chapters_network() -> None:
    """512 units whose sums grow to some ten: 1e-4 is close to what float32 can hold."""
    weights = network(784, 512, 10, spread=0.3)
    image = some_images(1)[0]
    hidden, output = trace(weights, image[None])
    assert float(np.abs(output.sums).max()) > 10
    for layer, traced in enumerate((hidden, output)):
        for unit in range(traced.sums.shape[1]):
            assert abs(evidence(weights, image, layer, unit).total - float(traced.sums[0, unit])) < 1e-4


@pytest.mark.parametrize(
    ("layer", "unit", "sentence"),
    [
        (2, 0, "There is no layer 3: this network has the layers 1 to 2."),
        (-1, 0, "There is no layer 0: this network has the layers 1 to 2."),
        (0, 6, "Layer 1 has no unit 6: its units are 0 to 5."),
        (1, -1, "Layer 2 has no unit -1: its units are 0 to 9."),
    ],
)
def test_what_is_not_there_is_refused(layer: int, unit: int, sentence: str) -> None:
    with pytest.raises(InspectionError) as caught:
        evidence(network(784, 6, 10), some_images(1)[0], layer, unit)
    assert str(caught.value) == sentence


def test_a_diverged_network_has_evidence_that_is_no_number() -> None:
    found = evidence(diverged(network(784, 6, 10)), some_images(1)[0], 1, 3)
    assert math.isnan(found.total)
    assert math.isnan(found.output)


def test_softmax_by_hand() -> None:
    steps = softmax_steps(np.array([3, 1, -1] + [-1e4] * 7), temperature=2)
    np.testing.assert_allclose(steps.scaled[:3], [1.5, 0.5, -0.5])
    np.testing.assert_allclose(steps.shifted[:3], [0, -1, -2])
    np.testing.assert_allclose(steps.exponentials, [1, math.exp(-1), math.exp(-2), *[0] * 7])
    assert steps.total == pytest.approx(1 + math.exp(-1) + math.exp(-2))
    np.testing.assert_allclose(steps.probabilities[:2], [0.66524, 0.24473], atol=1e-5)


ten_logits = arrays(np.float32, 10, elements=st.floats(-(2.0**100), 2.0**100, width=32))


@given(ten_logits)
def test_at_temperature_one_the_steps_give_the_networks_own_probabilities(logits: np.ndarray) -> None:
    np.testing.assert_allclose(softmax_steps(logits).probabilities, softmax(logits), rtol=1e-4, atol=1e-6)


@given(ten_logits, st.floats(1e-300, 1e300))
def test_every_temperature_gives_probabilities_in_the_order_of_the_logits(
    logits: np.ndarray, temperature: float
) -> None:
    steps = softmax_steps(logits, temperature)
    assert steps.probabilities.sum() == pytest.approx(1)
    assert (np.diff(steps.probabilities[np.argsort(logits)]) >= 0).all()
    assert 1 <= steps.total <= 10


def test_a_high_temperature_evens_the_shares_out() -> None:
    logits = np.arange(10, dtype=np.float32)
    largest = [softmax_steps(logits, temperature).probabilities.max() for temperature in (0.1, 0.5, 1, 2, 100)]
    assert largest == sorted(largest, reverse=True)
    assert largest[0] > 0.999
    assert largest[-1] < 0.11


@pytest.mark.parametrize("temperature", [0, -1, math.nan, math.inf])
def test_an_impossible_temperature_is_refused(temperature: float) -> None:
    with pytest.raises(InspectionError, match="must be a number above 0"):
        softmax_steps(np.zeros(10), temperature)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_logits_of_a_diverged_network_give_nan(value: float) -> None:
    assert np.isnan(softmax_steps(np.full(10, value, np.float32)).probabilities).all()
