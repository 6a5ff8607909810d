"""What is said of an optimizer close to a minimum is what its path does: it comes straight in, to and fro, or not."""

import numpy as np
import pytest

from mnist_lab.descent.functions import function_of
from mnist_lab.descent.path import Descent
from mnist_lab.descent.stability import passed_limit, straight_limit
from mnist_lab.descent.update_rule import UpdateRule, stability_limit
from mnist_lab.descent.update_rules import rule_of
from mnist_lab.descent.verdict import Kind
from mnist_lab.descent.verdicts import judge
from mnist_lab.optimizers import OPTIMIZERS

BOWL = function_of("bowl")
RULES = [rule_of(spec.identifier) for spec in OPTIMIZERS]
LIMITED = [rule for rule in RULES if rule.largest_curvature_rate is not None]


def walked(rule: UpdateRule, rate: float, steps: int, **settings: float) -> Descent:
    ball = Descent(BOWL, rule, 2.5, rate, settings)
    ball.step(steps)
    return ball


def sides_changed(ball: Descent) -> int:
    sides = np.sign(ball.path.x)
    return int((np.diff(sides[sides != 0]) != 0).sum())


@pytest.mark.parametrize("curvature", [0.5, 2.0])
@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9, 0.99])
def test_the_bounds_are_those_of_the_theory(momentum: float, curvature: float) -> None:
    settings = {"momentum": momentum}
    straight = {
        "sgd_momentum": (1 - np.sqrt(momentum)) ** 2,
        "sgd_nesterov": ((1 - momentum) / (1 + momentum)) ** 2,
    }
    for name, expected in straight.items():
        found = straight_limit(rule_of(name), curvature, settings)
        assert found is not None
        assert found * curvature == pytest.approx(expected, rel=1e-5)
    assert straight_limit(rule_of("sgd"), curvature) == pytest.approx(1 / curvature)
    heavy = stability_limit(rule_of("sgd_momentum"), curvature, settings)
    assert heavy == pytest.approx(2 * (1 + momentum) / curvature)


@pytest.mark.parametrize("rule", LIMITED, ids=lambda rule: rule.identifier)
def test_a_path_is_straight_swings_or_grows_as_the_bounds_say(rule: UpdateRule) -> None:
    straight, limit = straight_limit(rule, 2.0), stability_limit(rule, 2.0)
    assert straight is not None
    assert limit is not None
    assert sides_changed(walked(rule, 0.98 * straight, 600)) == 0
    for rate in (1.1 * straight, 0.98 * limit):
        swinging = walked(rule, rate, 600)
        assert sides_changed(swinging) > 0
        assert abs(swinging.path.x[-100:]).max() < 0.2 * 2.5
    growing = walked(rule, 1.02 * limit, 60)
    assert abs(growing.path.x[-10:]).max() > 2.5
    assert judge(growing).kind in (Kind.MOVES_AWAY, Kind.DIVERGED)


def test_momentum_at_a_rate_far_below_half_the_bound_goes_to_and_fro() -> None:
    ball = walked(rule_of("sgd_momentum"), 0.05, 100)
    assert stability_limit(ball.rule, 2.0) == pytest.approx(1.9)
    assert sides_changed(ball) >= 10
    assert (straight_limit(ball.rule, 2.0) or 0) < 0.05


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.identifier)
def test_no_bound_is_told_where_there_is_none(rule: UpdateRule) -> None:
    is_limited = rule.largest_curvature_rate is not None
    assert (straight_limit(rule, 2.0) is None) == (not is_limited)
    assert straight_limit(rule, float("nan")) is None
    assert straight_limit(rule, 0.0) == (np.inf if is_limited else None)


def test_a_rate_above_the_bound_is_told_with_the_minimum_whose_bound_it_is() -> None:
    well, rule = function_of("double_well"), rule_of("sgd")
    passed = passed_limit(well, rule, {}, 0.5, -2.0)
    assert passed is not None
    assert passed == pytest.approx({"rate": 0.5, "limit": 0.4556, "minimum": -2.308}, rel=1e-3)
    assert passed_limit(well, rule, {}, 0.5, 2.0) is None
    assert passed_limit(function_of("inflection"), rule, {}, 9.0, 0.0) is None
