"""Turns with a live run: one thread at a time uses Keras, and what somebody asks for is done there all the same."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from mnist_lab.network.control import KERAS_LOCK, Control
from mnist_lab.network.session import TrainingSession

_T = TypeVar("_T")
Job = Callable[[TrainingSession | None, Callable[[], bool]], _T | None]
"""Given the live run's session (None where none is live) and whether it is wanted still; None: it was not."""

_SECONDS = 0.05
"""How long it may go unnoticed that something is not wanted any more, or that Keras is free."""


def in_turn(control: Control | None, job: Job[_T], is_wanted: Callable[[], bool] = lambda: True) -> _T | None:
    """Do `job` where Keras may be used, and wait for what comes out: never in the window's own thread.

    While a run is live that is in its thread, between two chunks, also while it is paused; the run goes on as if
    nothing had been. Else it is here, under `KERAS_LOCK`. Where the learner stops or pauses the run meanwhile, or lets
    it go on, that comes first: the job is told that it is not wanted, and is done again.

    Args:
        control: of the run that may be live; None: there is none.
        job: what to do.
        is_wanted: looked at while waiting, too, and handed on to the job.

    Returns:
        what the job gives; None: it is not wanted any more.

    Raises:
        Exception: whatever the job raises.
    """
    while is_wanted():
        guest = _Guest(control, job, is_wanted) if control is not None else None
        if guest is not None and control is not None and control.ask(guest.work):
            if guest.is_done():
                return guest.outcome()
        elif KERAS_LOCK.acquire(timeout=_SECONDS):
            try:
                return job(None, is_wanted) if is_wanted() else None
            finally:
                KERAS_LOCK.release()
    return None


class _Guest(Generic[_T]):
    """A job that is done in the thread of a live run."""

    def __init__(self, control: Control, job: Job[_T], is_wanted: Callable[[], bool]) -> None:
        self._control = control
        self._job = job
        self._is_wanted = is_wanted
        self._over = threading.Event()
        self._result: _T | None = None
        self._error: Exception | None = None

    def work(self, session: TrainingSession | None) -> None:
        """For the thread that trains; see `Control.ask`."""
        control, wishes = self._control, self._control.wishes
        try:
            if session is not None and self._is_wanted():
                self._result = self._job(session, lambda: self._is_wanted() and control.wishes == wishes)
        except Exception as error:  # noqa: BLE001 - whoever asked is told
            self._error = error
        finally:
            self._over.set()

    def is_done(self) -> bool:
        """Wait; whether something came out. Else it was interrupted, or handed back."""
        self._over.wait()
        return self._result is not None or self._error is not None

    def outcome(self) -> _T | None:
        """What came out.

        Raises:
            Exception: what the job raised.
        """
        if self._error is not None:
            raise self._error
        return self._result
