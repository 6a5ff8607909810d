"""Keeps a run while it goes on: a thread of its own writes what the run tells, so that no disk ever slows training."""

import logging
import threading
import uuid
from collections.abc import Callable
from typing import Protocol

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.backend import Runtime
from mnist_lab.network.events import Event
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import Batch, DataFacts
from mnist_lab.runs.fork import Fork
from mnist_lab.runs.keeping_error import not_kept_any_more, not_kept_at_the_end, not_kept_yet
from mnist_lab.runs.waiting import Waiting
from mnist_lab.words import LabError

_logger = logging.getLogger(__name__)

_SECONDS = 0.8
"""Numbers are collected for so long: with the writing, on a busy computer too, they are kept once a second at least."""
_RETRY_SECONDS = 5.0
MOST_WAITING_BYTES = 128 * 10**6
"""Of snapshots that wait for a slow disk."""


class Writer(Protocol):
    """One run's file, open for writing; see `runs.run_writer.RunWriter`."""

    @property
    def number(self) -> int:
        """See `RunFacts`."""

    @property
    def updates(self) -> int:
        """Gradient updates whose numbers are written."""

    def write(self, batch: Batch) -> None:
        """Write it in one transaction."""

    def set_experiment(self, experiment: Experiment) -> None:
        """Note what the experiment is now."""

    def close(self) -> None:
        """Let go of the file and of its lock."""


class Store(Protocol):
    """Where runs are kept; see `runs.store.RunStore`."""

    def begin(
        self,
        experiment: Experiment,
        data: DataFacts,
        *,
        name: str = "",
        runtime: Runtime | None = None,
        run_id: str = "",
    ) -> Writer:
        """Make a file for a new run."""

    def begin_fork(self, fork: Fork, first: Snapshot, run_id: str = "") -> Writer:
        """Make a file for a run that goes on from another."""

    def resume(self, run_id: str, at: int | None = None) -> Writer:
        """Open a run's file, and cut what is behind its newest snapshot, or behind `at`."""


