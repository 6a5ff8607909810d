"""What background work may say and ask; no Qt, so that studies can be asked with it and without."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


class Cancelled(Exception):  # noqa: N818 - the answer to a wish, not a fault
    """The work has ended because its result is no longer wanted."""


class JobHandle:
    """Between work and who waits for it.

    Attributes:
        is_cancelled: whether the result is no longer wanted; set by one thread, read by the other.
        progress: what the work last reported, of whatever kind its caller expects.
    """

    def __init__(self, reported: Callable[[], None] = lambda: None) -> None:
        """`reported` is called, in the work's thread, whenever `progress` is new."""
        self.is_cancelled = False
        self.progress: Any = None
        self._reported = reported

    def report(self, progress: object) -> None:
        """Say how far it is (for the work); only the newest counts."""
        self.progress = progress
        self._reported()

    def check(self) -> None:
        """End here if the result is no longer wanted (for the work).

        Raises:
            Cancelled: it is not.
        """
        if self.is_cancelled:
            raise Cancelled


@dataclass(frozen=True)
class Progress:
    """How far long work is.

    Attributes:
        done: parts of about the same length that are done.
        total: all parts.
        seconds_left: what the others take at the pace so far; None before the first is done.
    """

    done: int
    total: int
    seconds_left: float | None = None


class Stopwatch:
    """Reckons how long the rest of some work takes from how long its parts took so far."""

    def __init__(self, total: int, clock: Callable[[], float] = time.perf_counter) -> None:
        """Begin now; `total` parts are to be done."""
        self._total = total
        self._clock = clock
        self._began = clock()

    def after(self, done: int) -> Progress:
        """How far it is now that `done` parts are."""
        seconds = (self._clock() - self._began) / done * (self._total - done) if done else None
        return Progress(done, self._total, seconds)
