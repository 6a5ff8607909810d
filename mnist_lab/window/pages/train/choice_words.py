"""What can come after a run, and what stays the same then, in words."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from mnist_lab.experiment import LIMITS, Experiment
from mnist_lab.runs.run import Run, State
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.state.until_run import UntilRun
from mnist_lab.window.words import fill, spell_whole


@dataclass(frozen=True)
class RunChoice:
    """One thing that can come after a run.

    Attributes:
        label: on its button.
        sentence: what stays the same, or why it is not possible.
        explanation: the same at length.
        is_possible: whether it can be done now.
    """

    label: str
    sentence: str
    explanation: str
    is_possible: bool


def with_next_seed(experiment: Experiment) -> Experiment:
    """The same with the next seed: another random start; after the last seed comes the first."""
    limits = LIMITS["seed"]
    return experiment.changed(seed=experiment.seed + 1 if experiment.seed < limits.maximum else int(limits.minimum))


class ChoiceWords(QObject):
    """Makes the words of all three."""

    def choices(self, lab: Lab) -> tuple[RunChoice, RunChoice, RunChoice] | None:
        """Start again, new random start, go on: from the run that is looked at; None while there is none that ended."""
        run = lab.run
        if run is None or run.is_live or lab.live.is_training:
            return None
        has_digits = (lab.look.opened is None or lab.look.opened.has_digits) and run.digits.has_same_content(lab.digits)
        return self._again(run, has_digits=has_digits), self._new(run, has_digits=has_digits), self._go_on(lab, run)

    def offer(self, lab: Lab, entered: Experiment, names: list[str]) -> Offer:
        """To have back in the form what was entered there, which differs from the run's in the settings named.

        It holds until the next run begins: that has what is in the form then.
        """
        draft, is_before_next_run = lab.draft, UntilRun(lab.live)
        sentence = self.tr(
            "The form now has the run's settings. You had set others: {names}. Undo brings them back for the next run."
        )
        return Offer(
            fill(sentence, names=", ".join(names)),
            self.tr("&Undo"),
            self.tr("Bring back into the form what you had set there; the run that goes on stays as it is."),
            lambda: draft.bring_back(entered),
            lambda: draft.experiment != entered and is_before_next_run(),
        )

    def _again(self, run: Run, *, has_digits: bool) -> RunChoice:
        explanation = self.tr(
            "Train a new network with the settings and the seed of this run: the same initial weights and the same"
            " batches, so the very same curve. The form gets these settings."
        )
        sentence = self.tr("Same start, same curve.")
        if run.rate_changes:
            sentence = self.tr("Same start, the first rate throughout.")
            explanation += " " + self.tr("The learning rate is not changed again as it was while this run went on.")
        if not run.is_of_its_settings:
            sentence = self.tr("From initial weights, these settings throughout.")
            explanation = self.tr(
                "Train a new network with the settings and the seed of this run, from initial weights on. This run went"
                " on from another one, so the curve will not be the same. The form gets these settings."
            )
        return self._from_start(self.tr("Start again"), sentence, explanation, has_digits=has_digits)

    def _new(self, run: Run, *, has_digits: bool) -> RunChoice:
        seed = with_next_seed(run.experiment).seed
        explanation = self.tr(
            "Train a new network with the settings of this run but the seed {seed}: other initial weights, another"
            " order of the images. What then differs is chance alone. The form gets this seed."
        )
        return self._from_start(
            self.tr("New random start"),
            fill(self.tr("Same settings, seed {seed}."), seed=spell_whole(seed)),
            fill(explanation, seed=spell_whole(seed)),
            has_digits=has_digits,
        )

    def _from_start(self, label: str, sentence: str, explanation: str, *, has_digits: bool) -> RunChoice:
        if not has_digits:
            sentence = self.tr("Other digits are in use now.")
            explanation = self.tr("This run was trained on other digits: use those again, or press Start for these.")
        return RunChoice(label, sentence, explanation, has_digits)

    def _go_on(self, lab: Lab, run: Run) -> RunChoice:
        label, explanation = self._further(run, lab.draft.experiment.epochs)
        sentence = self.tr("Same network, trained further.")
        if run.state is State.DIVERGED:
            sentence = self.tr("From before it diverged.")
        if not lab.live.can_go_on:
            opened = lab.look.opened
            sentence = self.tr("No network of it was kept.")
            if opened is not None and not opened.has_digits:
                sentence = self.tr("Its digits are not here.")
        return RunChoice(label, sentence, explanation, lab.live.can_go_on)

    def _further(self, run: Run, epochs: int) -> tuple[str, str]:
        """Words on the button and at length: to the planned end, or for as many epochs as the form says."""
        if run.updates < run.total_updates:
            planned = spell_whole(run.experiment.epochs)
            return (
                fill(self.tr("Go on: to epoch {epoch}"), epoch=planned),
                fill(
                    self.tr(
                        "Train this same network further, from where it ended to the end of epoch {epoch}, as planned."
                        " Step does so one batch at a time."
                    ),
                    epoch=planned,
                ),
            )
        return (
            fill(self.tr("Go on: %Ln more epoch(s)", "", epochs)),
            self.tr(
                "Train this same network further: weights, optimizer and curve go on where they ended, for as many"
                " epochs as the form says. Step trains one batch more, of one more epoch."
            ),
        )
