"""Two networks' answers to the same digits, in sentences."""

import numpy as np
from PySide6.QtCore import QObject

from mnist_lab.experiment import CLASSES
from mnist_lab.runs.confusions import ConfusionPair
from mnist_lab.window.words import fill, spell_percent


class ConfusionWords(QObject):
    """Makes the sentences; `first` and `second` name the runs within them."""

    def cell(self, pair: ConfusionPair, row: int, column: int, first: str, second: str) -> str:
        """One cell of all three tables: "4 taken for 9: 23 of 98 by run 3, 12 by run 5. 11 more by run 3."."""
        one, other = int(pair.first[row, column]), int(pair.second[row, column])
        images = int(pair.first[row].sum())
        if row == column:
            words = self.tr("{row} recognised: {one:,} of {images:,} by {first}, {other:,} by {second}. {difference}")
        else:
            words = self.tr(
                "{row} taken for {column}: {one:,} of {images:,} by {first}, {other:,} by {second}. {difference}"
            )
        return fill(
            words,
            row=row,
            column=column,
            first=first,
            second=second,
            one=one,
            other=other,
            images=images,
            difference=self._difference(one - other, first, second),
        )

    def _difference(self, difference: int, first: str, second: str) -> str:
        if not difference:
            return self.tr("No difference.")
        run = first if difference > 0 else second
        return fill(self.tr("{count:,} more by {run}."), count=abs(difference), run=run)

    def summary(self, pair: ConfusionPair, first: str, second: str) -> str:
        """What the three tables show."""
        one, other = (spell_percent(right / max(pair.images, 1)) for right in pair.right)
        words = self.tr(
            "Of the same {images:,} test digits {first} has {one} right, {second} {other}. Right only for {first}:"
            " {only_one:,}; right only for {second}: {only_other:,}."
        )
        told = fill(
            words,
            images=pair.images,
            first=first,
            second=second,
            one=one,
            other=other,
            only_one=pair.only_right[0],
            only_other=pair.only_right[1],
        )
        return " ".join(filter(None, [told, self._largest(pair, first, second)]))

    def _largest(self, pair: ConfusionPair, first: str, second: str) -> str:
        """The mistake in which they differ most."""
        mistakes = np.where(np.eye(CLASSES, dtype=bool), 0, pair.difference)
        row, column = (int(place) for place in np.unravel_index(np.abs(mistakes).argmax(), mistakes.shape))
        if not mistakes[row, column]:
            return self.tr("They make each mistake equally often.")
        words = self.tr("They differ most in {row} taken for {column}: {one} by {first}, {other} by {second}.")
        return fill(
            words,
            row=row,
            column=column,
            first=first,
            second=second,
            one=self._times(int(pair.first[row, column])),
            other=self._times(int(pair.second[row, column])),
        )

    def _times(self, count: int) -> str:
        if count < 2:
            return self.tr("once") if count else self.tr("never")
        return fill(self.tr("{count:,} times"), count=count)
