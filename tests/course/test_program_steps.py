"""The steps of part 6 on the Keras program: goals, what is laid beside the guess, and the numbers in their texts."""

from mnist_lab.course.numbers import NUMBERS
from mnist_lab.course.parts.looking_back import LOOKING_BACK
from mnist_lab.course.state import LabState, Value

STEPS = {step.id: step for step in LOOKING_BACK.steps}
HASH = "0123456789abcdef" * 4


def at(before: LabState | None = None, **facts: Value) -> LabState:
    kept = {} if before is None else before.facts
    return LabState(facts={**kept, **{f"trainPage.{name}": value for name, value in facts.items()}}).after(
        before or LabState()
    )


def test_a_line_must_have_changed_before_ones_eyes() -> None:
    step = STEPS["looking_back.program"]
    assert step.goal is not None
    assert step.prediction is not None
    entry = at(programChanges=3, programChangedLines=2)
    assert not step.goal(entry, entry)
    now = at(entry, programChanges=4, programChangedLines=1)
    assert step.goal(entry, now)
    assert step.prediction.outcome(entry, now) == 1
    assert NUMBERS["changed_lines"](entry, now).value == 1


def test_two_hashes_must_have_been_compared_whatever_came_out() -> None:
    step = STEPS["looking_back.bits"]
    assert step.goal is not None
    assert step.prediction is not None
    entry = at(programsCompared=0)
    begun = at(entry, programHash=HASH)
    assert not step.goal(entry, begun)
    assert step.prediction.outcome(entry, begun) is None
    for is_same, outcome in ((True, "same"), (False, "other")):
        now = at(begun, programsCompared=1, programIsSame=is_same, labHash=HASH)
        assert step.goal(entry, now)
        assert step.prediction.outcome(entry, now) == outcome
        assert [NUMBERS[name](entry, now).value for name in ("program_hash", "lab_hash")] == [HASH[:12]] * 2
    assert NUMBERS["lab_hash"](entry, begun) is None
