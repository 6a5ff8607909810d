"""How far a sweep is, and how long it will still take at the speed that it has had so far."""

from collections.abc import Collection

from mnist_lab.data.digits import Digits
from mnist_lab.runs.sweep_estimate import cost_of
from mnist_lab.runs.sweep_events import SweepEvent, TrialBegun, TrialEnded, TrialProgress
from mnist_lab.runs.sweep_plan import SweepPlan

_LEAST_SHARE = 0.02
"""Of the work: before, it is mostly the start of the workers that took the time."""


class SweepProgress:
    """Counts the events of a sweep; a large network counts for more than a small one.

    Attributes:
        ended: how many trials are over.
        share: of the whole work that is done, from 0 to 1.
    """

    def __init__(self, plan: SweepPlan, digits: Digits, done: Collection[int] = ()) -> None:
        """`done`: the indices of what was trained before, which is no work any more."""
        self._costs = [
            0.0 if index in done else cost_of(experiment, digits) for index, experiment in enumerate(plan.experiments)
        ]
        self._total = sum(self._costs)
        self._shares = [0.0] * len(self._costs)  # of each trial
        self._done = 0.0
        self._seconds = 0.0  # that it has gone on, without pauses
        self._since: float | None = None
        self.ended = 0

    @property
    def share(self) -> float:
        """Of the whole work that is done, from 0 to 1."""
        return min(self._done / self._total, 1.0)

    def receive(self, event: SweepEvent, now: float) -> None:
        """Take in the next event; `now` in seconds, of a clock that never goes back."""
        if isinstance(event, TrialBegun | TrialProgress):
            self._go_on(now)
        if isinstance(event, TrialProgress):
            self._set(event.index, event.updates / max(event.total_updates, 1))
        elif isinstance(event, TrialEnded):
            self.ended += 1
            self._set(event.index, 1.0)

    def pause(self, now: float) -> None:
        """Let the time until the next progress not count."""
        if self._since is not None:
            self._seconds += now - self._since
            self._since = None

    def seconds_left(self, now: float) -> float | None:
        """Until its end; None where too little is done to say."""
        if self.share < _LEAST_SHARE:
            return None
        seconds = self._seconds + (0.0 if self._since is None else now - self._since)
        return seconds * (1.0 - self.share) / self.share

    def _go_on(self, now: float) -> None:
        if self._since is None:
            self._since = now

    def _set(self, index: int, share: float) -> None:
        self._done += (share - self._shares[index]) * self._costs[index]
        self._shares[index] = share
