"""The gap between training and new digits in words: what it is, why it is called so, and what helps."""

from PySide6.QtCore import QObject

from mnist_lab.inspection.share import Share
from mnist_lab.network.events import EpochEnd
from mnist_lab.runs.gap import Gap, does_harm
from mnist_lab.runs.run import Run
from mnist_lab.window.words import fill, spell_fixed, spell_percent

_HARDLY_BETTER_THAN_GUESSING = 0.15


class GapWords(QObject):
    """Makes the sentences."""

    def sentence(self, run: Run) -> str:
        """What the newest epoch was measured at, and what that says; "" before the first."""
        return self.shorter_and_shorter(run)[0]

    def shorter_and_shorter(self, run: Run) -> tuple[str, ...]:
        """The whole sentence, then what is left of it where there is little room: the numbers stay to the last."""
        if not run.history.epochs:
            return ("",)
        end = run.history.epochs[-1]
        gap = Gap.after(run, end)
        numbers = fill(
            self.tr("Epoch {epoch:,}: {own} {train}, {new} {validation}"),
            epoch=end.epoch,
            own=self._own(run, end),
            train=spell_percent(end.train_accuracy_after),
            new=self._new(run),
            validation=spell_percent(end.validation_accuracy),
        )
        if run.experiment.validation in run.may_know:
            numbers = fill(self.tr("{numbers} (some of these it may have learned before)"), numbers=numbers)
        verdict = fill(self._verdict(run, gap), numbers=numbers, points=_points(gap))
        running = self.tr("Average while learning: {running}.")
        whole = f"{verdict} {fill(running, running=spell_percent(end.train_accuracy))}"
        return whole, verdict, fill(self._briefly(run, gap), numbers=numbers, points=_points(gap))

    def _briefly(self, run: Run, gap: Gap) -> str:
        is_overfitting = gap.grade == "overfitting" and not self._other_verdict(run)
        return self.tr("{numbers}: a gap of {points} points.") if is_overfitting else self.tr("{numbers}.")

    def has_reasons(self, run: Run) -> bool:
        """Whether the sentence is about a gap, so that one may ask why, and what helps."""
        return bool(run.history.epochs) and not self._other_verdict(run)

    def _verdict(self, run: Run, gap: Gap) -> str:
        return (
            self._other_verdict(run)
            or {
                "none": self._no_gap(gap),
                "small": self._small_gap(gap),
                "overfitting": self.tr(
                    "{numbers}: a gap of {points} points. It knows its own training digits better than new ones:"
                    " overfitting."
                ),
                "reversed": self.tr("{numbers}. It knows new digits no worse than its own: no overfitting."),
            }[gap.grade]
        )

    def _no_gap(self, gap: Gap) -> str:
        """With few images some points may be chance; with many, less than half a point is of no weight."""
        if gap.is_chance and gap.is_worth_a_word:
            return self.tr("{numbers}: no gap to speak of, as {points} points can be chance with so few images.")
        return self.tr("{numbers}: no gap to speak of.")

    def _small_gap(self, gap: Gap) -> str:
        if gap.trained.is_apart_above(gap.new):
            return self.tr(
                "{numbers}: a gap of {points} points, not chance (95\u00a0% intervals apart), but less than one point."
            )
        return self.tr("{numbers}: a small gap of {points} points, rarely chance (95\u00a0% intervals overlap).")

    def _other_verdict(self, run: Run) -> str:
        """What has to be said before one speaks of a gap; "" where there is nothing."""
        end = run.history.epochs[-1]
        if run.learning_rate == 0:
            return self.tr("{numbers}. With a learning rate of 0 the weights do not move.")
        if run.experiment.shuffled_labels:
            return self.tr("{numbers}. Its labels were shuffled: it can only learn them by heart.")
        if max(end.train_accuracy_after, end.validation_accuracy) < _HARDLY_BETTER_THAN_GUESSING:
            words = self.tr("{numbers}: hardly better than guessing, which gets 10\u00a0% right.")
            if run.experiment.initial_weights == "zeros":
                words += " " + self.tr("It began with weights of 0: all its units stay alike.")
            return words
        if does_harm(run):
            words = self.tr(
                "{{numbers}}. On training digits it had {before} an epoch earlier: its updates do harm."
                " Try a smaller learning rate."
            )
            return fill(words, before=spell_percent(run.history.epochs[-2].train_accuracy_after))
        if run.experiment.one_batch and end.train_accuracy_after < 1:
            return self.tr("{numbers}. It trains on one batch alone: go on until it has all of it right.")
        if run.experiment.one_batch:
            return self.tr("{numbers}. It knows its one batch by heart: the network can learn. Now train it on all.")
        return ""

    def _own(self, run: Run, end: EpochEnd) -> str:
        if end.train_sample == run.experiment.samples(len(run.digits.train_images)):
            return self.tr("on all of its training digits")
        if run.experiment.moved_copies:
            return fill(self.tr("on {images:,} of its training digits and copies"), images=end.train_sample)
        return fill(self.tr("on {images:,} of its training digits"), images=end.train_sample)

    def _new(self, run: Run) -> str:
        on_test = run.experiment.validation == "test"
        return self.tr("on the test digits") if on_test else self.tr("on the held-out digits")

    # Asked for

    def why(self, run: Run) -> str:
        """What overfitting is, and by what the newest epoch's gap was judged."""
        end = run.history.epochs[-1]
        gap = Gap.after(run, end)
        words = self.tr(
            "Both accuracies are of the same weights, without dropout. From its training digits the network has"
            " learned; the others it has never trained on. It can also learn what only its own digits have. Then it"
            " knows them better than new ones: that is overfitting.\n\n"
            "The fewer the images, the more of a gap may be chance. 95\u00a0% interval {own}: {own_interval}; {new}:"
            " {new_interval}. {judged}\n\n"
            "“Average while learning” is the average accuracy of the epoch's batches. The weights were still"
            " changing, with dropout if you chose it, so it is no measure of the gap."
        )
        return fill(
            words,
            own=self._own(run, end),
            own_interval=_interval(gap.trained),
            new=self._new(run),
            new_interval=_interval(gap.new),
            judged=self._judged(gap),
        )

    def _judged(self, gap: Gap) -> str:
        if gap.is_chance:
            return self.tr("Chance alone can make such a difference.")
        if gap.grade == "reversed":
            return self.tr("The new digits are easier for it, by more than chance.")
        if not gap.trained.is_apart_above(gap.new):
            return self.tr("They overlap a little, but chance alone rarely makes such a difference.")
        if gap.grade == "overfitting":
            return self.tr("They lie apart: this is not chance.")
        return self.tr("They lie apart: this is not chance, but less than one point.")

    def helps(self) -> str:
        """What a learner can do against overfitting."""
        return self.tr(
            "More training digits help most: all 70,000 of MNIST, and moved copies of them (page Data).\n\n"
            "Under More settings: dropout (0.2 to 0.5) switches units off at random while it learns; an L2 penalty"
            " (0.0001) keeps weights small.\n\n"
            "Fewer hidden units can learn less by heart. With fewer epochs, training ends before the gap opens; or go"
            " back to that epoch with the slider below the curves, and continue from there.\n\n"
            "Change one thing at a time, and compare the accuracy on new digits, not the gap alone."
        )


def _interval(share: Share) -> str:
    low, high = share.interval()
    return f"{spell_percent(low)} – {spell_percent(high)}"


def _points(gap: Gap) -> str:
    """The difference of the two percentages as they are shown: what stands there adds up."""
    first, second = (round(100 * share.value, 1) for share in (gap.trained, gap.new))
    return spell_fixed(abs(first - second), 1)
