"""Surfaces: gradients are gradients, minima are minima, and a descent goes forward and back."""

import numpy as np
import pytest

from mnist_lab.descent.surfaces import (
    SURFACES,
    Surface,
    SurfaceDescent,
    contour_levels,
    cross_section,
    grid,
    valley,
)
from mnist_lab.descent.update_rule import UpdateRule
from mnist_lab.descent.update_rules import RULES, rule_of

every_surface = pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.identifier)


@every_surface
def test_every_entry_is_complete(surface: Surface) -> None:
    assert [one.identifier for one in SURFACES].count(surface.identifier) == 1
    assert surface.label
    assert surface.formula
    assert surface.teaches.endswith(".")
    x_low, x_high, y_low, y_high = surface.domain
    for x, y in (surface.start, *surface.minima):
        assert x_low < x < x_high
        assert y_low < y < y_high


@every_surface
def test_the_gradient_is_the_central_difference(surface: Surface) -> None:
    generator = np.random.default_rng(2)
    x, y = generator.uniform(*surface.domain[:2], 1_000), generator.uniform(*surface.domain[2:], 1_000)
    reach = 1e-5
    by_x = (surface.f(x + reach, y) - surface.f(x - reach, y)) / (2 * reach)
    by_y = (surface.f(x, y + reach) - surface.f(x, y - reach)) / (2 * reach)
    np.testing.assert_allclose(surface.along_x(x, y), by_x, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(surface.along_y(x, y), by_y, rtol=1e-6, atol=1e-6)
    point = np.array([x[0], y[0]])
    assert surface.gradient_at(point) == pytest.approx([by_x[0], by_y[0]], rel=1e-6, abs=1e-6)


@every_surface
def test_minima_are_minima(surface: Surface) -> None:
    around = 0.05 * np.stack([np.cos(np.linspace(0, 6, 12)), np.sin(np.linspace(0, 6, 12))])
    for x, y in surface.minima:
        assert abs(surface.gradient_at(np.array([x, y]))).max() < 1e-6
        assert (surface.f(x + around[0], y + around[1]) > surface.value_at(np.array([x, y]))).all()


@every_surface
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.identifier)
def test_every_rule_walks_every_surface(surface: Surface, rule: UpdateRule) -> None:
    descent = SurfaceDescent(surface, rule, surface.start, surface.rate)
    assert descent.step(30) == 30
    path = descent.path
    assert path.points.shape == path.gradient.shape == (31, 2)
    assert path.loss.shape == (31,)
    assert path.steps == 30
    assert path.loss[-1] < path.loss[0]
    assert descent.step_back(10) == 10
    descent.step(10)
    np.testing.assert_array_equal(descent.path.points, path.points)
    assert descent.step_back(100) == 30


def test_a_rule_in_two_dimensions_is_the_rule_in_each() -> None:
    """The valley's directions do not mix, so each coordinate goes as it would alone."""
    surface, rule = valley(4.0), rule_of("adam")
    descent = SurfaceDescent(surface, rule, (1.0, 1.0), 0.1)
    descent.step(20)
    for axis, curvature in enumerate((1.0, 4.0)):
        x = np.array([1.0])
        state = rule.initial_state(x)
        for _ in range(20):
            x, state = rule.step(x, curvature * x, state, 0.1)
        assert descent.path.points[-1, axis] == pytest.approx(float(x[0]))


@pytest.mark.parametrize("condition", [1.0, 10.0, 200.0])
def test_a_valley_bears_rates_up_to_two_over_its_condition(condition: float) -> None:
    for share, settles in ((0.98, True), (1.02, False)):
        surface = valley(condition)
        descent = SurfaceDescent(surface, rule_of("sgd"), (1.0, 1.0), share * 2 / condition)
        descent.step(3_000)
        assert (abs(descent.path.points[-1, 1]) < 1e-6) == settles
    with pytest.raises(ValueError, match="at least 1"):
        valley(0.5)


def test_momentum_is_faster_along_a_long_valley() -> None:
    surface = valley(100.0)
    losses = []
    for identifier in ("sgd", "sgd_momentum"):
        descent = SurfaceDescent(surface, rule_of(identifier), surface.start, 0.01)
        descent.step(150)
        losses.append(descent.path.loss[-1])
    assert losses[1] < losses[0] / 100


def test_what_runs_away_is_stopped() -> None:
    (rosenbrock,) = (surface for surface in SURFACES if surface.identifier == "rosenbrock")
    descent = SurfaceDescent(rosenbrock, rule_of("sgd"), (-1.5, 2.0), 1.0)
    assert descent.step(100) < 100
    assert not descent.can_step
    assert np.isfinite(descent.path.points).all()
    assert np.isfinite(descent.path.loss).all()
    assert descent.step() == 0


@every_surface
def test_a_picture_of_it(surface: Surface) -> None:
    x, y, values = grid(surface, 40, 30)
    assert (x.shape, y.shape, values.shape) == ((40,), (30,), (30, 40))
    assert values[7, 12] == pytest.approx(surface.value_at(np.array([x[12], y[7]])))
    levels = contour_levels(values)
    assert levels.shape == (14,)
    assert (np.diff(levels) > 0).all()
    assert values.min() < levels[0] < levels[-1] < values.max()
    assert len(contour_levels(np.zeros((3, 3)), 5)) == 5


@every_surface
@pytest.mark.parametrize("toward", [(1.0, 0.0), (0.0, 1.0), (3.0, -4.0)])
def test_a_cut_through_it_is_a_function_of_one_variable(surface: Surface, toward: tuple[float, float]) -> None:
    point = np.array(surface.start)
    cut = cross_section(surface, point, toward)
    assert cut.value_at(0.0) == pytest.approx(surface.value_at(point))
    unit = np.array(toward) / np.hypot(*toward)
    assert cut.slope_at(0.0) == pytest.approx(float(surface.gradient_at(point) @ unit))
    assert cut.value_at(0.3) == pytest.approx(surface.value_at(point + 0.3 * unit))
    assert cut.domain[0] < 0 < cut.domain[1]
