"""A line to draw has a gap at every pole and jump, and nowhere else."""

from dataclasses import replace

import numpy as np
import pytest

from mnist_lab.descent.curves import height_limits, kinks, sample_curve
from mnist_lab.descent.functions import FUNCTIONS, Function, RealFunction, function_of
from mnist_lab.descent.typed import typed_function


def made(f: RealFunction, slope: RealFunction) -> Function:
    return replace(function_of("bowl"), f=f, derivative=slope, second_derivative=None)


POLE = typed_function("1/(x - 0.3)").function
TWO_SIDED_POLE = typed_function("1/(x - 0.3)^2").function
STEP = made(lambda x: np.where(x < 0.3, 0.0, 1.0), np.zeros_like)
TANGENT = made(np.tan, lambda x: 1 + np.tan(x) ** 2)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.identifier)
def test_the_gallery_has_no_gaps(function: Function) -> None:
    x, y = sample_curve(function, *function.domain, 600)
    assert x.shape == y.shape == (600,)
    assert (x[0], x[-1]) == function.domain
    np.testing.assert_array_equal(y, function.f(x))


@pytest.mark.parametrize(
    ("function", "gaps"), [(POLE, [0.3]), (STEP, [0.3]), (TANGENT, [-np.pi / 2, np.pi / 2]), (TWO_SIDED_POLE, [])]
)
def test_a_pole_or_a_jump_interrupts_the_line(function: Function, gaps: list[float]) -> None:
    """The line to a pole that rises on both sides may be drawn: it goes where the function goes."""
    x, y = sample_curve(function, -3, 3, 501)
    assert x[np.isnan(y)] == pytest.approx(gaps, abs=0.012)
    assert (np.diff(x) >= 0).all()
    assert len(x) == 501 + len(gaps)


def test_where_there_is_no_value_there_is_no_line() -> None:
    function = made(
        lambda x: np.where(x > 0, np.sqrt(np.maximum(x, 0)), np.nan),
        lambda x: np.where(x > 0, 0.5 / np.sqrt(np.maximum(x, 1e-300)), np.nan),
    )
    x, y = sample_curve(function, -1, 1, 100)
    np.testing.assert_array_equal(np.isnan(y), x <= 0)


def test_a_steep_but_continuous_curve_is_not_interrupted() -> None:
    function = made(lambda x: np.tanh(200 * (x - 0.301)), lambda x: 200 / np.cosh(200 * np.clip(x - 0.301, -3, 3)) ** 2)
    assert np.isfinite(sample_curve(function, -3, 3, 100)[1]).all()


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.identifier)
def test_kinks_are_found_where_the_gallery_says_they_are(function: Function) -> None:
    assert kinks(function, *function.domain).tolist() == list(function.kinks)


def test_a_pole_is_no_kink() -> None:
    for function in (POLE, TWO_SIDED_POLE, TANGENT):
        assert len(kinks(function, -2.9, 3)) == 0


def test_heights_show_the_curve_and_not_the_pole() -> None:
    assert height_limits(np.array([0.0, 1.0, 2.0])) == pytest.approx((-0.1, 2.1))
    _, y = sample_curve(POLE, -3, 3, 5_001)
    low, high = height_limits(y)
    assert np.nanmax(y) > 500
    assert -60 < low < -1
    assert 1 < high < 60


@pytest.mark.parametrize("y", [[], [np.nan], [3.0], [3.0, 3.0, np.nan], [0.0], [-1e300, 1e300]])
def test_heights_of_hardly_any_curve_are_still_a_range(y: list[float]) -> None:
    low, high = height_limits(np.array(y))
    assert np.isfinite([low, high]).all()
    assert low < high
