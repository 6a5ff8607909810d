"""Lists of experiments in files: what `race` and `sweep` read, one JSON object with data and settings.

    {"data": "starter", "experiments": [{"optimizer": "sgd", "learning_rate": 0.1}, {"optimizer": "adam"}]}

Settings are named as in the object that `train --json` prints under “experiment”; what is left out is the chapter's.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from mnist_lab.experiment import Experiment, ExperimentError
from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import DamageError
from mnist_lab.files.json_text import parse_json
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

MOST_BYTES = 4 * 1024**2
"""Of a file with a list of experiments: ten thousand of them with every setting written out."""


class ExperimentListError(LabError):
    """A file that holds no list of experiments; the sentence names the place in it that is wrong."""


@dataclass(frozen=True)
class ExperimentList:
    """Experiments that are to be trained on the same digits.

    Attributes:
        data: which digits, as `data.sources.load` takes it.
        experiments: what to train, in the order of the file.
    """

    data: str
    experiments: tuple[Experiment, ...]


def read_list(text: str, *, least: int, most: int) -> ExperimentList:
    """Read a file with “experiments”, from `least` to `most` of them.

    Args:
        text: the path, as a person types it.
        least: how few there may be.
        most: how many.

    Raises:
        ExperimentListError: one sentence on what is wrong and where.
    """
    fields = read_object(text, ("data", "experiments"))
    entries = fields.get("experiments")
    if not isinstance(entries, list) or not least <= len(entries) <= most:
        raise ExperimentListError(
            QT_TRANSLATE_NOOP(
                "errors", "“{path}” must have under “experiments” a list of {least} to {most} objects with settings."
            ),
            path=text,
            least=least,
            most=most,
        )
    return ExperimentList(read_data(fields, text), read_experiments(entries, text, "experiments"))


def read_object(text: str, names: Sequence[str]) -> Mapping[str, JsonValue]:
    """Read a file that holds one JSON object with some of `names` and no others.

    Raises:
        ExperimentListError: it cannot be read, or holds something else.
    """
    try:
        with open_regular(Path(os.path.expanduser(text))) as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise ExperimentListError(
            QT_TRANSLATE_NOOP(
                "errors", "The experiments cannot be read from “{path}” ({reason}): name a file that can be read."
            ),
            path=text,
            reason=getattr(error, "strerror", None) or error,
        ) from error
    value = _parsed(content, text)
    unknown = [name for name in value if name not in names]
    if unknown:
        raise ExperimentListError(
            QT_TRANSLATE_NOOP("errors", "“{path}” cannot have “{name}”: it may have {names}."),
            path=text,
            name=unknown[0],
            names=", ".join(f"“{name}”" for name in names),
        )
    return value


def _parsed(content: bytes, text: str) -> dict[str, JsonValue]:
    if len(content) > MOST_BYTES:
        raise ExperimentListError(
            QT_TRANSLATE_NOOP("errors", "“{path}” is too large for a list of experiments: it may have {most:,} bytes."),
            path=text,
            most=MOST_BYTES,
        )
    try:
        value = parse_json(content)
    except DamageError as error:
        raise ExperimentListError(
            QT_TRANSLATE_NOOP("errors", "“{path}” holds no experiments: {reason}; write one JSON object."),
            path=text,
            reason=error,
        ) from error
    if not isinstance(value, dict):
        raise ExperimentListError(
            QT_TRANSLATE_NOOP("errors", "“{path}” holds no experiments: write one JSON object with their settings."),
            path=text,
        )
    return value


def read_data(fields: Mapping[str, JsonValue], text: str) -> str:
    """The digits that a file asks for; "auto" where it says nothing.

    Raises:
        ExperimentListError: it is no text.
    """
    data = fields.get("data", "auto")
    if not isinstance(data, str) or not data:
        raise ExperimentListError(
            QT_TRANSLATE_NOOP(
                "errors", "“data” in “{path}” must be a text: “auto”, “starter”, “full”, or the path of digits."
            ),
            path=text,
        )
    return data


def read_experiments(entries: Sequence[object], text: str, name: str) -> tuple[Experiment, ...]:
    """The experiments that some objects of a file describe.

    Args:
        entries: one object with settings each.
        text: the file's path, for the sentence.
        name: what their list is called in it.

    Raises:
        ExperimentListError: one sentence on the first that does not fit, with its place, counted from 1.
    """
    return tuple(read_settings(entry, text, f"{name}, {place}") for place, entry in enumerate(entries, start=1))


def read_settings(entry: object, text: str, place: str) -> Experiment:
    """One experiment, as an object describes it.

    Raises:
        ExperimentListError: one sentence with the place.
    """
    if not isinstance(entry, dict):
        raise ExperimentListError(
            QT_TRANSLATE_NOOP("errors", "In “{path}”, {place}: settings are an object with names and values."),
            path=text,
            place=place,
        )
    try:
        return Experiment.parse(entry)
    except ExperimentError as error:
        raise ExperimentListError(
            QT_TRANSLATE_NOOP("errors", "In “{path}”, {place}: {reason}"), path=text, place=place, reason=error
        ) from error
