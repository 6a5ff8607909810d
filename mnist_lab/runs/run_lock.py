"""Which runs are live: a lock of the operating system on a file beside the run's own, freed however a process ends.

The lock is never on the run's file itself: whoever closes that file drops the locks that SQLite holds on it.
"""

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import BaseFileLock

_probing = threading.Lock()
"""Held while a lock is tried: two threads that try the same would each take the other for a live run."""

_LOOK_SECONDS = 0.01
"""How long a look waits for the lock: another process that only looks has it for much less, and is no live run."""


class RunLock:
    """The right to write one run, held by one process."""

    def __init__(self, path: Path) -> None:
        """`path` is the lock's own file; it need not exist."""
        self._path = path
        self._lock: BaseFileLock | None = None

    def take(self, seconds: float = 0.0) -> bool:
        """Take the lock, waiting so long for another holder; whether it could be taken.

        Raises:
            OSError: its file cannot be written.
        """
        from filelock import FileLock, Timeout  # here: it takes 30 ms, and the window opens without it

        lock = FileLock(self._path, thread_local=False)
        try:
            lock.acquire(timeout=seconds, poll_interval=0.01)
        except Timeout:
            return False
        self._lock = lock
        return True

    def free(self) -> None:
        """Give it back, if it is held. Its file goes first: who has opened it meanwhile sees that it is gone."""
        if self._lock is None:
            return
        with contextlib.suppress(OSError):  # Windows removes no open file: there it goes with the release
            self._path.unlink(missing_ok=True)
        self._lock.release()
        self._lock = None


def is_held(path: Path) -> bool:
    """Whether some process, this one included, holds the lock; the file that a killed one left is removed."""
    if not path.exists():
        return False
    with _probing:
        lock = RunLock(path)
        try:
            if not lock.take(_LOOK_SECONDS):
                return True
        except OSError:  # a home where nothing may be written: no run can be live there
            return False
        lock.free()
        return False
