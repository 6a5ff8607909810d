"""One setting of many runs against how well they did; no Qt."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from mnist_lab.experiment import FIELD_NAMES, Experiment
from mnist_lab.runs.facts import RunRow
from mnist_lab.words import QT_TRANSLATE_NOOP

Scale = Literal["plain", "log", "names"]
Accuracy = Literal["test", "best"]
"""On the test digits, at the end or after the last epoch before it was stopped, or the highest of all epochs."""

_BELOW_SMALLEST = 10.0
"""A zero stands so many times below the smallest other value of a logarithmic axis."""


@dataclass(frozen=True)
class ScatterSetting:
    """What may be laid along the axis.

    Attributes:
        name: of a field of `Experiment`, "data", or of what follows from these.
        label: words for it, to translate in the context "fields".
        scale: whether the axis counts, counts powers of ten, or has a place for each value.
        value: what a run has.
    """

    name: str
    label: str
    scale: Scale
    value: Callable[[Experiment, RunRow], object]


def _field(name: str, scale: Scale) -> ScatterSetting:
    return ScatterSetting(name, FIELD_NAMES[name], scale, lambda experiment, _row: getattr(experiment, name))


SCATTER_SETTINGS: tuple[ScatterSetting, ...] = (
    _field("learning_rate", "log"),
    _field("optimizer", "names"),
    ScatterSetting(
        "all_units",
        QT_TRANSLATE_NOOP("fields", "hidden units of all layers"),
        "log",
        lambda experiment, _row: sum(experiment.hidden_units),
    ),
    ScatterSetting(
        "layers",
        QT_TRANSLATE_NOOP("fields", "hidden layers"),
        "names",
        lambda experiment, _row: len(experiment.hidden_units),
    ),
    ScatterSetting(
        "parameters",
        QT_TRANSLATE_NOOP("fields", "parameters"),
        "log",
        lambda experiment, _row: experiment.parameters(),
    ),
    _field("activation", "names"),
    _field("batch_size", "log"),
    _field("epochs", "log"),
    _field("dropout", "plain"),
    _field("l2", "log"),
    _field("initial_weights", "names"),
    _field("batch_order", "names"),
    _field("shuffled_labels", "names"),
    _field("one_batch", "names"),
    _field("moved_copies", "plain"),
    _field("seed", "plain"),
    ScatterSetting(
        "data", QT_TRANSLATE_NOOP("fields", "data"), "names", lambda _experiment, row: row.data and row.data.kind
    ),
)


@dataclass(frozen=True)
class ScatterPoint:
    """One run.

    Attributes:
        row: the run.
        value: its setting.
        place: where it stands along the axis; a power of ten where that is logarithmic.
        accuracy: from 0 to 1.
    """

    row: RunRow
    value: object
    place: float
    accuracy: float


@dataclass(frozen=True)
class Scatter:
    """Many runs.

    Attributes:
        setting: what is laid along the axis.
        accuracy: which accuracy.
        points: from left to right, then from low to high.
        names: the values that have a place each, from 0 on; () where the axis counts.
        zero_place: where zeros stand on a logarithmic axis; None where there are none.
        left_out: how many runs have no such accuracy or setting.
        networks: how many kept networks, which were not trained here, are among the rows.
    """

    setting: ScatterSetting
    accuracy: Accuracy
    points: tuple[ScatterPoint, ...]
    names: tuple[object, ...]
    zero_place: float | None
    left_out: int
    networks: int = 0

    @property
    def best(self) -> ScatterPoint:
        """The run with the highest accuracy, the leftmost of equals.

        Raises:
            ValueError: there are no points.
        """
        return max(self.points, key=lambda point: point.accuracy)

    @property
    def worst(self) -> ScatterPoint:
        """The run with the lowest accuracy, the leftmost of equals.

        Raises:
            ValueError: there are no points.
        """
        return min(self.points, key=lambda point: point.accuracy)


def scatter(rows: Sequence[RunRow], setting: ScatterSetting, accuracy: Accuracy) -> Scatter:
    """Lay the runs among these rows out, one point each."""
    known = []
    runs = [row for row in rows if row.kind == "run"]
    for row in runs:
        value, height = _value(row, setting), _on_test(row) if accuracy == "test" else row.best_accuracy
        if value is not None and height is not None and math.isfinite(height):
            known.append((row, value, height))
    names = tuple(_names(value for _, value, _ in known)) if setting.scale == "names" else ()
    numbers = [] if names else [_number(value) for _, value, _ in known]
    zero = _zero_place(numbers) if setting.scale == "log" else None
    points = [
        ScatterPoint(row, value, names.index(value) if names else _place(_number(value), setting.scale, zero), height)
        for row, value, height in known
    ]
    points.sort(key=lambda point: (point.place, point.accuracy))
    return Scatter(setting, accuracy, tuple(points), names, zero, len(runs) - len(points), len(rows) - len(runs))


def _on_test(row: RunRow) -> float | None:
    """What the list says of it, where that was measured on the test digits."""
    is_measured = row.experiment is not None and row.experiment.validation == "test"
    return row.last_accuracy if row.test_accuracy is None and is_measured else row.test_accuracy


def differs(rows: Iterable[RunRow], setting: ScatterSetting) -> bool:
    """Whether not all of these runs have the same there."""
    return len({value for row in rows if (value := _value(row, setting)) is not None}) > 1


def _value(row: RunRow, setting: ScatterSetting) -> object:
    return None if row.experiment is None else setting.value(row.experiment, row)


def _names(values: Iterable[object]) -> list[object]:
    return sorted(set(values), key=lambda value: (str(type(value)), value))


def _number(value: object) -> float:
    assert isinstance(value, int | float)  # as every setting whose axis counts
    return float(value)


def _zero_place(numbers: Sequence[float]) -> float | None:
    if all(number > 0 for number in numbers):
        return None
    return math.log10(min((number for number in numbers if number > 0), default=1.0) / _BELOW_SMALLEST)


def _place(number: float, scale: Scale, zero: float | None) -> float:
    if scale == "plain":
        return number
    return math.log10(number) if number > 0 or zero is None else zero
