"""Experiments in files: the JSON object that `train --json` prints under “experiment”."""

import json
import os
from pathlib import Path

from mnist_lab.experiment import Experiment
from mnist_lab.files.atomic import DOCUMENT, write_atomically
from mnist_lab.files.bounded import open_regular
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

_MOST_BYTES = 4 * 1024**2
"""Of a file with an experiment: what “train --json” prints of ten thousand epochs, and half as much again."""


class ExperimentFileError(LabError):
    """A file that cannot be read or written, or holds no experiment."""


def read_fields(text: str) -> dict[str, object]:
    """Read a file that holds the fields of an experiment as one JSON object; `Experiment.parse` judges them.

    All that `train --json` prints will do, too: the experiment is in it.

    Args:
        text: the path, as a person types it.

    Raises:
        ExperimentFileError: it cannot be read, or holds no JSON object.
    """
    path = Path(os.path.expanduser(text))
    try:
        with open_regular(path) as file:
            content = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise ExperimentFileError(
            QT_TRANSLATE_NOOP(
                "errors", "The experiment cannot be read from “{path}” ({reason}): name a file that can be read."
            ),
            path=text,
            reason=getattr(error, "strerror", None) or error,
        ) from error
    fields = _json_object(content)
    if fields is None:
        raise ExperimentFileError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{path}” holds no experiment: write one as a JSON object, as “train --json” prints it under "
                "“experiment”.",
            ),
            path=text,
        )
    inner = fields.get("experiment")
    return inner if isinstance(inner, dict) else fields


def read(path: Path) -> Experiment:
    """The experiment that a file holds.

    Raises:
        ExperimentFileError: as `read_fields`.
        ExperimentError: a setting does not fit.
    """
    return Experiment.parse(read_fields(str(path)))


def write(experiment: Experiment, path: Path) -> None:
    """Write all its settings, those of the chapter too, one a line: `read` and `train --experiment` take them.

    Raises:
        ExperimentFileError: it cannot be written.
    """
    content = json.dumps(experiment.model_dump(mode="json"), indent=1) + "\n"
    try:
        write_atomically(path, content.encode(), mode=DOCUMENT)
    except OSError as error:
        raise ExperimentFileError(
            QT_TRANSLATE_NOOP(
                "errors", "The experiment cannot be saved as “{path}” ({reason}): choose another folder or name."
            ),
            path=path,
            reason=error.strerror or error,
        ) from error


def _json_object(content: bytes) -> dict[str, object] | None:
    """What `content` says if it is one JSON object and not too large."""
    try:
        value = json.loads(content) if len(content) <= _MOST_BYTES else None
    except (ValueError, RecursionError):  # no JSON, no UTF-8, or brackets within brackets without end
        return None
    return value if isinstance(value, dict) else None
