"""What a run that continues from an earlier moment would have otherwise than the run that is left, in words."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from mnist_lab.experiment import FIELD_NAMES, Experiment
from mnist_lab.runs.comparing import DATA
from mnist_lab.runs.fork_checks import FIXED
from mnist_lab.runs.forking import BEGINS_ANEW, chosen_changes
from mnist_lab.runs.run import Run, is_of_digits
from mnist_lab.window import translation
from mnist_lab.window.run_names import run_in_sentence
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.words import fill, spell_setting, spell_whole


@dataclass(frozen=True)
class Continuation:
    """What can be done from the moment that is looked at.

    Attributes:
        sentence: what changes, or why it is not possible.
        explanation: the same at length.
        is_possible: whether it can be done now.
    """

    sentence: str
    explanation: str
    is_possible: bool


class ContinueWords(QObject):
    """Makes the words."""

    def continuation(self, lab: Lab, experiment: Experiment) -> Continuation | None:
        """From the moment that is looked at, with these settings and the digits in use; None where that is now."""
        run, time = lab.time.run, lab.time
        if run is None or not time.is_away:
            return None
        why_not = self._why_not(lab, run, experiment)
        if why_not:
            return Continuation(why_not, why_not, is_possible=False)
        name = self._name(run)
        explanation = fill(
            self.tr(
                "Train a new run from update {update} of {run} on, with the settings in the form; {run} stays as it"
                " is. Set another learning rate, optimizer, dropout or data before, and compare the two."
            ),
            update=spell_whole(time.wanted or 0),
            run=name,
        )
        changed = self._changed(lab, run, experiment)
        if not changed:
            return Continuation(
                fill(self.tr("Nothing changed: it repeats {run}."), run=name), explanation, is_possible=True
            )
        names = ", ".join(self._changed_from(run, name, time.wanted or 0) for name in changed)
        sentence = fill(self.tr("Changed: {names}."), names=names)
        if not BEGINS_ANEW.isdisjoint(changed):
            sentence += " " + self.tr("A new epoch 1 begins.")
        return Continuation(sentence, explanation, is_possible=True)

    def _why_not(self, lab: Lab, run: Run, experiment: Experiment) -> str:
        if lab.live.is_training:
            return self.tr("A run has not ended yet: stop it first.")
        moment, wanted = lab.time.moment, lab.time.wanted
        if lab.time.has_kept_only and moment is not None and moment.updates != wanted and not lab.time.is_busy:
            words = self.tr("No network of update {wanted:,} is kept: go to update {kept:,}.")
            return fill(words, wanted=wanted, kept=moment.updates)
        if lab.time.film.is_running:
            return self.tr("Pause the film first.")  # and nothing flickers while it runs
        if not lab.time.is_there:
            return self.tr("The network of this update is on its way.")
        changed = self._changed(lab, run, experiment)
        fixed = [name for name in changed if name in FIXED]
        if fixed == ["hidden_units"]:
            words = self.tr("A network that was trained keeps its hidden units: set {units}.")
            return fill(words, units=", ".join(map(spell_whole, run.experiment.hidden_units)))
        if fixed:
            words = self.tr("A network that was trained keeps its {names}: set those of the run.")
            return fill(words, names=", ".join(map(self._spelled, fixed)))
        least = (wanted or 0) // run.updates_per_epoch + 1
        if experiment.epochs < least and BEGINS_ANEW.isdisjoint(changed):
            return fill(self.tr("The epochs in the form end before here: choose {least:,} or more."), least=least)
        return ""

    def _changed(self, lab: Lab, run: Run, experiment: Experiment) -> tuple[str, ...]:
        rate = _rate_at(run, lab.time.wanted or 0)
        digits = lab.digits  # of a run whose own are gone, those that it is looked at with are others
        is_other = lab.time.has_kept_only or (digits is not None and not is_of_digits(run, digits))
        return (*chosen_changes(run.experiment, experiment, rate), *((DATA,) if is_other else ()))

    def _changed_from(self, run: Run, name: str, updates: int) -> str:
        """What is changed; of a rate that was set while the run went on, also what it is there: no form shows it."""
        if name != "learning_rate" or not run.rate_changes:
            return self._spelled(name)
        words = self.tr("{setting} (here {value})")
        return fill(words, setting=self._spelled(name), value=spell_setting(_rate_at(run, updates)))

    def _spelled(self, name: str) -> str:
        return self.tr("the data") if name == DATA else translation.translate("fields", FIELD_NAMES[name])

    def _name(self, run: Run) -> str:
        return self.tr("this run") if run.number is None else run_in_sentence(run.number)


def _rate_at(run: Run, updates: int) -> float:
    """The learning rate in force after so many updates."""
    return next(rate for first, rate in reversed(run.rates) if first <= updates)
