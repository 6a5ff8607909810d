"""Where the moments of one run come from: kept networks at once, any other by a replay. For jobs, in their threads."""

import threading
import time
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from mnist_lab.network.control import Control
from mnist_lab.network.recording import Moment, Recording
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.facts import KeptRun
from mnist_lab.runs.moments import recording_of, snapshot_reader
from mnist_lab.runs.run import Run
from mnist_lab.runs.snapshots import network_of
from mnist_lab.runs.store import RunStore
from mnist_lab.work import JobHandle

if TYPE_CHECKING:  # all the engine stands behind it, and the window opens without
    from mnist_lab.network.replay import Replay
    from mnist_lab.network.session import TrainingSession

KEPT_BYTES = 32 * 10**6
"""Of kept networks that stay in memory, beside what a replay keeps: one drags back and forth over the same few."""
_READ_AGAIN_SECONDS = 1.0
"""What is kept of a live run is read at most so often: it is written once a second."""


class MomentSource:
    """Moments of one run. One is replayed at a time: another replay waits until it is over; the nearest never does.

    Attributes:
        run: whose.
        has_digits: whether those that it trained on are there; else only kept networks can be had.
    """

    def __init__(self, store: RunStore, run: Run, *, has_digits: bool) -> None:
        self.run, self.has_digits = run, has_digits
        self._store = store
        self._replay: Replay | None = None
        self._kept: KeptRun | None = None
        self._read_at = 0.0
        self._networks: OrderedDict[int, Moment] = OrderedDict()  # the longest unused first
        self._turn = threading.Lock()  # of whoever replays
        self._reading = threading.Lock()  # of whoever reads what is kept
        self._is_closed = False

    def nearest(self, updates: int) -> Moment:
        """The network at or before so many updates that needs no training: kept, or left by a replay.

        Raises:
            LabError: there is none, or it cannot be read.
        """
        found = self._found(updates)
        return self._as_moment(self._store.snapshot(self.run.id, updates)) if found is None else found

    def exact(self, updates: int, control: Control | None, handle: JobHandle) -> Moment | None:
        """The network after just so many updates; the nearest one where the digits are gone; None: not wanted.

        Where it may take its time, the nearest one is reported first.

        Args:
            updates: of the run's.
            control: of the run that is live, this one or another; None: none is.
            handle: of the job.

        Raises:
            LabError: the run or a network cannot be read, or there is no memory for it.
        """
        if not self.has_digits:
            return self.nearest(updates)
        takes_its_time = self._replay is None or self._turn.locked()  # the first takes longest
        if takes_its_time and (found := self._found(updates)) is not None:
            handle.report(found)
        with self._taking_turns():
            return None if handle.is_cancelled else self._replayed(updates, control, handle)

    def _replayed(self, updates: int, control: Control | None, handle: JobHandle) -> Moment | None:
        from mnist_lab.network.replay import Replay
        from mnist_lab.network.turns import in_turn

        replay = self._replay = self._replay or Replay()
        recording, is_of_live = self._recording(), self.run.is_live

        def go(session: "TrainingSession | None", is_wanted: Callable[[], bool]) -> Moment | None:
            return replay.go_to(recording, updates, session if is_of_live else None, is_wanted)

        replay.prepare(recording, updates)
        return in_turn(control, go, lambda: not handle.is_cancelled)

    @contextmanager
    def _taking_turns(self) -> Iterator[None]:
        try:
            with self._turn:
                yield
        finally:
            if self._is_closed:  # meanwhile
                self.close()

    def close(self) -> None:
        """Give up what it holds: at once, or as soon as the replay is over that is under way."""
        self._is_closed = True
        if self._turn.acquire(blocking=False):
            try:
                if self._replay is not None:
                    self._replay.close()
            finally:
                self._turn.release()

    # What is kept

    def _known(self) -> KeptRun:
        """What is kept of the run; read again now and then while there is more and more."""
        kept, now = self._kept, time.monotonic()
        if kept is None or (kept.state == "running" and now - self._read_at > _READ_AGAIN_SECONDS):
            kept = self._kept = self._store.load(self.run.id)
            self._read_at = now
        return kept

    def _recording(self) -> Recording:
        """What leads to any moment; losses and rates as the window has them: newer than those that are kept."""
        with self._reading:
            known = self._known()
        recording = recording_of(known, self.run.digits, snapshot_reader(self._store, self.run.id))
        losses, changes = self.run.history.losses.values.copy(), tuple(self.run.rate_changes)
        return replace(recording, losses=losses, changes=changes)

    def _found(self, updates: int) -> Moment | None:
        with self._reading:
            return self._nearest(updates)

    def _nearest(self, updates: int) -> Moment | None:
        """See `nearest`; None: there is none that is whole."""
        kept_at = [snapshot.updates for snapshot in self._known().snapshots]
        place = bisect_right(kept_at, updates) - 1
        left = None if self._replay is None else self._replay.nearest(updates)
        if left is not None and (place < 0 or left.updates > kept_at[place]):
            return self._as_moment(left)
        known = self._networks.get(kept_at[place]) if place >= 0 else None
        if known is None:
            snapshot = snapshot_reader(self._store, self.run.id)(updates)
            if snapshot is None:
                return None
            known = self._as_moment(snapshot)
        self._networks[known.updates] = known
        self._networks.move_to_end(known.updates)
        while len(self._networks) > 1 and sum(map(_size, self._networks.values())) > KEPT_BYTES:
            self._networks.popitem(last=False)
        return known

    def _as_moment(self, snapshot: Snapshot) -> Moment:
        weights = network_of(snapshot, self.run.experiment_of(snapshot.updates).activation)
        return Moment(self.run.id, snapshot.updates, snapshot, weights, None, True, 0.0, is_replayed=False)


def _size(moment: Moment) -> int:
    return sum(value.nbytes for value in moment.snapshot.variables.values())
