"""Writing one run's file, batch by batch, while its lock is held."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_lab.experiment import Experiment
from mnist_lab.network.events import RateChanged, Updates
from mnist_lab.network.halt import Halt
from mnist_lab.runs import run_file
from mnist_lab.runs.errors import store_errors
from mnist_lab.runs.facts import Batch, KeptRun
from mnist_lab.runs.run_cut import Cut, apply_cut
from mnist_lab.runs.run_file import RunFile
from mnist_lab.runs.run_lock import RunLock
from mnist_lab.runs.run_reader import as_json, outcome_as_json, read_present
from mnist_lab.runs.snapshots import put_snapshot, thin


class RunWriter:
    """The one who may write a run's file; `RunStore.begin` and `RunStore.resume` make it. Any thread may use it.

    Attributes:
        id: of the run.
        number: of the run.
        path: its file.
    """

    def __init__(
        self,
        path: Path,
        number: int,
        lock: RunLock,
        budget: int,
        note: Callable[[str], None],
        updates: int = 0,
    ) -> None:
        """`lock` is held; `note(id)` brings the index up to date: for the first numbers, and for the file as it stays.

        `updates` are in it already: those that a fork has from its parent.
        """
        self.id = path.stem
        self.number = number
        self.path = path
        self._lock = lock
        self._budget = budget
        self._note = note
        self._updates = self._inherited = updates
        self._cut: Cut | None = None
        self._is_cut = True
        self._is_closed = False
        self._is_noted = self._is_listed = False  # in the index: as it is, and at all
        self._alone = threading.RLock()

    @property
    def updates(self) -> int:
        """Gradient updates whose numbers are written."""
        return self._updates

    def go_on(self, cut: Cut) -> None:
        """Go on there; the file is cut when something is written."""
        self._cut, self._is_cut, self._updates = cut, False, cut.kept.updates

    def halt(self) -> Halt:
        """Where the run goes on, for `network.trainer.train`.

        Raises:
            ValueError: it has just begun, or goes on where its caller knows.
        """
        if self._cut is None or self._cut.halt is None:
            raise ValueError("this run has no snapshot to go on from")
        return self._cut.halt

    def kept(self) -> KeptRun:
        """The run as it is where it goes on.

        Raises:
            ValueError: it has just begun.
        """
        if self._cut is None:
            raise ValueError("this run has just begun")
        return self._cut.kept

    @property
    def changes_ahead(self) -> tuple[RateChanged, ...]:
        """Of a run that goes on: the changes of the learning rate that are cut off, to be made again."""
        return () if self._cut is None else self._cut.changes_ahead

    def write(self, batch: Batch) -> None:
        """Write all of it, or nothing.

        Raises:
            StoreError: it cannot be written; it may be tried again.
            ValueError: the numbers do not follow those that are written.
        """
        with self._alone:
            rows = _number_rows(
                batch.updates, self._updates, None if batch.snapshot is None else batch.snapshot.updates
            )
            updates = self._updates + sum(len(told.losses) for told in batch.updates)
            with self._writing() as file:
                for row in rows:
                    file.put(run_file.NUMBERS, *row)
                _write_events(file, batch)
                if batch.snapshot is not None:
                    put_snapshot(file, batch.snapshot)
                    thin(file, self._budget)
            self._updates = updates
            self._is_noted = batch.outcome is not None or (updates > 0 and not self._is_listed)
            if self._is_noted:
                self._is_listed = True
                self._note(self.id)

    def set_experiment(self, experiment: Experiment) -> None:
        """Keep that the run has another experiment now: epochs were added.

        Raises:
            StoreError: it cannot be written.
        """
        with self._alone, self._writing() as file:
            file.put(run_file.PRESENT, 0, as_json(replace(read_present(file), experiment=experiment)))
            self._is_noted = False

    def close(self) -> None:
        """Let others write the run; without an update of its own its file goes. More than once is the same as once.

        Raises:
            StoreError: an empty file cannot be removed; the lock is free all the same.
        """
        with self._alone:
            if self._is_closed:
                return
            self._is_closed = True
            try:
                if self._updates == self._inherited and self._is_cut:
                    remove_files(self.path)
                    self._is_noted = False
                if not self._is_noted:
                    self._note(self.id)
            finally:
                self._lock.free()

    @contextmanager
    def _writing(self) -> Iterator[RunFile]:
        with store_errors(self.path), RunFile(self.path, write=True) as file, file.writing():
            if self._cut is not None and not self._is_cut:
                apply_cut(file, self._cut.kept)
            yield file
        self._is_cut = True


def remove_files(path: Path) -> None:
    """Remove a run file and what SQLite has left beside it.

    Raises:
        StoreError: it cannot be removed.
    """
    with store_errors(path):
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _write_events(file: RunFile, batch: Batch) -> None:
    for end in batch.epochs:
        file.put(run_file.EPOCHS, end.epoch, as_json(end))
    first = file.count(run_file.CHANGES) if batch.changes else 0
    for index, change in enumerate(batch.changes, start=first):
        file.put(run_file.CHANGES, index, int(change.update), float(change.learning_rate))
    if batch.outcome is not None:
        file.put(run_file.OUTCOME, 0, outcome_as_json(batch.outcome))


def _number_rows(told: Sequence[Updates], first: int, cut: int | None) -> list[tuple[int, float, bytes, bytes]]:
    """As few rows as can be; one ends at `cut`, where a snapshot was taken, so that its training seconds are known."""
    rows: list[list[Updates]] = []
    end = first
    for updates in told:
        if updates.first != end or len(updates.losses) != len(updates.accuracies):
            raise ValueError(f"numbers of update {updates.first} cannot follow those of {end} updates")
        if not rows or end == cut:
            rows.append([])
        rows[-1].append(updates)
        end += len(updates.losses)
    return [
        (
            row[0].first,
            float(row[-1].training_seconds),
            _bytes(u.losses for u in row),
            _bytes(u.accuracies for u in row),
        )
        for row in rows
        if any(len(updates.losses) for updates in row)
    ]


def _bytes(pieces: Iterable[NDArray[np.float32]]) -> bytes:
    return b"".join(piece.astype("<f4").tobytes() for piece in pieces)
