"""Any moment of a run again: from the nearest snapshot before it, by the gradient updates between.

`network.recording` has `Recording` (what is known of a run) and `Moment` (what comes out), `network.turns` the thread.

    replay = Replay()
    moment = replay.go_to(recording, 312)      # under `control.KERAS_LOCK`, or in the thread that trains
    replay.close()

Updates are exact: the bits that come out are the run's own, and every known loss and hash on the way is compared.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.events import ObservedUpdate
from mnist_lab.network.pace import Pace
from mnist_lab.network.recording import Moment, Recording, RunPart
from mnist_lab.network.replay_cache import Likeness, ReplayCache, Waypoint
from mnist_lab.network.session import BatchNumbers, TrainingSession
from mnist_lab.network.snapshot import Snapshot, SnapshotError
from mnist_lab.network.workbench import POOL, WorkbenchPool
from mnist_lab.words import QT_TRANSLATE_NOOP

CACHE_BYTES = 128 * 10**6
"""Of snapshots in memory: 39 of the chapter's network."""
SPACING = 96
"""Gradient updates between two snapshots that are left on the way: the chapter's five epochs fit into the budget."""
_SECONDS = 0.5
"""Between two of them where updates take long."""


class Replay:
    """Goes to the moments of one run. Whoever calls it holds `KERAS_LOCK`, or is the thread that trains."""

    def __init__(self, budget: int = CACHE_BYTES, pool: WorkbenchPool = POOL) -> None:
        """`budget`: bytes that snapshots in memory may take; `pool`: where its session's compiled programs are from."""
        self._cache = ReplayCache(budget)
        self._pool = pool
        self._lease: _Lease | None = None

    def nearest(self, updates: int) -> Snapshot | None:
        """The newest snapshot in memory at or before so many updates, if there is one. For any thread."""
        place = self._cache.newest(0, updates)
        return None if place is None else place.snapshot

    def prepare(self, recording: Recording, updates: int) -> None:
        """Read the kept snapshot that `go_to` will begin at: a slow disk holds up neither Keras nor a live run then.

        For any thread, while no other one is in here.

        Raises:
            LabError: it cannot be read.
        """
        self._cache.follow(recording)
        last = max(updates - 1, 0)
        self._place(recording, recording.part(last), last)

    def go_to(
        self,
        recording: Recording,
        updates: int,
        session: TrainingSession | None = None,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> Moment | None:
        """The run's network after so many gradient updates; None: it is not wanted any more.

        Args:
            recording: what is known of the run.
            updates: from 0 to the updates of the run, or beyond them: it goes on with its settings.
            session: that of this very run while it is live, which is used instead of one made for this; whoever gives
                it restores it afterwards.
            is_wanted: asked before each chunk of updates, about 0.1 s long, and while moved copies are made. What was
                replayed until then stays in memory.

        Raises:
            SnapshotError: a kept snapshot is of another network.
            LabError: no snapshot can be read, or the network does not fit into memory.
        """
        self._cache.follow(recording)
        try:
            return self._moment(_Task(recording, updates, session, is_wanted))
        except _NotWantedError:
            return None

    def _moment(self, task: "_Task") -> Moment:
        recording, updates = task.recording, task.updates
        task.check()
        last = max(updates - 1, 0)
        part = recording.part(last)
        place = self._place(recording, part, last)
        if place is None:
            place = Waypoint(_fork(recording, part.begin)) if part.begin else self._start(task, part)
        walk = _Walk(task, place, self._session(task, part), self._cache)
        walk.go_to(last)
        update = walk.observed_update() if updates else None
        if updates == part.end:  # the fork: its own optimizer and rate go on from there
            place = Waypoint(_fork(recording, updates), walk.likeness)
            walk = _Walk(task, place, self._session(task, recording.part(updates)), self._cache)
            self._cache.put(Waypoint(place.snapshot))  # whoever begins there has no way behind them
        elif updates:
            place = walk.place()
            self._cache.put_moment(place)
        weights = walk.session.weights() if update is None or updates == part.end else update.after
        likeness = walk.likeness_with_next()
        return Moment(
            recording.run_id,
            updates,
            place.snapshot,
            weights,
            update,
            likeness.is_same,
            likeness.largest_difference,
            is_replayed=updates > 0,
        )

    def close(self) -> None:
        """Give its session back, and forget the snapshots; it can be used again."""
        self._give_back()
        self._cache.clear()

    # Where to begin

    def _place(self, recording: Recording, part: RunPart, last: int) -> Waypoint | None:
        """The newest snapshot of the part at or before `last` updates: in memory, or kept; None where there is none."""
        place = self._cache.newest(part.begin, last)
        known = part.begin - 1 if place is None else place.snapshot.updates
        if place is None or any(known < updates <= last for updates in recording.hashes):  # each that is kept has one
            kept = recording.snapshot(last)
            if kept is not None and kept.updates > known:
                place = Waypoint(kept)
                self._cache.put(place)
        return place

    def _start(self, task: "_Task", part: RunPart) -> Waypoint:
        """The initial weights, as a session has them that is made anew."""
        self._give_back()
        place = Waypoint(self._own_session(task, part).snapshot())
        self._cache.put(place)
        return place

    # With what

    def _session(self, task: "_Task", part: RunPart) -> TrainingSession:
        """The one that was given, if it is of this part, else one's own."""
        live = task.session
        if live is not None and _settings(live.experiment) == _settings(part.experiment):
            return live
        return self._own_session(task, part)

    def _own_session(self, task: "_Task", part: RunPart) -> TrainingSession:
        settings, recording, lease = _settings(part.experiment), task.recording, self._lease
        if lease is None or not lease.fits(settings, recording):
            self._give_back()
            session = TrainingSession(
                part.experiment,
                recording.digits,
                xla=recording.xla,
                measures=False,
                on_stage=lambda _stage: task.check(),  # copies of all images take seconds
                pool=self._pool,
            )
            lease = self._lease = _Lease(settings, recording.digits, recording.xla, session)
        return lease.session

    def _give_back(self) -> None:
        if self._lease is not None:
            self._lease.session.close()
            self._lease = None


class _NotWantedError(Exception):
    """The moment is not wanted any more; told from deep inside."""


@dataclass(frozen=True, eq=False)
class _Task:
    """What `Replay.go_to` was asked for."""

    recording: Recording
    updates: int
    session: TrainingSession | None
    is_wanted: Callable[[], bool]

    def check(self) -> None:
        if not self.is_wanted():
            raise _NotWantedError


@dataclass(frozen=True, eq=False)
class _Lease:
    """A session of one's own, and what it was made for."""

    settings: Experiment
    digits: Digits
    xla: bool
    session: TrainingSession

    def fits(self, settings: Experiment, recording: Recording) -> bool:
        return self.settings == settings and self.digits is recording.digits and self.xla == recording.xla


class _Walk:
    """A session on its way through a run.

    Attributes:
        session: where it is.
        likeness: of the way so far.
    """

    def __init__(self, task: _Task, place: Waypoint, session: TrainingSession, cache: ReplayCache) -> None:
        """Begin at `place`."""
        self.session = session
        self.likeness = place.likeness
        self._task = task
        self._recording = task.recording
        self._cache = cache
        self._pace = Pace(None)
        self._left = time.perf_counter()
        session.restore(place.snapshot)

    def go_to(self, updates: int) -> None:
        """Make the updates between, and leave snapshots on the way."""
        session = self.session
        while session.updates < updates:
            self._task.check()
            stop = self._recording.next_stop(session.updates, updates)
            to_next_snapshot = SPACING - session.updates % SPACING
            count = min(self._pace.next_count(session.longest_chunk), stop - session.updates, to_next_snapshot)
            begin = time.perf_counter()
            self._advance(count)
            end = time.perf_counter()
            self._pace.learn(count, end - begin)
            if count == to_next_snapshot or end - self._left >= _SECONDS or session.updates in self._recording.hashes:
                self._cache.put(self.place())
                self._left = end

    def observed_update(self) -> ObservedUpdate:
        """Make one update, looked at closely."""
        session = self.session
        before, indices = session.weights(), session.next_batch()
        numbers = self._advance(1)
        loss, accuracy = float(numbers.losses[0]), float(numbers.accuracies[0])
        return ObservedUpdate(before, session.weights(), indices, session.learning_rate, loss, accuracy)

    def likeness_with_next(self) -> Likeness:
        """The likeness of the way so far and of the next update's loss, where that is known; that update is made."""
        known = self._recording.losses[self.session.updates :][:1]
        if not known.size:
            return self.likeness
        self._set_rate()
        return self.likeness.with_losses(self.session.advance(1).losses, known)

    def place(self) -> Waypoint:
        """Where it is."""
        return Waypoint(self.session.snapshot(), self.likeness)

    def _advance(self, count: int) -> BatchNumbers:
        """Make some updates with one learning rate, and compare."""
        recording, session = self._recording, self.session
        self._set_rate()
        known = recording.losses[session.updates :][:count]
        numbers = session.advance(count)
        self.likeness = self.likeness.with_losses(numbers.losses, known)
        if session.updates in recording.hashes:
            sha256 = session.weights().sha256()
            self.likeness = self.likeness.with_hash(sha256, recording.hashes[session.updates])
        return numbers

    def _set_rate(self) -> None:
        """Change the learning rate as it was changed here."""
        for change in self._recording.changes:
            if change.update == self.session.updates:
                self.session.learning_rate = change.learning_rate


def _settings(experiment: Experiment) -> Experiment:
    """Those that a session is made for; epochs do not matter to it, and the rate is one of its variables."""
    return experiment.model_copy(update={"epochs": 1, "learning_rate": 0.0})


def _fork(recording: Recording, updates: int) -> Snapshot:
    """The kept snapshot with which a fork began.

    Raises:
        SnapshotError: it is kept no more.
    """
    kept = recording.snapshot(updates)
    if kept is None or kept.updates != updates:
        raise SnapshotError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The network with which this run goes on after update {update:,} of its parent is kept no more: choose"
                " an earlier update.",
            ),
            update=updates,
        )
    return kept
