"""How often the learner went back to the start of a run: the course asks for it."""

from PySide6.QtCore import QObject, Slot

from mnist_lab.window.state.lab import Lab


class StartsSeen(QObject):
    """Watches the time machine; a model of the page Train.

    Attributes:
        count: how often the network before the first update was shown since the window opened.
    """

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self.count = 0
        self._time, self._is_at_start = lab.time, False
        lab.time.changed.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        before, self._is_at_start = self._is_at_start, self._time.is_there and self._time.wanted == 0
        self.count += self._is_at_start and not before
