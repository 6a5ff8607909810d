"""A curve through measured values and slopes."""

import numpy as np
import pytest

from mnist_lab.descent.functions import Function, RealFunction
from mnist_lab.descent.path import End, descend
from mnist_lab.descent.sampled import sampled_function
from mnist_lab.descent.update_rules import rule_of


def sampled(places: np.ndarray, f: RealFunction, slope: RealFunction) -> Function:
    return sampled_function("s", "S", "f", "It is one.", places, f(places), slope(places), 0.5)


def cubic(x: np.ndarray) -> np.ndarray:
    return x**3 - 2 * x + 1


def cubic_slope(x: np.ndarray) -> np.ndarray:
    return 3 * x**2 - 2


def test_a_cubic_comes_out_exactly() -> None:
    function = sampled(np.array([-1.0, 0.0, 0.3, 2.0]), cubic, cubic_slope)
    x = np.linspace(-1, 2, 101)
    np.testing.assert_allclose(function.f(x), cubic(x), atol=1e-12)
    np.testing.assert_allclose(function.derivative(x), cubic_slope(x), atol=1e-12)
    assert function.domain == (-1.0, 2.0)


def test_other_curves_come_close_and_meet_at_the_measured_places() -> None:
    places = np.linspace(-3, 3, 21)
    function = sampled(places, np.sin, np.cos)
    x = np.linspace(-3, 3, 500)
    np.testing.assert_allclose(function.f(places), np.sin(places), atol=1e-15)
    np.testing.assert_allclose(function.derivative(places), np.cos(places), atol=1e-15)
    np.testing.assert_allclose(function.f(x), np.sin(x), atol=1e-4)


def test_outside_nothing_is_known() -> None:
    function = sampled(np.array([-1.0, 1.0]), cubic, cubic_slope)
    assert np.isnan(function.f(np.array([-1.01, 1.01]))).all()
    assert np.isnan(function.derivative(np.array([-1.01, 1.01, np.nan]))).all()
    assert descend(function, rule_of("sgd"), 0.5, 5.0, 10).end is End.NO_VALUE


@pytest.mark.parametrize(
    ("x", "values"), [([0.0], [1.0]), ([0.0, 0.0], [1.0, 2.0]), ([1.0, 0.0], [1.0, 2.0]), ([0.0, 1.0], [1.0])]
)
def test_what_does_not_fit_together_is_refused(x: list[float], values: list[float]) -> None:
    with pytest.raises(ValueError, match="ascend"):
        sampled_function("s", "S", "f", "It.", np.array(x), np.array(values), np.zeros(len(values)), 0.0)
