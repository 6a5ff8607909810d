"""Judgements of challenges come from real paths: each is met by balls that deserve it, and by no others."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.descent.challenge_judges import (
    CLOSEST,
    ENOUGH,
    LEVEL,
    ChallengeResult,
    least_momentum,
    one_step_rate,
    without_answer,
)
from mnist_lab.descent.challenges import CHALLENGES, Challenge
from mnist_lab.descent.functions import function_of
from mnist_lab.descent.minima import minima
from mnist_lab.descent.noise import Batches
from mnist_lab.descent.path import Descent
from mnist_lab.descent.sentences import Sentence
from mnist_lab.descent.update_rules import RULES, rule_of
from mnist_lab.descent.verdict import Kind
from mnist_lab.descent.verdicts import judge

BY_NAME = {challenge.identifier: challenge for challenge in CHALLENGES}
NAMES = [rule.identifier for rule in RULES]


def ball_of(challenge: Challenge, rule: str, rate: float, steps: int, **own: float) -> Descent:
    ball = Descent(challenge.function, rule_of(rule), challenge.start, rate, own)
    ball.step(steps)
    return ball


def judged(name: str, rule: str, rate: float, steps: int, **own: float) -> ChallengeResult:
    challenge = BY_NAME[name]
    return challenge.judge({rule: ball_of(challenge, rule, rate, steps, **own)})


@pytest.mark.parametrize(
    ("name", "rule", "rate", "steps", "own", "is_solved", "number", "part"),
    [
        ("fewest_bowl", "sgd", 0.1, 0, {}, False, None, "Not started"),
        ("fewest_bowl", "sgd", 0.1, 10, {}, False, None, "at step 10 |slope| is 0.54"),
        ("fewest_bowl", "sgd", 0.1, 100, {}, False, 39, "39 steps, 5 are allowed"),
        ("fewest_bowl", "sgd", 0.45, 100, {}, True, 4, "4 steps; fewer"),
        ("fewest_bowl", "sgd", 0.5, 1, {}, True, 1, "single step"),
        ("fewest_bowl", "adam", 2.5, 1, {}, True, 1, "single step"),
        ("fewest_bowl", "sgd", 1.5, 200, {}, False, None, "ran away to x = "),
        ("fewest_walls", "sgd", 0.0625, 3, {}, True, 1, "single step"),
        ("escape", "sgd_momentum", 0.1, 20, {}, False, None, "on the side of the shallow well, at x = "),
        ("escape", "sgd_momentum", 0.1, 400, {}, False, None, "rest in the shallow well, x = 2.16"),
        ("escape", "sgd_momentum", 0.1, 800, {"momentum": 0.95}, True, None, "Plain SGD with the same"),
        ("escape", "sgd_momentum", 0.5, 800, {"momentum": 0.3}, False, None, "plain SGD jumps over the hill, too"),
        ("escape", "sgd_momentum", 9.0, 800, {"momentum": 0.9}, False, None, "ran away"),
        ("largest_bowl", "sgd", 0.1, 10, {}, False, None, "Not decided"),
        ("largest_bowl", "sgd", 0.5, 200, {}, False, 0.5, "much larger"),
        ("largest_bowl", "sgd", 0.95, 400, {}, True, 0.95, "a little higher"),
        ("largest_bowl", "sgd", 0.995, 2000, {}, True, 0.995, "within 1\u00a0%"),
        ("largest_bowl", "sgd", 1.0, 400, {}, False, None, "too large"),
        ("largest_bowl", "sgd", 1.1, 400, {}, False, None, "too large"),
        ("largest_fit", "sgd", 1.2, 400, {}, True, 1.2, "a little higher"),
    ],
)
def test_every_judgement_has_a_ball_that_deserves_it(
    name: str, rule: str, rate: float, steps: int, own: dict[str, float], is_solved: bool, number: float, part: str
) -> None:
    judgement = judged(name, rule, rate, steps, **own)
    assert part in judgement.sentence.text()
    assert judgement.is_solved is is_solved
    if number is not None or not is_solved:
        assert judgement.number == number


@given(rule=st.sampled_from(NAMES), rate=st.floats(1e-3, 3), steps=st.integers(1, 80))
@settings(max_examples=60, deadline=None)
def test_the_number_of_steps_is_the_first_level_place_of_the_path(rule: str, rate: float, steps: int) -> None:
    ball = ball_of(BY_NAME["fewest_bowl"], rule, rate, steps)
    judgement = BY_NAME["fewest_bowl"].judge({rule: ball})
    level = [step for step, slope in enumerate(ball.path.slope) if abs(slope) < LEVEL]
    assert judgement.number == (level[0] if level else None)
    assert judgement.is_solved == bool(level and level[0] <= 5)


@given(rate=st.floats(0.01, 1.3), name=st.sampled_from(["largest_bowl", "largest_fit"]))
@settings(max_examples=60, deadline=None)
def test_a_rate_counts_only_if_its_ball_came_to_rest_at_the_minimum(rate: float, name: str) -> None:
    challenge = BY_NAME[name]
    ball = ball_of(challenge, "sgd", rate, 400)
    judgement = challenge.judge({"sgd": ball})
    limit = 2 / minima(challenge.function)[0].curvature
    if judgement.number is not None:
        assert judgement.number == rate < limit
        assert abs(ball.x - minima(challenge.function)[0].x) < 1e-3
    assert judgement.is_solved == (judgement.number is not None and rate >= ENOUGH * limit)
    assert judgement.is_best == (judgement.number is not None and rate >= CLOSEST * limit)


@given(rate=st.floats(0.02, 0.5), momentum=st.floats(0, 0.98))
@settings(max_examples=60, deadline=None)
def test_only_momentum_brings_a_ball_out_of_the_shallow_well(rate: float, momentum: float) -> None:
    challenge = BY_NAME["escape"]
    ball = ball_of(challenge, "sgd_momentum", rate, 600, momentum=momentum)
    judgement = challenge.judge({"sgd_momentum": ball})
    if judgement.is_solved:
        deep, shallow = minima(challenge.function)
        plain = ball_of(challenge, "sgd", rate, 600)
        assert ball.x == pytest.approx(deep.x, abs=0.01)
        assert abs(plain.x - shallow.x) < abs(plain.x - deep.x)
        assert momentum > 0
        assert judgement.number is not None
        assert judgement.number <= 600


def test_plain_sgd_of_the_usual_rate_ends_in_the_shallow_well_and_the_usual_momentum_does_not_help() -> None:
    challenge = BY_NAME["escape"]
    shallow = minima(challenge.function)[1]
    for rule in ("sgd", "sgd_momentum"):
        assert ball_of(challenge, rule, 0.1, 600).x == pytest.approx(shallow.x, abs=1e-3)


@pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge.identifier)
def test_what_does_not_count_solves_nothing(challenge: Challenge) -> None:
    rule = challenge.rules[0]
    elsewhere = Descent(challenge.function, rule_of(rule), challenge.start + 0.1, 0.1)
    other = Descent(function_of("plateau"), rule_of(rule), challenge.start, 0.1)
    noisy = Descent(challenge.function, rule_of(rule), challenge.start, 0.1, batches=Batches(1))
    for ball, part in ((elsewhere, "another start"), (other, "another curve"), (noisy, "noise")):
        ball.step(50)
        judgement = challenge.judge({rule: ball})
        assert part in judgement.sentence.text()
        assert (judgement.is_solved, judgement.number) == (False, None)
    assert "tick" in challenge.judge({}).sentence.text()
    if "adam" not in challenge.rules:
        assert "tick it" in challenge.judge({"adam": ball_of(challenge, "adam", 0.1, 500)}).sentence.text()


def test_a_rate_changed_on_the_way_does_not_count() -> None:
    challenge = BY_NAME["largest_bowl"]
    ball = ball_of(challenge, "sgd", 0.5, 40)
    ball.rate = 0.95
    ball.step(1)
    assert "changed on the way" in challenge.judge({"sgd": ball}).sentence.text()


@pytest.mark.parametrize(("rate", "steps", "kind"), [(1.001, 100, Kind.MOVES_AWAY), (1.2, 100, Kind.DIVERGED)])
def test_a_verdict_does_not_tell_the_rate_that_is_looked_for(rate: float, steps: int, kind: Kind) -> None:
    ball = ball_of(BY_NAME["largest_bowl"], "sgd", rate, steps)
    verdict = judge(ball)
    assert (verdict.kind, verdict.sentence.values["limit"]) == (kind, 1.0)
    assert "below 1" in verdict.sentence.text()
    assert "stable" not in without_answer(verdict).sentence.text()
    assert "too large" in BY_NAME["largest_bowl"].judge({"sgd": ball}).sentence.text()


def test_one_step_is_no_plural() -> None:
    words = [Sentence(BY_NAME[name].best, {"number": 1.0}).text() for name in ("fewest_bowl", "largest_bowl")]
    assert words == ["Fewest steps of this session: 1", "Largest rate of this session: η = 1"]


def test_the_better_ball_counts_and_the_better_number() -> None:
    challenge = BY_NAME["fewest_bowl"]
    balls = {name: ball_of(challenge, name, 0.5, 100) for name in NAMES}
    assert challenge.judge(balls).number == 1
    assert challenge.is_better(4, None)
    assert challenge.is_better(3, 4)
    assert not challenge.is_better(4, 4)
    assert BY_NAME["largest_bowl"].is_better(0.9, 0.5)


@pytest.mark.parametrize("name", ["bowl", "steep_walls", "double_well", "ripples", "line_fit"])
def test_the_rate_of_one_step_leads_to_a_minimum(name: str) -> None:
    function = function_of(name)
    ball = Descent(function, rule_of("sgd"), function.start, one_step_rate(function, function.start))
    ball.step()
    assert abs(ball.path.slope[-1]) < 1e-9


def test_theory_tells_what_trying_finds() -> None:
    values = {name: challenge.theory().values for name, challenge in BY_NAME.items()}
    assert values["fewest_bowl"]["rate"] == 0.5
    assert values["fewest_walls"]["rate"] == 0.0625
    assert values["largest_bowl"]["limit"] == 1.0
    assert judged("largest_fit", "sgd", 0.995 * values["largest_fit"]["limit"], 2000).is_best
    assert not judged("largest_fit", "sgd", 1.005 * values["largest_fit"]["limit"], 2000).is_solved
    assert values["escape"]["height"] > values["escape"]["hill"] > 0
    assert "at least" in BY_NAME["escape"].theory().text()


def test_the_least_momentum_is_confirmed_by_balls() -> None:
    challenge = BY_NAME["escape"]
    least = least_momentum(challenge.function, challenge.start)
    assert judged("escape", "sgd_momentum", 0.1, 800, momentum=least).is_solved
    for momentum in np.arange(0.5, least - 0.005, 0.05):
        assert not judged("escape", "sgd_momentum", 0.1, 800, momentum=float(momentum)).is_solved
