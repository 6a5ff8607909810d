"""What counts as broken while the window is used, in any thread, and how it is told."""

import faulthandler
import logging
import os
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

HARMLESS = ("This plugin does not support", "Mouse event at ")
"""What Qt says because there is no window manager, and what its tests say of a drag that leaves the window."""
_STUCK_SECONDS = 60.0


class FaultError(Exception):
    """Something broke."""


class Watch:
    """Collects what breaks, in any thread, and the stacks of an event that takes too long.

    Attributes:
        faults: what broke, in words.
    """

    def __init__(self, block_seconds: float) -> None:
        self.faults: list[str] = []
        self._block_seconds = block_seconds
        # Faulthandler's own thread writes the stacks: it holds no frame, so no widget is deleted in that thread.
        self._stacks = tempfile.TemporaryFile("w+")  # noqa: SIM115 - as long as the process
        sys.excepthook = self._on_exception
        sys.unraisablehook = lambda left: self._tell(left.exc_type, left.exc_value, left.exc_traceback)
        threading.excepthook = lambda left: self._tell(left.exc_type, left.exc_value, left.exc_traceback)
        logging.getLogger().addHandler(_Log(self.faults))

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._tell(kind, error, trace)

    def _tell(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        self.faults.append("".join(traceback.format_exception(kind, error, trace)))

    def on_qt_message(self, kind: Any, _context: object, message: str) -> None:
        """Note what Qt warns of; what ends the process is told at once."""
        if not message.startswith(HARMLESS):
            self.faults.append(f"Qt: {message}\n" + "".join(traceback.format_stack(limit=12)))
            if kind.name == "QtFatalMsg":
                tell(*self.faults)

    def time(self, event: Callable[[], Any]) -> Any:
        """Do one event and return what it returns; note it with its stacks if it takes too long."""
        self._stacks.seek(0)
        self._stacks.truncate()
        faulthandler.dump_traceback_later(self._block_seconds, file=self._stacks)
        began, worked = time.perf_counter(), time.thread_time()
        try:
            result = event()
        finally:
            faulthandler.cancel_dump_traceback_later()
        seconds, work = time.perf_counter() - began, time.thread_time() - worked
        if seconds > self._block_seconds:
            self._stacks.seek(0)
            stacks = self._stacks.read().rpartition("\n\n")[2]  # of all threads; the one that asked comes last
            self.faults.append(f"The window stood still for {seconds:.2f} s, {work:.2f} s of work:\n{stacks}")
        return result


class _Log(logging.Handler):
    """Errors that are only logged."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        error = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else ""
        self._faults.append(f"logged: {record.getMessage()}\n{error}")


def tell(*lines: str) -> None:
    """Print lines at once: the process may end any moment."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


@contextmanager
def told_if_stuck(last: Iterable[str]) -> Iterator[None]:
    """An event that never ends is told, too, with the last ones; then the process ends."""

    def give_up() -> None:
        tell("The last event does not end:", *(f"  {words}" for words in last))
        faulthandler.dump_traceback(sys.stdout)
        sys.stdout.flush()
        os._exit(1)

    timer = threading.Timer(_STUCK_SECONDS, give_up)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
