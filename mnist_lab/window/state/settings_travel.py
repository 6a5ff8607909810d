"""Settings come into the form from elsewhere and go out of it: as text, as files, by name; each can be undone."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from mnist_lab import experiment_file, experiment_text
from mnist_lab.experiment import Experiment
from mnist_lab.presets import ExperimentPreset
from mnist_lab.window import translation
from mnist_lab.window.state.draft import ExperimentDraft
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.state.travel_words import TravelWords
from mnist_lab.window.state.until_run import UntilRun
from mnist_lab.words import LabError


class SettingsTravel(QObject):
    """What the menu “Settings” does. A run that is live keeps its own settings, its learning rate too.

    Signals:
        brought(): the form is to show the draft anew, in place of whatever is typed there.
        offered(Offer): what is in the form now, and the way back.
        noticed(str): what was done.
        problem(str): why it was not.
    """

    brought = Signal()
    offered = Signal(object)
    noticed = Signal(str)
    problem = Signal(str)

    def __init__(self, draft: ExperimentDraft, live: LiveRun, parent: QObject) -> None:
        super().__init__(parent)
        self._draft, self._live = draft, live
        self._words = TravelWords(self)

    # Out of the form

    @Slot()
    def copy(self) -> None:
        """Put the form's settings on the clipboard, as one line of text."""
        experiment = self._draft.commit()
        if experiment is None:
            self.problem.emit(self._draft.problem)
        else:
            self.copy_of(experiment)

    def copy_of(self, experiment: Experiment) -> None:
        """Put any settings on the clipboard, such as those of a kept run."""
        line = experiment_text.write(experiment)
        QGuiApplication.clipboard().setText(line)
        self.noticed.emit(self._words.copied(line))

    def save(self, path: Path) -> None:
        """Write the form's settings into a file, as `train --experiment` reads it."""
        experiment = self._draft.commit()
        if experiment is None:
            self.problem.emit(self._draft.problem)
            return
        try:
            experiment_file.write(experiment, path)
        except LabError as error:
            self.problem.emit(translation.sentence(error))
        else:
            self.noticed.emit(self._words.saved(path))

    # Into the form

    @Slot()
    def paste(self) -> None:
        """Bring in what the clipboard tells."""
        self.paste_text(QGuiApplication.clipboard().text())

    def paste_text(self, text: str) -> None:
        """Bring in what a text tells."""
        self._bring_read(lambda: experiment_text.read(text), self._words.pasted)

    def open(self, path: Path) -> None:
        """Bring in what a file holds."""
        self._bring_read(lambda: experiment_file.read(path), lambda changes: self._words.opened(path, changes))

    def use_from(self, path: Path, experiment: Experiment) -> None:
        """Bring in the settings that a file has beside other things."""
        self._bring(experiment, lambda changes: self._words.opened(path, changes))

    def use(self, preset: ExperimentPreset) -> None:
        """Bring in settings with a name."""
        self._bring(preset.experiment, lambda _changes: self._words.named(preset))

    def use_of(self, experiment: Experiment, title: str) -> None:
        """Bring in the settings of a run with that title."""
        self._bring(experiment, lambda changes: self._words.of_run(title, changes))

    @Slot()
    def use_chapters(self) -> None:
        """Bring in the chapter's settings."""
        self._bring(Experiment(), self._words.chapters)

    def _bring_read(self, read: Callable[[], Experiment], said: Callable[[list[str]], str]) -> None:
        try:
            experiment = read()
        except LabError as error:
            self.problem.emit(translation.sentence(error))
        else:
            self._bring(experiment, said)

    def _bring(self, experiment: Experiment, said: Callable[[list[str]], str]) -> None:
        """Let the form have it, and offer the way back; what is typed there and no setting yet goes.

        Args:
            experiment: what it is to have.
            said: makes the sentence of what changes.
        """
        draft = self._draft
        entered = draft.commit() or draft.experiment
        draft.bring_back(experiment)
        self.brought.emit()
        if draft.experiment != experiment:  # the form has no room for so many places
            names = self._words.names(experiment, draft.experiment)
            draft.bring_back(entered)
            self.problem.emit(self._words.has_no_room(names))
        elif experiment == entered:
            self.noticed.emit(self._words.has_them())
        else:
            self.offered.emit(self._offer(entered, said(self._words.changes(experiment, entered))))

    def _offer(self, entered: Experiment, sentence: str) -> Offer:
        draft, is_before_next_run = self._draft, UntilRun(self._live)
        words = self._words.with_run(sentence) if self._live.is_training else sentence
        return self._words.offer(
            words,
            lambda: draft.bring_back(entered),
            lambda: draft.experiment != entered and is_before_next_run(),
        )
