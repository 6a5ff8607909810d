"""Where descents from everywhere end: the published boundaries, and all of them at once."""

from dataclasses import replace

import numpy as np
import pytest

from mnist_lab.descent.basins import DIVERGED, UNDECIDED, basin_strip
from mnist_lab.descent.functions import FUNCTIONS, Function, Reals, function_of
from mnist_lab.descent.path import descend
from mnist_lab.descent.update_rule import UpdateRule
from mnist_lab.descent.update_rules import RULES, rule_of

DOUBLE_WELL = function_of("double_well")
SGD = rule_of("sgd")


@pytest.mark.parametrize(
    ("rate", "boundaries"), [(0.05, 1), (0.1, 1), (0.2, 1), (0.3, 3), (0.35, 3), (0.4, 3), (0.44, 5)]
)
def test_the_published_boundaries_of_the_double_well(rate: float, boundaries: int) -> None:
    basins = basin_strip(DOUBLE_WELL, SGD, rate)
    assert len(basins.boundaries) == boundaries
    assert np.isin(basins.labels, (0, 1)).sum() == 800


def test_above_its_limit_the_left_well_catches_nothing_and_outer_starts_diverge() -> None:
    basins = basin_strip(DOUBLE_WELL, SGD, 0.5)
    assert (basins.labels == 0).sum() == 0
    assert (basins.labels == 1).sum() > 300
    assert basins.labels[0] == basins.labels[-1] == DIVERGED
    assert (basins.labels == UNDECIDED).any()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.identifier)
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.identifier)
def test_a_strip_is_many_descents(rule: UpdateRule, function: Function) -> None:
    basins = basin_strip(function, rule, rule.default_rate, starts=9, steps=60)
    assert basins.starts.tolist() == np.linspace(*function.domain, 9).tolist()
    for start, end, label in zip(basins.starts, basins.ends, basins.labels, strict=True):
        path = descend(function, rule, float(start), rule.default_rate, 60)
        if label == DIVERGED:
            assert abs(path.x[-1]) >= 1e6
        elif path.steps == 60:
            assert path.x[-1] == pytest.approx(end, rel=1e-6, abs=1e-9)
        if label >= 0:
            assert abs(end - basins.found[label].x) < 0.05 * function.width


@pytest.mark.parametrize(
    ("identifier", "rate", "label"), [("bowl", 0.5, 0), ("bowl", 1.0, UNDECIDED), ("bowl", 1.1, DIVERGED)]
)
def test_a_bowl_catches_jumps_or_throws_out(identifier: str, rate: float, label: int) -> None:
    basins = basin_strip(function_of(identifier), SGD, rate, starts=200)
    outside = abs(basins.starts) > 0.07  # what jumps within a hundredth of the domain counts as arrived
    assert (basins.labels[outside] == label).all()


def test_what_falls_without_end_diverges_and_what_hangs_is_undecided() -> None:
    basins = basin_strip(function_of("inflection"), SGD, 0.1)
    assert basins.found == ()
    assert (basins.labels[basins.starts < -0.1] == DIVERGED).all()
    assert (basins.labels[(basins.starts > 0) & (basins.starts < 1.5)] == UNDECIDED).all()


def test_a_start_without_a_slope_stays() -> None:
    basins = basin_strip(function_of("absolute_value"), SGD, 0.1, starts=3)
    assert basins.starts[1] == basins.ends[1] == 0
    assert basins.labels[1] == 0


def test_settings_count() -> None:
    momentum = rule_of("sgd_momentum")
    none, much = (basin_strip(DOUBLE_WELL, momentum, 0.05, {"momentum": value}) for value in (0.0, 0.9))
    np.testing.assert_array_equal(none.labels, basin_strip(DOUBLE_WELL, SGD, 0.05).labels)
    assert (none.labels != much.labels).any()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.identifier)
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.identifier)
def test_all_starts_take_a_step_together(rule: UpdateRule, function: Function) -> None:
    """A strip that follows a slider asks once a step for all slopes at once (tests.benchmarks.redraw has its time)."""
    asked: list[tuple[int, ...]] = []

    def derivative(x: Reals) -> Reals:
        asked.append(x.shape)
        return function.derivative(x)

    basin_strip(replace(function, derivative=derivative), rule, rule.default_rate)
    assert asked[:400] == [(800,)] * 400
