"""Goals and outcomes of part 4: each asks for what the learner does, and for nothing that was so before."""

from dataclasses import replace

import pytest

from mnist_lab.course.numbers import NUMBERS
from mnist_lab.course.parts.gradient import GRADIENT
from mnist_lab.course.state import LabState, Value
from mnist_lab.course.steps import Outcome, Step

STEPS = {step.id.partition(".")[2]: step for step in GRADIENT.steps}
LINE: dict[str, Value] = {"lineSlope": 2.0, "lineY": 1.0, "lineTrue": 1.2, "lineTenfold": 100.0, "lineIsChosen": True}


def seen(before: LabState | None = None, facts: dict[str, Value] | None = None, **more: Value) -> LabState:
    told = {f"descentPage.{name}": value for name, value in ((facts or {}) | more).items()}
    return LabState(facts=told).after(before or LabState())


def watched(update: int, before: LabState | None = None, **facts: Value) -> LabState:
    return replace(seen(before, facts), watched_update=update, revisions={}).after(before or LabState())


def is_reached(step: Step, entry: LabState, now: LabState) -> bool:
    assert step.goal is not None
    assert not step.goal(now, now)
    return step.goal(entry, now)


def outcome_of(step: Step) -> Outcome:
    assert step.prediction is not None
    return step.prediction.outcome


def test_the_knob_is_tried_on_both_sides() -> None:
    knob, begin = STEPS["knob"], seen(cardTried=(), cardMove=0.0)
    higher = seen(begin, cardTried=(0.35,), cardMove=0.0)
    assert not is_reached(knob, begin, begin)
    assert not is_reached(knob, begin, higher)
    both = seen(higher, cardTried=(0.35, 0.25), cardMove=-0.05)
    assert is_reached(knob, begin, both)
    assert outcome_of(knob)(begin, both) == "lower"
    assert outcome_of(knob)(begin, higher) is None


def test_a_weight_counts_once_it_was_picked_and_measured() -> None:
    weight, begin = STEPS["weight"], seen()
    picked = seen(begin, weightPicks=1)
    assert not is_reached(weight, begin, seen(begin, weightSlope=0.1)), "nobody picked it"
    assert not is_reached(weight, begin, picked)
    assert is_reached(weight, begin, seen(picked, weightPicks=1, weightSlope=0.1))


@pytest.mark.parametrize(
    ("nudged", "slope", "answer"),
    [(0.002086, 0.002086, "same"), (0.0, 0.0, "same"), (0.9, 1.0, "rough"), (0.5, 1.0, "other"), (None, 1.0, None)],
)
def test_both_slopes_are_held_against_each_other(nudged: float | None, slope: float, answer: str | None) -> None:
    assert outcome_of(STEPS["weight"])(seen(), seen(weightNudged=nudged, weightSlope=slope)) == answer


def test_the_cost_is_known_once_a_sweep_has_ended() -> None:
    cost, begin = STEPS["cost"], seen()
    assert not is_reached(cost, begin, seen(begin, sweepDone=0))
    ended = seen(begin, sweepDone=100, sweepTimes=327_412.0)
    assert is_reached(cost, begin, ended)
    number = NUMBERS["sweep_times"](begin, ended)
    assert number is not None
    assert number.value == 330_000


def test_the_gap_is_looked_at_close_by() -> None:
    line, begin = STEPS["line"], seen(None, LINE, lineEpsilon=-0.8)
    assert not is_reached(line, begin, seen(begin, LINE, lineEpsilon=0.5)), "too far away"
    assert not is_reached(line, begin, seen(begin, LINE | {"lineIsChosen": False}, lineEpsilon=0.05))
    assert not is_reached(line, begin, seen(begin, LINE | {"lineTenfold": None}, lineEpsilon=0.05)), "no gap"
    near = seen(begin, LINE, lineEpsilon=0.05)
    assert is_reached(line, begin, near)
    assert outcome_of(line)(begin, near) == "hundred"


@pytest.mark.parametrize(("times", "answer"), [(1.0, "same"), (10.0, "ten"), (98.0, "hundred"), (None, None)])
def test_the_gap_shrinks_as_it_was_measured(times: float | None, answer: str | None) -> None:
    assert outcome_of(STEPS["line"])(seen(), seen(lineTenfold=times)) == answer


def test_down_is_against_the_slope_and_not_too_far() -> None:
    sign, begin = STEPS["sign"], seen(None, LINE, lineEpsilon=0.2)
    assert not is_reached(sign, begin, seen(begin, LINE, lineEpsilon=0.3)), "uphill"
    beyond = seen(begin, LINE | {"lineTrue": 4.0}, lineEpsilon=-3.0)
    assert not is_reached(sign, begin, beyond), "over the bottom and up again"
    assert is_reached(sign, begin, seen(begin, LINE | {"lineTrue": 0.49}, lineEpsilon=-0.3))
    assert not is_reached(sign, begin, seen(begin, LINE | {"lineSlope": None}, lineEpsilon=-0.3)), "a corner"


def test_an_update_counts_once_its_own_numbers_are_there() -> None:
    update, begin = STEPS["update"], watched(160, updateNumber=160)
    assert not is_reached(update, begin, watched(161, begin, updateNumber=160)), "those of the one before"
    there = watched(161, begin, updateNumber=161, updateMoved=0.6)
    assert is_reached(update, begin, there)
    assert outcome_of(update)(begin, there) == 0.6
    number = NUMBERS["update_stayed"](begin, there)
    assert number is not None
    assert number.value == pytest.approx(0.4)
    assert NUMBERS["update_stayed"](begin, watched(161, begin, updateMoved=1.0)) is None, "all of them moved"
    assert not is_reached(update, there, replace(there, facts={**there.facts, "descentPage.updateMoved": 0.7}))


def test_the_light_is_seen_once_it_came_to_its_end_both_ways() -> None:
    light = STEPS["light"]

    def lit(before: LabState | None = None, **facts: Value) -> LabState:
        return LabState(facts={f"drawPage.{name}": value for name, value in facts.items()}).after(before or LabState())

    begin = lit(lightForward=1, lightBack=0)
    forward = lit(begin, lightForward=2, lightBack=0)
    assert not is_reached(light, begin, begin)
    assert not is_reached(light, begin, forward)
    both = lit(forward, lightForward=2, lightBack=1, lightRight=0.75, lightLoss=0.2877)
    assert is_reached(light, begin, both)
    assert outcome_of(light)(begin, both) == "negative"
    slope = NUMBERS["light_slope"](begin, both)
    assert slope is not None
    assert slope.value == pytest.approx(-0.25)
