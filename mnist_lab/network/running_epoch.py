"""The epoch that a run is in: the numbers of its batches so far."""

import numpy as np
from numpy.typing import NDArray

from mnist_lab.network.halt import Halt
from mnist_lab.network.session import BatchNumbers, TrainingSession


class RunningEpoch:
    """Collects what the batches of one epoch tell, and begins the next.

    Attributes:
        began_at: gradient updates of the run before its first batch.
    """

    def __init__(self, session: TrainingSession, halt: Halt | None = None) -> None:
        """`session` stands at its start, or in the midst of the epoch that `halt` tells of."""
        self.began_at = 0 if halt is None else halt.updates - len(halt.losses)
        self._session = session
        self._losses = np.empty(session.updates_per_epoch, np.float32)
        self._accuracies = np.empty_like(self._losses)
        if halt is not None:
            self._losses[: len(halt.losses)], self._accuracies[: len(halt.losses)] = halt.losses, halt.accuracies

    @property
    def index(self) -> int:
        """Which epoch it is, from 0."""
        return self.began_at // self._session.updates_per_epoch

    @property
    def is_whole(self) -> bool:
        """Whether all of its batches were trained on."""
        return self._session.updates - self.began_at >= self._session.updates_per_epoch

    def take(self, first: int, numbers: BatchNumbers) -> None:
        """Take in what the batches from the run's update `first` on have told."""
        chunk = slice(first - self.began_at, first - self.began_at + len(numbers.losses))
        self._losses[chunk], self._accuracies[chunk] = numbers

    def means(self) -> tuple[float, float]:
        """Loss and accuracy over the images of a whole epoch: a short last batch counts for less."""
        session = self._session
        sizes = np.full(session.updates_per_epoch, session.experiment.batch_size, np.float64)
        sizes[-1] = session.samples - sizes[:-1].sum()
        return float(np.average(self._losses, weights=sizes)), float(np.average(self._accuracies, weights=sizes))

    def so_far(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Losses and accuracies of the batches that were trained on, (n,) each, as copies."""
        done = self._session.updates - self.began_at
        return self._losses[:done].copy(), self._accuracies[:done].copy()

    def begin_next(self) -> None:
        """Be the next epoch, from here on."""
        self.began_at = self._session.updates
