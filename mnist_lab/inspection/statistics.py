"""How the weights are spread, now against the start."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.weights import NetworkWeights

BINS = 60

Reals = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LayerHistogram:
    """How often which weight occurs in one layer's kernel, now and at the start. Biases, 0 at the start, are left out.

    Weights that are no finite numbers are counted apart and stand in none of the other figures.

    Attributes:
        edges: (bins + 1,) float64, rising, the same for both; symmetric about 0 and wide enough for every weight.
        now: (bins,) int64, how many weights lie in each bin.
        start: (bins,) int64, the same at the start.
        mean: of the weights now; NaN if none is finite.
        deviation: standard deviation of the weights now; NaN if none is finite.
        start_mean: as `mean`, at the start.
        start_deviation: as `deviation`, at the start.
        non_finite: how many weights are NaN or infinite now.
        start_non_finite: the same at the start.
    """

    edges: Reals
    now: NDArray[np.int64]
    start: NDArray[np.int64]
    mean: float
    deviation: float
    start_mean: float
    start_deviation: float
    non_finite: int
    start_non_finite: int


def layer_histograms(now: NetworkWeights, start: NetworkWeights, bins: int = BINS) -> tuple[LayerHistogram, ...]:
    """A histogram for each layer of the same network at two moments."""
    return tuple(
        _histogram(layer.kernel, first.kernel, bins) for layer, first in zip(now.layers, start.layers, strict=True)
    )


def _histogram(now: Array, start: Array, bins: int) -> LayerHistogram:
    finite_now, finite_start = _finite(now), _finite(start)
    limit = max(_largest(finite_now), _largest(finite_start)) or 1.0  # all weights 0: any width will do
    counts_now, edges = np.histogram(finite_now, bins, (-limit, limit))
    counts_start, _ = np.histogram(finite_start, bins, (-limit, limit))
    return LayerHistogram(
        edges,
        counts_now.astype(np.int64),
        counts_start.astype(np.int64),
        *_mean_and_deviation(finite_now),
        *_mean_and_deviation(finite_start),
        now.size - finite_now.size,
        start.size - finite_start.size,
    )


def _finite(kernel: Array) -> Reals:
    """Those that are finite, in one row; float64, in which neither their sum nor their range can overflow."""
    is_finite = np.isfinite(kernel)
    return (kernel.ravel() if is_finite.all() else kernel[is_finite]).astype(np.float64)


def _largest(numbers: Reals) -> float:
    """The largest magnitude, 0 for no numbers."""
    return max(float(numbers.max(initial=0)), -float(numbers.min(initial=0)))


def _mean_and_deviation(numbers: Reals) -> tuple[float, float]:
    if not numbers.size:
        return float("nan"), float("nan")
    return float(numbers.mean()), float(numbers.std())
