"""Where a run has ended, with all that it takes to go on from there as if it had not."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.network.events import RateChanged
from mnist_lab.network.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class Halt:
    """The place between two gradient updates at which a run ended.

    Attributes:
        snapshot: the network and its optimizer there.
        losses: (k,) float32, those of the epoch at hand so far: its end is told as the mean over all of them.
        accuracies: (k,) float32 from 0 to 1, the same.
        training_seconds: spent in gradient updates so far.
        changes: of the learning rate, which were known already and not made yet.
        is_fork: whether the snapshot is of a run with other settings: what fits of it is taken over (see
            `network.transplant`), and the outcome of that is the first snapshot that is kept.
    """

    snapshot: Snapshot
    losses: NDArray[np.float32]
    accuracies: NDArray[np.float32]
    training_seconds: float
    changes: Sequence[RateChanged] = ()
    is_fork: bool = False

    @property
    def updates(self) -> int:
        """Gradient updates behind it."""
        return self.snapshot.updates
