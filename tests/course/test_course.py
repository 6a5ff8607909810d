"""The way through the course: what is kept, what counts, and that nothing locks."""

import pytest

from mnist_lab.course.actions import Open
from mnist_lab.course.course import Course
from mnist_lab.course.goals import all_of, any_of, chosen, told, told_number, trained
from mnist_lab.course.progress import CourseProgress
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part, Prediction, Step
from mnist_lab.experiment import Experiment
from tests.course.states import run_facts

PLACE = Open("trainPage")


def seen(**facts: float) -> LabState:
    return LabState(facts=dict(facts))


def course(progress: CourseProgress | None = None) -> Course:
    guess = Prediction(lambda _entry, now: now.number("a"))
    return Course(
        (
            Part("one", "2", (Step("one.read", PLACE, ()), Step("one.do", PLACE, (), told("a"), (), guess))),
            Part("two", "3", (Step("two.do", PLACE, (), told_number("a", lambda a: a > 4)),)),
        ),
        progress,
    )


def test_a_goal_that_holds_already_is_not_reached_before_it_is_done_again() -> None:
    now = seen(a=5)
    goal = told_number("a", lambda a: a > 4)
    assert not goal(now, now)
    moved = seen(a=1).after(now)
    assert not goal(now, moved)
    assert goal(now, seen(a=5).after(moved))


def test_what_a_page_begins_to_tell_has_not_changed() -> None:
    before = seen(a=5)
    made = LabState(facts={"a": 5, "b": 1}, told=frozenset({"a", "b"})).after(before)
    assert not told("b")(before, made)
    moved = LabState(facts={"a": 5, "b": 2}, told=made.told).after(made)
    assert told("b")(before, moved)
    assert told("c")(made, seen(a=5, b=1, c=0).after(made)), "a control that is touched for the first time"


def test_a_setting_counts_where_it_was_moved_and_no_other_was() -> None:
    before = LabState()
    goal = chosen("batch_size", lambda experiment: experiment.batch_size == 128)
    other = LabState(experiment=Experiment(epochs=3)).after(before)
    assert not goal(before, other)
    away = LabState(experiment=Experiment(batch_size=64)).after(before)
    assert not goal(before, away)
    assert goal(before, LabState().after(away))


def test_a_run_counts_once_it_has_finished_since() -> None:
    before = LabState(run=run_facts(state="finished", updates=10))
    assert not trained()(before, before)
    on = LabState(run=run_facts(state="training", updates=12)).after(before)
    assert not trained()(before, on)
    done = LabState(run=run_facts(state="finished", updates=20)).after(on)
    assert trained()(before, done)
    assert not trained(lambda run: run.updates > 20)(before, done)
    assert trained()(LabState(), done)


def test_goals_can_be_joined() -> None:
    before, both, one = seen(), seen(a=1, b=1).after(seen()), seen(a=1).after(seen())
    assert all_of(told("a"), told("b"))(before, both)
    assert not all_of(told("a"), told("b"))(before, one)
    assert any_of(told("a"), told("b"))(before, one)
    assert not any_of(told("a"), told("b"))(before, before)


def test_the_parts_of_a_goal_are_counted_until_all_are_reached_and_stay_so() -> None:
    parts = (told("a"), told("b"))
    steps = (Step("one.read", PLACE, ()), Step("one.do", PLACE, (), all_of(*parts), (), None, parts))
    way = Course((Part("one", "2", steps),))
    assert way.counted(seen()) is None
    way.enter(seen())
    assert way.counted(seen()) is None, "there is nothing to count"
    way.go_on(seen())
    assert way.counted(seen()) == (0, 2)
    half = seen(a=1).after(seen())
    assert way.counted(half) == (1, 2)
    assert way.look(seen(a=1, b=1).after(half))
    way.go_back(half)
    way.go_on(half)
    assert way.counted(half) == (2, 2), "who comes back to it has not to do it again"


def test_a_reached_goal_waits_for_the_learner() -> None:
    way = course()
    way.enter(seen())
    assert way.may_go_on, "there is nothing to do in the first step"
    assert not way.is_reached
    way.go_on(seen())
    assert not way.may_go_on
    assert not way.look(seen())
    assert way.look(seen(a=1).after(seen()))
    assert way.is_reached
    assert way.may_go_on
    assert way.step.id == "one.do"
    assert not way.look(seen(a=2).after(seen(a=1))), "it is told once"


def test_every_step_can_be_skipped_and_gone_back_to() -> None:
    way = course()
    way.enter(seen())
    ids = [way.step.id]
    for _step in range(4):
        way.go_on(seen())
        ids.append(way.step.id)
    assert ids == ["one.read", "one.do", "two.do", "two.do", "two.do"]
    assert way.is_last
    for _step in range(4):
        way.go_back(seen())
    assert way.is_first
    way.go_to("two.do", seen())
    assert (way.part.id, way.place) == ("two", (1, 1))
    with pytest.raises(ValueError, match="not in list"):
        way.go_to("three.do", seen())


def test_a_guess_is_kept_beside_the_outcome_and_stays_as_it_was() -> None:
    way = course()
    way.go_to("one.do", seen())
    way.guess(3.0)
    way.guess(2.0)
    way.look(seen(a=1).after(seen()))
    way.guess(1.0)
    assert way.progress.guesses == {"one.do": 2.0}
    assert way.progress.outcomes == {"one.do": 1.0}
    way.tell("It went up.")
    assert way.progress.seen == {"one.do": "It went up."}
    way.tell(" ")
    assert way.progress.seen == {}


def test_the_way_goes_on_where_it_was_left() -> None:
    way = course()
    way.go_to("one.do", seen())
    way.look(seen(a=1).after(seen()))
    kept = CourseProgress.read(way.progress.model_dump(mode="json"))
    again = course(kept)
    assert again.step.id == "one.do"
    assert again.is_reached
    again.again(seen())
    assert not again.is_reached


@pytest.mark.parametrize(
    "kept", [None, 7, "x", {"step": 3}, {"reached": [1]}, {"answers": {"a": {}}}, {"step": "gone"}]
)
def test_a_progress_that_makes_no_sense_begins_anew(kept: object) -> None:
    way = course(CourseProgress.read(kept))  # type: ignore[arg-type]  # as a file may hold it
    assert way.step.id == "one.read"
