"""What the course reads of the update that is looked at closely: how much it moved, and one of its weights."""

from collections.abc import Callable
from functools import partial
from math import isfinite

import numpy as np

from mnist_lab.course.state import Value
from mnist_lab.inspection.update_step import WeightStep
from mnist_lab.studies.update_numbers import UpdateNumbers
from mnist_lab.window.pages.descent.update.watched_update import WatchedUpdate
from mnist_lab.window.state.views import View


def tell_update(view: View, watched: WatchedUpdate) -> None:
    """Tell the course of the newest numbers; of single weights it is the steepest one of the unit that is shown."""
    facts: dict[str, Callable[[UpdateNumbers], float]] = {
        "updateNumber": lambda numbers: numbers.update.before.updates + 1,
        "updateWeights": lambda numbers: numbers.weights,
        "updateMoved": lambda numbers: numbers.moved / numbers.weights,
        "updateUnit": lambda _numbers: watched.unit,
        "updateWeightBefore": lambda numbers: _steepest(watched, numbers).before,
        "updateWeightSlope": lambda numbers: _steepest(watched, numbers).gradient,
        "updateWeightTaken": lambda numbers: _steepest(watched, numbers).taken,
        "updateWeightAfter": lambda numbers: _steepest(watched, numbers).after,
    }
    for name, read in facts.items():
        view.tell(name, partial(_of_numbers, watched, read))


def _of_numbers(watched: WatchedUpdate, read: Callable[[UpdateNumbers], float]) -> Value:
    """None for what is no number: it would differ from itself."""
    if watched.numbers is None:
        return None
    number = read(watched.numbers)
    return number if isfinite(number) else None


def _steepest(watched: WatchedUpdate, numbers: UpdateNumbers) -> WeightStep:
    layer = numbers.layers[watched.layer]
    place = int(np.nan_to_num(np.abs(layer.gradient.kernel[:, watched.unit])).argmax())
    return layer.weight(place, watched.unit)
