"""The share that a network gives each digit: ten bars with their numbers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.pictures.share_rows import DIGITS, RowMeasures, ShareRows, Verdict
from mnist_lab.window.words import fill

_MEASURES = RowMeasures("body", (90, 200), (1, 6), 8, 14, theme.GAP, has_verdicts=True)


class ProbabilityBars(ShareRows):
    """Shows ten probabilities; the largest stands out by colour, by weight of type, and in words for screen readers.

    Where the right digit is known, it has the colour of right and a tick; an answer that is another one has the colour
    of wrong and a cross.

    Attributes:
        values: ten floats from 0 to 1, all 0.0 while there is no answer.
        winner: the digit with the largest value, None while there is no answer.
        label: the right digit; None where it is not known.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self.winner: int | None = None
        self.label: int | None = None
        super().__init__(_MEASURES, 0.0, parent)
        self.setAccessibleName(self.tr("Probability of each digit"))
        self.setToolTip(self.tr("The share that the network gives each digit; together they make 100\u00a0%"))
        self._describe()

    def set_values(self, values: Sequence[float] | NDArray[np.floating] | None, label: int | None = None) -> None:
        """Show ten probabilities from 0 to 1; None shows that there is no answer. `label` is the right digit.

        Raises:
            ValueError: if there are not ten.
        """
        new = self._ten(values, "probabilities")
        known = [digit for digit in range(DIGITS) if new[digit] > 0]
        self.winner = max(known, key=new.__getitem__) if known else None
        if (new, label) != (self.values, self.label):
            self.values, self.label = new, label
            self._describe()
            self.update()

    @property
    def outstanding(self) -> int | None:
        """The winner."""
        return self.winner

    @property
    def has_numbers(self) -> bool:
        """Whether there is an answer."""
        return self.winner is not None

    def verdict_on(self, digit: int) -> Verdict | None:
        """The right digit, where it is known, and the answer if it is another one."""
        if self.winner is None or self.label is None:
            return None
        if digit == self.label:
            return "right"
        return "wrong" if digit == self.winner else None

    def _describe(self) -> None:
        if self.winner is None:
            self.setAccessibleDescription(self.tr("No answer yet"))
            return
        words = self._words(sorted(range(DIGITS), key=self.values.__getitem__, reverse=True))
        if self.label is not None and self.label != self.winner:
            said = fill(self.tr("It says {answer}; right is {label}."), answer=self.winner, label=self.label)
            words = f"{said} {words}"
        self.setAccessibleDescription(words)
