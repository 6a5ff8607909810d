"""A surface on a grid has the grid's heights, smooth slopes between, and an end."""

import numpy as np
import pytest

from mnist_lab.descent.sampled_surface import sampled_surface
from mnist_lab.descent.surfaces import Surface, SurfaceDescent
from mnist_lab.descent.update_rules import rule_of

X, Y = np.linspace(-2, 2, 21), np.linspace(-1, 3, 17)


def bowl(values: np.ndarray | None = None) -> Surface:
    heights = X[:, None] ** 2 + 2 * (Y[None] - 1) ** 2 if values is None else values
    return sampled_surface("grid", "Grid", "x² + 2·(y − 1)²", "", X, Y, heights, (-1.5, 2.5), 0.1)


def test_it_has_the_heights_that_were_measured() -> None:
    surface = bowl()
    x, y = np.meshgrid(X, Y, indexing="ij")
    assert np.allclose(surface.f(x, y), x**2 + 2 * (y - 1) ** 2)


def test_slopes_are_those_of_the_surface() -> None:
    generator = np.random.default_rng(2)
    x, y = generator.uniform(-2, 2, 500), generator.uniform(-1, 3, 500)
    surface, step = bowl(np.sin(X[:, None]) * np.cos(Y[None])), 1e-5
    inside = (abs(x) < 1.99) & (abs(y - 1) < 1.99)
    by_x = (surface.f(x + step, y) - surface.f(x - step, y)) / (2 * step)
    by_y = (surface.f(x, y + step) - surface.f(x, y - step)) / (2 * step)
    assert np.allclose(surface.along_x(x, y)[inside], by_x[inside], atol=1e-6)
    assert np.allclose(surface.along_y(x, y)[inside], by_y[inside], atol=1e-6)
    assert np.allclose(surface.along_x(x, y), np.cos(x) * np.cos(y), atol=2e-3)


def test_a_ball_finds_the_bottom_and_one_that_leaves_stands_still() -> None:
    ball = SurfaceDescent(bowl(), rule_of("sgd"), (-1.5, 2.5), 0.1)
    ball.step(200)
    assert np.allclose(ball.path.points[-1], (0, 1), atol=1e-6)
    thrown = SurfaceDescent(bowl(), rule_of("sgd"), (-1.5, 2.5), 5.0)
    thrown.step(3)
    points = thrown.path.points
    assert np.isfinite(thrown.path.loss).all()
    assert (points[-1] == points[-2]).all()


@pytest.mark.parametrize(
    ("x", "y", "values"),
    [
        (X[::-1], Y, np.zeros((21, 17))),
        (X, Y, np.zeros((17, 21))),
        (X[:3], Y, np.zeros((3, 17))),
        (X, Y, np.full((21, 17), np.nan)),
    ],
)
def test_arrays_that_make_no_surface(x: np.ndarray, y: np.ndarray, values: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"must"):
        sampled_surface("grid", "Grid", "", "", x, y, values, (0, 0), 0.1)
