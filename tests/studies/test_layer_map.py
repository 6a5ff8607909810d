"""A map is of the layer that was asked for, on evenly spread images, with the network's own answers."""

import numpy as np
import pytest

from mnist_lab.inspection import maps
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.forward import scaled, trace
from mnist_lab.inspection.robustness import spread
from mnist_lab.studies.examined import Examined
from mnist_lab.studies.layer_map import MapRequest, compute_map
from mnist_lab.work import Cancelled, JobHandle
from tests.inspection.networks import diverged, network

WEIGHTS = network(784, 20, 15, 10)
IMAGES = np.random.default_rng(4).integers(0, 256, (60, 28, 28), np.uint8)
LABELS = np.arange(60, dtype=np.uint8) % 10


@pytest.mark.parametrize("layer", [0, 1, 2, 3])
def test_the_points_are_the_components_of_that_layer(layer: int) -> None:
    found = compute_map(MapRequest(WEIGHTS, IMAGES, LABELS, layer, "pca"), JobHandle())
    outputs = [traced.outputs for traced in trace(WEIGHTS, scaled(IMAGES))]
    activations = (scaled(IMAGES), *outputs)[layer]
    np.testing.assert_allclose(found.points, maps.pca(activations).points, rtol=1e-4, atol=1e-5)
    assert list(found.indices) == list(range(60))
    assert [found.examined.answer(index) for index in range(60)] == list(outputs[-1].argmax(axis=1))


def test_t_sne_keeps_the_number_of_images() -> None:
    told: list[tuple[int, int]] = []
    handle = JobHandle(lambda: told.append((handle.progress.done, handle.progress.total)))
    found = compute_map(MapRequest(WEIGHTS, IMAGES, LABELS, 1, "tsne"), handle)
    assert told == [(0, 4), *((stages, 4) for stages in range(5))]
    assert found.points.shape == (60, 2)
    assert found.explained is None


def test_a_cancelled_map_is_none() -> None:
    handle = JobHandle()
    handle.is_cancelled = True
    with pytest.raises(Cancelled):
        compute_map(MapRequest(WEIGHTS, IMAGES, LABELS, 1, "tsne"), handle)


def test_what_has_overflowed_cannot_be_mapped_but_the_pixels_can() -> None:
    weights = diverged(WEIGHTS)
    with pytest.raises(InspectionError, match="overflowed"):
        compute_map(MapRequest(weights, IMAGES, LABELS, 1, "pca"), JobHandle())
    found = compute_map(MapRequest(weights, IMAGES, LABELS, 0, "pca"), JobHandle())
    assert found.examined.answer(0) is None


def test_at_most_a_thousand_images_spread_over_all() -> None:
    chosen = spread(10_000)
    assert len(chosen) == 1000
    assert (chosen[0], chosen[-1]) == (0, 9999)
    assert 9 <= np.diff(chosen).min() <= np.diff(chosen).max() <= 11
    assert list(spread(3)) == [0, 1, 2]


def test_own_digits_come_mistakes_first() -> None:
    found: Examined = compute_map(MapRequest(WEIGHTS, IMAGES, LABELS, 0, "pca"), JobHandle()).examined
    order = found.mistakes_first()
    assert sorted(order) == list(range(60))
    is_right = found.evaluation.right[order]
    assert not is_right[: np.count_nonzero(~is_right)].any()
