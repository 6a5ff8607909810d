"""Trials of a sweep in words: how each stands, and the sweep as a whole."""

from PySide6.QtCore import QObject

from mnist_lab.window.setting_words import SettingWords
from mnist_lab.window.state.live_sweep import LiveSweep
from mnist_lab.window.state.sweep_trials import SweepTrial
from mnist_lab.window.words import fill, rounded, spell, spell_percent, spell_whole


class TrialWords(QObject):
    """Makes the words."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = SettingWords(self)

    def field(self, name: str) -> str:
        """What a setting that varies is called, as a heading."""
        return self._settings.name(name)

    def short_field(self, name: str) -> str:
        """The same in a word, where there is little room."""
        short = {
            "hidden_units": self.tr("units"),
            "l2": self.tr("L2"),
            "optimizer_settings": self.tr("settings"),
            "learning_rate": self.tr("rate"),
            "batch_size": self.tr("batch"),
            "batch_order": self.tr("order"),
            "held_out_share": self.tr("held out"),
            "initial_weights": self.tr("weights"),
            "shuffled_labels": self.tr("shuffled"),
            "moved_copies": self.tr("copies"),
            "moved_turn": self.tr("turn"),
            "moved_shear": self.tr("shear"),
            "moved_scale": self.tr("scale"),
            "moved_shift": self.tr("shift"),
        }
        return short.get(name) or self.field(name)

    def value(self, trial: SweepTrial, field: str) -> str:
        """What it is in this trial; a drawn number in four figures."""
        value = getattr(trial.experiment, field)
        return self._settings.value(field, rounded(value, 4) if isinstance(value, float) else value)

    def accuracy(self, trial: SweepTrial) -> str:
        """On all test images; "–" where there is none."""
        result = trial.result
        return "–" if result is None or result.test_accuracy is None else spell_percent(result.test_accuracy)

    def loss(self, trial: SweepTrial) -> str:
        """On all test images; "–" where there is none."""
        result = trial.result
        return "–" if result is None or result.test_loss is None else spell(result.test_loss, 4, 3)

    def state(self, trial: SweepTrial) -> str:
        """How it stands: "at 45 %"."""
        if trial.state == "training":
            share = spell_percent(trial.updates / max(trial.total_updates, 1), 0)
            return fill(self.tr("at {share}"), share=share)
        if trial.state == "stopped" and not trial.updates:
            return self.tr("not begun")
        states = {
            "waiting": self.tr("waiting"),
            "finished": self.tr("finished"),
            "diverged": self.tr("diverged"),
            "stopped": self.tr("stopped"),
            "failed": self.tr("failed"),
        }
        return states[trial.state]

    def sweep(self, sweep: LiveSweep) -> str:
        """How the sweep stands, in a sentence or two; "" before the first."""
        trials = sweep.trials
        if not trials:
            return ""
        done, total = sum(result.state != "stopped" for result in sweep.results), len(trials)
        counted = fill(self.tr("Done: {done} of %Ln run(s).", "", total), done=spell_whole(done))
        return " ".join(part for part in (self._stands(sweep), counted, self._lost(sweep)) if part)

    def _stands(self, sweep: LiveSweep) -> str:
        if not sweep.is_sweeping:
            return self._ended(sweep)
        if sweep.is_ending:
            return self.tr("The sweep is being ended.")
        if sweep.is_paused:
            return self.tr("Paused.")
        if all(trial.state == "waiting" for trial in sweep.trials):
            return self.tr("The workers are being started.")
        return self.tr("The sweep goes on.")

    def _ended(self, sweep: LiveSweep) -> str:
        states = {trial.state for trial in sweep.trials}
        if "training" in states:
            return self.tr("The last sweep goes on in another window, or in the terminal.")
        if "stopped" in states and sweep.is_from_before:
            return self.tr("The last sweep ended early; what was trained is kept.")
        if "stopped" in states:
            return self.tr("The sweep ended early; what was trained is kept.")
        return self.tr("The last sweep, as it ended.") if sweep.is_from_before else self.tr("The sweep is over.")

    def _lost(self, sweep: LiveSweep) -> str:
        if not sweep.lost_workers:
            return ""
        return self.tr("%n worker(s) died; what was trained there was begun again once.", "", sweep.lost_workers)

    def problem(self, trial: SweepTrial) -> str:
        """Why it failed; "" where it did not."""
        return "" if trial.result is None else trial.result.problem
