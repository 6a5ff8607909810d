"""Batches guess the slope: right on the average, the same for the same step, and true for all samples."""

import numpy as np
import pytest

from mnist_lab.descent.functions import FUNCTIONS, Function, function_of
from mnist_lab.descent.noise import (
    SAMPLES,
    SIZES,
    Batches,
    batch_slope,
    has_real_samples,
    sample_slopes,
    slope_cloud,
    slope_clouds,
)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.identifier)
def test_samples_average_to_the_true_slope(function: Function) -> None:
    slopes = sample_slopes(function, function.start)
    assert slopes.shape == (SAMPLES,)
    assert slopes.mean() == pytest.approx(function.slope_at(function.start), abs=1e-12)
    assert batch_slope(function, function.start, 3, Batches(SAMPLES)) == function.slope_at(function.start)


def test_only_the_line_has_real_samples() -> None:
    assert [function.identifier for function in FUNCTIONS if has_real_samples(function)] == ["line_fit"]


def test_the_spread_of_pretended_samples_is_as_said() -> None:
    assert sample_slopes(function_of("bowl"), 1.0, spread=3.0).std() == pytest.approx(3.0)


def test_a_draw_depends_on_seed_and_step_alone() -> None:
    bowl = function_of("bowl")
    draws = [[batch_slope(bowl, 1.0, step, Batches(4, seed)) for step in range(30)] for seed in (0, 0, 1)]
    assert draws[0] == draws[1] != draws[2]
    assert len(set(draws[0])) == 30


@pytest.mark.parametrize("identifier", ["bowl", "line_fit"])
def test_a_larger_batch_guesses_better(identifier: str) -> None:
    function = function_of(identifier)
    true_slope = function.slope_at(1.0)
    spreads = []
    for size in (1, 10, 30):
        cloud = slope_cloud(function, 1.0, Batches(size), 300)
        assert cloud.shape == (300,)
        assert cloud.mean() == pytest.approx(true_slope, abs=4 * cloud.std() / np.sqrt(300) + 1e-12)
        spreads.append(cloud.std())
    assert spreads[0] > 2 * spreads[1] > 2 * spreads[2] > 0
    assert np.ptp(slope_cloud(function, 1.0, Batches(SAMPLES), 9)) == 0
    assert slope_cloud(function, 1.0, Batches(1), 5)[3] == batch_slope(function, 1.0, 3, Batches(1))


@pytest.mark.parametrize("size", SIZES)
def test_a_cloud_is_what_the_steps_draw(size: int) -> None:
    function = function_of("line_fit")
    cloud = slope_cloud(function, 0.3, Batches(size, 5), 20)
    drawn = [batch_slope(function, 0.3, step, Batches(size, 5)) for step in range(20)]
    assert cloud == pytest.approx(drawn, rel=1e-12)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.identifier)
def test_clouds_narrow_around_the_true_slope(function: Function) -> None:
    clouds = slope_clouds(function, function.start)
    assert [cloud.size for cloud in clouds] == list(SIZES)
    assert {cloud.true_slope for cloud in clouds} == {function.slope_at(function.start)}
    assert clouds[0].spread > 2 * clouds[1].spread > clouds[2].spread == 0.0
    for cloud in clouds:
        assert cloud.average == pytest.approx(cloud.true_slope, abs=4 * cloud.doubt + 1e-12)
    assert np.array_equal(clouds[0].slopes, slope_clouds(function, function.start)[0].slopes)


def test_there_is_no_cloud_where_there_is_no_slope() -> None:
    assert all(np.isnan(cloud.slopes).all() for cloud in slope_clouds(function_of("absolute_value"), 0.0))
