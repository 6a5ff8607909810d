"""What is being trained, a run or a race: the menu Run steers it, and the status line tells it, whichever it is."""

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject


class Steering(QObject):
    """Pauses, resumes and stops it.

    Signals:
        changed(): it begins, ends, waits or goes on.
    """

    changed = Signal()

    def __init__(self, lab: Lab, parent: QObject) -> None:
        super().__init__(parent)
        self._lab = lab
        lab.changed.connect(self._on_changed)
        lab.race.steered.connect(self.changed)

    @property
    def is_racing(self) -> bool:
        """Whether it is a race."""
        return self._lab.race.is_racing

    @property
    def is_paused(self) -> bool:
        """Whether it waits, and can go on."""
        return self._lab.race.is_paused or self._lab.live.is_paused

    @property
    def is_running(self) -> bool:
        """Whether something is being trained that does not wait."""
        return self._lab.is_taken and not self.is_paused

    @Slot()
    def pause(self) -> None:
        """Let it wait."""
        (self._lab.race if self.is_racing else self._lab.live).pause()

    @Slot()
    def stop(self) -> None:
        """End it; what was trained is kept."""
        (self._lab.race if self.is_racing else self._lab.live).stop()

    def resume_race(self) -> bool:
        """Let a race that waits go on; whether there is one. A run goes on by its own Start."""
        if self._lab.race.is_paused:
            self._lab.race.resume()
            return True
        return False

    @Slot(object)
    def _on_changed(self, subjects: frozenset[Subject]) -> None:
        if Subject.RUN in subjects:
            self.changed.emit()
