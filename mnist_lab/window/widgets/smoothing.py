"""The smoothed line of a curve: a running average that is honest at its beginning; knows no Qt."""

import numpy as np
from numpy.typing import NDArray

_BLOCK = 128


class RunningAverage:
    """An exponential moving average, corrected for its start, that only computes what is new.

    Each value weighs (1 − 1/span) times the one after it, and the weights always add up to 1: a constant stays that
    constant from the first value on. A value that is not finite leaves a gap and does not touch what follows.
    """

    def __init__(self, span: float) -> None:
        """Average over about `span` values; 1 gives the values themselves."""
        decay = 1.0 - 1.0 / max(span, 1.0)
        ages = np.subtract.outer(np.arange(_BLOCK), np.arange(_BLOCK))
        self._weights = np.where(ages >= 0, (1 - decay) * decay ** np.maximum(ages, 0), 0.0)
        self._carried = decay ** np.arange(1, _BLOCK + 1)
        self._seen = np.empty(0, np.float32)
        self._smoothed = np.empty(0, np.float32)
        self.clear()

    def clear(self) -> None:
        """Forget all values."""
        self._count = 0
        self._sum = 0.0
        self._weight = 0.0

    def update(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the averages of `values`; costs little if they begin as those of the last call did.

        Args:
            values: (n,) float32, also NaN or infinite.

        Returns:
            (n,) float32, NaN where the value is not finite. Read-only, valid until the next call.
        """
        values = np.ascontiguousarray(values, np.float32)
        if not self._continues(values):
            self.clear()
        self._make_room(len(values))
        for start in range(self._count, len(values), _BLOCK):
            self._append(values[start : start + _BLOCK])
        smoothed = self._smoothed[: len(values)]
        smoothed.flags.writeable = False
        return smoothed

    def _continues(self, values: NDArray[np.float32]) -> bool:
        """Whether `values` begin with those seen, bit for bit (NaN equals NaN)."""
        count = self._count
        return len(values) >= count and np.array_equal(values[:count].view(np.int32), self._seen[:count].view(np.int32))

    def _make_room(self, length: int) -> None:
        if length > len(self._seen):
            room = max(length, 2 * len(self._seen), 1024)
            self._seen = np.concatenate([self._seen, np.empty(room - len(self._seen), np.float32)])
            self._smoothed = np.concatenate([self._smoothed, np.empty(room - len(self._smoothed), np.float32)])

    def _append(self, block: NDArray[np.float32]) -> None:
        size = len(block)
        finite = np.isfinite(block)
        weights, carried = self._weights[:size, :size], self._carried[:size]
        sums = weights @ np.where(finite, block, 0).astype(np.float64) + carried * self._sum
        total = weights @ finite.astype(np.float64) + carried * self._weight
        average = np.divide(sums, total, out=np.full(size, np.nan), where=finite & (total > 0))
        self._seen[self._count : self._count + size] = block
        self._smoothed[self._count : self._count + size] = average
        self._count += size
        self._sum, self._weight = float(sums[-1]), float(total[-1])
