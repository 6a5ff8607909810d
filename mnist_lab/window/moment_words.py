"""Where in time one looks, in words: on Train, and on the sign that every page has."""

from math import isfinite

from PySide6.QtCore import QObject

from mnist_lab.network.recording import Moment
from mnist_lab.runs.run import Run
from mnist_lab.window.run_names import run_in_sentence
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.words import fill, spell


class MomentWords(QObject):
    """Makes the sentences."""

    def sign(self, lab: Lab) -> str:
        """Which update of which run is looked at, and how sure it is; "" for now."""
        time, run = lab.time, lab.time.run
        if run is None or not time.is_away:
            return ""
        moment, name = time.moment, self._run(run)
        if moment is None:
            return fill(self.tr("Going to update {update:,} of {run} …"), update=time.wanted, run=name)
        words = fill(self.tr("You look at update {update:,} of {run}."), update=moment.updates, run=name)
        return " ".join(filter(None, (words, self._remark(lab, moment))))

    def _remark(self, lab: Lab, moment: Moment) -> str:
        time = lab.time
        if time.is_busy and moment.updates != time.wanted and not time.film.is_running:
            return fill(self.tr("Update {update:,} is on its way …"), update=time.wanted)
        if time.has_kept_only:
            return self.tr("Kept networks only: the digits of this run are not here.")
        if moment.identical:
            return ""
        if isfinite(moment.largest_difference):
            words = self.tr("Close, not identical: a batch loss differs by {difference}.")
            return fill(words, difference=spell(moment.largest_difference))
        return self.tr("Close, not identical: some weights differ.")

    def now(self, lab: Lab) -> str:
        """Where now is."""
        run = lab.time.run
        if run is None:
            return self.tr("No run yet.")
        return fill(self.tr("Now: update {update:,} of {run}."), update=lab.time.last, run=self._run(run))

    def batch(self, lab: Lab) -> str:
        """Which batch of which epoch led to the moment that is looked at; "" for now, and while one is on its way."""
        time = lab.time
        run, moment = time.run, time.moment
        if run is None or moment is None or not (time.is_there or time.film.is_running):
            return ""
        if not moment.updates:
            trained = self.tr("It begins with a network that another run trained.")
            return trained if run.begins_trained else self.tr("These are the initial weights.")
        epoch, batch = divmod(moment.updates - 1, run.updates_per_epoch)
        return fill(self.tr("That is after batch {batch:,} of epoch {epoch:,}."), epoch=epoch + 1, batch=batch + 1)

    def place(self, run: Run, updates: int) -> str:
        """An update of a run, and which batch of which epoch it was."""
        if not updates:
            trained = self.tr("update 0: a network that another run trained")
            return trained if run.begins_trained else self.tr("update 0: the initial weights")
        epoch, batch = divmod(updates - 1, run.updates_per_epoch)
        words = self.tr("update {update:,}: after batch {batch:,} of epoch {epoch:,}")
        return fill(words, update=updates, epoch=epoch + 1, batch=batch + 1)

    def _run(self, run: Run) -> str:
        return self.tr("this run") if run.number is None else run_in_sentence(run.number, run.name)
