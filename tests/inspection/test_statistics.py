"""Histograms count every finite weight on shared edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnist_lab.inspection.statistics import layer_histograms
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from tests.inspection.networks import network

kernels = arrays(np.float32, (3, 4), elements=st.floats(width=32, allow_nan=True, allow_infinity=True))


def of_one_layer(kernel: np.ndarray) -> NetworkWeights:
    return NetworkWeights((DenseWeights(kernel.copy(), np.zeros(kernel.shape[1], np.float32)),), "relu", 0)


@given(kernels, kernels)
def test_every_finite_weight_is_counted_once(now: np.ndarray, start: np.ndarray) -> None:
    (histogram,) = layer_histograms(of_one_layer(now), of_one_layer(start), bins=8)
    assert histogram.now.sum() + histogram.non_finite == histogram.start.sum() + histogram.start_non_finite == 12
    assert histogram.non_finite == np.count_nonzero(~np.isfinite(now))
    assert (len(histogram.edges), len(histogram.now), len(histogram.start)) == (9, 8, 8)
    assert (np.diff(histogram.edges) > 0).all()
    np.testing.assert_array_equal(histogram.edges, -histogram.edges[::-1])
    finite = now[np.isfinite(now)].astype(np.float64)
    assert math.isnan(histogram.mean) == math.isnan(histogram.deviation) == (not finite.size)
    if finite.size:
        assert finite.min() <= histogram.mean + 1e-9 * abs(histogram.mean)
        assert histogram.edges[0] <= finite.min() <= finite.max() <= histogram.edges[-1]


def test_a_histogram_by_hand() -> None:
    now = np.array([[-1, -0.9, 0.1, 0.2]], np.float32)
    start = np.array([[0.3, 0.6, 2, np.nan]], np.float32)
    (histogram,) = layer_histograms(of_one_layer(now), of_one_layer(start), bins=4)
    assert histogram.edges.tolist() == [-2, -1, 0, 1, 2]
    assert histogram.now.tolist() == [0, 2, 2, 0]
    assert histogram.start.tolist() == [0, 0, 2, 1]
    assert (histogram.non_finite, histogram.start_non_finite) == (0, 1)
    assert histogram.mean == pytest.approx(-0.4)
    assert histogram.deviation == pytest.approx(math.sqrt((0.36 + 0.25 + 0.25 + 0.36) / 4))
    assert histogram.start_mean == pytest.approx(2.9 / 3)
    assert histogram.start_deviation == pytest.approx(np.std([0.3, 0.6, 2]))


def test_each_layer_has_its_own_edges() -> None:
    now = network(784, 6, 5, 10)
    histograms = layer_histograms(now, network(784, 6, 5, 10, seed=2, spread=0.5))
    assert [histogram.now.sum() for histogram in histograms] == [784 * 6, 30, 50]
    assert len({float(histogram.edges[-1]) for histogram in histograms}) == 3
    for histogram, layer in zip(histograms, now.layers, strict=True):
        assert histogram.deviation == pytest.approx(0.2, rel=0.3)
        assert histogram.mean == pytest.approx(float(layer.kernel.mean()), abs=1e-6)


def test_weights_that_are_all_zero_have_a_histogram() -> None:
    nothing = of_one_layer(np.zeros((3, 4), np.float32))
    (histogram,) = layer_histograms(nothing, nothing)
    assert histogram.now.sum() == 12
    assert (histogram.mean, histogram.deviation) == (0, 0)
