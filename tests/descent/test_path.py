"""A descent goes forward and back over the same places, ends where it must, and its history stays finite."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from mnist_lab.descent.functions import FUNCTIONS, Function, function_of
from mnist_lab.descent.noise import Batches
from mnist_lab.descent.path import FARTHEST, MOST_STEPS, Descent, End, as_csv, descend
from mnist_lab.descent.update_rule import UpdateRule
from mnist_lab.descent.update_rules import RULES, rule_of

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.identifier)


def test_a_bowl_by_hand() -> None:
    path = descend(function_of("bowl"), rule_of("sgd"), 2.0, 0.25, 3)
    assert path.x.tolist() == [2.0, 1.0, 0.5, 0.25]
    assert path.loss.tolist() == [4.0, 1.0, 0.25, 0.0625]
    assert path.slope.tolist() == [4.0, 2.0, 1.0, 0.5]
    assert path.used_slope.tolist() == [4.0, 2.0, 1.0]
    assert path.rate.tolist() == path.effective_rate.tolist() == [0.25] * 3
    assert path.moves.tolist() == [-1.0, -0.5, -0.25]
    assert (path.steps, path.end, path.is_noisy, dict(path.states)) == (3, End.OPEN, False, {})


@every_rule
@pytest.mark.parametrize("batches", [None, Batches(3, seed=5)])
def test_back_and_forward_leads_over_the_same_places(rule: UpdateRule, batches: Batches | None) -> None:
    descent = Descent(function_of("double_well"), rule, 3.0, rule.default_rate, batches=batches)
    assert descent.step(12) == 12
    first = descent.path
    assert first.is_noisy == (batches is not None)
    assert descent.step_back(5) == 5
    assert descent.path.x.tolist() == first.x[:8].tolist()
    assert descent.step(5) == 5
    for name in ("x", "loss", "slope", "used_slope", "rate", "effective_rate"):
        np.testing.assert_array_equal(getattr(descent.path, name), getattr(first, name))
    for quantity in rule.state:
        values = descent.path.states[quantity.name]
        assert values.shape == (13,)
        np.testing.assert_array_equal(values, first.states[quantity.name])
    assert descent.step_back(100) == 12
    assert descent.step_back() == 0
    assert descent.path.x.tolist() == [3.0]
    descent.step(12)
    descent.restart()
    assert descent.path.steps == 0
    descent.step(12)
    np.testing.assert_array_equal(descent.path.x, first.x)


@every_rule
def test_the_next_stages_are_what_the_next_step_does(rule: UpdateRule) -> None:
    descent = Descent(function_of("ripples"), rule, 5.0, rule.default_rate)
    descent.step(3)
    told = descent.next_stages()
    descent.step()
    assert float(told[-1].after[0]) == descent.x


def test_the_rate_may_change_on_the_way() -> None:
    descent = Descent(function_of("bowl"), rule_of("sgd"), 2.0, 0.25)
    descent.step()
    descent.rate = 0.5
    descent.step()
    assert descent.path.x.tolist() == [2.0, 1.0, 0.0]
    assert descent.path.rate.tolist() == [0.25, 0.5]


@every_rule
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.identifier)
@pytest.mark.parametrize("rate", [0.05, 1.0, 10.0])
def test_the_history_is_finite_whatever_happens(rule: UpdateRule, function: Function, rate: float) -> None:
    path = descend(function, rule, function.start, rate, 200)
    assert np.isfinite(path.x).all()
    assert abs(path.x).max() <= FARTHEST
    assert np.isfinite(path.loss).all()
    assert np.isfinite(path.used_slope).all()
    assert np.isfinite(path.slope[:-1]).all()
    if path.steps < 200:
        assert path.end in (End.FARTHEST, End.NO_SLOPE)


def test_what_runs_away_is_stopped() -> None:
    descent = Descent(function_of("inflection"), rule_of("sgd"), -1.0, 0.5)
    assert descent.step(100) < 20
    assert descent.end is descent.path.end is End.FARTHEST
    assert descent.x == -FARTHEST
    assert descent.step() == 0
    assert descent.next_stages() == ()
    descent.step_back()
    assert descent.end is End.OPEN


def test_where_there_is_no_slope_there_is_no_step() -> None:
    path = descend(function_of("absolute_value"), rule_of("sgd"), 1.0, 0.5, 10)
    assert path.x.tolist() == [1.0, 0.5, 0.0]
    assert path.end is End.NO_SLOPE
    assert np.isnan(path.slope[-1])


def test_where_there_is_no_value_there_is_no_step() -> None:
    hole = replace(function_of("bowl"), f=lambda x: np.where(x < 0.5, np.nan, x * x))
    path = descend(hole, rule_of("sgd"), 2.0, 0.25, 10)
    assert path.x.tolist() == [2.0, 1.0, 0.5, 0.25]
    assert path.end is End.NO_VALUE


def test_the_history_has_an_end() -> None:
    descent = Descent(function_of("bowl"), rule_of("sgd"), 1.0, 0.0)
    assert descent.step(MOST_STEPS + 5) == MOST_STEPS
    assert descent.end is End.MOST_STEPS


def test_a_table_of_all_balls() -> None:
    bowl = function_of("bowl")
    text = as_csv({name: descend(bowl, rule_of(name), 2.0, 0.25, 2) for name in ("sgd", "adam")})
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["optimizer"], row["step"]) for row in rows] == [
        (name, str(step)) for name in ("sgd", "adam") for step in range(3)
    ]
    assert [float(row["x"]) for row in rows[:3]] == [2.0, 1.0, 0.5]
    assert rows[2]["used_slope"] == ""
    assert float(rows[1]["effective_rate"]) == 0.25
