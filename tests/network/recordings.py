"""Runs recorded update by update, for the tests of replays: what each moment really was."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.events import RateChanged
from mnist_lab.network.recording import Past, Recording
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.network.transplant import adapted


@dataclass(frozen=True, eq=False)
class Recorded:
    """A run and its truth.

    Attributes:
        recording: what a replay is given.
        moments: the snapshot after each gradient update.
        read: after how many updates snapshots were asked for, in order.
    """

    recording: Recording
    moments: Sequence[Snapshot]
    read: list[int]

    def changed(self, **fields: Any) -> Recording:
        """The recording with other fields."""
        return replace(self.recording, **fields)


def record(
    experiment: Experiment,
    digits: Digits,
    updates: int,
    kept: Sequence[int] = (0,),
    rates: Mapping[int, float] | None = None,
    *,
    xla: bool = False,
) -> Recorded:
    """Train one update at a time; snapshots are kept after `kept` of them, and the rate is changed at `rates`."""
    session = TrainingSession(experiment, digits, xla=xla)
    changes = [RateChanged(update, rate) for update, rate in (rates or {}).items()]
    recorded = _recorded(experiment, digits, updates, kept, changes, [session], {}, xla)
    session.close()
    return recorded


def record_fork(experiments: Mapping[int, Experiment], digits: Digits, updates: int, kept: Sequence[int]) -> Recorded:
    """The same for a run with other settings from some updates on: its own snapshot is kept at each."""
    sessions = [TrainingSession(experiment, digits, xla=False) for experiment in experiments.values()]
    forks = dict(zip(list(experiments)[1:], sessions[1:], strict=True))
    last = list(experiments.values())[-1]
    recorded = _recorded(last, digits, updates, [*kept, *forks], [], sessions, forks, False)
    for session in sessions:
        session.close()
    past = tuple(Past(until, experiment) for until, experiment in zip(forks, experiments.values(), strict=False))
    return replace(recorded, recording=recorded.changed(past=past))


def _recorded(
    experiment: Experiment,
    digits: Digits,
    updates: int,
    kept: Sequence[int],
    changes: Sequence[RateChanged],
    sessions: Sequence[TrainingSession],
    forks: Mapping[int, TrainingSession],
    xla: bool,
) -> Recorded:
    session, losses, moments, read = sessions[0], list[np.float32](), list[Snapshot](), list[int]()
    for update in range(updates + 1):
        if update in forks:
            left, session = session.snapshot(), forks[update]
            session.restore(adapted(left, session.snapshot()))
        moments.append(session.snapshot())
        for change in changes:
            if change.update == update:
                session.learning_rate = change.learning_rate
        if update < updates:
            losses.append(session.advance(1).losses[0])
    hashes = {update: moments[update].weights_sha256 for update in kept}
    recording = Recording(
        "a run",
        experiment,
        digits,
        xla,
        np.array(losses, np.float32),
        hashes,
        changes,
        (),
        _source(moments, kept, read),
    )
    return Recorded(recording, moments, read)


def _source(moments: Sequence[Snapshot], kept: Sequence[int], read: list[int]) -> Callable[[int], Snapshot | None]:
    def snapshot(updates: int) -> Snapshot | None:
        read.append(updates)
        return next((moments[place] for place in sorted(kept, reverse=True) if place <= updates), None)

    return snapshot
