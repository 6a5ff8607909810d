"""The film of a run: its moments one after the other, as fast as one wants to see them, or as they can be had."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

SPEEDS = (3, 10, 30, 100, 300, 1000)
"""Gradient updates a second."""
USUAL_SPEED = 100
_FRAME_MILLISECONDS = 40
_LONGEST_SECONDS = 0.25
"""Between two pictures that counts: where a moment takes long, the film goes slower and leaves no more out."""


class Film(QObject):
    """Says which update is to be seen next; whoever shows it says so, and then the next one is due.

    Attributes:
        speed: gradient updates a second, at most.
        is_running: whether it goes on.

    Signals:
        due(int): show the moment after so many updates.
    """

    due = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.speed = USUAL_SPEED
        self.is_running = False
        self._shown = 0
        self._since_shown = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True, interval=_FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._on_time)

    def show_next(self, updates: int) -> None:
        """Go on: the moment after so many updates is shown now."""
        self.is_running = True
        self._shown = updates
        self._since_shown.start()
        self._timer.start()

    def stop(self) -> None:
        """Go on no more."""
        self.is_running = False
        self._timer.stop()

    @Slot()
    def _on_time(self) -> None:
        seconds = self._since_shown.elapsed() / 1000
        steps = int(min(seconds, _LONGEST_SECONDS) * self.speed) or int(seconds * self.speed >= 1)  # slow films, too
        if steps:
            self.due.emit(self._shown + steps)
        else:
            self._timer.start()  # slower than pictures come
