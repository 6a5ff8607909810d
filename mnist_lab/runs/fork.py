"""A run that goes on from a moment of another: what it is to be, and what it takes over of its parent's file.

It takes over all that it needs: the parent may be deleted afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mnist_lab.experiment import Experiment
from mnist_lab.network.events import RateChanged
from mnist_lab.network.halt import Halt
from mnist_lab.network.recording import Past
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs import run_file
from mnist_lab.runs.facts import DataFacts, KeptRun, KnownImages
from mnist_lab.runs.may_know import may_know
from mnist_lab.runs.run_file import RunFile
from mnist_lab.runs.run_reader import as_json
from mnist_lab.runs.snapshots import put_snapshot


@dataclass(frozen=True, eq=False)
class Fork:
    """How a run is to go on from another; `runs.forking.plan_fork` makes it.

    Attributes:
        parent: the run that is left.
        parent_update: after how many of its gradient updates.
        experiment: with which settings; its epochs count from update 0 of the new run.
        data: on which digits.
        changed: what differs from the parent, by the names of `comparing.SETTINGS`.
        begins_anew: whether a new epoch 1 begins, because other images are trained on or in another order. Else the
            parent's updates and epochs are counted on.
        inherited: of the parent what the new run has behind it; None where it begins anew.
        snapshots: those of the parent that go with it.
        past: see `RunFacts`.
        halt: where training begins.
        changes: of the learning rate, which are known already.
        xla: whether it is trained with XLA, as the parent was.
    """

    parent: KeptRun
    parent_update: int
    experiment: Experiment
    data: DataFacts
    changed: tuple[str, ...]
    begins_anew: bool
    inherited: KeptRun | None
    snapshots: Sequence[Snapshot]
    past: tuple[Past, ...]
    halt: Halt
    changes: tuple[RateChanged, ...]
    xla: bool

    @property
    def updates(self) -> int:
        """Gradient updates that the new run has behind it as it begins."""
        return self.halt.updates

    @property
    def begins_trained(self) -> bool:
        """See `RunFacts`."""
        return self.parent.facts.begins_trained or (self.begins_anew and self.parent_update > 0)

    @property
    def may_know(self) -> tuple[KnownImages, ...]:
        """See `RunFacts`."""
        if not self.begins_anew:
            return self.parent.facts.may_know
        return may_know(self.parent, self.experiment, self.data) if self.begins_trained else ()

    @property
    def ahead(self) -> tuple[tuple[int, float], ...]:
        """See `RunFacts`."""
        return tuple((change.update, change.learning_rate) for change in self.changes)


def put_inherited(file: RunFile, fork: Fork) -> None:
    """Write what a new run has from its parent, within a transaction of the caller."""
    for snapshot in fork.snapshots:
        put_snapshot(file, snapshot)
    if fork.inherited is not None:
        put_told(file, fork.inherited)


def put_told(file: RunFile, kept: KeptRun) -> None:
    """Write what a run has told so far, within a transaction of the caller: numbers, epochs, changes of the rate."""
    begin = 0
    for end, seconds in zip(kept.seconds_at[:, 0].astype(int).tolist(), kept.seconds_at[:, 1].tolist(), strict=True):
        losses, accuracies = (values[begin:end].astype("<f4").tobytes() for values in (kept.losses, kept.accuracies))
        file.put(run_file.NUMBERS, begin, seconds, losses, accuracies)
        begin = end
    for epoch in kept.epochs:
        file.put(run_file.EPOCHS, epoch.epoch, as_json(epoch))
    for index, change in enumerate(kept.rate_changes):
        file.put(run_file.CHANGES, index, change.update, change.learning_rate)
