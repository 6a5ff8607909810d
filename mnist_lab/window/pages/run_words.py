"""A run in words: where it stands, how long it takes, what to try next. Read by the pages."""

from math import isnan

from PySide6.QtCore import QObject

from mnist_lab.course.rate_rules import FAR, lower_rate
from mnist_lab.experiment import FIELD_NAMES, PIXELS, Experiment
from mnist_lab.network.events import Diverged, Failed, Finished, Stopped
from mnist_lab.optimizers import optimizer_spec
from mnist_lab.runs.run import Run, State
from mnist_lab.window import translation
from mnist_lab.window.state.lab import Keras, Lab
from mnist_lab.window.words import fill, spell_bytes, spell_duration, spell_setting, spell_whole


class RunWords(QObject):
    """Makes the sentences."""

    def status(self, lab: Lab) -> str:
        """Where the run stands, and what to do next."""
        if lab.live.is_queued:
            return self._waiting(lab)
        if lab.run is not None and lab.time.wanted is not None:
            words = self.tr("Looking back at update {update:,} of {last:,}, on all pages.")
            return fill(words, update=lab.time.wanted, last=lab.time.last)
        if lab.run is None:
            if lab.look.coming:
                return self.opening(lab)
            return self.tr("Not started. Press Start to train this network.")
        if lab.run.state is State.PREPARING and lab.run.stage == "importing" and lab.keras is Keras.READY:
            return self.tr("Preparing: waiting for other work with Keras to end.")
        return self._state(lab.run)

    def opening(self, lab: Lab) -> str:
        """What is being opened while there is nothing to show; "" for nothing."""
        if not lab.look.coming:
            return ""
        row = lab.shelf.row(lab.look.coming)
        if row is None:  # the list is being read
            return self.tr("Opening what you looked at last …")
        if row.kind == "network":
            return fill(self.tr("Opening the kept network “{name}” …"), name=row.name)
        return fill(self.tr("Opening run {number} …"), number=spell_whole(row.number))

    def _waiting(self, lab: Lab) -> str:
        if lab.keras is not Keras.READY:
            return self.tr("Preparing: loading Keras. This takes a few seconds, once; then training begins.")
        return self.tr("Preparing: reading the digits; then training begins.")

    def _state(self, run: Run) -> str:
        match run.state, run.outcome:
            case State.PREPARING, _:
                return self._preparing(run)
            case State.TRAINING, _:
                return self._training(run)
            case State.PAUSED, _:
                words = self.tr("Paused at update {:,}. Resume goes on, Step trains one batch.")
                return fill(words, run.updates)
            case _, Stopped(updates) if run.was_interrupted:
                return fill(self.tr("Interrupted after update {:,}. Go on trains the rest."), updates)
            case _, Stopped(updates):
                words = self.tr("Stopped at update {:,}. Its weights are kept: try it on Draw.")
                return fill(words, updates)
            case _, Finished() as finished:
                words = self.tr("Finished at update {:,}, after {}. Try it on Draw.")
                return fill(words, finished.updates, spell_duration(run.own_seconds))
            case _, Diverged(update, loss):
                quantity = self.tr("not a number (nan)") if isnan(loss) else self.tr("infinite")
                words = self.tr("Failed: diverged. The loss of update {update:,} is {quantity}.")
                return fill(words, update=update + 1, quantity=quantity)
            case _, Failed(error):
                return fill(self.tr("Failed: {}"), translation.sentence(error))
        raise AssertionError(run.state)

    def _training(self, run: Run) -> str:
        epoch, position = divmod(run.updates, run.updates_per_epoch)
        if position == 0 and epoch > len(run.history.epochs):
            if run.experiment.validation == "test":
                return fill(self.tr("Measuring epoch {:,} on test and training images."), epoch)
            return fill(self.tr("Measuring epoch {:,} on held-out and training images."), epoch)
        return fill(
            self.tr("Training: epoch {:,} of {:,}."), min(epoch + 1, run.experiment.epochs), run.experiment.epochs
        )

    def _preparing(self, run: Run) -> str:
        if run.stage == "moving":
            images = run.experiment.samples(len(run.digits.train_images))
            words = self.tr("Preparing: making moved copies. An epoch has {images:,} images then ({size}).")
            return fill(words, images=images, size=spell_bytes(images * PIXELS))
        return {
            "importing": self.tr("Preparing: loading Keras."),
            "building": self.tr("Preparing: building the network."),
            "compiling": self.tr("Preparing: compiling the training step."),
        }[run.stage]

    def advice(self, run: Run) -> str:
        """What to try after a run that diverged."""
        usual = optimizer_spec(run.experiment.optimizer)
        assert isinstance(run.outcome, Diverged)
        first, rate = run.rate_before(run.outcome.update)
        other = lower_rate(run.experiment.optimizer, rate)
        if rate > FAR * usual.default_rate:
            words = self.tr(
                "The learning rate {rate} is far too large here: try {other}, Keras's default for {optimizer}."
                " The last finite weights are kept."
            )
        else:
            words = self.tr(
                "The learning rate {rate} is too large here: try {other}. The last finite weights are kept."
            )
        label = translation.translate("optimizers", usual.label)
        named = spell_setting(rate)
        if first:
            named = fill(self.tr("{rate}, set at update {update:,},"), rate=named, update=first + 1)
        return fill(words, rate=named, other=spell_setting(other), optimizer=label)

    def next_run(self, lab: Lab) -> str:
        """Which settings of the form wait for the next run; "" when none does."""
        if lab.run is None or not lab.run.is_live:
            return ""
        running = lab.run.experiment.changed(learning_rate=lab.run.learning_rate)
        names = self.differing(running, lab.draft.experiment)
        if not lab.run.digits.has_same_content(lab.digits):
            names.append(self.tr("the data"))
        if not names:
            return ""
        return fill(self.tr("For the next run: {}. The current run keeps its own."), ", ".join(names))

    def differing(self, one: Experiment, other: Experiment) -> list[str]:
        """The names of the settings in which two experiments differ."""
        return [translation.translate("fields", FIELD_NAMES[name]) for name in one.differing(other)]
