"""Same weights, same colours; zero is neutral; every unit has its tile."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.window.widgets.pictures import tile_mosaic
from mnist_lab.window.widgets.pictures.tile_mosaic import GAP, SIDE, ZERO, TileGrid


def random_kernel(units: int) -> np.ndarray:
    return np.random.default_rng(units).normal(0, 0.1, (784, units)).astype(np.float32)


@pytest.mark.parametrize(
    ("weights", "limit"),
    [([0.3071, -0.1], 0.31), ([0.01, -0.31], 0.31), ([0, 0], 0), ([2.0, 1], 2), ([1e-7, 0], 1e-7), ([99.1, 0], 100)],
)
def test_limit_is_the_largest_weight_rounded_up(weights: list[float], limit: float) -> None:
    assert tile_mosaic.limit_of(np.array(weights, np.float32)) == pytest.approx(limit)


def test_limit_looks_past_what_is_not_finite() -> None:
    assert tile_mosaic.limit_of(np.array([np.nan, 0.2, -np.inf], np.float32)) == pytest.approx(0.2)
    assert tile_mosaic.limit_of(np.array([np.nan], np.float32)) == 0
    assert tile_mosaic.limit_of(np.empty((784, 0), np.float32)) == 0


@given(st.floats(-1e6, 1e6, width=32).filter(lambda value: abs(value) > 1e-30))
def test_no_weight_is_beyond_the_limit(weight: float) -> None:
    kernel = np.full((784, 1), weight, np.float32)
    limit = tile_mosaic.limit_of(kernel)
    assert abs(weight) <= limit * (1 + 1e-6)
    assert limit <= abs(weight) * 1.12
    shades = tile_mosaic.paint_mosaic(kernel, limit, 1)
    assert (int(shades[0, 0]) > ZERO) == (weight > 0)


def test_weights_become_shades() -> None:
    kernel = np.zeros((784, 1), np.float32)
    kernel[:6, 0] = [-0.5, 0.5, 0, 0.25, -0.25, np.nan]
    shades = tile_mosaic.paint_mosaic(kernel, 0.5, 1)
    assert shades[0, :6].tolist() == [0, 254, ZERO, 191, 64, GAP]
    assert (shades[1:28, :28] == ZERO).all()


def test_all_zero_is_neutral() -> None:
    assert (tile_mosaic.paint_mosaic(np.zeros((784, 1), np.float32), 0, 1)[:, :28] == ZERO).all()


@given(st.integers(1, 70), st.integers(1, 9))
def test_each_unit_stands_in_its_tile(units: int, columns: int) -> None:
    kernel = random_kernel(units)
    limit = tile_mosaic.limit_of(kernel)
    mosaic = tile_mosaic.paint_mosaic(kernel, limit, columns)
    assert mosaic.shape[1] % 4 == 0
    grid = TileGrid(columns, -(-units // columns), 1)
    for unit in (0, units // 2, units - 1):
        left, top = grid.place(unit)
        tile = mosaic[top : top + SIDE, left : left + SIDE].astype(int)
        expected = kernel[:, unit].reshape(SIDE, SIDE) / limit * ZERO + ZERO
        assert np.abs(tile - expected).max() <= 0.51
    drawn = np.count_nonzero(mosaic != GAP)
    assert drawn == units * SIDE * SIDE


@given(st.integers(1, 5000), st.integers(20, 2000), st.integers(20, 1500), st.integers(1, 3))
def test_tiles_stay_inside_and_large(units: int, width: int, height: int, smallest: int) -> None:
    grid = tile_mosaic.fit(units, width, height, smallest)
    assert grid.scale >= smallest
    assert grid.tiles >= 1
    if width >= 30 * smallest and height >= 30 * smallest:
        right = width - grid.place(grid.columns - 1)[0] - grid.side
        bottom = height - grid.place((grid.rows - 1) * grid.columns)[1] - grid.side
        assert 0 <= right - grid.left <= 1, "in the middle"
        assert 0 <= bottom - grid.top <= 1
        assert grid.left >= 0 <= grid.top
    if grid.tiles < units:
        assert grid.scale == smallest


def covered(units: int, grid: TileGrid) -> int:
    return min(units, grid.tiles) * grid.pitch**2


@given(st.integers(1, 2048), st.integers(60, 2300), st.integers(60, 1300))
def test_no_other_size_covers_much_more(units: int, width: int, height: int) -> None:
    grid, best = tile_mosaic.fit(units, width, height, 1), 0
    for pitch in range(30, 721):
        one = TileGrid(1, 1, pitch / 30)
        columns, rows = (width + one.gap) // pitch, (height + one.gap) // pitch
        if columns * rows >= units:
            best = max(best, units * pitch**2)
    assert covered(units, grid) >= 0.9 * best


def test_a_row_that_is_not_full_lacks_few() -> None:
    for units, columns, rows in ((7, 4, 2), (10, 5, 2), (3, 3, 1), (12, 6, 2)):
        grid = tile_mosaic.fit(units, 600, 200, 1)
        assert (grid.columns, grid.rows) == (columns, rows), units


def test_tiles_are_two_pixels_apart_at_the_smallest_scale() -> None:
    assert TileGrid(26, 4, 1).pitch - SIDE == 2


@pytest.mark.parametrize(
    ("units", "width", "height", "least"), [(64, 764, 187, 0.8), (512, 2040, 390, 0.9), (512, 2300, 1000, 0.9)]
)
def test_tiles_use_their_panel(units: int, width: int, height: int, least: float) -> None:
    """At whole scales alone, these would leave half of it and more empty."""
    grid = tile_mosaic.fit(units, width, height, 1)
    assert grid.tiles >= units
    assert units * grid.pitch**2 / (width * height) > least
    assert grid.pitch == grid.side + grid.gap
    assert grid.gap >= 2


@pytest.mark.parametrize(("units", "width", "height"), [(512, 2000, 500), (512, 1661, 322), (128, 679, 213)])
def test_what_stays_free_is_less_than_a_pixel_a_tile(units: int, width: int, height: int) -> None:
    """Squares of one size cannot fill any panel: of those that fit, these are the largest."""
    grid = tile_mosaic.fit(units, width, height, 1)
    largest = max(min(width / columns, height / -(-units // columns)) for columns in range(1, units + 1))
    assert largest - 1 < grid.pitch <= largest + grid.gap
    assert grid.tiles >= units


def test_fewer_units_are_shown_larger() -> None:
    scales = [tile_mosaic.fit(units, 900, 500, 1).scale for units in (1, 16, 64, 512)]
    assert scales == sorted(scales, reverse=True)
    assert tile_mosaic.fit(1, 900, 500, 1).side == 500, "one unit fills the height"
    assert scales[-1] == 1
