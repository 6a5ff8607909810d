"""What “My hand” says: what learning does or waits for, and how far it is."""

from PySide6.QtCore import QObject

from mnist_lab.data.hand import COPIES, MOST_TIMES, OTHERS, HandDigits
from mnist_lab.network.events import Finished, Stopped
from mnist_lab.runs.hand_forking import EPOCHS
from mnist_lab.runs.run import Run, State
from mnist_lab.window.pages.draw.hand_model import KINDS, OF_EACH, HandModel
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.words import fill, spell_percent


def hand_run(lab: Lab) -> Run | None:
    """The run that is looked at, if it has learned a hand or is about to."""
    run = lab.look.looked_run
    return run if run is not None and isinstance(run.digits, HandDigits) else None


class HandWords(QObject):
    """Makes the sentences."""

    def obstacle(self, lab: Lab, model: HandModel) -> str:
        """Why no network can learn the hand now; "" where one can."""
        missing = OF_EACH * KINDS - len(model.digits)
        if model.asked is not None:
            return self.tr("%Ln digit(s) more, then a network can learn your hand.", "", missing)
        if lab.live.is_queued:
            return self.tr("A run is about to begin …")
        if lab.live.is_paused:
            return self.tr("A run is paused: resume it and let it end, or stop it.")
        if lab.live.is_training:
            return self.tr("A run is training: wait until it has ended, or stop it.")
        if why_not := lab.why_not_now:
            return why_not
        if lab.look.chosen is not None:
            return self.tr("A kept network has no run behind it that could go on: choose the run's network above.")
        if lab.run is None or lab.weights is None:
            return self.tr("No network yet: train one, then it can learn your hand.")
        if lab.run.number is None:
            return self.tr("This run is not kept, so none can go on from it: train another one.")
        return ""

    def plan(self, lab: Lab, model: HandModel) -> str:
        """What learning will do."""
        run, count = lab.run, len(model.digits)
        if run is None:
            return ""
        digits = run.digits  # of a run that has learned a hand, those without it count
        images = digits.hand.base_images if isinstance(digits, HandDigits) else len(digits.train_images)
        others = min(images, OTHERS)
        moment = lab.look.moment
        updates = run.updates if moment is None else moment.updates
        words = self.tr(
            "A new run goes on from update {update:,} of run {number:,}, which stays as it is: {epochs} epochs on"
            " {others:,} images of others, your {count} digits and {copies:,} moved copies of them, these up to"
            " {times} times; the second half in small steps."
        )
        told = {"number": run.number, "epochs": EPOCHS, "others": others, "count": count, "copies": count * COPIES}
        told |= {"times": MOST_TIMES, "update": 0 if isinstance(digits, HandDigits) else updates}
        return fill(words, **told)

    def progress(self, lab: Lab, run: Run) -> str:
        """How far a run is that learns a hand, and what it has forgotten meanwhile."""
        if run.state is State.PREPARING:
            return self.tr("It begins to learn your hand …")
        if run.is_live:
            words = self.tr("It is learning your hand: update {done:,} of {all:,}. Digits count when it is done.")
            return fill(words, done=run.updates, all=run.total_updates)
        match run.outcome:
            case Finished() as finished:
                return self._finished(lab, run, finished)
            case Stopped(updates):
                words = self.tr("Learning was stopped at update {done:,} of {all:,}.")
                return fill(words, done=updates, all=run.total_updates)
            case _:
                return self.tr("Learning has failed: the Train page says why.")

    def _finished(self, lab: Lab, run: Run, finished: Finished) -> str:
        told = fill(
            self.tr("It has learned the hand in {updates:,} updates; its test accuracy is {share}."),
            updates=finished.updates,
            share=spell_percent(finished.test_accuracy),
        )
        row = lab.shelf.row(run.id)
        parent = None if row is None else lab.shelf.row(row.parent_id)
        if row is None or parent is None or parent.test_accuracy is None or parent.updates != row.parent_update:
            return told
        before = fill(self.tr("Before, it was {share}."), share=spell_percent(parent.test_accuracy))
        return f"{told} {before}"