class RunKeeper:
    """Takes the events and snapshots of one run in the thread that trains, and writes them in another.

    Numbers wait for a slow or full disk, and are never dropped; snapshots may be, but for the first and the newest. A
    run without a single update leaves nothing behind.

    Attributes:
        run_id: of the run.
        number: of the run; None until its file is there.
        is_whole: whether all that was told so far is written.
    """

    def __init__(
        self,
        store: Store,
        experiment: Experiment,
        digits: Digits,
        *,
        run_id: str = "",
        resumed: Writer | None = None,
        going_on: int | None = None,
        fork: Fork | None = None,
        name: str = "",
        own_digits: int = 0,
        problem: Callable[[LabError | None], None] = lambda _error: None,
        seconds: float = _SECONDS,
        retry_seconds: float = _RETRY_SECONDS,
        most_waiting_bytes: int = MOST_WAITING_BYTES,
    ) -> None:
        """Nothing is read or written before the first update is told, and then in the keeper's own thread.

        Args:
            store: where the run is kept.
            experiment: what is trained; of a run that goes on, with the epochs that it has now.
            digits: on what.
            run_id: the run's own; "" for a new one.
            resumed: the file of a run that goes on, as `RunStore.resume` has opened it; it is closed here.
            going_on: after how many updates a run of this process goes on that was kept until then under `run_id`.
            fork: how a new run goes on from another.
            name: what the learner calls it.
            own_digits: see `DataFacts`.
            problem: told in the keeper's thread when the run cannot be written, once while it goes on and once more if
                it ends so; when keeping is given up; and None when it is written again.
            seconds: for how long numbers are collected.
            retry_seconds: how soon it is tried again where writing failed.
            most_waiting_bytes: of snapshots.
        """
        self.run_id = run_id or uuid.uuid4().hex
        self.number: int | None = None if resumed is None else resumed.number
        self._store = store
        self._experiment = experiment
        self._digits = digits
        self._going_on = going_on
        self._fork = fork
        self._name = name
        self._own_digits = own_digits
        self._problem = problem
        self._seconds = seconds
        self._retry_seconds = retry_seconds
        self._waiting = Waiting(most_waiting_bytes)
        self._resumed = resumed
        self._writer: Writer | None = None
        self._runtime: Runtime | None = None
        self._written = going_on or 0  # updates
        for known in (resumed, fork):
            if known is not None:
                self._written = known.updates
        self._told: LabError | None = None  # why the run cannot be written
        self._is_noted = False  # the experiment, in the file of a run that goes on
        self._something_came = threading.Event()
        self._hurry = threading.Event()  # the run has ended, or nobody wants to wait any longer
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="run keeper", daemon=True)
        self._thread.start()

    # For the thread that trains

    def receive(self, event: Event) -> None:
        """Take in the run's next event; returns at once."""
        self._waiting.add(event)
        if self._waiting.has_ended:
            self._hurry.set()
        self._something_came.set()

    def offer(self, snapshot: Snapshot) -> None:
        """Take in a snapshot, as `train` hands it to its `keep`; returns at once."""
        if self._runtime is None:
            self._runtime = snapshot.runtime
        self._waiting.offer(snapshot)
        self._something_came.set()

    @property
    def _is_worth_writing(self) -> bool:
        """Whether something came that is not in the run's file; a file that goes on is cut before it is written to."""
        return self._waiting.has_news if self._goes_on() else self._waiting.has_numbers

    # For whoever waits

    @property
    def has_begun(self) -> bool:
        """Whether the run has a file, or has done what deserves one: an update of its own."""
        return self._waiting.has_numbers or self._goes_on()

    @property
    def is_whole(self) -> bool:
        """Whether all that was told so far, and is worth it, is written."""
        return self._waiting.is_empty or not self._is_worth_writing

    def close(self) -> None:
        """Wait until all is written. What cannot be written now is tried once more, then given up."""
        self._closing.set()
        self._hurry.set()
        self._something_came.set()
        self._thread.join()

    # In the keeper's thread

    def _keep(self) -> None:
        try:
            if not self._goes_on() and self._fork is None:
                DataFacts.of(self._digits)  # takes its time while the network is being prepared; later it is known
            while not self._is_over():
                self._something_came.wait()
                self._hurry.wait(self._seconds)
                is_closing = self._closing.is_set()  # before the last look: what comes later is nobody's
                self._something_came.clear()
                if not self._write_all() and not is_closing:
                    self._closing.wait(self._retry_seconds)
                    self._something_came.set()
                elif is_closing:
                    break
        except Exception as error:  # a mistake of the lab's own: in a thread nobody else would hear of it
            _logger.error("run %s is kept no more", self.run_id, exc_info=error)
            self._problem(not_kept_any_more(error, self._written))
        finally:
            self._close_writer()

    def _close_writer(self) -> None:
        writer = self._writer or self._resumed
        try:
            if writer is not None:
                writer.close()
        except StoreError as error:  # an empty file stays: who reads the list next removes it
            _logger.warning("%s", error)

    def _is_over(self) -> bool:
        return self._waiting.has_ended and self.is_whole

    def _goes_on(self) -> bool:
        return self._resumed is not None or self._going_on is not None

    def _write_all(self) -> bool:
        """Write all that waits; False where that failed."""
        try:
            while self._is_worth_writing and (batch := self._waiting.take_in_hand()) is not None:
                self._write(batch)
        except (StoreError, MemoryError) as error:
            self._waiting.put_back()
            self._tell(error)
            return False
        if self._told is not None:
            self._told = None
            self._problem(None)
        return True

    def _tell(self, error: StoreError | MemoryError) -> None:
        """Say that the run is not kept: once while it goes on, and once more if it ends so."""
        explain = not_kept_at_the_end if self._waiting.has_ended else not_kept_yet
        problem = explain(error, self._written)
        if self._told is None or self._told.template != problem.template:
            self._told = problem
            self._problem(problem)

    def _write(self, batch: Batch) -> None:
        self._opened(batch.snapshot).write(batch)
        self._waiting.forget_batch()
        if batch.updates:
            self._written = batch.updates[-1].first + len(batch.updates[-1].losses)

    def _opened(self, snapshot: Snapshot | None) -> Writer:
        """The run's file, open; made or opened when first asked for; `snapshot` is about to be written."""
        if self._writer is None:
            self._writer = self._resumed or self._open(snapshot)
            self.number = self._writer.number
        if self._goes_on() and not self._is_noted:
            self._writer.set_experiment(self._experiment)
            self._is_noted = True
        return self._writer

    def _open(self, snapshot: Snapshot | None) -> Writer:
        if self._going_on is not None:
            return self._store.resume(self.run_id, self._going_on)
        if self._fork is not None:
            assert snapshot is not None  # that with which it begins comes before all numbers
            writer, self._fork = self._store.begin_fork(self._fork, snapshot, self.run_id), None
            return writer
        return self._store.begin(
            self._experiment,
            DataFacts.of(self._digits, self._own_digits),
            name=self._name,
            runtime=self._runtime,
            run_id=self.run_id,
        )
