"""Goals of part 3: an operation counts once it was gone through by hand, and a layer once one cell of it is done."""

from mnist_lab.course.parts.operations import OPERATIONS, gone_through
from mnist_lab.course.state import LabState, Value

GOALS = {step.id.partition(".")[2]: step.goal for step in OPERATIONS.steps}


def seen(before: LabState | None = None, **facts: Value) -> LabState:
    state = LabState(facts={f"tensorsPage.{name}": value for name, value in facts.items()})
    return state.after(before or LabState())


def at(before: LabState | None = None, operation: str = "relu", step: int = 0, **more: Value) -> LabState:
    facts: dict[str, Value] = {"operation": operation, "operationStep": step, "operationSteps": 4}
    return seen(before, **(facts | {"operationCellSteps": 2} | more))


def test_an_operation_counts_once_its_last_step_is_done() -> None:
    begin = at(step=0)
    goal = gone_through("relu")
    assert not goal(begin, at(begin, step=3))
    assert goal(begin, at(begin, step=4))
    assert not goal(begin, at(begin, "add", 4)), "another operation"
    assert not goal(begin, seen(begin)), "it is being made ready"


def test_one_that_was_gone_through_already_is_gone_through_anew() -> None:
    end = at(step=4)
    goal = gone_through("relu")
    assert not goal(end, end)
    back = at(end, step=3)
    assert not goal(end, back)
    assert goal(end, at(back, step=4))


def test_nothing_to_do_is_nothing_done() -> None:
    begin = seen()
    assert not gone_through("relu")(begin, at(begin, step=0, operationSteps=0))


def test_a_layer_counts_once_its_first_cell_is_done() -> None:
    begin = at(operation="layer", step=1)
    goal = GOALS["layer"]
    assert goal is not None
    assert not goal(begin, begin)
    assert goal(begin, at(begin, "layer", 2))


def test_the_loops_count_where_numpy_was_faster() -> None:
    begin = seen()
    goal = GOALS["loops"]
    assert goal is not None
    assert not goal(begin, seen(begin, timesFaster=0.4))
    assert goal(begin, seen(begin, timesFaster=900.0))


def test_a_unit_counts_once_it_is_opened_and_known() -> None:
    goal = GOALS["unit"]
    assert goal is not None
    begin = LabState(facts={"weightsPage.unitIsKnown": True}).after(LabState())
    opened = LabState(facts={"weightsPage.unitOpened": 1, "weightsPage.unitIsKnown": None}).after(begin)
    assert not goal(begin, begin)
    assert not goal(begin, opened)
    assert goal(begin, LabState(facts={"weightsPage.unitOpened": 1, "weightsPage.unitIsKnown": True}).after(opened))
