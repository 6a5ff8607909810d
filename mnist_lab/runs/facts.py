"""What is known of a kept run: when it begins, in a list, and as a whole. Plain values, without a file behind them."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AwareDatetime, Field

from mnist_lab.data.digits import Digits, Kind
from mnist_lab.data.hand import HandDigits
from mnist_lab.experiment import LIMITS, Experiment
from mnist_lab.network.events import Diverged, EpochEnd, Failed, Finished, RateChanged, Stopped, Updates
from mnist_lab.network.recording import Past
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.hand_facts import HandFacts
from mnist_lab.runs.own_facts import OwnFacts

RunKind = Literal["run", "network"]
KnownImages = Literal["test", "held_out"]
KeptState = Literal["running", "finished", "stopped", "diverged", "interrupted", "failed", "damaged"]
"""Of a run; a kept network is "finished". "failed": only where it failed after its first update."""

_Count = Annotated[int, Field(ge=0, le=2**53)]
_Rate = Annotated[float, Field(ge=LIMITS["learning_rate"].minimum, le=LIMITS["learning_rate"].maximum)]
_Floats = NDArray[np.float32]


@dataclass(frozen=True)
class DataFacts:
    """Which digits a run trains on.

    Attributes:
        fingerprint: see `Digits.fingerprint`.
        kind: see `Digits.kind`.
        origin: see `Digits.origin`.
        train_images: how many training images there are, own digits included.
        test_images: how many test images.
        was_binary: see `Digits.was_binary`.
        own_digits: how many of the training images are the learner's own.
        hand: what was put in place of most of them to learn a person's hand; None: nothing.
        own: the learner's own digits themselves; None where there are none, or where an earlier version kept the run.
            In a list of runs they are left out.
    """

    fingerprint: str
    kind: Kind
    origin: str
    train_images: _Count
    test_images: _Count
    was_binary: bool = False
    own_digits: _Count = 0
    hand: HandFacts | None = None
    own: OwnFacts | None = None

    @classmethod
    def of(cls, digits: Digits, own_digits: int = 0) -> "DataFacts":
        """Those of `digits`, of which the last are the learner's own, a path as an absolute one.

        It takes about 0.1 s, twice with own digits: ask off the window's thread.
        """
        origin = digits.origin
        if os.path.exists(origin):
            origin = os.path.abspath(origin)
        return cls(
            digits.fingerprint,
            digits.kind,
            as_text(origin),
            len(digits.train_images),
            len(digits.test_images),
            digits.was_binary,
            own_digits,
            HandFacts.of(digits),
            OwnFacts.of(digits, own_digits) if own_digits and not isinstance(digits, HandDigits) else None,
        )


@dataclass(frozen=True)
class RunFacts:
    """What is known when a run begins, and never changes.

    Attributes:
        id: 32 hexadecimal digits: tells it from every other run, on this computer and on others.
        number: 1, 2, 3, … in this home; never given twice.
        created: when, in UTC.
        kind: "network" for a kept network or an edited copy: one snapshot of weights only, and no numbers.
        experiment: what was asked for; None only for networks from elsewhere.
        data: what it trains on; None where that is not known.
        activation: of the hidden layers, by Keras's name.
        parent_id: the run that it was forked from; "" where it is nobody's child.
        parent_update: after how many gradient updates of the parent.
        versions: of the lab, Keras, TensorFlow, NumPy and Python, by those names in small letters.
        runtime: what else decides the bits: the fields of `network.backend.Runtime`, as far as they are known, and
            "processor", its name.
        past: of a run that counts its parent's updates on: which settings those were made with, in order. What was told
            of them stands in its own file, with a snapshot at the end of each part.
        ahead: of such a run, the changes of the learning rate that its parent made later on, as (update, rate): they
            are made again, unless another rate is chosen.
        begins_trained: whether the network before its first update was trained by another run already.
        may_know: on which images it is no fair measure, since that training may have shown it some of them.
    """

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    number: Annotated[int, Field(ge=1, le=2**53)]
    created: AwareDatetime
    kind: RunKind
    experiment: Experiment | None
    data: DataFacts | None
    activation: str
    parent_id: str = ""
    parent_update: _Count | None = None
    versions: dict[str, str] = field(default_factory=dict)
    runtime: dict[str, Any] = field(default_factory=dict)
    past: tuple[Past, ...] = ()
    ahead: tuple[tuple[_Count, _Rate], ...] = ()
    begins_trained: bool = False
    may_know: tuple[KnownImages, ...] = ()

    @property
    def total_updates(self) -> int:
        """Gradient updates of the whole run as it was asked for; 0 where that is not known."""
        return total_updates(self.experiment, self.data)

    @property
    def forked_at(self) -> int:
        """Gradient updates that were made before its own and are counted on; 0 where it begins anew."""
        return self.past[-1].until if self.past else 0


@dataclass(frozen=True, eq=False)
class RunRow:
    """What a list shows of a run.

    Attributes:
        id: see `RunFacts`; of a file that is no run of this lab, its name without the ending.
        number: see `RunFacts`; 0 where it is not known.
        kind: see `RunFacts`.
        name: what the learner calls it; "" without a name.
        note: what the learner wrote on it.
        is_starred: whether the learner has starred it.
        created: when it began, in UTC; of a damaged file, when it was written last.
        state: where it stands.
        experiment: as it is now: epochs may have been added.
        data: what it trains on.
        epochs_done: epochs that were measured.
        updates: gradient updates behind it.
        total_updates: gradient updates of all its epochs; 0 where that is not known.
        train_accuracy_after: of the last epoch, see `EpochEnd`; from 0 to 1, as all accuracies.
        best_accuracy: the highest validation accuracy of an epoch.
        best_epoch: the first epoch with it.
        last_accuracy: the last epoch's validation accuracy.
        test_accuracy: on all test images, once it has finished.
        test_loss: the same for the loss.
        test_images: how many there are.
        training_seconds: spent in gradient updates.
        parent_id: see `RunFacts`.
        parent_update: see `RunFacts`.
        bytes: of its file.
        curve: at most 48 float32, the batches' accuracies, thinned to means of equal stretches; for a small picture.
        error: why it cannot be used; None where it can.
    """

    id: str
    number: int
    kind: RunKind
    name: str
    note: str
    is_starred: bool
    created: datetime
    state: KeptState
    experiment: Experiment | None
    data: DataFacts | None
    epochs_done: int
    updates: int
    total_updates: int
    train_accuracy_after: float | None
    best_accuracy: float | None
    best_epoch: int | None
    last_accuracy: float | None
    test_accuracy: float | None
    test_loss: float | None
    test_images: int
    training_seconds: float
    parent_id: str
    parent_update: int | None
    bytes: int
    curve: _Floats
    error: StoreError | None = None

    @property
    def problem(self) -> str:
        """Why it cannot be used, in one sentence; "" where it can. `error` is the same, to be translated."""
        return "" if self.error is None else str(self.error)


@dataclass(frozen=True)
class KeptSnapshot:
    """A snapshot that is kept, without its bytes.

    Attributes:
        updates: gradient updates behind it.
        bytes: that it takes.
        weights_sha256: of its kernels and biases, see `NetworkWeights.sha256`.
    """

    updates: _Count
    bytes: _Count
    weights_sha256: str


@dataclass(frozen=True, eq=False)
class KeptRun:
    """Everything about a run but the bytes of its snapshots.

    Attributes:
        facts: what was known when it began.
        name: see `RunRow`.
        note: see `RunRow`.
        is_starred: see `RunRow`.
        state: where it stands.
        experiment: as it is now: epochs may have been added.
        rate_changes: each change of the learning rate, in order.
        losses: (n,) float32, of every gradient update.
        accuracies: (n,) float32 from 0 to 1, the same.
        seconds_at: (k, 2) float64: gradient updates, and the training seconds that were spent until then.
        epochs: what each epoch was measured at.
        outcome: how it ended; None if it has not, or has failed.
        failure: why it failed, in one sentence; "" where it did not.
        training_seconds: spent in gradient updates so far.
        snapshots: those that are kept, by their updates.
    """

    facts: RunFacts
    name: str
    note: str
    is_starred: bool
    state: KeptState
    experiment: Experiment | None
    rate_changes: tuple[RateChanged, ...]
    losses: _Floats
    accuracies: _Floats
    seconds_at: NDArray[np.float64]
    epochs: tuple[EpochEnd, ...]
    outcome: Finished | Stopped | Diverged | None
    failure: str
    training_seconds: float
    snapshots: tuple[KeptSnapshot, ...]

    def seconds_until(self, update: int) -> float:
        """Training seconds of the first so many updates; between two known times they are in proportion."""
        known = self.seconds_at
        return float(np.interp(update, [0.0, *known[:, 0]], [0.0, *known[:, 1]]))

    @property
    def updates(self) -> int:
        """Gradient updates behind it."""
        if self.facts.kind == "network":
            return max((snapshot.updates for snapshot in self.snapshots), default=0)
        return len(self.losses)

    @property
    def total_updates(self) -> int:
        """Gradient updates of all its epochs; 0 where that is not known."""
        return total_updates(self.experiment, self.facts.data)


@dataclass(frozen=True, eq=False)
class Batch:
    """What is written to a run's file in one transaction.

    Attributes:
        updates: numbers, in order, each beginning where the one before ended.
        epochs: epochs that have ended.
        changes: changes of the learning rate.
        snapshot: to go on from later.
        outcome: how the run has ended.
    """

    updates: Sequence[Updates] = ()
    epochs: Sequence[EpochEnd] = ()
    changes: Sequence[RateChanged] = ()
    snapshot: Snapshot | None = None
    outcome: Finished | Stopped | Diverged | Failed | None = None


def total_updates(experiment: Experiment | None, data: DataFacts | None) -> int:
    """Gradient updates of all epochs; 0 where that is not known."""
    if experiment is None or data is None or not data.train_images:
        return 0
    return experiment.total_updates(data.train_images)


def as_text(name: str) -> str:
    """The name of a file, whose bytes may be no text on Linux, as one that can be kept and shown."""
    return name.encode(errors="backslashreplace").decode()
