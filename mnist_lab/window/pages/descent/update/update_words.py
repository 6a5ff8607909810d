"""One update in sentences: what happens in each step, and how well both computations agree."""

from math import floor, isfinite, isnan, log10

from PySide6.QtCore import QObject

from mnist_lab.experiment import Experiment
from mnist_lab.optimizers import optimizer_spec
from mnist_lab.studies.update_numbers import UpdateNumbers
from mnist_lab.window.pages.weight_sums import optimizer_name
from mnist_lab.window.widgets.basic.notice import Severity
from mnist_lab.window.words import fill, spell, spell_fixed, spell_percent, spell_whole

_LOSS_ERROR = 1e-5
_WEIGHT_ERROR = 1e-5
_PLACES, _MOST_PLACES = 6, 12
"""Of a loss: as many as show where two differ, within these limits."""


class UpdateWords(QObject):
    """Makes the sentences."""

    def steps(self) -> tuple[tuple[str, str], ...]:
        """Title and explanation of each step."""
        return (
            (self.tr("Draw a batch"), self.tr("Some training images and their labels are drawn.")),
            (self.tr("Forward"), self.tr("The network answers: each layer multiplies, adds and bends.")),
            (self.tr("Loss"), self.tr("How far the answers are from the labels, as one number.")),
            (self.tr("Gradient"), self.tr("The slope of this number along every weight, by one backward pass.")),
            (self.tr("Update"), self.tr("The optimizer makes a small step of every weight out of its slope.")),
        )

    def story(self, step: int, numbers: UpdateNumbers) -> str:
        """What happens in a step, with this update's own numbers."""
        update = numbers.update
        stories = (
            self.tr(
                "Update {update} of the run. Its batch of {images} was drawn from the training images; each counts as"
                " much as any other."
            ),
            self.tr(
                "The whole batch goes through the layers at once; the last one gives ten probabilities for each image."
            ),
            self.tr("Categorical cross-entropy: the mean of −log of the probability given to the right digit."),
            self._gradient(numbers.experiment),
            self._update(numbers),
        )
        return fill(
            stories[step],
            update=spell_whole(update.before.updates + 1),
            images=spell_whole(len(numbers.labels)),
            weights=spell_whole(numbers.weights),
            optimizer=optimizer_name(numbers.experiment),
            along=spell_whole(numbers.along),
        )

    def _gradient(self, experiment: Experiment) -> str:
        slopes = self.tr("One backward pass gives the slope along all {weights} weights.")
        if experiment.l2 > 0:
            black = self.tr("For a pixel without ink in the whole batch, only the L2 penalty's part is left.")
        else:
            black = self.tr("For a pixel without ink in the whole batch, it is 0.")
        return f"{slopes} {black}"

    def _update(self, numbers: UpdateNumbers) -> str:
        """What the optimizer makes of the slopes: of this batch alone, or of others, too."""
        experiment, is_first = numbers.experiment, numbers.update.before.updates == 0
        spec, settings = optimizer_spec(experiment.optimizer), experiment.optimizer_settings
        if spec.is_plain(settings):
            return self.tr("Every weight moves against its slope: the step is the learning rate for all of them.")
        follows, shrinks = spec.follows_earlier_gradients(settings), spec.shrinks_weights(settings)
        parts = []
        if not follows and not shrinks:
            parts.append(self.tr("Every weight moves against its slope, with a step of its own."))
        if follows and is_first:
            parts.append(
                self.tr("{optimizer} also follows the gradients of earlier batches: at a first update, there are none.")
            )
        elif follows:
            parts.append(self.tr("{optimizer} also follows the gradients of earlier batches."))
        if shrinks:
            parts.append(self.tr("{optimizer} also shrinks every weight a little (weight decay)."))
        if (follows and not is_first) or shrinks:
            parts.append(
                self.tr("So a weight can move along its slope.")
                if experiment.dropout > 0
                else self.tr("So a weight can move along its slope: {along} of {weights} did.")
            )
        return " ".join(parts)

    def agreement(self, numbers: UpdateNumbers) -> tuple[str, Severity]:
        """How far this page's own computation is from the engine's batch."""
        if not isfinite(numbers.loss_difference):
            return self.tr("This batch's numbers have overflowed: the run diverges here."), "warning"
        words = self._losses(numbers)
        if numbers.experiment.dropout > 0:
            dropout = self.tr("The engine drops {share} of the hidden outputs at random; here none is dropped.")
            share = spell_percent(numbers.experiment.dropout, figures=3)
            return f"{words} {fill(dropout, share=share)}", "info"
        if isnan(numbers.weight_difference):
            memory = self.tr(
                "W1 is the engine's: {optimizer} remembers earlier updates. At the first update of a run the rule is"
                " checked weight by weight."
            )
            text = fill(memory, optimizer=optimizer_name(numbers.experiment))
            return f"{words} {text}", self._tone(numbers.loss_difference <= _LOSS_ERROR)
        weights = self.tr("W1 by the rule and by the engine differ by at most {difference}, over {weights} weights.")
        text = fill(weights, difference=spell(numbers.weight_difference), weights=spell_whole(numbers.weights))
        is_equal = numbers.loss_difference <= _LOSS_ERROR and numbers.weight_difference <= _WEIGHT_ERROR
        return f"{words} {text}", self._tone(is_equal)

    def _losses(self, numbers: UpdateNumbers) -> str:
        """Both losses, with as many places as show where they differ."""
        here, engine = numbers.loss, numbers.update.loss
        if here == engine:
            return fill(self.tr("Loss computed here and by the engine: {here}, equal."), here=spell(here, _PLACES))
        first = -floor(log10(abs(here - engine)))
        places = min(max(first + 1, _PLACES), _MOST_PLACES)
        return fill(
            self.tr("Loss computed here {here}, by the engine {engine}: they differ by {difference}."),
            here=spell_fixed(here, places),
            engine=spell_fixed(engine, places),
            difference=spell(numbers.loss_difference),
        )

    @staticmethod
    def _tone(is_equal: bool) -> Severity:
        return "good" if is_equal else "warning"
