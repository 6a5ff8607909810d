"""Shown lines, the others and the bias make the unit's own number: any network of the form, any output, any layer."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.experiment import ACTIVATIONS
from mnist_lab.inspection.flow.mattering import Asked
from mnist_lab.inspection.flow.network_flow import LayerFlow, network_flow, shown_units
from mnist_lab.inspection.forward import LayerTrace, trace
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from tests.inspection.networks import diverged, network, some_images

NEAR = 1e-4


def glorot(sizes: list[int], activation: str, seed: int) -> NetworkWeights:
    """A network as Keras begins one, with biases as training leaves them."""
    generator = np.random.default_rng(seed)
    layers = []
    for inputs, units in itertools.pairwise(sizes):
        limit = math.sqrt(6 / (inputs + units))
        kernel = generator.uniform(-limit, limit, (inputs, units)).astype(np.float32)
        layers.append(DenseWeights(kernel, generator.normal(0, 0.1, units).astype(np.float32)))
    return NetworkWeights(tuple(layers), activation, 0)


def check_sums(weights: NetworkWeights, traces: tuple[LayerTrace, ...], layers: tuple[LayerFlow, ...]) -> None:
    for index, (layer, traced) in enumerate(zip(layers, traces, strict=True)):
        assert layer.lines.shape == (len(layer.inputs), len(layer.units))
        assert layer.others == len(weights.layers[index].kernel) - len(layer.inputs)
        inputs = traced.inputs.mean(axis=0, dtype=np.float64)
        for place, unit in enumerate(layer.units):
            column = weights.layers[index].kernel[:, unit].astype(np.float64)
            np.testing.assert_array_equal(layer.lines[:, place], column[layer.inputs] * inputs[layer.inputs])
            whole = math.fsum(column * inputs) + float(weights.layers[index].bias[unit])
            made = math.fsum([*layer.lines[:, place], layer.rest[place], layer.biases[place]])
            assert made == pytest.approx(whole, abs=1e-9)
            assert layer.sums[place] == pytest.approx(made, abs=1e-9)
            assert abs(made - float(traced.sums[:, unit].mean(dtype=np.float64))) < NEAR, "the network's own number"
            assert layer.own[place] == pytest.approx(float(traced.sums[:, unit].mean(dtype=np.float64)))
            assert layer.outputs[place] == pytest.approx(float(traced.outputs[:, unit].mean(dtype=np.float64)))


@settings(max_examples=60)
@given(
    hidden=st.lists(st.sampled_from([1, 2, 3, 8, 17, 60, 200]), min_size=1, max_size=4),
    activation=st.sampled_from(ACTIVATIONS),
    seed=st.integers(0, 10_000),
    places=st.integers(1, 40),
    pair=st.tuples(st.integers(0, 9), st.none() | st.integers(0, 9)),
    pictures=st.sampled_from([1, 1, 1, 5]),
)
def test_the_sums_are_exact(
    hidden: list[int], activation: str, seed: int, places: int, pair: tuple[int, int | None], pictures: int
) -> None:
    weights = glorot([784, *hidden, 10], activation, seed)
    traces = trace(weights, some_images(pictures, seed))
    asked = Asked(*pair)
    shown = shown_units(weights, traces, asked, (places,) * len(hidden))
    assert [len(units) for units in shown] == [min(places, units) for units in hidden]
    flow = network_flow(weights, traces, asked, shown)
    check_sums(weights, traces, flow.layers)
    summed = flow.asked_sum
    logits = traces[-1].sums.astype(np.float64).mean(axis=0)
    expected = logits[pair[0]] - (0 if pair[1] is None else logits[pair[1]])
    assert math.fsum([*summed.lines, summed.rest, summed.bias]) == pytest.approx(summed.total, abs=1e-9)
    assert summed.total == pytest.approx(expected, abs=2 * NEAR)
    assert summed.own == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("hidden", [(2048,), (1024, 2048, 512, 64), (1, 1, 1, 1)])
def test_the_sums_are_exact_in_wide_and_deep_networks(activation: str, hidden: tuple[int, ...]) -> None:
    weights = glorot([784, *hidden, 10], activation, 3)
    traces = trace(weights, some_images(1))
    flow = network_flow(weights, traces, Asked(5), shown_units(weights, traces, Asked(5), (16,) * len(hidden)))
    check_sums(weights, traces, flow.layers)


def test_a_pixel_goes_where_its_weight_and_its_ink_say() -> None:
    weights, image = network(784, 30, 10), some_images(1)
    traces = trace(weights, image)
    flow = network_flow(weights, traces, Asked(0), shown_units(weights, traces, Asked(0), (8,)))
    np.testing.assert_array_equal(flow.tiles, weights.layers[0].kernel[:, flow.layers[0].units])
    together = np.sum([flow.from_pixel(pixel) for pixel in range(784)], axis=0)
    np.testing.assert_allclose(together, flow.layers[0].rest, atol=1e-9)
    assert flow.from_pixel(300) == pytest.approx(image[0, 300] * flow.tiles[300].astype(np.float64))


def test_what_is_off_and_what_is_largest() -> None:
    weights = network(784, 40, 10)
    traces = trace(weights, some_images(1))
    flow = network_flow(weights, traces, Asked(0), (np.arange(40),))
    outputs = traces[0].outputs[0]
    assert flow.layers[0].is_off.tolist() == (outputs <= 0.01).tolist()
    assert flow.layers[0].active == np.count_nonzero(outputs > 0.01)
    assert flow.layers[0].largest == pytest.approx(outputs.max())
    assert flow.is_finite


def test_a_diverged_network_is_shown_as_it_is() -> None:
    weights = diverged(network(784, 6, 10))
    traces = trace(weights, some_images(1))
    flow = network_flow(weights, traces, Asked(1), shown_units(weights, traces, Asked(1), (4,)))
    assert not flow.is_finite
    assert math.isfinite(flow.layers[0].largest)


def test_no_hidden_layer_is_a_network_too() -> None:
    weights = network(784, 10)
    traces = trace(weights, some_images(1))
    flow = network_flow(weights, traces, Asked(1), shown_units(weights, traces, Asked(1), ()))
    check_sums(weights, traces, flow.layers)
    assert flow.tiles.shape == (784, 10)
