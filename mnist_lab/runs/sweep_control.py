"""How a sweep is steered from another thread."""

import threading


class SweepControl:
    """Pause, resume and cancel of one sweep; any method may be called from any thread, and returns at once.

    Attributes:
        is_paused: whether it was asked to wait.
        is_cancelled: whether it was asked to end.
    """

    def __init__(self) -> None:
        self._goes_on = threading.Event()
        self._goes_on.set()
        self._cancelled = threading.Event()

    @property
    def is_paused(self) -> bool:
        """Whether it was asked to wait."""
        return not self._goes_on.is_set()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was asked to end."""
        return self._cancelled.is_set()

    def pause(self) -> None:
        """Let all trials wait after the chunk at hand, and begin no other."""
        self._goes_on.clear()

    def resume(self) -> None:
        """Let them go on."""
        self._goes_on.set()

    def cancel(self) -> None:
        """Stop the trials that go on after the chunk at hand, and begin no other; what was trained is kept."""
        self._cancelled.set()
