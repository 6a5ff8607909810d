"""What the course reads of the operation that is gone through, and of how long it takes."""

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from mnist_lab.course.state import Value
from mnist_lab.studies.walk import Task, Walk
from mnist_lab.tensors.timing import Timing
from mnist_lab.window.pages.tensors.operation_look import OperationLook
from mnist_lab.window.pages.tensors.operation_timing import OperationTiming
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.views import View


class OperationFacts:
    """Reads models that outlive the tab."""

    def __init__(self, look: OperationLook, walks: Derived[Task, Walk], timing: OperationTiming) -> None:
        self._look, self._walks, self._timing = look, walks, timing

    def tell(self, view: View) -> None:
        """Tell the course from now on; while what was chosen last is not ready, there is nothing to tell of it."""
        of_walk: dict[str, Callable[[Walk], Value]] = {
            "operation": lambda walk: walk.task.operation.identifier,
            "operationStep": lambda _walk: self._look.step,
            "operationSteps": lambda walk: 0 if walk.steps is None else len(walk.steps),
            "operationCellSteps": lambda walk: 0 if walk.steps is None else walk.steps.steps_per_cell,
            "operationCells": lambda walk: 0 if walk.result is None else walk.result.size,
            "operationLast": _last,
            "reluNegative": _negative,
            "layerUnits": lambda walk: len(walk.arrays[0]) if walk.is_digit_layer else None,
            "layerDot": lambda walk: _finite(walk.arrays[0][0] @ walk.arrays[1]) if walk.is_digit_layer else None,
            "layerBias": lambda walk: _finite(walk.arrays[2][0]) if walk.is_digit_layer else None,
            "layerOutput": lambda walk: _first(walk) if walk.is_digit_layer else None,
        }
        for name, read in of_walk.items():
            view.tell(name, partial(self._of_walk, read))
        view.tell("timesFaster", partial(self._of_timing, lambda timing: timing.ratio))
        view.tell("naiveSeconds", partial(self._of_timing, lambda timing: timing.naive_seconds))
        view.tell("numpySeconds", partial(self._of_timing, lambda timing: timing.numpy_seconds))

    def _of_walk(self, read: Callable[[Walk], Value]) -> Value:
        walk = self._walks.value
        is_ready = self._walks.is_current and walk is not None and walk is self._look.walk
        return read(walk) if is_ready and walk is not None else None

    def _of_timing(self, read: Callable[[Timing], Value]) -> Value:
        return None if self._timing.timing is None else read(self._timing.timing)


def _negative(walk: Walk) -> int | None:
    """How many numbers relu does not keep; None for other operations."""
    is_relu = walk.task.operation.identifier == "relu"
    return int(np.count_nonzero(walk.arrays[0] < 0)) if is_relu else None


def _last(walk: Walk) -> float | None:
    return None if walk.result is None or not walk.result.size else _finite(walk.result.flat[-1])


def _first(walk: Walk) -> float | None:
    return None if walk.result is None else _finite(walk.result.flat[0])


def _finite(number: np.number) -> float | None:
    """None for what is no number: it would differ from itself."""
    return float(number) if math.isfinite(number) else None
