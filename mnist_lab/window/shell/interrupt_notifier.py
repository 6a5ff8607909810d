"""A signal closes the window: a run is stopped and everything kept before the process ends."""

from PySide6.QtCore import QSocketNotifier, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.window.shell.interrupts import Interrupts


class InterruptNotifier(QSocketNotifier):
    """Turns what `Interrupts` notes into `window.close()`, also what was noted before the event loop began."""

    def __init__(self, interrupts: Interrupts, window: QWidget) -> None:
        super().__init__(interrupts.descriptor, QSocketNotifier.Type.Read, window)
        self._interrupts, self._window = interrupts, window
        self.activated.connect(self._close_window)

    def end(self) -> None:
        """Listen no more; before the signals are given back."""
        self.setEnabled(False)

    @Slot()
    def _close_window(self) -> None:
        if self._interrupts.take():
            self._window.close()
