"""Ctrl-C in the terminal closes the window the way its own close button does."""

import signal
import socket

from PySide6.QtCore import QSocketNotifier, Slot
from PySide6.QtWidgets import QWidget


class Interrupts(QSocketNotifier):
    """Turns SIGINT into `window.close()`: a run is stopped and everything kept before the process ends.

    Python handles a signal only between two of its own instructions, and Qt's event loop runs none while
    nothing happens; the byte that Python's own handler writes into a socket wakes it up.

    Attributes:
        happened: whether Ctrl-C was pressed.
    """

    def __init__(self, window: QWidget) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        super().__init__(self._reader.fileno(), QSocketNotifier.Type.Read, window)
        self.happened = False
        self._window = window
        self.activated.connect(self._close_window)
        self._handler_before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
        self._wakeup_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)

    def restore(self) -> None:
        """Give SIGINT back to whoever had it."""
        self.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        signal.signal(signal.SIGINT, self._handler_before)
        self._reader.close()
        self._writer.close()

    @Slot()
    def _close_window(self) -> None:
        """Close once for all the signals that have come; a window that asks first may be asked again."""
        if signal.SIGINT in self._reader.recv(1024):
            self.happened = True
            self._window.close()
