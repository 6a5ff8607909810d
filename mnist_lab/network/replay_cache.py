"""Snapshots that replays leave in memory: the next one has a shorter way."""

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mnist_lab.network.recording import Recording
from mnist_lab.network.snapshot import Snapshot


@dataclass(frozen=True)
class Likeness:
    """How far what was replayed is like the run.

    Attributes:
        difference: the largest between two losses; NaN or infinite where one of them is.
        is_same: whether every bit that was compared is the same.
    """

    difference: float = 0.0
    is_same: bool = True

    @property
    def largest_difference(self) -> float:
        """See `Moment`."""
        return math.nan if not self.is_same and self.difference == 0 else self.difference

    def with_losses(self, replayed: NDArray[np.float32], known: NDArray[np.float32]) -> "Likeness":
        """The same beside (n,) float32 losses, of which the first k are known."""
        met = replayed[: len(known)]
        if met.tobytes() == known.tobytes():
            return self
        difference = float(np.abs(met.astype(np.float64) - known).max())
        return Likeness(float(np.maximum(self.difference, difference)), is_same=False)

    def with_hash(self, replayed: str, known: str) -> "Likeness":
        """The same with a hash of weights."""
        return self if replayed == known else replace(self, is_same=False)


@dataclass(frozen=True, eq=False)
class Waypoint:
    """A snapshot to begin at.

    Attributes:
        snapshot: the network there.
        likeness: of the way there; of a kept snapshot there was none.
    """

    snapshot: Snapshot
    likeness: Likeness = Likeness()


class ReplayCache:
    """Snapshots of one run. Those that were used least recently go when they take too much. Any thread may use it.

    The moment that was gone to last stays: the next one is often close behind it.

    Attributes:
        budget: bytes that they may take.
    """

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self._places: OrderedDict[int, Waypoint] = OrderedDict()  # the longest unused first
        self._moment: Waypoint | None = None
        self._lock = threading.Lock()
        self._run_id = ""
        self._losses: NDArray[np.float32] = np.empty(0, np.float32)
        self._changes: list[tuple[int, float]] = []

    def follow(self, recording: Recording) -> None:
        """Forget what is not of this run: of another one, or of one that went on otherwise since."""
        changes = [(change.update, change.learning_rate) for change in recording.changes]
        with self._lock:
            if recording.run_id != self._run_id:
                self._forget_after(-1)
            known = _first_difference(self._losses, recording.losses)
            self._forget_after(min([known, *(update for update, _ in set(changes) ^ set(self._changes))]))
            self._run_id, self._losses, self._changes = recording.run_id, recording.losses.copy(), changes

    def put(self, place: Waypoint) -> None:
        """Keep a snapshot as long as there is room."""
        with self._lock:
            self._places[place.snapshot.updates] = place
            self._places.move_to_end(place.snapshot.updates)
            self._make_room()

    def put_moment(self, place: Waypoint) -> None:
        """Keep that of the moment that was gone to, until the next one."""
        with self._lock:
            self._moment = place
            self._make_room()

    def newest(self, first: int, last: int) -> Waypoint | None:
        """The newest snapshot after `first` to `last` updates, both included; None where there is none."""
        with self._lock:
            found = max((updates for updates in self._places if first <= updates <= last), default=-1)
            if self._moment is not None and found < self._moment.snapshot.updates <= last:
                return self._moment if first <= self._moment.snapshot.updates else None
            if found < 0:
                return None
            self._places.move_to_end(found)
            return self._places[found]

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._forget_after(-1)

    def _forget_after(self, updates: int) -> None:
        self._places = OrderedDict((place, self._places[place]) for place in self._places if place <= updates)
        if self._moment is not None and self._moment.snapshot.updates > updates:
            self._moment = None

    def _make_room(self) -> None:
        while self._places and self._bytes() > self.budget:
            self._places.popitem(last=False)
        if self._bytes() > self.budget:
            self._moment = None

    def _bytes(self) -> int:
        snapshots = {id(place.snapshot): place.snapshot for place in (*self._places.values(), self._moment) if place}
        return sum(value.nbytes for snapshot in snapshots.values() for value in snapshot.variables.values())


def _first_difference(before: NDArray[np.float32], now: NDArray[np.float32]) -> int:
    """After how many updates two records of a run surely have the same weights.

    The loss of the next update is that of the weights, on the same batch: where it differs, they do.
    """
    count = min(len(before), len(now))
    differing = np.flatnonzero(before[:count].view(np.uint32) != now[:count].view(np.uint32))
    return count if not differing.size else int(differing[0]) - 1
