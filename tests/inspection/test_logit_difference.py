"""The difference of two logits is the sum of its parts: by pixel where activations are straight, else by unit."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.logit_difference import is_sum_over_pixels, logit_difference
from tests.inspection.networks import diverged, network, some_images

STRAIGHT = ("relu", "leaky_relu", "linear")
digits = st.integers(0, 9)
seeds = st.integers(0, 2**32 - 1)


def own_difference(weights, image: np.ndarray, first: int, second: int) -> float:
    """As the forward pass has it."""
    logits = trace(weights, image[None])[-1].sums[0].astype(np.float64)
    return float(logits[first] - logits[second])


@pytest.mark.parametrize("activation", ACTIVATION_FUNCTIONS)
def test_straight_activations_are_those_whose_output_is_the_sum_times_the_slope(activation: str) -> None:
    function, sums = ACTIVATION_FUNCTIONS[activation], np.linspace(-4, 4, 161, dtype=np.float32)
    is_straight = bool(np.allclose(function(sums), sums * function.derivative(sums), rtol=1e-5, atol=1e-5))
    assert function.is_straight == is_straight == (activation in STRAIGHT)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 24), min_size=1, max_size=4), st.sampled_from(STRAIGHT), digits, digits, seeds, seeds)
def test_pixels_and_biases_sum_to_the_difference_of_the_logits(
    hidden: list[int], activation: str, first: int, second: int, seed: int, image_seed: int
) -> None:
    weights = network(784, *hidden, 10, activation=activation, seed=seed)
    image = some_images(1, seed=image_seed)[0]
    found = logit_difference(weights, image, first, second)
    own = own_difference(weights, image, first, second)
    assert (found.first, found.second, found.is_by_pixel) == (first, second, True)
    assert found.products.shape == (784,)
    assert found.own == own
    assert found.total == float(found.products.sum()) + found.biases
    assert abs(found.total - own) < 1e-4


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 24), min_size=1, max_size=4), st.sampled_from(list(ACTIVATION_FUNCTIONS)), digits, seeds)
def test_units_of_the_last_hidden_layer_sum_to_it_whatever_the_activation(
    hidden: list[int], activation: str, first: int, seed: int
) -> None:
    weights, image = network(784, *hidden, 10, activation=activation, seed=seed), some_images(1, seed=seed)[0]
    found = logit_difference(weights, image, first, 9 - first)
    assert found.is_by_pixel == is_sum_over_pixels(weights) == (activation in STRAIGHT)
    assert abs(found.total - own_difference(weights, image, first, 9 - first)) < 1e-4
    if not found.is_by_pixel:
        kernel, outputs = weights.layers[-1].kernel, trace(weights, image[None])[-2].outputs[0]
        np.testing.assert_allclose(found.products, outputs * (kernel[:, first] - kernel[:, 9 - first]), rtol=1e-6)


def test_it_holds_in_the_chapters_network() -> None:
    """512 units whose logits grow to some ten: 1e-4 is close to what float32 can hold."""
    weights, image = network(784, 512, 10, spread=0.3), some_images(1)[0]
    for second in range(1, 10):
        found = logit_difference(weights, image, 0, second)
        assert abs(found.total - own_difference(weights, image, 0, second)) < 1e-4


def test_by_hand() -> None:
    """Of two relu units one is active: only what passes through it counts."""
    weights = network(784, 2, 10)
    first, output = weights.layers
    kernel, bias = first.kernel.copy(), first.bias.copy()
    kernel[:], bias[:] = 0, (0.5, -9.0)
    kernel[5], kernel[6] = (2.0, 1.0), (-1.0, 1.0)
    out, out_bias = output.kernel.copy(), output.bias.copy()
    out[:, 7], out[:, 9], out_bias[7], out_bias[9] = (3.0, 100.0), (1.0, -100.0), 0.25, 0.5
    layers = (type(first)(kernel, bias), type(output)(out, out_bias))
    image = np.zeros(784, np.float32)
    image[5], image[6] = 1.0, 0.5
    found = logit_difference(type(weights)(layers, "relu", 0), image, 7, 9)
    assert found.products[5] == 1.0 * 2 * (3 - 1)
    assert found.products[6] == 0.5 * -1 * (3 - 1)
    assert np.count_nonzero(found.products) == 2
    assert found.biases == (0.25 - 0.5) + 0.5 * (3 - 1)
    assert found.total == found.own == (2 - 0.5 + 0.5) * 2 - 0.25


def test_the_other_way_round_every_part_has_the_other_sign_and_a_digit_against_itself_is_nothing() -> None:
    weights, image = network(784, 20, 12, 10), some_images(1)[0]
    one, other = logit_difference(weights, image, 7, 9), logit_difference(weights, image, 9, 7)
    np.testing.assert_allclose(one.products, -other.products, rtol=1e-6, atol=1e-9)
    assert one.biases == pytest.approx(-other.biases)
    same = logit_difference(weights, image, 3, 3)
    assert (same.total, same.biases, same.own, np.count_nonzero(same.products)) == (0, 0, 0, 0)


def test_an_empty_picture_leaves_the_biases_alone() -> None:
    found = logit_difference(network(784, 20, 10), np.zeros(784, np.float32), 2, 4)
    assert np.count_nonzero(found.products) == 0
    assert found.total == found.biases == pytest.approx(found.own, abs=1e-5)


@pytest.mark.parametrize(("first", "second", "unit"), [(10, 0, 10), (0, -1, -1)])
def test_a_digit_that_is_none_is_refused(first: int, second: int, unit: int) -> None:
    with pytest.raises(InspectionError, match=f"Layer 2 has no unit {unit}: its units are 0 to 9"):
        logit_difference(network(784, 6, 10), some_images(1)[0], first, second)


def test_a_diverged_network_has_a_difference_that_is_no_number() -> None:
    found = logit_difference(diverged(network(784, 6, 10)), some_images(1)[0], 1, 3)
    assert math.isnan(found.total)
    assert math.isnan(found.own)
