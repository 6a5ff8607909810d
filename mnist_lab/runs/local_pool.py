"""Workers on this computer: processes that live as long as the sweep.

Not `ProcessPoolExecutor`, which gives up all its processes when one dies, and hands on nothing before a task is over.
"""

import os
import queue
import time
from collections import deque
from collections.abc import Sequence

import psutil

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.environment import INTRA_OP_THREADS
from mnist_lab.network.events import Stopped
from mnist_lab.network.memory import training_bytes
from mnist_lab.runs.local_worker import Arrival, LocalWorker
from mnist_lab.runs.sweep_pool import FromTrial, TrialLost, TrialOver, TrialTask, Wish
from mnist_lab.runs.sweep_worker import WorkerFailed, WorkerReady
from mnist_lab.runs.worker_limits import MOST_WORKERS as MOST_WORKERS
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

WORKER_BYTES = 800 * 10**6
"""About what a worker takes: TensorFlow, all of MNIST, a network of the chapter's size (measured: docs/sweeps.md)."""
_MOST_GROWN = 10**9
"""Bytes that a worker may take more than at its start. TensorFlow gives no compiled network back (about 10 MB each)."""
_DEATHS = 3
"""So many workers in a row that end before they can train mean: no other one will."""


class WorkerError(LabError):
    """No worker can be had."""


def usable_cores() -> int:
    """How many processors this process may use."""
    return len(psutil.Process().cpu_affinity()) if hasattr(psutil.Process, "cpu_affinity") else os.cpu_count() or 1


