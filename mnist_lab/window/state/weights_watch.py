"""How often a run is asked for its weights: while it goes on and somebody watches them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

_MILLISECONDS = 200
"""Each copy, and each picture of it, takes time from training where there are two processors: at ten times a second the
chapter's run trains 590 updates a second beside the window, at five 612 (measured)."""


class WeightsWatch(QObject):
    """Asks for fresh weights five times a second between `begin` and `end`, as long as there are watchers."""

    def __init__(self, ask: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._ask = ask
        self._watchers = 0
        self._timer = QTimer(self, interval=_MILLISECONDS)
        self._timer.timeout.connect(self._look)

    def add(self, watchers: int) -> None:
        """So many watchers more, or less if it is negative; with any left it is asked at once."""
        self._watchers += watchers
        self._look()

    def begin(self) -> None:
        """A run goes on from here."""
        self._timer.start()

    def end(self) -> None:
        """It goes on no more."""
        self._timer.stop()

    @Slot()
    def _look(self) -> None:
        if self._watchers:
            self._ask()
