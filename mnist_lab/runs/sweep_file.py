"""Files that describe a sweep: one JSON object with data, the settings that all have, and what varies.

    {"data": "starter", "base": {"epochs": 2},
     "grid": {"learning_rate": [0.001, 0.01], "hidden_units": [[64], [128, 64]]}}

or, instead of the grid,

     "random": {"count": 20, "seed": 0, "optimizer": ["sgd", "adam"],
                "learning_rate": {"from": 0.0001, "to": 0.1, "scale": "log"}}

Settings are named as in the object that `train --json` prints under “experiment”; what is left out is the chapter's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from mnist_lab.experiment import Experiment
from mnist_lab.files.json_text import json_bytes
from mnist_lab.runs.experiment_list import ExperimentListError, read_data, read_object, read_settings
from mnist_lab.runs.sweep_choices import GridChoices, RandomChoices, SweepError, ValueRange
from mnist_lab.words import QT_TRANSLATE_NOOP

_SCALES = ("linear", "log")


@dataclass(frozen=True)
class SweepFile:
    """What such a file says.

    Attributes:
        data: which digits, as `data.sources.load` takes it.
        base: the settings that all experiments have.
        choices: what varies.
    """

    data: str
    base: Experiment
    choices: GridChoices | RandomChoices

    def to_bytes(self) -> bytes:
        """The file's content; `read_sweep_file` reads it."""
        base = self.base.model_dump(mode="json", exclude=set(self.choices.values))
        varied: dict[str, JsonValue] = {name: _as_json(values) for name, values in self.choices.values.items()}
        if isinstance(self.choices, GridChoices):
            return json_bytes({"data": self.data, "base": base, "grid": varied})
        drawn: dict[str, JsonValue] = {"count": self.choices.count, "seed": self.choices.seed, **varied}
        return json_bytes({"data": self.data, "base": base, "random": drawn})


def read_sweep_file(text: str) -> SweepFile:
    """Read a file; whether its experiments can be trained is seen when `plan_of` makes them.

    Args:
        text: the path, as a person types it.

    Raises:
        ExperimentListError: one sentence on what is wrong and where.
    """
    fields = read_object(text, ("data", "base", "grid", "random"))
    kinds = [kind for kind in ("grid", "random") if kind in fields]
    if len(kinds) != 1 or not isinstance(entry := fields[kinds[0]], dict):
        raise ExperimentListError(
            QT_TRANSLATE_NOOP(
                "errors", "“{path}” must have one object under “grid” or “random” that says which settings vary."
            ),
            path=text,
        )
    base = read_settings(fields.get("base", {}), text, "base")
    data = read_data(fields, text)
    try:
        choices = _grid(entry) if kinds == ["grid"] else _random(entry)
        choices.check()
    except SweepError as error:
        raise in_file(text, error) from error
    return SweepFile(data, base, choices)


def in_file(text: str, error: SweepError) -> ExperimentListError:
    """The sentence of `error` with the path of the file that it is about."""
    return ExperimentListError(QT_TRANSLATE_NOOP("errors", "In “{path}”: {reason}"), path=text, reason=error)


def _grid(entry: Mapping[str, JsonValue]) -> GridChoices:
    return GridChoices({name: _as_list(values) for name, values in entry.items()})


def _as_list(values: JsonValue) -> Sequence[object]:
    return values if isinstance(values, list) else ()  # which `check` refuses, as it does an empty list


def _random(entry: Mapping[str, JsonValue]) -> RandomChoices:
    count, seed = entry.get("count"), entry.get("seed", 0)
    values = {name: _values(name, one) for name, one in entry.items() if name not in ("count", "seed")}
    # Whatever stands in the file: `check` refuses what is no whole number.
    return RandomChoices(values, count, seed)  # type: ignore[arg-type]


def _values(name: str, entry: JsonValue) -> Sequence[object] | ValueRange:
    if not isinstance(entry, dict):
        return _as_list(entry)
    unknown = [key for key in entry if key not in ("from", "to", "scale")]
    least, most, scale = entry.get("from"), entry.get("to"), entry.get("scale", "linear")
    if unknown or not _is_number(least) or not _is_number(most) or scale not in _SCALES:
        raise SweepError(
            QT_TRANSLATE_NOOP(
                "errors",
                "random, “{name}”: a range has two numbers, “from” and “to”, and “scale”, which is “linear” or “log”.",
            ),
            name=name,
        )
    assert isinstance(least, int | float)
    assert isinstance(most, int | float)
    return ValueRange(least, most, scale == "log")


def _is_number(value: JsonValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _as_json(values: Sequence[object] | ValueRange) -> JsonValue:
    if isinstance(values, ValueRange):
        return {"from": values.least, "to": values.most, "scale": _SCALES[values.is_log]}
    return [_plain(value) for value in values]


def _plain(value: object) -> JsonValue:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    assert value is None or isinstance(value, str | int | float | dict)
    return value
