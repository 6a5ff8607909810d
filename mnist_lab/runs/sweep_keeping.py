"""One trial of a sweep as the driver sees it: what it has told, and who keeps it."""

from collections.abc import Callable
from dataclasses import dataclass

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Diverged, EpochEnd, Failed, Finished, LastEvent, Stopped, Updates
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.keeper import RunKeeper
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_events import SweepResult, TrialState
from mnist_lab.runs.sweep_pool import Sent, TrialOver, TrialTask
from mnist_lab.words import LabError


@dataclass(frozen=True, eq=False)
class SweepKeeping:
    """Where the runs of a sweep are kept, and what is the same for all of them.

    Attributes:
        store: where.
        digits: on what they train.
        own_digits: see `DataFacts`.
        problem: as `RunKeeper` takes it.
    """

    store: RunStore
    digits: Digits
    own_digits: int
    problem: Callable[[LabError | None], None]


class KeptTrial:
    """A trial that a worker trains, or trained.

    Attributes:
        attempt: how often it was begun, from 1.
        total_updates: of all its epochs; 0 until that is known.
    """

    def __init__(self, index: int, experiment: Experiment, name: str, run_id: str, keeping: SweepKeeping) -> None:
        """Nothing is written before its first update comes."""
        self.attempt = 1
        self.total_updates = 0
        self._index = index
        self._experiment = experiment
        self._keeping = keeping
        self._last: Finished | Stopped | Diverged | Failed | None = None
        self._updates, self._seconds = 0, 0.0
        self._weights_sha256: str | None = None
        self._name = name
        self.task = TrialTask(index, experiment, run_id)
        self._keeper = self._new_keeper()

    def receive(self, sent: Sent) -> None:
        """Take in what it has sent; returns at once."""
        match sent:
            case Snapshot():
                self._keeper.offer(sent)
                return
            case TrialOver():
                self._weights_sha256 = sent.weights_sha256
                return
            case EpochEnd():
                self._weights_sha256 = sent.weights_sha256 or None
            case Updates():
                self._updates = sent.first + len(sent.losses)
                self._seconds = sent.training_seconds
            case _ if isinstance(sent, LastEvent):
                self._last = sent
        self._keeper.receive(sent)

    def begin_again(self) -> TrialTask:
        """Go on after its worker was lost: from the newest snapshot, with the same bits, or from the start.

        Raises:
            StoreError: its file cannot be read.
        """
        self._keeper.close()
        self.attempt += 1
        if self._keeper.number is None:  # it did not come to its first update
            self._keeper = self._new_keeper()
            return self.task
        return self.take_up(self.task.run_id)

    def take_up(self, run_id: str) -> TrialTask:
        """Go on with a kept run of the same experiment, in the same way, in place of a new one.

        Raises:
            StoreError: it is live, or cannot be read.
        """
        keeping = self._keeping
        writer = keeping.store.resume(run_id)
        self.task = TrialTask(self._index, self._experiment, run_id, writer.halt(), writer.changes_ahead)
        self._keeper = RunKeeper(
            keeping.store,
            self._experiment,
            keeping.digits,
            run_id=run_id,
            resumed=writer,
            problem=keeping.problem,
        )
        return self.task

    def _new_keeper(self) -> RunKeeper:
        keeping = self._keeping
        return RunKeeper(
            keeping.store,
            self._experiment,
            keeping.digits,
            run_id=self.task.run_id,
            name=self._name,
            own_digits=keeping.own_digits,
            problem=keeping.problem,
        )

    @property
    def has_ended(self) -> bool:
        """Whether it has told how it ended."""
        return self._last is not None

    @property
    def is_written(self) -> bool:
        """Whether all that it has told is, so that `close` hardly waits."""
        return self._keeper.is_whole

    def close(self) -> None:
        """Wait until all is written."""
        self._keeper.close()

    def result(self, problem: str = "") -> SweepResult:
        """What came of it; wait with `close` before.

        Args:
            problem: why it failed, where it has not told so itself.
        """
        last, number = self._last, self._keeper.number
        if isinstance(last, Failed):
            problem = " ".join(str(last.error).split())
        finished = last if isinstance(last, Finished) else None
        return SweepResult(
            self._index,
            self._experiment,
            self._state(problem),
            test_accuracy=None if finished is None else finished.test_accuracy,
            test_loss=None if finished is None else finished.test_loss,
            run_id=None if number is None else self.task.run_id,
            run_number=number,
            weights_sha256=self._weights_sha256,
            seconds=self._seconds,
            updates=self._updates,
            problem=problem,
        )

    def _state(self, problem: str) -> TrialState:
        match self._last:
            case Finished():
                return "finished"
            case Diverged():
                return "diverged"
        return "failed" if problem else "stopped"
