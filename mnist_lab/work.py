"""What background work may say and ask; no Qt, so that studies can be asked with it and without."""

from collections.abc import Callable
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
