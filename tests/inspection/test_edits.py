"""An edit does what it says, on a copy, and says in a sentence when it cannot."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.experiment import ACTIVATIONS
from mnist_lab.inspection.edits import Edit, Prune, ScaleUnit, SetWeight, ShiftBias, SwitchOff, edited
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.evaluation import evaluate
from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from tests.inspection.networks import diverged, network, some_images

SIZES = (784, 8, 6, 10)
layers, units, numbers = st.integers(0, 2), st.integers(0, 5), st.floats(-10, 10, width=32)
edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(SwitchOff, layers, units),
    st.builds(ScaleUnit, layers, units, numbers),
    st.builds(ShiftBias, layers, units, numbers),
    st.builds(SetWeight, layers, units, units, numbers),
    st.builds(Prune, st.floats(0, 100)),
)


def all_arrays(weights: NetworkWeights) -> list[np.ndarray]:
    return [array for layer in weights.layers for array in (layer.kernel, layer.bias)]


@given(st.lists(edits, max_size=4))
def test_the_original_stays_as_it_was(some_edits: list[Edit]) -> None:
    original = network(*SIZES)
    before = [array.copy() for array in all_arrays(original)]
    result = edited(original, some_edits)
    for array, copy in zip(all_arrays(original), before, strict=True):
        np.testing.assert_array_equal(array, copy)
    for array in all_arrays(result):
        assert not array.flags.writeable
        assert array.dtype == np.float32
    assert (result.activation, result.updates) == (original.activation, original.updates)


@given(st.lists(edits, max_size=3), st.lists(edits, max_size=3))
def test_edits_are_made_one_after_the_other(first: list[Edit], second: list[Edit]) -> None:
    at_once = edited(network(*SIZES), first + second)
    in_turn = edited(edited(network(*SIZES), first), second)
    for one, other in zip(all_arrays(at_once), all_arrays(in_turn), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("edit", "touched"),
    [
        (SwitchOff(0, 2), {"kernel 1"}),
        (SwitchOff(2, 2), {"kernel 2", "bias 2"}),
        (ScaleUnit(1, 2, 3.0), {"kernel 2"}),
        (ShiftBias(1, 2, 0.5), {"bias 1"}),
        (SetWeight(0, 400, 2, 0.5), {"kernel 0"}),
        (Prune(0), set()),
    ],
)
def test_only_what_is_touched_is_copied(edit: Edit, touched: set[str]) -> None:
    original = network(*SIZES)
    result = edited(original, [edit])
    copied = set()
    for index, (before, after) in enumerate(zip(original.layers, result.layers, strict=True)):
        copied |= {f"kernel {index}"} if before.kernel is not after.kernel else set()
        copied |= {f"bias {index}"} if before.bias is not after.bias else set()
        assert (before is after) == (f"kernel {index}" not in copied and f"bias {index}" not in copied)
    assert copied == touched


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("factor", [-1.5, 0.0, 0.25, 3.0])
def test_scaling_a_hidden_unit_scales_what_arrives_of_it(activation: str, factor: float) -> None:
    original, images = network(*SIZES, activation=activation), some_images(5)
    result = trace(edited(original, [ScaleUnit(0, 3, factor)]), images)
    before = trace(original, images)
    np.testing.assert_array_equal(result[0].outputs, before[0].outputs)
    contribution = np.outer(before[0].outputs[:, 3], original.layers[1].kernel[3])
    np.testing.assert_allclose(result[1].sums, before[1].sums + (factor - 1) * contribution, rtol=1e-4, atol=1e-4)
    assert not np.allclose(result[1].sums, before[1].sums, atol=1e-3)


@given(numbers)
def test_scaling_an_output_unit_scales_its_logit_alone(factor: float) -> None:
    original, images = network(*SIZES), some_images(5)
    before, result = (
        trace(weights, images)[-1].sums for weights in (original, edited(original, [ScaleUnit(2, 7, factor)]))
    )
    np.testing.assert_allclose(result[:, 7], before[:, 7] * factor, rtol=1e-4, atol=1e-4)
    np.testing.assert_array_equal(np.delete(result, 7, axis=1), np.delete(before, 7, axis=1))


@given(layers, units)
def test_switching_off_is_scaling_by_zero(layer: int, unit: int) -> None:
    off, scaled_away = (edited(network(*SIZES), [edit]) for edit in (SwitchOff(layer, unit), ScaleUnit(layer, unit, 0)))
    for one, other in zip(all_arrays(off), all_arrays(scaled_away), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_unit_that_is_no_number_can_be_switched_off() -> None:
    kernel = network(*SIZES).layers[1].kernel.copy()
    kernel[3] = np.nan
    first, second, third = network(*SIZES).layers
    broken = NetworkWeights((first, DenseWeights(kernel, second.bias), third), "relu", 0)
    images, labels = np.ones((4, 28, 28), np.uint8), np.zeros(4, np.uint8)
    for weights, expected in ((broken, 4), (edited(broken, [SwitchOff(0, 3)]), 0)):
        evaluation = evaluate(weights, images, labels, lambda: False)
        assert evaluation is not None
        assert evaluation.unanswered_count == expected


def test_a_shifted_bias_shifts_the_sum() -> None:
    original, images = network(*SIZES), some_images(5)
    expected = trace(original, images)[0].sums.copy()
    expected[:, 4] -= 2
    result = trace(edited(original, [ShiftBias(0, 4, -2)]), images)[0].sums
    np.testing.assert_allclose(result, expected, atol=1e-5)


def test_one_weight_is_set() -> None:
    original = network(*SIZES)
    result = edited(original, [SetWeight(0, 28 * 3 + 5, 2, -0.75)])
    assert result.layers[0].kernel[28 * 3 + 5, 2] == -0.75
    assert np.argwhere(result.layers[0].kernel != original.layers[0].kernel).tolist() == [[28 * 3 + 5, 2]]


@given(st.floats(0, 100))
def test_the_smallest_weights_of_all_layers_are_pruned(percent: float) -> None:
    original = network(*SIZES)
    result = edited(original, [Prune(percent)])
    before = np.concatenate([layer.kernel.ravel() for layer in original.layers])
    after = np.concatenate([layer.kernel.ravel() for layer in result.layers])
    pruned = after != before
    assert pruned.sum() == round(before.size * percent / 100)
    assert (after[pruned] == 0).all()
    assert np.abs(before[pruned]).max(initial=0) <= np.abs(before[~pruned]).min(initial=np.inf)
    for old, new in zip(original.layers, result.layers, strict=True):
        np.testing.assert_array_equal(old.bias, new.bias)


def test_pruning_takes_layers_by_their_own_weights() -> None:
    """A layer with large weights stays whole while half of all weights, those of the other, go."""
    small, large = network(10, 10, spread=1e-4).layers[0], network(10, 10, spread=100, seed=8).layers[0]
    result = edited(NetworkWeights((small, large), "relu", 0), [Prune(50)])
    assert result.layers[1] is large
    assert not result.layers[0].kernel.any()


def test_pruning_a_diverged_network_keeps_what_is_no_number() -> None:
    result = edited(diverged(network(*SIZES)), [Prune(50)])
    assert math.isnan(result.layers[0].kernel[0, 0])


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (SwitchOff(3, 0), "There is no layer 4: this network has the layers 1 to 3."),
        (SwitchOff(0, 8), "Layer 1 has no unit 8: its units are 0 to 7."),
        (ScaleUnit(2, 10, 1), "Layer 3 has no unit 10: its units are 0 to 9."),
        (
            ScaleUnit(0, 0, math.inf),
            "A weight cannot be changed by inf: it must be a number from −3.4e38 to 3.4e38.",
        ),
        (
            ShiftBias(0, 0, math.nan),
            "A weight cannot be changed by nan: it must be a number from −3.4e38 to 3.4e38.",
        ),
        (SetWeight(0, 784, 0, 1), "Layer 1 has no input 784: its inputs are 0 to 783."),
        (SetWeight(1, -1, 0, 1), "Layer 2 has no input -1: its inputs are 0 to 7."),
        (
            SetWeight(0, 0, 0, 1e39),
            "A weight cannot be changed by 1e+39: it must be a number from −3.4e38 to 3.4e38.",
        ),
        (Prune(-0.5), "-0.5\u00a0% of the weights cannot be pruned: choose from 0 to 100\u00a0%."),
        (Prune(100.5), "100.5\u00a0% of the weights cannot be pruned: choose from 0 to 100\u00a0%."),
        (Prune(math.nan), "nan\u00a0% of the weights cannot be pruned: choose from 0 to 100\u00a0%."),
    ],
)
def test_an_impossible_edit_is_refused_in_one_sentence(edit: Edit, sentence: str) -> None:
    with pytest.raises(InspectionError) as caught:
        edited(network(*SIZES), [edit])
    assert str(caught.value) == sentence


def test_what_leaves_float32_becomes_infinite_without_a_warning() -> None:
    result = edited(network(*SIZES), [ScaleUnit(0, 0, 3e38), ScaleUnit(0, 0, 3e38), ShiftBias(0, 0, 3e38)])
    assert np.isinf(result.layers[1].kernel[0]).all()
