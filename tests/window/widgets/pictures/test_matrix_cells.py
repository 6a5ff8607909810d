"""Fewer cells without losing the largest, and colours that mean what the scale says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.window.widgets.pictures.matrix_cells import pooled, shades
from mnist_lab.window.widgets.pictures.tile_mosaic import GAP, ZERO


@given(st.integers(1, 23), st.integers(1, 23), st.integers(1, 5), st.integers(1, 5), st.booleans())
def test_each_block_keeps_its_largest_magnitude_with_its_sign(
    rows: int, columns: int, down: int, across: int, turned: bool
) -> None:
    generator = np.random.default_rng(rows * 31 + columns)
    values = generator.normal(0, 1, (columns, rows)).T if turned else generator.normal(0, 1, (rows, columns))
    result = pooled(values, down, across)
    assert result.shape == (-(-rows // down), -(-columns // across))
    for row in range(result.shape[0]):
        for column in range(result.shape[1]):
            block = values[row * down : (row + 1) * down, column * across : (column + 1) * across].ravel()
            assert result[row, column] == block[np.abs(block).argmax()]


def test_what_is_not_finite_is_left_out_unless_there_is_nothing_else() -> None:
    values = np.array([[1.0, np.nan, np.inf, -np.inf], [-2.0, 0.5, np.nan, np.nan]])
    result = pooled(values, 2, 2)
    assert result[0, 0] == -2
    assert np.isnan(result[0, 1])


def test_shades_are_symmetric_about_zero() -> None:
    result = shades(np.array([[-2.0, -1.0, 0.0, 1.0, 2.0, np.nan, np.inf]]), 1.0)
    assert result.shape == (1, 8)
    assert result[0, :7].tolist() == [0, 0, ZERO, 2 * ZERO, 2 * ZERO, GAP, GAP]


@pytest.mark.parametrize("limit", [0.0, 1.0])
def test_zeros_are_neutral_whatever_the_limit(limit: float) -> None:
    assert (shades(np.zeros((2, 4)), limit) == ZERO).all()
