"""Part 3: the operations that a layer is made of, gone through cell by cell, and the layer itself."""

from mnist_lab.course.actions import Action, Open, Pick, Press, Put, Until
from mnist_lab.course.goals import Goal, told_number
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part, Prediction, Step, questions_step

_PLACE = Open("tensorsPage", "tensorTabs", 1)
_UNITS = Open("weightsPage", "weightsTabs", 0)
_OPERATION, _STEP = "tensorsPage.operation", "tensorsPage.operationStep"
_LIGHTS = ("operationChoice", "operationStep", "operationPicture")
_PLAYED = "operationPlay"
_FAST = 5_000
_LEAST_TIMES = 1.5
"""From here on the page says that NumPy is faster: of so few numbers as in the first steps it is not."""
_MOST_TIMES = 1_000_000


def gone_through(operation: str, until: str = "tensorsPage.operationSteps") -> Goal:
    """An operation was gone through since, as far as the fact `until` says."""

    def goal(entry: LabState, now: LabState) -> bool:
        done, wanted = now.number(_STEP), now.number(until)
        has_moved = now.is_newer(_STEP, entry) or now.is_newer(_OPERATION, entry)
        is_far = done is not None and wanted is not None and 0 < wanted <= done
        return has_moved and now.fact(_OPERATION) == operation and is_far

    return goal


def _is_ready(operation: str) -> Until:
    return Until(lambda _entry, now: now.fact(_OPERATION) == operation)


def _by_hand(operation: str, steps: int) -> tuple[Action, ...]:
    """Choose it, and take each of its steps."""
    return _PLACE, Put("operationChoice", operation), _is_ready(operation), *(Press("operationStep"),) * steps


def _times_faster(_entry: LabState, now: LabState) -> float | None:
    """In the two figures in which the page and the text of the step tell it."""
    times = now.number("tensorsPage.timesFaster")
    return None if times is None else float(f"{times:.2g}")


def _has_real_layer(_entry: LabState, now: LabState) -> bool:
    """Whether the layer is the network's own, and will not be another one in a moment."""
    is_moving = now.run is not None and now.run.state in ("preparing", "training")
    is_newest = now.fact("tensorsPage.layerIsNewest") is True
    return is_newest and not is_moving and now.number("tensorsPage.layerUnits") is not None


_OPEN_LAYER: tuple[Action, ...] = (
    _PLACE,
    Put("operationChoice", "layer"),
    Press("tensorTrainButton", if_possible=True),
    Until(_has_real_layer),
)


def _unit_was_opened(entry: LabState, now: LabState) -> bool:
    return now.is_newer("weightsPage.unitOpened", entry) and now.fact("weightsPage.unitIsKnown") is True


OPERATIONS = Part(
    "operations",
    "4",
    (
        Step("operations.relu", _PLACE, _LIGHTS, gone_through("relu"), _by_hand("relu", 4)),
        Step("operations.add", _PLACE, _LIGHTS, gone_through("add"), _by_hand("add", 4)),
        Step(
            "operations.broadcast",
            _PLACE,
            _LIGHTS,
            gone_through("broadcast_add"),
            _by_hand("broadcast_add", 4),
            Prediction(lambda _entry, _now: "rows", ("error", "first", "rows")),
        ),
        Step(
            "operations.dot",
            _PLACE,
            _LIGHTS,
            gone_through("dot_matrix_vector"),
            _by_hand("dot_matrix_vector", 4),
            Prediction(lambda _entry, now: now.number("tensorsPage.operationLast"), (), -100, 100, 0),
        ),
        Step(
            "operations.layer",
            _PLACE,
            ("operationChoice", "tensorTrainButton", "operationSpeed", _PLAYED, "operationPicture"),
            gone_through("layer", "tensorsPage.operationCellSteps"),
            (
                *_OPEN_LAYER,
                Put("operationSpeed", _FAST),
                Press(_PLAYED),
                Until(gone_through("layer", "tensorsPage.operationCellSteps")),
                Press(_PLAYED),
            ),
        ),
        Step(
            "operations.loops",
            _PLACE,
            ("timeBothButton", "operationListing"),
            told_number("tensorsPage.timesFaster", lambda times: times >= _LEAST_TIMES),
            (
                *_OPEN_LAYER,
                Press("timeBothButton"),
                Until(lambda _entry, now: now.number("tensorsPage.timesFaster") is not None),
            ),
            Prediction(_times_faster, (), 1, _MOST_TIMES, 0),
        ),
        Step(
            "operations.unit",
            _UNITS,
            ("unitTiles", "unitPicture", "mostExciting", "trainNowForWeightsButton"),
            _unit_was_opened,
            (
                _UNITS,
                Press("trainNowForWeightsButton", if_possible=True),
                Until(lambda _entry, now: now.fact("weightsPage.unitIsKnown") is True),
                Pick("weightTilesField", 0),
                Until(_unit_was_opened),
            ),
            Prediction(lambda _entry, now: now.number("weightsPage.unitSilent"), is_share=True, decimals=1),
        ),
        questions_step("operations", _PLACE),
    ),
)
