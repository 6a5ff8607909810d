"""What a sweep asks of those who train its experiments: processes of this computer, or of others.

`run_sweep` knows no more of a pool than this. The pool trains each task by `sweep_trial.train_trial`, in a process of
its own, and hands on what that sends, in order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Event, RateChanged
from mnist_lab.network.halt import Halt
from mnist_lab.network.snapshot import Snapshot

Wish = Literal["pause", "resume", "stop"]
"""What all trials that go on are to do."""


@dataclass(frozen=True, eq=False)
class TrialTask:
    """One experiment for a worker.

    Attributes:
        index: its place in the list of experiments, from 0; unique among the tasks that a pool has at a time.
        experiment: what to train.
        run_id: the run's.
        halt: where it goes on, after a worker was lost; None: at its start.
        changes: of the learning rate, which are known already; see `train`.
    """

    index: int
    experiment: Experiment
    run_id: str
    halt: Halt | None = None
    changes: Sequence[RateChanged] = ()


@dataclass(frozen=True)
class TrialOver:
    """The last thing that a trial sends, behind its `Finished`, `Stopped`, `Diverged` or `Failed`.

    Attributes:
        weights_sha256: of the weights at the end, see `NetworkWeights.sha256`; None where there are none.
    """

    weights_sha256: str | None


Sent = Event | Snapshot | TrialOver
"""What a trial sends, in order: events and snapshots as the trainer publishes and keeps them, then the end."""


@dataclass(frozen=True, eq=False)
class FromTrial:
    """Something that a trial has sent.

    Attributes:
        index: of its task.
        sent: what; after `TrialOver` its worker is free.
    """

    index: int
    sent: Sent


@dataclass(frozen=True)
class TrialLost:
    """The process that trained a task is gone, and nothing more comes of it; the pool has another one by and by.

    Attributes:
        index: of the task.
    """

    index: int


class Pool(Protocol):
    """Processes that train. Its methods are called by the sweep's thread alone."""

    @property
    def workers(self) -> int:
        """How many tasks it trains at a time; it may change where computers come and go."""

    def start(self, digits: Digits) -> None:
        """Begin to start the workers, which train on `digits`; need not wait for them. A second call does nothing.

        Raises:
            LabError: one sentence on why there can be none.
        """

    def submit(self, task: TrialTask) -> None:
        """Have it trained as soon as a worker is free; no more than `workers` of them are there at a time."""

    def tell(self, wish: Wish) -> None:
        """Hand on a wish to all trials that go on; those submitted that have not begun follow it, too.

        Those stopped before they began send `Stopped` and `TrialOver` as the others do.
        """

    def events(self, seconds: float) -> Sequence[FromTrial | TrialLost]:
        """What has come since the last call, in order for each task; waits up to `seconds` for the first of it.

        Raises:
            LabError: one sentence where no worker can be had any more.
        """

    def stop(self) -> None:
        """End all workers, busy or not, and wait until they are gone; also where `start` failed or never was called."""
