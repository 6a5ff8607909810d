"""Statistics of a set of digits, against NumPy's own mean, standard deviation and histogram."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.tensors.digit_statistics import digit_statistics


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 2**32 - 1), samples=st.integers(1, 60))
def test_equals_numpy_digit_by_digit(seed: int, samples: int) -> None:
    generator = np.random.default_rng(seed)
    images = generator.integers(0, 256, (samples, 28, 28), dtype=np.uint8)
    labels = generator.integers(0, 10, samples, dtype=np.uint8)
    statistics = digit_statistics(images, labels)
    assert statistics is not None
    for digit in range(10):
        chosen = images[labels == digit]
        assert statistics.counts[digit] == len(chosen)
        if len(chosen):
            np.testing.assert_allclose(statistics.means[digit], chosen.mean(0))
            np.testing.assert_allclose(statistics.deviations[digit], chosen.std(0), atol=1e-6)
        else:
            assert np.isnan(statistics.means[digit]).all()
            assert np.isnan(statistics.deviations[digit]).all()
    np.testing.assert_array_equal(statistics.histogram, np.bincount(images.ravel(), minlength=256))


def test_chunks_and_odd_pixel_counts_lose_nothing() -> None:
    generator = np.random.default_rng(1)
    images = generator.integers(0, 256, (5_001, 3, 3), dtype=np.uint8)  # 45,009 pixels: an odd number
    labels = np.arange(5_001, dtype=np.uint64) % 10
    statistics = digit_statistics(images, labels.astype(np.uint8))
    assert statistics is not None
    assert statistics.histogram.sum() == images.size
    np.testing.assert_allclose(statistics.means[3], images[labels == 3].mean(0))


def test_a_pixel_that_never_changes_has_no_spread() -> None:
    statistics = digit_statistics(np.full((7, 28, 28), 137, np.uint8), np.full(7, 4, np.uint8))
    assert statistics is not None
    assert (statistics.means[4] == 137).all()
    assert (statistics.deviations[4] == 0).all()


def test_an_empty_set_has_counts_of_zero() -> None:
    statistics = digit_statistics(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8))
    assert statistics is not None
    assert statistics.counts.tolist() == [0] * 10
    assert statistics.means.shape == (10, 28, 28)


def test_cancelling_ends_before_the_next_chunk() -> None:
    asked = []

    def is_cancelled() -> bool:
        asked.append(True)
        return len(asked) == 2

    images = np.zeros((10_000, 28, 28), np.uint8)
    assert digit_statistics(images, np.zeros(10_000, np.uint8), is_cancelled) is None
    assert len(asked) == 2


def test_the_full_training_set(mnist_file: Path) -> None:
    with np.load(mnist_file, allow_pickle=False) as arrays:
        images, labels = arrays["x_train"], arrays["y_train"]
    statistics = digit_statistics(images, labels)
    assert statistics is not None
    assert statistics.counts.tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    mean = (statistics.histogram * np.arange(256)).sum() / statistics.histogram.sum() / 255
    assert mean == pytest.approx(0.1307, abs=1e-4)
