"""Snapshots with finite weights, taken while training: to go back to when it diverges, and to be kept."""

import time
from collections.abc import Callable

from mnist_lab.network.session import TrainingSession
from mnist_lab.network.snapshot import Snapshot

Keep = Callable[[Snapshot], None]
"""Takes a snapshot and returns at once; it is called in the thread that trains."""

_SECONDS = 1.0
_SHARE = 0.05
"""Of the time that checkpoints may take: those of a network of a gigabyte take a second each."""
_KEPT_SHARE = 0.02
"""Of the time that snapshots may take which are kept."""


class Checkpoints:
    """Renewed about once a second. Some are handed on, so that a run whose process dies can go on from there.

    Attributes:
        newest: where to go back to; the session's start if there is no later one.
    """

    def __init__(self, session: TrainingSession, keep: Keep | None = None) -> None:
        """`keep` gets the snapshots that are to be kept: none with weights that are not finite."""
        self._session = session
        self._keep = keep
        self.newest = session.snapshot()
        self._due = self._keep_due = time.perf_counter() + _SECONDS

    def take_if_due(self) -> None:
        """Renew it unless that was done just now."""
        if time.perf_counter() > self._due:
            self.take()

    def take(self) -> None:
        """Renew it, unless the weights are no longer finite."""
        begin = time.perf_counter()
        snapshot = self._session.snapshot()
        if snapshot.is_finite():
            self.newest = snapshot
        end = time.perf_counter()
        self._due = end + max(_SECONDS, (end - begin) / _SHARE)

    def keep_newest(self) -> None:
        """Hand on the newest as it is: at the start of a run."""
        self.keep(self.newest)

    def keep_if_due(self) -> None:
        """Renew it and hand it on: once a second at most, and rarer where that takes long."""
        begin = time.perf_counter()
        if self._keep is None or begin < self._keep_due:
            return
        self.take()
        if self.newest.updates == self._session.updates:  # else these weights are not finite
            self._keep(self.newest)
        end = time.perf_counter()
        self._keep_due = end + max(_SECONDS, (end - begin) / _KEPT_SHARE)

    def keep(self, snapshot: Snapshot) -> None:
        """Hand on a snapshot of this session, unless its weights are not finite."""
        if self._keep is not None and snapshot.is_finite():
            self._keep(snapshot)

    def go_back(self, update: int) -> None:
        """Bring the session to the last finite weights at or before `update`.

        It repeats the updates since the newest checkpoint, which gives the same bits.
        """
        for kept in range(update, self.newest.updates - 1, -1):
            self._session.restore(self.newest)
            self._session.advance(kept - self.newest.updates)
            if self._session.snapshot().is_finite():
                return
