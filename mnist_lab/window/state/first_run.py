"""The first run of a new home: slow enough to be watched; every later one goes as fast as it can."""

from PySide6.QtCore import QObject, Slot

from mnist_lab.data.settings_file import SettingsError, SettingsFile
from mnist_lab.experiment import Experiment
from mnist_lab.runs.run import Run, State
from mnist_lab.window import translation
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.subjects import Subject

SECONDS = 10
"""That the first run is to last."""
_WORD, _YES = "has_finished_a_run", "yes"


def watchable_speed(run: Run) -> int | None:
    """How many gradient updates a second let a newcomer watch this run; None where the settings or digits are others.

    Who has chosen either knows the lab already, and a run on all of MNIST lasts long enough.
    """
    if run.digits.kind != "starter" or run.experiment != Experiment():
        return None
    return max(round(run.total_updates / SECONDS), 1)


class FirstRun(QObject):
    """Has the first run slowed down, until one has finished in this home; that it has is kept in the settings."""

    def __init__(self, live: LiveRun, settings: SettingsFile, parent: QObject) -> None:
        super().__init__(parent)
        self._live = live
        self._settings = settings
        if settings.word(_WORD) != _YES and live.slow_motion is None:  # else a speed was chosen in the last session
            live.slow_first = watchable_speed
            live.changed.connect(self._on_changed)

    @Slot(object)
    def _on_changed(self, subjects: frozenset[Subject]) -> None:
        run = self._live.run
        if Subject.RUN not in subjects or run is None or run.state is not State.FINISHED:
            return
        self._live.changed.disconnect(self._on_changed)
        self._live.slow_first = None
        try:
            self._settings.keep(_WORD, _YES)
        except SettingsError as error:
            self._live.problem.emit(translation.sentence(error))
