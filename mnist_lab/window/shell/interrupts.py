"""Ctrl-C, and the signals that end a process, while the window is built and while it stands; knows no Qt."""

import signal
import socket
from types import FrameType, TracebackType
from typing import Self

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl-C in the terminal; the system wants the process to end; the terminal was closed. Not every system has all."""


class Interrupts:
    """Notes signals, from its making to its `restore`, in the place of whatever they would do.

    It is made before Qt is loaded: an exception that a handler raises while Python is called from Qt is lost at
    best. Python handles a signal only between two of its own instructions, and Qt's event loop runs none while nothing
    happens: the byte that Python writes into a socket for each signal wakes it up (`InterruptNotifier`).

    Attributes:
        received: the first signal; None as long as there was none.
    """

    def __init__(self) -> None:
        self.received: signal.Signals | None = None
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._wakeup_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        numbers = [signal.Signals[name] for name in _NAMES if name in signal.Signals.__members__]
        # A process that was told to outlive its terminal (nohup) does; Ctrl-C is meant for the window all the same.
        wanted = [number for number in numbers if number == signal.SIGINT or _is_heard(number)]
        self._before = {number: signal.signal(number, self._note) for number in wanted}

    @property
    def descriptor(self) -> int:
        """Can be read from once a signal has come."""
        return self._reader.fileno()

    def take(self) -> bool:
        """Return whether a signal has come since the last call; one reading takes all of them."""
        try:
            numbers = self._reader.recv(1024)
        except BlockingIOError:
            return False
        return any(number in numbers for number in self._before)

    def restore(self) -> None:
        """Give the signals back to whoever had them."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._reader.close()
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        self.restore()

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.received = self.received or signal.Signals(number)


def _is_heard(number: signal.Signals) -> bool:
    return signal.getsignal(number) is not signal.SIG_IGN
