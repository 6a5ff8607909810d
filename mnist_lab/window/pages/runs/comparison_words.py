"""Runs side by side, in plain sentences: what a picture shows, which run is best, and whether that may be chance."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QObject

from mnist_lab.inspection.share import Share
from mnist_lab.runs.comparing import Judged, Standing, best_epoch, judged, standing
from mnist_lab.runs.comparing_curves import Along, Quantity, RunCurve, Source
from mnist_lab.runs.facts import KeptRun
from mnist_lab.window.run_names import run_briefly, run_in_sentence
from mnist_lab.window.words import fill, spell, spell_percent, spell_whole

_MOST_TOLD = 4
"""So many runs are told one by one; of more, the best are told and the others are counted."""
_THREE_PLACES_FROM = 0.01


class ComparisonWords(QObject):
    """Makes the sentences."""

    def run(self, run: KeptRun) -> str:
        """What a run is called within a sentence: "run 3", or "run 3 “narrow”"."""
        return run_in_sentence(run.facts.number, run.name)

    def briefly(self, run: KeptRun) -> str:
        """The same in a sentence that tells of several, without a long name."""
        return run_briefly(run.facts.number, run.name)

    # Curves

    def measured(self, runs: Sequence[KeptRun]) -> str:
        """What the digits are called that the runs were measured on after each epoch, as on Train where they agree."""
        kinds = {run.experiment.validation for run in runs if run.experiment is not None and run.epochs}
        if len(kinds) > 1:
            return self.tr("test and held-out")
        return self.tr("held-out") if kinds == {"held_out"} else self.tr("test")

    def quantity(self, quantity: Quantity, source: Source, runs: Sequence[KeptRun]) -> str:
        """What the curves of these runs show, within a sentence."""
        if source == "validation":
            words = self.tr("{measured} loss") if quantity == "loss" else self.tr("{measured} accuracy")
            return fill(words, measured=self.measured(runs))
        return self.tr("training loss") if quantity == "loss" else self.tr("training accuracy")

    def along(self, along: Along) -> str:
        """What they are laid over, within a sentence."""
        return {
            "updates": self.tr("gradient updates"),
            "epochs": self.tr("epochs"),
            "seconds": self.tr("seconds of training"),
        }[along]

    def value(self, quantity: Quantity, value: float) -> str:
        """Spell a height."""
        if math.isnan(value):
            return self.tr("not a number")
        if math.isinf(value):
            return self.tr("infinite")
        if quantity == "accuracy":
            return spell_percent(value)
        return spell(value, 3 if value == 0 or abs(value) >= _THREE_PLACES_FROM else 5)

    def curves(self, curves: Sequence[RunCurve], quantity: Quantity, source: Source, along: Along) -> str:
        """Say what the curves show: where each ends, the best first, and which epoch was its best."""
        shown = [curve for curve in curves if len(curve.values)]
        title = fill(
            self.tr("{quantity} against {along}."),
            quantity=self.quantity(quantity, source, [curve.run for curve in curves]).capitalize(),
            along=self.along(along),
        )
        missing = self._missing([curve.run for curve in curves if not len(curve.values)])
        if not shown:
            return " ".join([title, missing])
        sign = 1 if quantity == "loss" else -1
        shown.sort(key=lambda curve: (math.isnan(curve.last), sign * curve.last))
        ends = [
            fill(self.tr("{run} ends at {value}"), run=self.briefly(curve.run), value=self.value(quantity, curve.last))
            + self._best_epoch(curve.run)
            for curve in shown[:_MOST_TOLD]
        ]
        told = self._sentence("; ".join(ends), len(shown) - len(ends))
        return " ".join(filter(None, [title, told, missing]))

    def _best_epoch(self, run: KeptRun) -> str:
        end = best_epoch(run)
        if end is None:
            return ""
        words = self.tr(" (best epoch {epoch:,}: {measured} {accuracy})")
        accuracy = spell_percent(end.validation_accuracy)
        return fill(words, epoch=end.epoch, measured=self.measured([run]), accuracy=accuracy)

    def _missing(self, runs: Sequence[KeptRun]) -> str:
        if not runs:
            return ""
        words = self.tr("Not shown, because it has no such numbers: {runs}.")
        if len(runs) > 1:
            words = self.tr("Not shown, because they have no such numbers: {runs}.")
        return fill(words, runs=self._listed(runs))

    # Which is better

    def verdict(self, runs: Sequence[KeptRun]) -> str:
        """Say which run is best, and against which others that may be chance; "" for fewer than two runs."""
        if len(runs) < 2:
            return ""
        found = standing(runs)
        if found is None:
            return self.tr("None of these runs has an accuracy on new digits: there is nothing to compare.")
        parts = [self._best(found), self._beaten(found), self._level(found), *self._beside(found)]
        return " ".join(filter(None, parts))

    def _best(self, found: Standing) -> str:
        words = self.tr("Best on {digits}: {run}, with {accuracy}.")
        return fill(
            words,
            digits=self.digits(found.judged),
            run=self.briefly(found.best),
            accuracy=self.share(found.judged.share),
        )

    def _beaten(self, found: Standing) -> str:
        if not found.worse:
            return ""
        words = self.tr("It is better than {runs}, by more than chance explains.")
        return fill(words, runs=self._listed_with_share(found.worse))

    def _level(self, found: Standing) -> str:
        if not found.equals:
            return ""
        words = self.tr("{runs}: the difference is so small that it may be chance.")
        listed = self._listed_with_share(found.equals)
        return fill(words, runs=listed[:1].upper() + listed[1:])

    def _beside(self, found: Standing) -> list[str]:
        parts = []
        if found.elsewhere:
            words = self.tr("Measured on other digits, so the numbers cannot be compared: {runs}.")
            parts.append(fill(words, runs=self._listed_with_share(found.elsewhere)))
        if found.unmeasured:
            words = self.tr("Without an accuracy on new digits: {runs}.")
            parts.append(fill(words, runs=self._listed(found.unmeasured)))
        return parts

    def digits(self, one: Judged) -> str:
        """Which digits an accuracy was measured on."""
        return self.tr("test digits") if one.is_test else self.tr("held-out digits")

    def share(self, share: Share) -> str:
        """An accuracy with the number of images it was measured on: "97.2 % of 1,000"."""
        return fill(self.tr("{accuracy} of {count:,}"), accuracy=spell_percent(share.value), count=share.count)

    def interval(self, share: Share) -> str:
        """The 95 % interval of an accuracy."""
        low, high = share.interval()
        return fill(self.tr("{low} – {high}"), low=spell_percent(low), high=spell_percent(high))

    # Lists

    def _share(self, run: KeptRun) -> str:
        one = judged(run)
        return "–" if one is None else spell_percent(one.share.value)

    def _listed_with_share(self, runs: Sequence[KeptRun]) -> str:
        return self._joined([f"{self.briefly(run)} ({self._share(run)})" for run in runs])

    def _listed(self, runs: Sequence[KeptRun]) -> str:
        return self._joined([self.briefly(run) for run in runs])

    def _joined(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return names[0]
        rest = len(names) - _MOST_TOLD
        if rest > 0:
            words = self.tr("{names} and {rest} more")
            return fill(words, names=", ".join(names[:_MOST_TOLD]), rest=spell_whole(rest))
        return fill(self.tr("{names} and {last}"), names=", ".join(names[:-1]), last=names[-1])

    def _sentence(self, told: str, rest: int) -> str:
        told = told[:1].upper() + told[1:]
        if rest <= 0:
            return f"{told}."
        return fill(self.tr("{told}; behind them: {rest} more."), told=told, rest=spell_whole(rest))
