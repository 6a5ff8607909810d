"""What is known of a run and leads to any of its moments, and what such a moment is. Plain values, without Keras."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.events import ObservedUpdate, RateChanged
from mnist_lab.network.snapshot import Snapshot


@dataclass(frozen=True)
class Past:
    """Of a run that was forked and counts its parent's updates on: how the first of them were made.

    Attributes:
        until: gradient updates that were made so, those of earlier parts included.
        experiment: the settings they were made with.
    """

    until: int
    experiment: Experiment


@dataclass(frozen=True)
class RunPart:
    """Consecutive gradient updates of a run that were made with the same settings.

    Attributes:
        begin: index of the first of them.
        end: how many updates are behind the network after the last; None where that is the run's end.
        experiment: the settings.
    """

    begin: int
    end: int | None
    experiment: Experiment


@dataclass(frozen=True, eq=False)
class Recording:
    """A run as it is known at one time; of a live one, so far.

    Attributes:
        run_id: of the run.
        experiment: its settings as they are now.
        digits: those that the run was given, with their labels not yet shuffled.
        xla: whether it was trained with XLA.
        losses: (n,) float32, of every gradient update that is known.
        hashes: gradient updates, and the SHA-256 of the weights after them: of kept snapshots and of ended epochs.
        changes: each change of the learning rate, in order.
        past: the parts before the last one, of a run that was forked.
        snapshot: the newest kept one at or before so many updates; None where none is that early and the run begins
            with the initial weights of its experiment.
    """

    run_id: str
    experiment: Experiment
    digits: Digits
    xla: bool
    losses: NDArray[np.float32]
    hashes: Mapping[int, str]
    changes: Sequence[RateChanged]
    past: Sequence[Past]
    snapshot: Callable[[int], Snapshot | None]

    def part(self, update: int) -> RunPart:
        """The part with the update of that index, from 0."""
        begin = 0
        for past in self.past:
            if update < past.until:
                return RunPart(begin, past.until, past.experiment)
            begin = past.until
        return RunPart(begin, None, self.experiment)

    def next_stop(self, updates: int, to: int) -> int:
        """Where to stop on the way from `updates` to `to`: at a change of the learning rate or a known hash."""
        places = [*(change.update for change in self.changes), *self.hashes]
        return min((place for place in places if updates < place < to), default=to)


@dataclass(frozen=True, eq=False)
class Moment:
    """The network of a run after some of its gradient updates.

    Attributes:
        run_id: of the run.
        updates: gradient updates behind it.
        snapshot: to go on from there.
        weights: the network.
        update: the update that led there; None at 0, and where nothing was replayed.
        identical: whether each batch loss that was replayed to get there, that of the next update where it is known,
            and each known hash of weights that was passed, equal those of the run bit for bit.
        largest_difference: between a batch loss and that of the run; 0 where they are identical, NaN where nothing but
            a hash differs.
        is_replayed: whether updates were made again; False: it is a kept snapshot as it is.
    """

    run_id: str
    updates: int
    snapshot: Snapshot
    weights: NetworkWeights
    update: ObservedUpdate | None
    identical: bool
    largest_difference: float
    is_replayed: bool
