"""The step of part 1 that goes back in time: its goal, from both ways to now."""

from mnist_lab.course.parts.first_network import FIRST_NETWORK
from mnist_lab.course.state import LabState

STEP = next(step for step in FIRST_NETWORK.steps if step.id == "first_network.moment")


def at(before: LabState | None, moment: int | None, starts: int) -> LabState:
    state = LabState(facts={"trainPage.moment": moment, "trainPage.startsSeen": starts})
    return state.after(before or LabState())


def test_the_start_must_have_been_seen_and_left_again() -> None:
    begin = at(None, None, 2)
    early = at(begin, 12, 2)
    assert STEP.goal is not None
    for state, reached in (
        (begin, [False, False]),
        (early, [False, False]),
        (at(early, None, 2), [False, False]),
        (start := at(early, 0, 3), [True, False]),
        (at(start, 7, 3), [True, False]),
        (at(start, None, 3), [True, True]),
    ):
        assert [goal(begin, state) for goal in STEP.counted] == reached
        assert STEP.goal(begin, state) == all(reached)
