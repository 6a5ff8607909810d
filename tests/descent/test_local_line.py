"""The line through a point: its gap to the curve, how far it may be trusted, and what rounding does to differences."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.descent.functions import FUNCTIONS, Function, function_of
from mnist_lab.descent.local_line import (
    Trust,
    bend,
    direction,
    error_curve,
    judge_line,
    local_line,
    rounding_card,
    step_line,
)
from mnist_lab.descent.typed import typed_function

BOWL = function_of("bowl")


@pytest.mark.parametrize("x", [-2.0, -0.5, 0.0, 0.75, 3.0])
@pytest.mark.parametrize("epsilon", [-1.0, -0.125, 2.0**-10, 0.5, 4.0])
def test_for_a_parabola_the_error_is_exactly_epsilon_squared(x: float, epsilon: float) -> None:
    line = local_line(BOWL, x, epsilon)
    assert (line.x, line.y, line.slope, line.epsilon) == (x, x * x, 2 * x, epsilon)
    assert line.true == (x + epsilon) ** 2
    assert line.predicted == x * x + 2 * x * epsilon
    assert line.error == epsilon**2
    assert line.relative == epsilon


@given(st.floats(-100, 100), st.floats(-100, 100))
def test_and_for_any_numbers_but_for_rounding(x: float, epsilon: float) -> None:
    assert local_line(BOWL, x, epsilon).error == pytest.approx(epsilon**2, rel=1e-9, abs=1e-11)


@pytest.mark.parametrize("epsilon", [-3.0, 1e-3, 0.5])
def test_for_a_line_there_is_no_error(epsilon: float) -> None:
    line = local_line(typed_function("2*x + 1").function, 0.5, epsilon)
    assert line.error == pytest.approx(0, abs=1e-15)
    assert judge_line(line).trust is Trust.TRUSTED


def test_where_there_is_no_slope_it_says_so_instead_of_a_number() -> None:
    line = local_line(function_of("absolute_value"), 0.0, 0.1)
    assert not line.has_slope
    assert np.isnan([line.slope, line.predicted, line.error, line.relative]).all()
    judgement = judge_line(line)
    assert judgement.trust is Trust.NO_SLOPE
    assert "no slope at x = 0" in judgement.sentence.text()
    assert "No slope here" in direction(function_of("absolute_value"), 0.0).text()
    assert local_line(function_of("absolute_value"), 0.5, 0.1).has_slope


@pytest.mark.parametrize(
    ("rate", "trust"),
    [
        (0.01, Trust.TRUSTED),
        (0.1, Trust.TRUSTED),
        (0.11, Trust.ROUGH),
        (0.5, Trust.ROUGH),
        (0.6, Trust.STRETCHED),
        (0.99, Trust.STRETCHED),
        (1.0, Trust.BROKEN),
        (1.1, Trust.BROKEN),
    ],
)
def test_a_step_is_a_trusted_epsilon(rate: float, trust: Trust) -> None:
    line = step_line(BOWL, 1.0, rate)
    assert line.epsilon == -2 * rate
    assert line.promised_change == -4 * rate
    assert judge_line(line).trust is trust
    assert judge_line(line).sentence.text().endswith(".")


def test_at_the_bottom_no_step_is_needed_and_no_way_is_down() -> None:
    assert step_line(BOWL, 0.0, 0.1).epsilon == 0
    assert "nothing to compare" in judge_line(step_line(BOWL, 0.0, 0.1)).sentence.text()
    judgement = judge_line(local_line(BOWL, 0.0, 0.5))
    assert judgement.trust is Trust.UNKNOWN  # no share of a promised change that is 0
    assert "predicts no change; at ε = 0.5 the true one is 0.25" in judgement.sentence.text()
    assert np.isnan(local_line(BOWL, 1.0, 0.0).relative)
    assert step_line(function_of("absolute_value"), 0.0, 0.1).epsilon == 0


@pytest.mark.parametrize(
    ("x", "epsilon", "sentence"),
    [
        (2.5, -0.12, "honest here: it predicts a change of −0.6, and the true one is −0.586, 2.4\u00a0% off."),
        (2.5, -1.2, "only roughly right here: it predicts a change of −6, but the true one is −4.56, 24\u00a0% off."),
        (
            2.5,
            -3.0,
            "You left the region where the line is honest: it predicts a change of −15, but the true one is −6.",
        ),
        (
            2.5,
            -5.0,
            "Far outside the region where the line is honest: it predicts a change of −25, but f is as high as",
        ),
        (2.5, -6.0, "predicts a change of −30, but the true one is 6, which is not even in the same direction."),
    ],
)
def test_how_far_the_line_is_right_is_told_in_numbers(x: float, epsilon: float, sentence: str) -> None:
    assert sentence in judge_line(local_line(BOWL, x, epsilon)).sentence.text()


def test_where_the_function_ends_the_line_is_not_judged() -> None:
    assert judge_line(local_line(typed_function("log(x)").function, 1.0, -2.0)).trust is Trust.UNKNOWN


def test_the_sign_rule() -> None:
    assert "−2 is negative: increase x a little" in direction(BOWL, -1.0).text()
    assert "2 is positive: decrease x a little" in direction(BOWL, 1.0).text()
    assert "slope is 0" in direction(BOWL, 0.0).text()


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.identifier)
@pytest.mark.parametrize("sign", [1, -1])
def test_the_error_falls_with_the_square_of_epsilon(function: Function, sign: int) -> None:
    curve = error_curve(function, function.start, sign)
    assert curve.epsilon.shape == curve.error.shape == curve.guide.shape == (61,)
    if np.isnan(curve.guide).all():
        assert function.identifier == "absolute_value"
        return
    middle = (curve.epsilon > 3e-4) & (curve.epsilon < 3e-3)
    np.testing.assert_allclose(curve.error[middle], curve.guide[middle], rtol=0.05)
    steepness = np.polyfit(np.log(curve.epsilon[middle]), np.log(curve.error[middle]), 1)[0]
    assert steepness == pytest.approx(2, abs=0.02)


def test_an_error_of_zero_is_not_for_a_logarithm() -> None:
    assert np.isnan(error_curve(function_of("absolute_value"), 1.0, largest=0.5).error[-20:]).any()


def test_the_published_rounding_card() -> None:
    rows = rounding_card()
    assert [row.epsilon for row in rows] == [1e-1, 1e-3, 1e-5, 1e-6, 1e-7]
    assert [row.single for row in rows] == pytest.approx([3.500, 3.4013, 3.409, 3.338, 4.768], abs=6e-4)
    assert [row.double for row in rows] == pytest.approx([3.5, 3.401, 3.40001, 3.400001, 3.4000001], abs=1e-6)
    assert all(row.slope == 3.4 for row in rows)


@pytest.mark.parametrize("x", [-1.0, 0.0, 2.0])
def test_under_a_microscope_a_smooth_curve_is_straight(x: float) -> None:
    bends = [bend(BOWL, (x - reach, x + reach), (0.0, 2 * reach)) for reach in (1.0, 0.1, 0.01)]
    assert bends == pytest.approx([0.5, 0.05, 0.005])  # ε² of 2·ε


def test_under_a_microscope_a_corner_stays_a_corner() -> None:
    curve = function_of("absolute_value")
    assert [bend(curve, (-reach, reach), (0.0, 2 * reach)) for reach in (1.0, 0.01, 1e-4)] == pytest.approx([0.5] * 3)
    assert bend(curve, (1.0, 2.0), (0.0, 2.0)) == pytest.approx(0.0)
    assert np.isnan(bend(replace(curve, f=lambda x: np.where(x > 0, x, np.nan)), (-1.0, 1.0), (0.0, 1.0)))