def default_workers(experiments: Sequence[Experiment] = ()) -> int:
    """One for each processor, as far as the memory allows that is free now; at least one.

    More would be no faster: one network of the chapter's size keeps a processor busy (see `INTRA_OP_THREADS`, which
    decides bits and not how many are used).

    Args:
        experiments: what is to be trained; the largest of them counts.
    """
    needed = WORKER_BYTES + max(map(training_bytes, experiments), default=0)
    return max(1, min(usable_cores(), psutil.virtual_memory().available // needed, MOST_WORKERS))


def processors_of(place: int, workers: int, usable: Sequence[int]) -> list[int]:
    """The processors that one of several workers may use, so that it shares them with as few as can be; none: all.

    An update is cut into `INTRA_OP_THREADS` pieces, always. Where there are fewer processors than pieces, workers that
    may use all of them wait for each other's: 64 units on all of MNIST take 2.26 s instead of 2.0 (measured). How many
    processors there are decides no bit (see `network.environment`).

    Args:
        place: the worker's, from 0.
        workers: how many there are.
        usable: the numbers of the processors that there are for all of them.
    """
    if workers < 2 or not usable or workers * INTRA_OP_THREADS <= len(usable):
        return []
    return sorted(usable)[place % len(usable) :: workers]


def _own_processors() -> list[int]:
    """Those of this process, by their numbers; none where it cannot choose."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []  # Linux


class LocalPool:
    """A `Pool` of processes of this computer; each is replaced when it dies."""

    def __init__(self, workers: int, *, most_grown: int = _MOST_GROWN) -> None:
        """Nothing is started yet.

        Args:
            workers: how many there are.
            most_grown: bytes that one may take more than at its start; then another one takes its place.
        """
        self._workers = workers
        self._most_grown = most_grown
        self._digits: Digits | None = None
        self._hired: list[LocalWorker] = []
        self._waiting: deque[TrialTask] = deque()
        self._arrived: queue.SimpleQueue[Arrival] = queue.SimpleQueue()
        self._own: deque[FromTrial] = deque()  # what the pool says itself of tasks that never began
        self._is_paused = False
        self._deaths = 0  # in a row, of workers that were not ready yet

    @property
    def workers(self) -> int:
        """How many tasks it trains at a time."""
        return self._workers

    @property
    def process_ids(self) -> list[int]:
        """Those of the workers there are now."""
        return [worker.process_id for worker in self._hired]

    @property
    def ready(self) -> int:
        """How many of them can train; known by `events`."""
        return sum(worker.is_ready for worker in self._hired)

    def start(self, digits: Digits) -> None:
        """See `Pool`."""
        if self._digits is None:
            self._digits = digits
            usable = _own_processors()
            for place in range(self._workers):
                self._hire(digits, processors_of(place, self._workers, usable))

    def submit(self, task: TrialTask) -> None:
        """See `Pool`."""
        self._waiting.append(task)
        self._hand_out()

    def tell(self, wish: Wish) -> None:
        """See `Pool`."""
        self._is_paused = wish == "pause"
        if wish == "stop":
            for task in self._waiting:
                self._own.append(FromTrial(task.index, Stopped(0 if task.halt is None else task.halt.updates)))
                self._own.append(FromTrial(task.index, TrialOver(None)))
            self._waiting.clear()
        for worker in self._hired:
            if worker.task is not None:
                worker.send(wish)
        self._hand_out()

    def events(self, seconds: float) -> Sequence[FromTrial | TrialLost]:
        """See `Pool`."""
        found: list[FromTrial | TrialLost] = [*self._own]
        self._own.clear()
        until = time.monotonic() + seconds
        while not found and (left := until - time.monotonic()) > 0:
            try:
                self._take(self._arrived.get(timeout=left), found)
            except queue.Empty:
                break
        while not self._arrived.empty():
            self._take(self._arrived.get(), found)
        return found

    def stop(self) -> None:
        """See `Pool`."""
        self._waiting.clear()
        for worker in self._hired:
            worker.kill()
        for worker in self._hired:
            worker.bury()
        self._hired.clear()

    def _hire(self, digits: Digits, processors: Sequence[int]) -> None:
        try:
            self._hired.append(LocalWorker(digits, self._arrived, processors))
        except OSError as error:
            raise WorkerError(
                QT_TRANSLATE_NOOP(
                    "errors", "No process can be started for the sweep ({reason}): close some programs and try again."
                ),
                reason=error.strerror or error,
            ) from error

    def _take(self, arrival: Arrival, found: list[FromTrial | TrialLost]) -> None:
        worker, message = arrival
        match message:
            case None:
                self._replace(worker, found)
            case WorkerFailed(error):
                raise error
            case WorkerReady():
                worker.become_ready()
                self._deaths = 0
                self._hand_out()
            case FromTrial():
                found.append(message)
                if isinstance(message.sent, TrialOver):
                    worker.task = None
                    if worker.grown_bytes > self._most_grown:
                        self._renew(worker)
                    self._hand_out()

    def _renew(self, worker: LocalWorker) -> None:
        """Put a new worker in the place of one."""
        assert self._digits is not None  # it was started with some
        self._hired.remove(worker)
        worker.kill()
        worker.bury()
        self._hire(self._digits, worker.processors)

    def _replace(self, worker: LocalWorker, found: list[FromTrial | TrialLost]) -> None:
        """A worker is gone, if it was not sent away: there is a new one before anybody hears of it."""
        if worker not in self._hired:
            return
        if worker.task is not None:
            found.append(TrialLost(worker.task.index))
        if not worker.is_ready:
            self._deaths += 1
        if self._deaths == _DEATHS:
            raise WorkerError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "The processes that are to train end before they begin: each needs about {needed:.1f} GB of "
                    "memory, and {free:.1f} GB are free; close other programs, or take fewer workers.",
                ),
                needed=WORKER_BYTES / 1e9,
                free=psutil.virtual_memory().available / 1e9,
            )
        self._renew(worker)

    def _hand_out(self) -> None:
        for worker in self._hired:
            if self._waiting and worker.is_ready and worker.task is None and not self._is_paused:
                worker.task = self._waiting.popleft()
                worker.send(worker.task)
