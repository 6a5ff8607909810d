"""What is being trained, a run, a race or a sweep: the menu Run steers it, and the status line tells it."""

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.live_race import LiveRace
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.live_sweep import LiveSweep
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
        lab.sweep.steered.connect(self.changed)

    @property
    def is_racing(self) -> bool:
        """Whether it is a race."""
        return self._lab.race.is_racing

    @property
    def is_sweeping(self) -> bool:
        """Whether it is a sweep."""
        return self._lab.sweep.is_sweeping

    @property
    def is_paused(self) -> bool:
        """Whether it waits, and can go on."""
        return self._trained.is_paused

    @property
    def is_running(self) -> bool:
        """Whether something is being trained that does not wait."""
        return self._lab.is_taken and not self.is_paused

    @Slot()
    def pause(self) -> None:
        """Let it wait."""
        self._trained.pause()

    @Slot()
    def stop(self) -> None:
        """End it; what was trained is kept."""
        self._trained.stop()

    def resume_several(self) -> bool:
        """Let a race or a sweep that waits go on; whether there is one. A run goes on by its own Start."""
        for several in (self._lab.race, self._lab.sweep):
            if several.is_paused:
                several.resume()
                return True
        return False

    @property
    def _trained(self) -> LiveRun | LiveRace | LiveSweep:
        if self.is_racing:
            return self._lab.race
        return self._lab.sweep if self.is_sweeping else self._lab.live

    @Slot(object)
    def _on_changed(self, subjects: frozenset[Subject]) -> None:
        if Subject.RUN in subjects:
            self.changed.emit()
