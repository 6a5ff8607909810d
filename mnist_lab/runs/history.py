"""The numbers of a run as they come in: growing columns that views slice without copying."""

import numpy as np
from numpy.typing import NDArray

from mnist_lab.network.events import EpochEnd

_FIRST_ROOM = 1024


class Column:
    """A float32 column that doubles its room when it is full."""

    def __init__(self) -> None:
        self._room = np.empty(_FIRST_ROOM, np.float32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, values: NDArray[np.float32]) -> None:
        """Add (k,) float32 values at the end."""
        end = self._count + len(values)
        if end > len(self._room):
            grown = np.empty(max(end, 2 * len(self._room)), np.float32)
            grown[: self._count] = self._room[: self._count]
            self._room = grown
        self._room[self._count : end] = values
        self._count = end

    def cut(self, count: int) -> None:
        """Keep the first `count` values."""
        self._count = min(self._count, count)

    @property
    def values(self) -> NDArray[np.float32]:
        """All values so far, (n,) float32, as a read-only view."""
        count = self._count  # first: another thread may read while the room is exchanged for a larger one
        view = self._room[:count]
        view.flags.writeable = False
        return view


class History:
    """Everything a run has told in numbers.

    Attributes:
        losses: every batch's own loss.
        accuracies: every batch's own accuracy, 0 to 1.
        epochs: what each finished epoch was measured at.
    """

    def __init__(self) -> None:
        self.losses = Column()
        self.accuracies = Column()
        self.epochs: list[EpochEnd] = []

    def cut(self, updates: int) -> None:
        """Keep what was told of the first `updates` gradient updates."""
        self.losses.cut(updates)
        self.accuracies.cut(updates)
        self.epochs = [end for end in self.epochs if end.updates <= updates]
