"""Which units are shown: those that matter most, in places that stay."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.experiment import ACTIVATIONS
from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.flow.mattering import LOYALTY, Asked, choose, importances
from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.weights import NetworkWeights
from tests.inspection.networks import diverged, network, some_images


def test_in_the_last_hidden_layer_it_is_the_size_of_the_line() -> None:
    weights, image = network(784, 12, 10), some_images(1)
    traces = trace(weights, image)
    kernel, outputs = weights.layers[-1].kernel, traces[0].outputs[0]
    for asked, reach in ((Asked(4), kernel[:, 4]), (Asked(7, 9), kernel[:, 7] - kernel[:, 9])):
        np.testing.assert_allclose(importances(weights, traces, asked)[0], np.abs(outputs * reach), rtol=1e-6)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_in_the_layers_before_it_is_output_times_slope(activation: str) -> None:
    """The slope of a logit along an output is that along the outgoing weights, each divided by the output."""
    weights, image = network(784, 9, 7, 10, activation=activation), some_images(1)
    traces = trace(weights, image)
    found = importances(weights, traces, Asked(2))
    output, step = traces[0].outputs[0].astype(np.float64), 1e-3
    for unit in range(9):
        sums = [traces[1].sums[0] + sign * step * weights.layers[1].kernel[unit] for sign in (1, -1)]
        logits = [_logit(weights, activation, one) for one in sums]
        assert found[0][unit] == pytest.approx(abs(output[unit] * (logits[0] - logits[1]) / (2 * step)), abs=3e-3)


def _logit(weights: NetworkWeights, activation: str, sums: np.ndarray) -> float:
    outputs = ACTIVATION_FUNCTIONS[activation](sums.astype(np.float64))
    return float(outputs @ weights.layers[2].kernel[:, 2] + weights.layers[2].bias[2])


def test_of_a_batch_it_is_the_mean() -> None:
    weights, images = network(784, 8, 6, 10), some_images(3)
    together = importances(weights, trace(weights, images), Asked(1))
    alone = [importances(weights, trace(weights, image[None]), Asked(1)) for image in images]
    for layer, found in enumerate(together):
        np.testing.assert_allclose(found, np.mean([one[layer] for one in alone], axis=0), rtol=1e-5)


def test_what_overflows_matters_nothing_and_what_is_not_there_is_refused() -> None:
    weights = diverged(network(784, 6, 10))
    traces = trace(weights, some_images(1))
    assert np.isfinite(importances(weights, traces, Asked(0))[0]).all()
    with pytest.raises(InspectionError, match="Layer 2 has no unit 10"):
        importances(weights, traces, Asked(10))
    with pytest.raises(InspectionError, match="Layer 2 has no unit -1"):
        importances(weights, traces, Asked(3, -1))


def test_the_first_choice_is_in_order_and_of_equals_the_lower_index_comes_first() -> None:
    assert choose(np.array([1.0, 3, 3, 0, 2]), 4).tolist() == [1, 2, 4, 0]
    assert choose(np.zeros(5), 3).tolist() == [0, 1, 2]
    assert choose(np.array([1.0, 2]), 8).tolist() == [1, 0]


def test_who_is_shown_stays_in_place_until_another_matters_clearly_more() -> None:
    before = np.array([4, 0, 2])
    importance = np.array([1.0, 1.4, 1.0, 0.0, 1.0])
    assert choose(importance, 3, before).tolist() == [4, 0, 2]
    importance[1] = LOYALTY * 1.01
    importance[0] = 0.9
    assert choose(importance, 3, before).tolist() == [4, 1, 2]
    assert choose(importance, 5, before).tolist() == [4, 0, 2, 1, 3]
    assert choose(importance, 2, before).tolist() == [2, 1], "fewer places: who stays closes up"


@given(
    importance=st.lists(st.floats(0, 10), min_size=1, max_size=40),
    count=st.integers(1, 12),
    data=st.data(),
)
def test_a_choice_is_whole_and_repeats(importance: list[float], count: int, data: st.DataObject) -> None:
    values = np.array(importance)
    before = data.draw(st.permutations(range(len(values))))[: data.draw(st.integers(0, 12))]
    chosen = choose(values, count, np.array(before, np.intp))
    assert len(set(chosen.tolist())) == len(chosen) == min(count, len(values))
    assert choose(values, count, chosen).tolist() == chosen.tolist(), "what is shown stays"
    left_out = np.setdiff1d(np.arange(len(values)), chosen)
    if len(left_out):
        assert values[chosen].min() * LOYALTY >= values[left_out].max() * (1 - 1e-12)
    if len(before) <= count:
        for place, unit in enumerate(before):
            assert unit not in chosen or chosen[place] == unit
