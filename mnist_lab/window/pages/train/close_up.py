"""When a run's curves show their newest part close up: by themselves, or as the learner has chosen; knows no Qt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MOST, _FEWEST = 200, 20
_HIGH, _HIGH_NO_MORE = 0.9, 0.8


def newest_batches(updates_per_epoch: int | None) -> int:
    """How many of the newest batches say how a run stands: an epoch's, within limits; few where that is unknown."""
    return min(max(updates_per_epoch or 0, _FEWEST), _MOST)


@dataclass(eq=False)
class CloseUp:
    """Whether the curves are shown close up.

    Attributes:
        chosen: what the learner has chosen, for this run and the next; None: nothing, it follows from the accuracy.
        is_high: whether the accuracy is high. It is from when the newest batches' mean is above 90 %, and no more when
            it has fallen below 80 %: so the view stays where it is while a mean goes up and down.
    """

    chosen: bool | None = None
    is_high: bool = False

    @property
    def is_on(self) -> bool:
        """Whether the curves are to be shown close up now."""
        return self.is_high if self.chosen is None else self.chosen

    def begin(self) -> None:
        """Follow another run."""
        self.is_high = False

    def follow(self, accuracies: NDArray[np.float32], updates_per_epoch: int) -> None:
        """Look at the accuracies of a run so far: (n,) float32 from 0 to 1."""
        count = newest_batches(updates_per_epoch)
        if len(accuracies) >= count:
            mean = float(accuracies[-count:].mean())
            self.is_high = mean > (_HIGH_NO_MORE if self.is_high else _HIGH)
