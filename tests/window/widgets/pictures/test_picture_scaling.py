"""Pictures at another size: sharp where pixels fit, of the same lightness everywhere, never beyond their neighbours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.window.widgets.pictures.picture_scaling import scaled

PICTURES = np.random.default_rng(0).integers(0, 256, (5, 28, 28), np.uint8)


@pytest.mark.parametrize("scale", [1, 2, 5])
def test_a_whole_scale_repeats_every_pixel(scale: int) -> None:
    expected = np.kron(PICTURES, np.ones((1, scale, scale), np.uint8))
    assert np.array_equal(scaled(PICTURES, 28 * scale), expected)


@pytest.mark.parametrize("side", [29, 44, 55, 62, 83])
def test_pixels_between_are_means_of_what_they_cover(side: int) -> None:
    fine = np.kron(PICTURES.astype(np.float64), np.ones((1, side, side)))  # each of `side` pixels covers 28 of these
    expected = fine.reshape(5, side, 28, side, 28).mean(axis=(2, 4))
    assert np.abs(scaled(PICTURES, side) - expected).max() <= 2, "it is counted in 256ths"


@given(st.integers(1, 200), st.integers(0, 255))
def test_an_even_picture_stays_even(side: int, level: int) -> None:
    result = scaled(np.full((2, 28, 28), level, np.uint8), side)
    assert result.shape == (2, side, side)
    assert result.flags.c_contiguous
    assert (result == level).all()


def test_no_pictures() -> None:
    assert scaled(PICTURES[:0], 44).shape == (0, 44, 44)
