"""What a unit responds to, found block by block, is what one would find by sorting everything."""

import math

import numpy as np
import pytest

from mnist_lab.inspection import units as units_module
from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS
from mnist_lab.inspection.edits import ScaleUnit, SetWeight, SwitchOff, edited
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.units import (
    UnitActivity,
    is_switched_off,
    order_by_activity,
    order_by_digit,
    order_by_norm,
    outgoing_weights,
    switched_off,
    unit_activity,
    weights_to_digit,
)
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from tests.inspection.networks import diverged, network, some_images

ORDERS = {
    "norm": order_by_norm,
    "activity": lambda weights, layer: order_by_activity(weights, layer, some_images(1)[0]),
    "digit": lambda weights, layer: order_by_digit(weights, layer, 4),
}


def activity_of(weights: NetworkWeights, layer: int, images: np.ndarray) -> UnitActivity:
    activity = unit_activity(weights, layer, images, lambda: False)
    assert activity is not None
    return activity


@pytest.mark.parametrize("activation", ["relu", "tanh", "softplus"])
@pytest.mark.parametrize("layer", [0, 1, 2])
def test_activity_is_that_of_sorting_everything(activation: str, layer: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units_module, "_NUMBERS_AT_ONCE", 500)  # so that 300 images come in many parts
    weights, images = network(784, 12, 11, 10, activation=activation), some_images(300)
    activity, traced = activity_of(weights, layer, images), trace(weights, images)[layer]
    is_inactive = traced.inactive()
    np.testing.assert_allclose(activity.dead_share, is_inactive.mean(axis=0))
    np.testing.assert_allclose(activity.mean_output, traced.outputs.mean(axis=0), rtol=1e-5, atol=1e-6)
    rests = activation != "tanh" or layer == 2
    for unit in range(traced.sums.shape[1]):
        active = np.flatnonzero(~is_inactive[:, unit]) if rests else np.arange(300)
        best = np.sort(traced.outputs[active, unit])[::-1][:9]
        np.testing.assert_allclose(activity.strongest_values[unit, : len(best)], best, rtol=1e-5, atol=1e-6)
        found = activity.strongest_of(unit)
        assert len(set(found.tolist())) == len(best)
        np.testing.assert_allclose(traced.outputs[found, unit], best, rtol=1e-5, atol=1e-6)
        weak = np.flatnonzero(is_inactive[:, unit]) if rests else np.arange(300)
        assert set(activity.least_of(unit)) <= set(weak)
        lowest = np.sort(traced.sums[weak, unit])[:9]
        np.testing.assert_allclose(traced.sums[activity.least_of(unit), unit], lowest, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("activation", ACTIVATION_FUNCTIONS)
def test_what_an_activation_rests_at_is_what_it_makes_of_low_sums(activation: str) -> None:
    function = ACTIVATION_FUNCTIONS[activation]
    output = abs(float(function(np.array([-20.0]))[0]))
    assert function.rest == ("zero" if output == 0 else "near" if output < 1e-6 else "none")


def test_activity_by_hand() -> None:
    """A unit that likes pixel 0, one that is dead, one that is always on."""
    kernel = np.zeros((784, 3), np.float32)
    kernel[0, 0] = 2
    weights = NetworkWeights(
        (
            DenseWeights(kernel, np.array([-1, -1, 1], np.float32)),
            DenseWeights(np.zeros((3, 10), np.float32), np.zeros(10, np.float32)),
        ),
        "relu",
        0,
    )
    images = np.zeros((4, 784), np.float32)
    images[:, 0] = 0, 1, 0.25, 0.75
    activity = activity_of(weights, 0, images)
    assert activity.strongest.dtype == activity.least.dtype == np.int32
    assert activity.strongest.shape == activity.least.shape == activity.strongest_values.shape == (3, 9)
    assert activity.strongest_of(0).tolist() == [1, 3]
    assert activity.strongest_values[0, :2].tolist() == [1, 0.5]
    assert np.isnan(activity.strongest_values[0, 2:]).all()
    assert activity.least_of(0).tolist() == [0, 2]
    assert activity.dead_share.tolist() == [0.5, 1, 0]
    assert activity.strongest_of(1).tolist() == []
    assert activity.least_of(1).tolist() == [0, 1, 2, 3]
    assert activity.strongest_of(2).tolist() == [0, 1, 2, 3]
    assert activity.least_of(2).tolist() == []
    assert activity.mean_output.tolist() == [0.375, 0, 1]


def test_a_diverged_unit_has_no_images() -> None:
    activity = activity_of(diverged(network(784, 12, 10)), 0, some_images(40))
    assert activity.strongest_of(0).tolist() == activity.least_of(0).tolist() == []
    assert activity.dead_share[0] == 0
    assert math.isnan(activity.mean_output[0])
    assert len(activity.strongest_of(1)) == min(9, round((1 - activity.dead_share[1]) * 40))


def test_no_images_tell_nothing() -> None:
    activity = activity_of(network(784, 12, 10), 0, some_images(0))
    assert (activity.strongest == -1).all()
    assert np.isnan(activity.dead_share).all()
    assert np.isnan(activity.mean_output).all()


@pytest.mark.parametrize("asked_before", [0, 2])
def test_a_cancelled_activity_is_none(asked_before: int) -> None:
    replies = iter([False] * asked_before + [True])
    assert unit_activity(network(784, 2, 10), 0, some_images(2_500), lambda: next(replies)) is None


def test_wide_layers_are_taken_in_small_parts() -> None:
    """2,048 units × 10,000 images are 80 MB an array; no part holds more than 2,000,000 numbers."""
    asked = 0

    def is_cancelled() -> bool:
        nonlocal asked
        asked += 1
        return False

    assert unit_activity(network(784, 2_048, 10), 0, some_images(2_000), is_cancelled) is not None
    assert asked == 3


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize("layer", [0, 1, 2])
def test_every_order_names_each_unit_once(name: str, layer: int) -> None:
    order = ORDERS[name](network(784, 12, 11, 10), layer)
    assert sorted(order.tolist()) == list(range((12, 11, 10)[layer]))


@pytest.mark.parametrize("name", ORDERS)
def test_orders_of_a_diverged_network_name_each_unit_once(name: str) -> None:
    order = ORDERS[name](diverged(network(784, 12, 10)), 0).tolist()
    assert sorted(order) == list(range(12))
    assert name not in ("norm", "activity") or order[-1] == 0  # what is no number comes last


@pytest.mark.parametrize("name", ORDERS)
def test_an_order_of_a_layer_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(InspectionError, match="There is no layer 4: this network has the layers 1 to 3"):
        ORDERS[name](network(784, 12, 11, 10), 3)


def test_orders_are_highest_first() -> None:
    weights, image = network(784, 12, 11, 10), some_images(1)[0]
    norms = np.linalg.norm(weights.layers[0].kernel, axis=0)
    assert (np.diff(norms[order_by_norm(weights, 0)]) <= 0).all()
    outputs = trace(weights, image[None])[1].outputs[0]
    assert (np.diff(outputs[order_by_activity(weights, 1, image)]) <= 0).all()
    assert (np.diff(weights.layers[2].kernel[order_by_digit(weights, 1, 4), 4]) <= 0).all()
    assert order_by_digit(weights, 2, 4)[0] == 4


def test_weights_to_a_digit_go_through_all_following_kernels() -> None:
    weights = network(784, 12, 11, 10)
    np.testing.assert_array_equal(weights_to_digit(weights, 1, 4), weights.layers[2].kernel[:, 4])
    product = weights.layers[1].kernel @ weights.layers[2].kernel
    np.testing.assert_allclose(weights_to_digit(weights, 0, 4), product[:, 4], rtol=1e-5, atol=1e-6)
    assert weights_to_digit(weights, 2, 4).tolist() == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_in_a_linear_network_the_weight_to_a_digit_is_what_a_unit_adds_to_its_logit() -> None:
    first, second, third = network(784, 12, 11, 10, activation="linear").layers
    bias = first.bias.copy()
    bias[5] += 1
    before, after = (
        trace(NetworkWeights((layer, second, third), "linear", 0), some_images(1))[-1].sums[0, 4]
        for layer in (first, DenseWeights(first.kernel, bias))
    )
    weights = NetworkWeights((first, second, third), "linear", 0)
    assert after - before == pytest.approx(weights_to_digit(weights, 0, 4)[5], abs=1e-4)


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_the_outgoing_weights_of_a_unit_are_its_weights_to_each_digit(layer: int) -> None:
    weights = network(784, 12, 11, 10)
    expected = [weights_to_digit(weights, layer, digit)[3] for digit in range(10)]
    np.testing.assert_allclose(outgoing_weights(weights, layer, 3), expected, rtol=1e-5, atol=1e-6)
    with pytest.raises(InspectionError, match="no unit 12"):
        outgoing_weights(weights, 0, 12)


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_a_unit_is_off_as_long_as_it_contributes_nothing(layer: int) -> None:
    weights = network(784, 6, 5, 10)
    off = edited(weights, [SwitchOff(layer, 3)])
    assert [is_switched_off(off, layer, unit) for unit in range(5)] == [False, False, False, True, False]
    assert not any(is_switched_off(weights, layer, unit) for unit in range(5))
    assert np.flatnonzero(switched_off(off, layer)).tolist() == [3]
    assert not switched_off(weights, layer).any()
    if layer < 2:
        assert is_switched_off(edited(weights, [ScaleUnit(layer, 3, 0.0)]), layer, 3)
        assert not is_switched_off(edited(off, [SetWeight(layer + 1, 3, 2, 0.5)]), layer, 3)


def test_a_layer_whose_weights_began_at_zero_was_not_switched_off_but_an_edited_one_was() -> None:
    weights = network(784, 2, 10)
    both = edited(weights, [SwitchOff(0, 0), SwitchOff(0, 1)])
    assert not is_switched_off(both, 0, 0), "as with initial weights of 0"
    assert not switched_off(both, 0).any()
    assert is_switched_off(both, 0, 0, weights)
    assert not is_switched_off(both, 0, 0, both)
    with pytest.raises(InspectionError, match="Layer 1 has no unit 2"):
        is_switched_off(weights, 0, 2)
