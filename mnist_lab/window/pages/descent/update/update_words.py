"""One update in sentences: what happens in each step, and how well both computations agree."""

from math import isfinite, isnan

from PySide6.QtCore import QObject

from mnist_lab.optimizers import optimizer_spec
from mnist_lab.studies.update_numbers import UpdateNumbers
from mnist_lab.window import translation
from mnist_lab.window.widgets.basic.notice import Severity
from mnist_lab.window.words import fill, spell, spell_whole

_LOSS_ERROR = 1e-5
_WEIGHT_ERROR = 1e-5


class UpdateWords(QObject):
    """Makes the sentences."""

    def steps(self) -> tuple[tuple[str, str], ...]:
        """Title and explanation of each step."""
        return (
            (self.tr("Draw a batch"), self.tr("Some training images and their labels are drawn.")),
            (self.tr("Forward"), self.tr("The network answers: each layer multiplies, adds and bends.")),
            (self.tr("Loss"), self.tr("How far the answers are from the labels, as one number.")),
            (self.tr("Gradient"), self.tr("The slope of this number along every weight, by one backward pass.")),
            (self.tr("Update"), self.tr("Every weight moves a little against its slope.")),
        )

    def story(self, step: int, numbers: UpdateNumbers) -> str:
        """What happens in a step, with this update's own numbers."""
        update = numbers.update
        stories = (
            self.tr(
                "Update {update} of the run. {images} images were drawn from the training set; each counts as much as"
                " any other."
            ),
            self.tr("{images} images go through {layers} layers at once; the last row are ten probabilities each."),
            self.tr("Categorical cross-entropy: the mean of −log of the probability given to the right digit."),
            self.tr("One backward pass gives the slope along all {weights} weights. Where a pixel is always black, 0."),
            self.tr("W1 = W0 − step · gradient, for every weight. The pictures show the engine's own weights."),
        )
        return fill(
            stories[step],
            update=spell_whole(update.before.updates + 1),
            images=spell_whole(len(numbers.labels)),
            layers=len(numbers.layers),
            weights=spell_whole(numbers.weights),
        )

    def agreement(self, numbers: UpdateNumbers) -> tuple[str, Severity]:
        """How far this page's own computation is from the engine's batch."""
        if not isfinite(numbers.loss):
            return self.tr("This batch's numbers have overflowed: the run diverges here."), "warning"
        words = fill(
            self.tr("Loss computed here {here}, by the engine {engine}: they differ by {difference}."),
            here=spell(numbers.loss, 6),
            engine=spell(numbers.update.loss, 6),
            difference=spell(numbers.loss_difference),
        )
        if numbers.experiment.dropout > 0:
            dropout = self.tr("The engine drops {share} % of the hidden outputs at random; here none is dropped.")
            return f"{words} {fill(dropout, share=round(100 * numbers.experiment.dropout))}", "info"
        if isnan(numbers.weight_difference):
            memory = self.tr(
                "W1 is the engine's: {optimizer} remembers earlier updates. At the first update of a run the rule is"
                " checked weight by weight."
            )
            spec = optimizer_spec(numbers.experiment.optimizer)
            label = translation.translate("optimizers", spec.label)
            return f"{words} {fill(memory, optimizer=label)}", self._tone(numbers.loss_difference <= _LOSS_ERROR)
        weights = self.tr("W1 by the rule and by the engine differ by at most {difference}, over {weights} weights.")
        text = fill(weights, difference=spell(numbers.weight_difference), weights=spell_whole(numbers.weights))
        is_equal = numbers.loss_difference <= _LOSS_ERROR and numbers.weight_difference <= _WEIGHT_ERROR
        return f"{words} {text}", self._tone(is_equal)

    @staticmethod
    def _tone(is_equal: bool) -> Severity:
        return "good" if is_equal else "warning"
