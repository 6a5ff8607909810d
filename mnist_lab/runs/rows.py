"""What a list shows of a run, out of all that is known of it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_lab.files.sqlite_errors import Trouble
from mnist_lab.network.events import Finished
from mnist_lab.runs.errors import StoreError, store_errors
from mnist_lab.runs.facts import DataFacts, KeptRun, RunRow
from mnist_lab.runs.index import Entry
from mnist_lab.runs.run_file import SUFFIX, RunFile
from mnist_lab.runs.run_reader import read_run
from mnist_lab.words import QT_TRANSLATE_NOOP

_MOST_CURVE_VALUES = 48


def entry_of(path: Path, is_deleted: bool, before: Entry | None) -> Entry:
    """What a run's file holds; where it cannot be used, one sentence, beside what was known of it `before`."""
    status = path.lstat()
    try:
        with store_errors(path), RunFile(path) as file:
            kept = read_run(file)
        if kept.facts.id != path.stem:
            raise StoreError(
                QT_TRANSLATE_NOOP(
                    "errors", "“{path}” holds run {number} under another name: call it “{name}”, or remove it."
                ),
                trouble=Trouble.FOREIGN,
                path=path,
                number=kept.facts.number,
                name=f"{kept.facts.id}{SUFFIX}",
            )
        row = row_of(kept, status.st_size)
    except StoreError as error:
        row = damaged_row(path.stem, status.st_size, status.st_mtime_ns, error, None if before is None else before.row)
    return Entry(row, is_deleted, status.st_mtime_ns)


def row_of(kept: KeptRun, size: int) -> RunRow:
    """The row of a run whose file has `size` bytes."""
    facts, epochs = kept.facts, kept.epochs
    best = max(epochs, key=lambda end: end.validation_accuracy, default=None)
    last = epochs[-1] if epochs else None
    finished = kept.outcome if isinstance(kept.outcome, Finished) else None
    return RunRow(
        id=facts.id,
        number=facts.number,
        kind=facts.kind,
        name=kept.name,
        note=kept.note,
        is_starred=kept.is_starred,
        created=facts.created.astimezone(UTC),
        state=kept.state,
        experiment=kept.experiment,
        data=_listed(facts.data),
        epochs_done=len(epochs),
        updates=kept.updates,
        total_updates=kept.total_updates,
        train_accuracy_after=last.train_accuracy_after if last else None,
        best_accuracy=best.validation_accuracy if best else None,
        best_epoch=best.epoch if best else None,
        last_accuracy=last.validation_accuracy if last else None,
        test_accuracy=finished.test_accuracy if finished else None,
        test_loss=finished.test_loss if finished else None,
        test_images=facts.data.test_images if facts.data else 0,
        training_seconds=kept.training_seconds,
        parent_id=facts.parent_id,
        parent_update=facts.parent_update,
        bytes=size,
        curve=thinned(kept.accuracies),
    )


def _listed(data: DataFacts | None) -> DataFacts | None:
    """The same without the images of own digits and the strokes of a hand: they take 50 kB, and no list shows them."""
    if data is None:
        return None
    return replace(data, own=None, hand=None if data.hand is None else replace(data.hand, digits=()))


def damaged_row(run_id: str, size: int, mtime_ns: int, error: StoreError, before: RunRow | None) -> RunRow:
    """The row of a file that cannot be used: with what was known of it before, if anything was."""
    if before is not None:
        return replace(before, state="damaged", bytes=size, error=error)
    return RunRow(
        id=run_id,
        number=0,
        kind="run",
        name="",
        note="",
        is_starred=False,
        created=_time(mtime_ns),
        state="damaged",
        experiment=None,
        data=None,
        epochs_done=0,
        updates=0,
        total_updates=0,
        train_accuracy_after=None,
        best_accuracy=None,
        best_epoch=None,
        last_accuracy=None,
        test_accuracy=None,
        test_loss=None,
        test_images=0,
        training_seconds=0.0,
        parent_id="",
        parent_update=None,
        bytes=size,
        curve=np.empty(0, np.float32),
        error=error,
    )


def thinned(accuracies: NDArray[np.float32]) -> NDArray[np.float32]:
    """At most 48 means over equal stretches of (n,) float32 values."""
    if len(accuracies) <= _MOST_CURVE_VALUES:
        return accuracies.astype(np.float32)
    edges = np.linspace(0, len(accuracies), _MOST_CURVE_VALUES + 1).astype(np.int64)
    sums = np.add.reduceat(accuracies.astype(np.float64), edges[:-1])
    return (sums / np.diff(edges)).astype(np.float32)


def _time(mtime_ns: int) -> datetime:
    try:
        return datetime.fromtimestamp(mtime_ns / 1e9, UTC)
    except (ValueError, OverflowError, OSError):  # a time beyond the years that a date can tell
        return datetime.fromtimestamp(0, UTC)
