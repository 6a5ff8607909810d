"""Every function of the gallery: its slope is its slope, its texts are there, and it says where it has none."""

import numpy as np
import pytest

from mnist_lab.descent.functions import FUNCTIONS, Function, function_of

every_function = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.identifier)


def thousand_points(function: Function) -> np.ndarray:
    """1,000 places in the domain, none within the reach of a difference around a kink."""
    points = np.random.default_rng(1).uniform(*function.domain, 1_000)
    for kink in function.kinks:
        points = np.where(abs(points - kink) < 1e-3, points + 0.01, points)
    return points


@every_function
def test_every_entry_is_complete(function: Function) -> None:
    assert function_of(function.identifier) is function
    assert function.label
    assert function.formula
    assert function.teaches.endswith(".")
    low, high = function.domain
    assert low < function.start < high
    assert function.width == high - low
    assert np.isfinite([function.value_at(function.start), function.slope_at(function.start)]).all()


@every_function
def test_the_slope_is_the_central_difference_at_a_thousand_points(function: Function) -> None:
    x, reach = thousand_points(function), 1e-5
    difference = (function.f(x + reach) - function.f(x - reach)) / (2 * reach)
    np.testing.assert_allclose(function.derivative(x), difference, rtol=1e-6, atol=1e-7)


@every_function
def test_the_curvature_is_the_central_difference_of_the_slope(function: Function) -> None:
    x, reach = thousand_points(function), 1e-5
    difference = (function.derivative(x + reach) - function.derivative(x - reach)) / (2 * reach)
    np.testing.assert_allclose(function.curvature(x), difference, rtol=1e-6, atol=1e-6)
    assert function.curvature_at(float(x[0])) == function.curvature(x[:1])[0]


def test_without_a_known_curvature_it_is_a_difference() -> None:
    bowl = function_of("bowl")
    unknown = Function("x", "x", "x²", bowl.f, bowl.derivative, None, bowl.domain, 1.0, "It is one.")
    np.testing.assert_allclose(unknown.curvature(np.array([-1.0, 0.0, 2.0])), 2, rtol=1e-9)


@every_function
@pytest.mark.parametrize("shape", [(), (0,), (1,), (3, 4)])
def test_shapes_are_kept(function: Function, shape: tuple[int, ...]) -> None:
    x = np.full(shape, function.start)
    for answer in (function.f(x), function.derivative(x), function.curvature(x)):
        assert np.shape(answer) == shape
        assert np.asarray(answer).dtype == np.float64


@every_function
def test_all_of_the_domain_has_a_value(function: Function) -> None:
    x = np.linspace(*function.domain, 2_001)
    assert np.isfinite(function.f(x)).all()
    without_slope = x[np.isnan(function.derivative(x))]
    assert without_slope.tolist() == list(function.kinks)


def test_the_absolute_value_has_no_slope_at_zero() -> None:
    function = function_of("absolute_value")
    assert function.kinks == (0,)
    assert function.value_at(0) == 0
    assert np.isnan(function.slope_at(0))
    assert (function.slope_at(-1e-300), function.slope_at(1e-300)) == (-1, 1)


def test_a_saturated_plateau_does_not_overflow() -> None:
    function = function_of("plateau")
    assert function.f(np.array([-1e6, 1e6])) == pytest.approx([0.04, 0.64])
    assert function.derivative(np.array([-1e6, 1e6])).tolist() == [0, 0]


def test_a_real_loss_is_the_mean_over_its_samples() -> None:
    function = function_of("line_fit")
    assert function.sample_slopes is not None
    for x in (-1.0, 0.0, 2.5):
        slopes = function.sample_slopes(x)
        assert slopes.shape == (40,)
        assert slopes.mean() == pytest.approx(function.slope_at(x), abs=1e-12)
        assert slopes.std() > 0.5  # a cloud, not one slope forty times
