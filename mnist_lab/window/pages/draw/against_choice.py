"""Which two digits are laid against each other on the “Why” tab; outlives its widgets, and knows no Qt."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mnist_lab.window.pages.draw.bar_look import BarLook


@dataclass(eq=False)
class AgainstChoice:
    """The two digits, and how their picture is looked at.

    Attributes:
        pair: the two that were chosen by hand; None: they follow the answer.
        units: the bars of the last hidden layer's units.
    """

    pair: tuple[int, int] | None = None
    units: BarLook = field(default_factory=BarLook)

    def pair_for(self, probabilities: NDArray[np.float32], label: int | None) -> tuple[int, int]:
        """The digits to lay against each other, of (10,) probabilities and the right digit (None: not known).

        Without a choice by hand: the answer, and the right digit if that is another one, else the second most likely.
        """
        if self.pair is not None:
            return self.pair
        answer, second = (int(digit) for digit in np.argsort(-probabilities, kind="stable")[:2])
        return (answer, second) if label is None or label == answer else (answer, label)
