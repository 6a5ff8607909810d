"""The newest snapshot with finite weights, to go back to when training diverges."""

import time

from mnist_lab.network.session import TrainingSession

_SECONDS = 1.0
_SHARE = 0.05
"""Of the time that checkpoints may take: those of a network of a gigabyte take a second each."""


class Checkpoints:
    """Renewed about once a second.

    Attributes:
        newest: where to go back to; the session's start if there is no later one.
    """

    def __init__(self, session: TrainingSession) -> None:
        self._session = session
        self.newest = session.snapshot()
        self._due = time.perf_counter() + _SECONDS

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

    def go_back(self, update: int) -> None:
        """Bring the session to the last finite weights at or before `update`.

        It repeats the updates since the newest checkpoint, which gives the same bits.
        """
        for kept in range(update, self.newest.updates - 1, -1):
            self._session.restore(self.newest)
            self._session.advance(kept - self.newest.updates)
            if self._session.snapshot().is_finite():
                return
