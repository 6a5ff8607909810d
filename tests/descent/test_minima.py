"""The minima of a function, and nothing else, with their curvature."""

from dataclasses import replace

import numpy as np
import pytest

from mnist_lab.descent.functions import Function, function_of
from mnist_lab.descent.minima import minima, nearest
from mnist_lab.descent.typed import typed_function
from mnist_lab.descent.update_rule import stability_limit
from mnist_lab.descent.update_rules import rule_of
from tests.effort import counted


@pytest.mark.parametrize(
    ("identifier", "places", "curvatures"),
    [
        ("bowl", [0], [2]),
        ("double_well", [-2.308, 2.157], [4.390, 3.583]),
        ("plateau", [np.log(0.25)], [2 * 0.16**2]),
        ("steep_walls", [0], [0]),
        ("absolute_value", [0], [np.nan]),
        ("inflection", [], []),
    ],
)
def test_minima_of_the_gallery(identifier: str, places: list[float], curvatures: list[float]) -> None:
    found = minima(function_of(identifier))
    assert [minimum.x for minimum in found] == pytest.approx(places, abs=5e-4)
    assert [minimum.curvature for minimum in found] == pytest.approx(curvatures, abs=5e-4, nan_ok=True)
    for minimum in found:
        assert minimum.value == function_of(identifier).value_at(minimum.x)


def test_at_every_minimum_the_ground_is_higher_on_both_sides() -> None:
    function = function_of("ripples")
    found = minima(function)
    assert len(found) == 6
    for minimum in found:
        assert abs(function.slope_at(minimum.x)) < 1e-9
        assert minimum.value < function.value_at(minimum.x - 1e-3)
        assert minimum.value < function.value_at(minimum.x + 1e-3)


def test_the_published_limits_of_the_double_well() -> None:
    limits = [stability_limit(rule_of("sgd"), minimum.curvature) for minimum in minima(function_of("double_well"))]
    assert limits == pytest.approx([0.456, 0.558], abs=5e-4)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("1/x", []),
        ("-1/x^2", []),
        ("1/x^2", []),
        ("tan(x)", []),
        ("x + 1/x", [1.0]),
        ("abs(x - 1.25)", [1.25]),
        ("abs(abs(x) - 1)", [-1.0, 1.0]),
        ("sqrt(abs(x - 2))", [2.0]),
        ("log(abs(x - 0.3))", []),
        ("5", []),
        ("x", []),
        ("sqrt(x)", []),
        ("relu(x)", []),
    ],
)
def test_poles_edges_and_flat_ground_are_none(text: str, places: list[float]) -> None:
    assert [minimum.x for minimum in minima(typed_function(text).function)] == pytest.approx(places, abs=1e-6)


def test_the_nearest_minimum() -> None:
    found = minima(function_of("double_well"))
    index, distance = nearest(found, np.array([[-4.0, 0.0], [0.1, 2.0]]))
    assert index.tolist() == [[0, 1], [1, 1]]
    assert distance[0, 0] == pytest.approx(4 - 2.308, abs=1e-3)


def test_a_shifted_minimum_is_found_exactly() -> None:
    bowl = function_of("bowl")
    shifted: Function = replace(bowl, f=lambda x: (x - 0.7) ** 2, derivative=lambda x: 2 * (x - 0.7))
    assert minima(shifted)[0].x == pytest.approx(0.7, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("abs(sin(300*x))", np.arange(-477, 478) * np.pi / 300),
        ("sin(100*x)", (np.arange(-80, 79) * 2 + 1.5) * np.pi / 100),
    ],
)
def test_hundreds_of_minima_are_found_together(text: str, places: np.ndarray) -> None:
    """All of them at once: the work does not grow with their number, and none is done again."""
    typed = typed_function(text).function
    function = replace(typed)  # not the one whose minima are known already
    with counted() as effort:
        found = minima(function)
    assert [minimum.x for minimum in found] == pytest.approx(places, abs=1e-6)
    assert effort.calls < 40_000
    assert minima(function) is found
