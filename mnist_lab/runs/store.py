"""Every run, kept: `RunStore` is the door to the folder of runs, for window and terminal alike.

One run is one file (`run_file`); the index (`catalogue`, `index`) makes lists fast and holds nothing of its own. Any
method may be called from any thread; none but `rows` is quick enough for the window's own.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from mnist_lab.data.places import lab_home
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.backend import Runtime
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs import bin as run_bin
from mnist_lab.runs.catalogue import Catalogue, check_id
from mnist_lab.runs.changing import change, checked_name, checked_note
from mnist_lab.runs.checking import problems_of
from mnist_lab.runs.disk import free_bytes
from mnist_lab.runs.errors import no_such_run, store_errors
from mnist_lab.runs.facts import DataFacts, KeptRun, RunFacts, RunRow
from mnist_lab.runs.fork import Fork
from mnist_lab.runs.making import Parent, facts_now, facts_of_fork, make_run
from mnist_lab.runs.run_cut import cut_at, cut_at_snapshot
from mnist_lab.runs.run_file import RunFile
from mnist_lab.runs.run_lock import RunLock
from mnist_lab.runs.run_reader import read_run
from mnist_lab.runs.run_writer import RunWriter
from mnist_lab.runs.snapshots import as_snapshot, network_in, snapshot_in

SNAPSHOT_BUDGET = 64 * 10**6
"""Bytes that the snapshots of one run take on disk; the first and the last stay, whatever they take."""


class RunStore:
    """The kept runs of one home.

    Attributes:
        home: see `places.lab_home`.
        folder: where they lie; it is made with the first run.
        budget: bytes that the snapshots of one run may take.
        catalogue: which runs there are, for the modules beside this one.
    """

    def __init__(self, home: Path | None = None, *, budget: int = SNAPSHOT_BUDGET) -> None:
        """Nothing is read or written yet. `home`: None is the lab's own."""
        self.home = lab_home() if home is None else home
        self.folder = self.home / "runs"
        self.budget = budget
        self.catalogue = Catalogue(self.folder)

    # Lists

    def rows(self) -> list[RunRow]:
        """All runs as the index knows them, newest first; quick, and never fails."""
        return self.catalogue.rows()

    def deleted_rows(self) -> list[RunRow]:
        """The same for those in the bin."""
        return self.catalogue.rows(is_deleted=True)

    def refresh(self, is_cancelled: Callable[[], bool] = lambda: False) -> list[RunRow]:
        """Bring the index up to date with the files, and give all rows; may take seconds.

        A file that is damaged, newer, or no run at all becomes a row with a sentence and hides nothing else.

        Raises:
            StoreError: the folder cannot be read.
        """
        self.catalogue.clean()
        self.catalogue.refresh(is_cancelled)
        return self.rows()

    @property
    def used_bytes(self) -> int:
        """What the runs take on disk, those in the bin included."""
        return self.catalogue.used_bytes()

    @property
    def free_bytes(self) -> int:
        """What is free on the disk that they lie on.

        Raises:
            StoreError: the system does not tell.
        """
        return free_bytes(self.folder)

    # Writing

    def begin(
        self,
        experiment: Experiment,
        data: DataFacts,
        *,
        run_id: str = "",
        parent_id: str = "",
        parent_update: int | None = None,
        name: str = "",
        runtime: Runtime | None = None,
    ) -> RunWriter:
        """Make the file of a new run, and hold its lock until the writer is closed.

        Args:
            experiment: what was asked for.
            data: what it trains on.
            run_id: 32 hexadecimal digits; "" makes new ones.
            parent_id: see `RunFacts`.
            parent_update: see `RunFacts`.
            name: what the learner calls it.
            runtime: what decides the bits, where that is known yet.

        Raises:
            StoreError: it cannot be made.
        """
        parent = Parent(parent_id, parent_update)
        facts = facts_now(run_id, "run", experiment, data, experiment.activation, parent, runtime)
        lock, facts = make_run(self.catalogue, facts, name)
        return self._writer(lock, facts)

    def begin_fork(self, fork: Fork, first: Snapshot, run_id: str = "") -> RunWriter:
        """The same of a run that goes on from another; `first` is the snapshot with which it does.

        Raises:
            StoreError: it cannot be made.
        """
        lock, facts = make_run(self.catalogue, facts_of_fork(run_id, fork, first.runtime), "", first, fork)
        return self._writer(lock, facts, fork.updates)

    def resume(self, run_id: str, at: int | None = None) -> RunWriter:
        """Go on with a run that is not live: hold its lock until the writer is closed.

        What comes after the place where it goes on is cut off when the writer first writes; see `RunWriter.kept`.

        Args:
            run_id: the run.
            at: gradient updates after which it goes on, where the caller has the network as it was there; None: its
                newest snapshot.

        Raises:
            StoreError: it is live, damaged, has no snapshot, or fewer updates than `at`.
        """
        path = self.catalogue.found(run_id)
        lock = self.catalogue.taken_lock(run_id)
        try:
            with store_errors(path), RunFile(path) as file:
                kept = read_run(file)
                cut = cut_at_snapshot(file, kept) if at is None else cut_at(kept, at)
        except BaseException:
            lock.free()
            raise
        writer = self._writer(lock, kept.facts)
        writer.go_on(cut)
        return writer

    def keep_network(
        self,
        name: str,
        weights: NetworkWeights,
        parent_id: str = "",
        parent_update: int | None = None,
        experiment: Experiment | None = None,
        *,
        run_id: str = "",
    ) -> str:
        """Keep a network without a run; returns its id.

        Raises:
            StoreError: it cannot be kept.
        """
        parent = Parent(parent_id, parent_update)
        facts = facts_now(run_id, "network", experiment, None, weights.activation, parent)
        lock, facts = make_run(self.catalogue, facts, name, as_snapshot(weights))
        self.catalogue.note(facts.id)
        lock.free()
        return facts.id

    # Reading

    def load(self, run_id: str) -> KeptRun:
        """Everything about a run but its snapshots.

        Raises:
            StoreError: it cannot be read.
        """
        path = self.catalogue.found(run_id)
        with store_errors(path), RunFile(path) as file:
            kept = read_run(file)
        return replace(kept, state="running") if self.catalogue.is_live(run_id) else kept

    def snapshot(self, run_id: str, updates: int | None = None) -> Snapshot:
        """The newest snapshot of a run, or the newest of its first `updates` gradient updates.

        Raises:
            StoreError: there is none, or it cannot be read.
        """
        return snapshot_in(self.catalogue.found(run_id), updates)[0]

    def network_weights(self, run_id: str, updates: int | None = None) -> NetworkWeights:
        """The same as a network, without Keras.

        Raises:
            StoreError: there is none, or it cannot be read.
        """
        return network_in(self.catalogue.found(run_id), updates)

    def check(self, run_id: str) -> list[str]:
        """Read every byte of a run, in the list or in the bin: sentences on what is wrong with it, if anything is.

        Raises:
            StoreError: there is no such run.
        """
        check_id(run_id)
        for is_deleted in (False, True):
            path = self.catalogue.path(run_id, is_deleted=is_deleted)
            if path.exists():
                return problems_of(path)
        raise no_such_run(run_id)

    # What the learner does

    def rename(self, run_id: str, name: str) -> None:
        """Call a run by another name; "" takes its name away.

        Raises:
            StoreError: it cannot be written, or the name is too long.
        """
        self._change(run_id, name=checked_name(name))

    def set_note(self, run_id: str, note: str) -> None:
        """Write something on a run.

        Raises:
            StoreError: it cannot be written, or the note is too long.
        """
        self._change(run_id, note=checked_note(note))

    def set_starred(self, run_id: str, is_starred: bool) -> None:
        """Star a run, or take the star away.

        Raises:
            StoreError: it cannot be written.
        """
        self._change(run_id, is_starred=is_starred)

    def delete(self, run_id: str) -> None:
        """Move a run to the bin.

        Raises:
            StoreError: it is live, or cannot be moved.
        """
        path = self.catalogue.found(run_id)
        with self.catalogue.locked(run_id):
            run_bin.move_to_bin(path, self.catalogue.bin)
        self.catalogue.note(run_id)

    def restore(self, run_id: str) -> None:
        """Bring a run back from the bin.

        Raises:
            StoreError: it is not there, or cannot be moved.
        """
        check_id(run_id)
        with self.catalogue.locked(run_id):
            run_bin.move_back(run_id, self.catalogue.bin, self.catalogue.path(run_id))
        self.catalogue.note(run_id)

    def remove_deleted(self, run_id: str) -> None:
        """Remove a run from the bin, for good.

        Raises:
            StoreError: it is not there, or cannot be removed.
        """
        check_id(run_id)
        with self.catalogue.locked(run_id):
            run_bin.remove(run_id, self.catalogue.bin)
        self.catalogue.note(run_id)

    # Inside

    def _writer(self, lock: RunLock, facts: RunFacts, updates: int = 0) -> RunWriter:
        path = self.catalogue.path(facts.id)
        return RunWriter(path, facts.number, lock, self.budget, self.catalogue.note, updates)

    def _change(self, run_id: str, **fields: object) -> None:
        change(self.catalogue.found(run_id), **fields)
        self.catalogue.note(run_id)
