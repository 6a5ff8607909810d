"""Whether a sweep goes on in some process: between two of its runs no run tells that."""

from pathlib import Path

from mnist_lab.runs.run_lock import RunLock, is_held
from mnist_lab.runs.sweep_choices import SweepError
from mnist_lab.words import QT_TRANSLATE_NOOP

_FILE_NAME = "last_sweep.lock"


def is_sweep_live(home: Path) -> bool:
    """Whether some process, this one included, trains a sweep of this home."""
    return is_held(home / _FILE_NAME)


def hold_sweep(home: Path, *, is_going_on: bool) -> RunLock:
    """Let others know that a sweep goes on, until the lock is freed.

    A sweep that begins may do so beside another. One that goes on must not: both would train the same networks.

    Raises:
        SweepError: it would go on beside another.
    """
    lock = RunLock(home / _FILE_NAME)
    try:
        is_alone = lock.take()
    except OSError:  # nothing can be written there, which is told when a run is to be kept
        return lock
    if is_going_on and not is_alone:
        raise goes_on_elsewhere()
    return lock


def goes_on_elsewhere() -> SweepError:
    """Why the last sweep cannot go on here."""
    return SweepError(
        QT_TRANSLATE_NOOP(
            "errors",
            "The last sweep goes on in another window, or in another terminal: wait for its end, or stop it there.",
        )
    )
