"""What background work may say and ask; no Qt, so that studies can be asked with it and without."""

from typing import Any


class JobHandle:
    """Between work and who waits for it: plain attributes, written by one thread and read by the other.

    Attributes:
        is_cancelled: whether the result is no longer wanted.
        progress: what the work last reported, of whatever kind its caller expects.
    """

    def __init__(self) -> None:
        self.is_cancelled = False
        self.progress: Any = None
