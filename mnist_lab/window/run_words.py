"""A run in words: where it stands, how long it takes, what its numbers mean. Read by the pages."""

from PySide6.QtCore import QObject

from mnist_lab.experiment import FIELD_NAMES
from mnist_lab.network.events import Diverged, EpochEnd, Failed, Finished, Stopped
from mnist_lab.runs.run import Run, State
from mnist_lab.window import translation
from mnist_lab.window.lab import Keras, Lab
from mnist_lab.window.widgets.number_text import show_real

_MINUTE = 60
_GAP_WORTH_A_WORD = 0.005
"""Half a point of accuracy: below it, training and validation are as good as equal."""


class RunWords(QObject):
    """Makes the sentences."""

    def status(self, lab: Lab) -> str:
        """Where the run stands, and what to do next."""
        if lab.is_queued:
            return self._waiting(lab)
        if lab.run is None:
            return self.tr("Not started. Press Start to train this network.")
        return self._state(lab.run)

    def _waiting(self, lab: Lab) -> str:
        if lab.keras is not Keras.READY:
            return self.tr("Preparing: loading Keras. This takes a few seconds, once; then training begins.")
        return self.tr("Preparing: reading the digits; then training begins.")

    def _state(self, run: Run) -> str:
        match run.state, run.outcome:
            case State.PREPARING, _:
                return self._preparing(run.stage)
            case State.TRAINING, _:
                epoch = min(run.updates // run.updates_per_epoch + 1, run.experiment.epochs)
                return self.tr("Training: epoch {} of {}.").format(epoch, run.experiment.epochs)
            case State.PAUSED, _:
                words = self.tr("Paused after {:,} updates. Resume goes on, Step trains one batch.")
                return words.format(run.updates)
            case _, Stopped(updates):
                return self.tr("Stopped after {:,} updates. The weights are kept: draw a digit.").format(updates)
            case _, Finished() as finished:
                words = self.tr("Finished: {:,} updates in {}. Draw a digit for it.")
                return words.format(finished.updates, self.duration(finished.training_seconds))
            case _, Diverged() as diverged:
                return self._diverged(run, diverged)
            case _, Failed(error):
                return self.tr("Failed: {}").format(translation.sentence(error))
        raise AssertionError(run.state)

    def _preparing(self, stage: str) -> str:
        return {
            "importing": self.tr("Preparing: loading Keras."),
            "building": self.tr("Preparing: building the network."),
            "compiling": self.tr("Preparing: compiling the training step."),
        }[stage]

    def _diverged(self, run: Run, diverged: Diverged) -> str:
        words = self.tr(
            "Failed: diverged at update {update:,}, where the loss is {loss}. The learning rate {rate} is too large"
            " here: try {lower}. The last finite weights are kept."
        )
        rate = run.learning_rate
        lower = show_real(float(f"{rate / 10:.1g}"))
        return words.format(update=diverged.update + 1, loss=diverged.loss, rate=show_real(rate), lower=lower)

    def duration(self, seconds: float) -> str:
        """A span of time, as short as it can be said."""
        if seconds < _MINUTE:
            return self.tr("{:.1f} s").format(seconds)
        minutes, rest = divmod(round(seconds), _MINUTE)
        return self.tr("{} min {} s").format(minutes, rest)

    def gap(self, run: Run) -> str:
        """The last epoch's training against its validation accuracy, and what that says; "" before the first."""
        if not run.history.epochs:
            return ""
        end = run.history.epochs[-1]
        numbers = self._both_accuracies(run, end)
        gap = end.train_accuracy - end.validation_accuracy
        if gap > _GAP_WORTH_A_WORD:
            words = self.tr(
                "{numbers}: a gap of {points:.1f} points. The network knows its own training digits better than new"
                " ones: overfitting."
            )
        elif gap < -_GAP_WORTH_A_WORD:
            words = self.tr(
                "{numbers}. The training figure is the mean over the whole epoch, while the network was still learning;"
                " no overfitting yet."
            )
        else:
            words = self.tr("{numbers}: as good as equal, no overfitting to speak of.")
        return words.format(numbers=numbers, points=100 * abs(gap))

    def _both_accuracies(self, run: Run, end: EpochEnd) -> str:
        if run.experiment.validation == "test":
            words = self.tr("Epoch {epoch}: training {train:.1f} %, test {validation:.1f} %")
        else:
            words = self.tr("Epoch {epoch}: training {train:.1f} %, held-out {validation:.1f} %")
        return words.format(epoch=end.epoch, train=100 * end.train_accuracy, validation=100 * end.validation_accuracy)

    def next_run(self, lab: Lab) -> str:
        """Which settings of the form wait for the next run; "" when none does."""
        if lab.run is None or not lab.run.is_live:
            return ""
        running, chosen = lab.run.experiment.model_dump(), lab.experiment.model_dump()
        names = [self._names()[name] for name in running if name != "learning_rate" and running[name] != chosen[name]]
        if not names:
            return ""
        return self.tr("For the next run: {}. The run that is live keeps its own.").format(", ".join(names))

    def _names(self) -> dict[str, str]:
        return {field: translation.translate("fields", name) for field, name in FIELD_NAMES.items()}
