"""What is said when settings come into the form or go out of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from mnist_lab.experiment import Experiment
from mnist_lab.presets import ExperimentPreset
from mnist_lab.window import translation
from mnist_lab.window.setting_words import SettingWords
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.words import fill

_MOST_TOLD = 6


class TravelWords(QObject):
    """Makes the sentences."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = SettingWords(self)

    def copied(self, line: str) -> str:
        """The clipboard has the line."""
        return fill(self.tr("Copied: {line}"), line=line)

    def saved(self, path: Path) -> str:
        """A file has them."""
        return fill(self.tr("The settings are saved as “{path}”."), path=path)

    def pasted(self, changes: Sequence[str]) -> str:
        """They came as text."""
        return fill(self.tr("Pasted into the form: {changes}."), changes=self._told(changes))

    def opened(self, path: Path, changes: Sequence[str]) -> str:
        """They came from a file."""
        return fill(self.tr("“{name}” is in the form: {changes}."), name=path.name, changes=self._told(changes))

    def chapters(self, changes: Sequence[str]) -> str:
        """They are the chapter's."""
        return fill(self.tr("The chapter's settings are in the form: {changes}."), changes=self._told(changes))

    def of_run(self, title: str, changes: Sequence[str]) -> str:
        """They are a run's."""
        words = self.tr("{run}: its settings are in the form: {changes}.")
        return fill(words, run=title, changes=self._told(changes))

    def named(self, preset: ExperimentPreset) -> str:
        """They have a name."""
        title, shows = (translation.translate("presets", words) for words in (preset.title, preset.shows))
        return fill(self.tr("“{title}” is in the form. {shows}"), title=title, shows=shows)

    def with_run(self, sentence: str) -> str:
        """The same while a run goes on."""
        return fill(self.tr("{sentence} The run that goes on keeps its own."), sentence=sentence)

    def has_them(self) -> str:
        """Nothing changes."""
        return self.tr("The form has these very settings.")

    def has_no_room(self, names: Sequence[str]) -> str:
        """The form would make other numbers of them."""
        words = self.tr("The form keeps numbers to 15 places and would round these: {names}. It stays as it was.")
        return fill(words, names=", ".join(names))

    def offer(self, sentence: str, undo: Callable[[], object], is_open: Callable[[], bool]) -> Offer:
        """To have back in the form what stood there."""
        explanation = self.tr("Bring back into the form what stood there; a run that goes on stays as it is.")
        return Offer(sentence, self.tr("&Undo"), explanation, undo, is_open)

    def names(self, one: Experiment, other: Experiment) -> list[str]:
        """What the settings are called in which two experiments differ, as far as they count for either."""
        return [self._settings.name(name) for name in one.differing(other)]

    def changes(self, experiment: Experiment, before: Experiment) -> list[str]:
        """What is not as before, with its value: "epochs 30"."""
        values = experiment.model_dump()
        words = self.tr("{name} {value}")
        return [
            fill(words, name=self._settings.name(name), value=self._settings.value(name, values[name]))
            for name in experiment.differing(before)
        ]

    def _told(self, changes: Sequence[str]) -> str:
        """The first few of them; "nothing that counts" where there is none."""
        if not changes:
            return self.tr("nothing that counts here")
        rest = len(changes) - _MOST_TOLD
        told = list(changes[:_MOST_TOLD]) if rest > 0 else list(changes)
        return "; ".join([*told, fill(self.tr("{count} more"), count=rest)] if rest > 0 else told)
