"""A run's numbers as two tables for a spreadsheet: a row for each gradient update, and one for each epoch.

As RFC 4180 has them: commas, lines that end with CR LF, a first line with the columns' names. A number has a point and
as many digits as bring back its very bits; what is no finite number is an empty cell.
"""

import csv
import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np

from mnist_lab.exports.errors import ExportError, writing
from mnist_lab.exports.material import Exported, Material
from mnist_lab.files.atomic import DOCUMENT, write_atomically
from mnist_lab.network.events import EpochEnd
from mnist_lab.runs.facts import KeptRun
from mnist_lab.words import QT_TRANSLATE_NOOP

UPDATE_COLUMNS = ("update", "epoch", "loss", "accuracy", "learning_rate")
EPOCH_COLUMNS = tuple(field.name for field in fields(EpochEnd) if field.name not in ("run_id", "weights_sha256"))
_PART = 10_000
"""Rows between two questions whether anybody waits."""


def table_files(path: Path) -> tuple[Path, ...]:
    """That of the updates, and that of the epochs beside it."""
    return path, path.with_name(f"{path.stem}-epochs{path.suffix}")


def write_tables(material: Material, path: Path) -> Exported:
    """Write both.

    Raises:
        ExportError: there are no numbers, or a file cannot be written.
        Cancelled: nobody waits for them any more.
    """
    kept = material.kept
    check_numbers(kept)
    of_updates, of_epochs = table_files(path)
    content = bytearray()
    for part in _parts(kept):
        material.check()
        content += part
    epochs = _table([EPOCH_COLUMNS, *([getattr(end, name) for name in EPOCH_COLUMNS] for end in kept.epochs)])
    for file, table in ((of_updates, memoryview(content)), (of_epochs, epochs)):
        with writing(file):
            write_atomically(file, table, DOCUMENT)
    return Exported((of_updates, of_epochs), material.remarks())


def check_numbers(kept: KeptRun) -> None:
    """See that there are numbers of gradient updates.

    Raises:
        ExportError: there are none.
    """
    if not kept.updates:
        raise ExportError(
            QT_TRANSLATE_NOOP(
                "errors", "Run {number} has no gradient update there yet, and so no curves: choose a later one."
            ),
            number=kept.facts.number,
        )


def rates(kept: KeptRun) -> list[float]:
    """The learning rate with which each gradient update was made."""
    experiment = kept.facts.past[0].experiment if kept.facts.past else kept.experiment
    assert experiment is not None  # only a kept network has none
    every = np.full(kept.updates, experiment.learning_rate)
    for change in kept.rate_changes:
        every[change.update :] = change.learning_rate
    return every.tolist()


def epochs_of(kept: KeptRun) -> list[int] | None:
    """The epoch of each gradient update, from 1; None where it is not known how many images it trained on."""
    data, experiment = kept.facts.data, kept.experiment
    if data is None or experiment is None:
        return None
    return (np.arange(kept.updates) // experiment.updates_per_epoch(data.train_images) + 1).tolist()


def _parts(kept: KeptRun) -> Iterator[bytes]:
    """The table of the updates, piece by piece."""
    yield _table([UPDATE_COLUMNS])
    epochs, every_rate = epochs_of(kept), rates(kept)
    for start in range(0, kept.updates, _PART):
        stop = min(start + _PART, kept.updates)
        columns = (
            range(start + 1, stop + 1),
            [""] * (stop - start) if epochs is None else epochs[start:stop],
            kept.losses[start:stop],
            kept.accuracies[start:stop],
            every_rate[start:stop],
        )
        yield _table(zip(*columns, strict=True))


def _table(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    """The shortest number that has the very bits of `value`; nothing where it is not finite."""
    if isinstance(value, float | np.floating) and not math.isfinite(value):
        return ""
    return str(value)
