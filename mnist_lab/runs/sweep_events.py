"""What a sweep tells while it goes on: small immutable events, and what came of each of its experiments."""

from dataclasses import dataclass
from typing import Literal

from mnist_lab.experiment import Experiment

TrialState = Literal["finished", "diverged", "stopped", "failed"]
"""How a trial ended; "stopped" is also one that never began, because the sweep was cancelled before."""


@dataclass(frozen=True)
class SweepResult:
    """What came of one experiment of a sweep.

    Attributes:
        index: its place in the list of experiments, from 0.
        experiment: what was trained.
        state: how it ended.
        test_accuracy: on all test images, from 0 to 1; None where it did not finish.
        test_loss: the same for the loss.
        run_id: of the kept run; None where nothing is kept: it never did an update, or could not be written.
        run_number: see `RunFacts`; None with `run_id`.
        weights_sha256: of the weights at the end, see `NetworkWeights.sha256`; None where there are none.
        seconds: spent in gradient updates alone.
        updates: gradient updates that were done.
        problem: why it failed, as one sentence; "" where it did not.
    """

    index: int
    experiment: Experiment
    state: TrialState
    test_accuracy: float | None = None
    test_loss: float | None = None
    run_id: str | None = None
    run_number: int | None = None
    weights_sha256: str | None = None
    seconds: float = 0.0
    updates: int = 0
    problem: str = ""


@dataclass(frozen=True)
class TrialBegun:
    """A worker has taken an experiment up; after `WorkerLost` it may be told again, with the same run id.

    Attributes:
        index: the experiment's place in the list, from 0.
        run_id: the run's.
    """

    index: int
    run_id: str


@dataclass(frozen=True)
class TrialProgress:
    """How far a trial is.

    Attributes:
        index: the experiment's place in the list, from 0.
        updates: gradient updates behind it.
        total_updates: of all its epochs.
        loss: of the newest batch.
        accuracy: of the newest batch, from 0 to 1.
    """

    index: int
    updates: int
    total_updates: int
    loss: float
    accuracy: float


@dataclass(frozen=True)
class TrialEnded:
    """A trial is over, whichever way; told exactly once for each experiment of the sweep.

    Attributes:
        index: the experiment's place in the list, from 0.
        result: what came of it; its run is written as far as it ever will be.
    """

    index: int
    result: SweepResult


@dataclass(frozen=True)
class WorkerLost:
    """The process that trained this experiment died; where it was the first time, it is tried again.

    Attributes:
        index: the experiment's place in the list, from 0.
        attempt: which attempt was lost, from 1.
    """

    index: int
    attempt: int


SweepEvent = TrialBegun | TrialProgress | TrialEnded | WorkerLost
