"""The smoothed line of a curve: a running average that is honest at its beginning; knows no Qt."""

import numpy as np
from numpy.typing import NDArray

_BLOCK = 128
_SHARE = 5
"""While the run is young, the average reaches over about this part of it: a fifth."""
_PART, _LEAST_SPAN, _MOST_SPAN = 40, 4, 50


def smoothing_span(total_updates: int) -> int:
    """How many batches the smoothed line of a run averages over: a fortieth of the run, within limits."""
    return min(max(total_updates // _PART, _LEAST_SPAN), _MOST_SPAN)


class RunningAverage:
    """An exponential moving average whose span grows with the run, that only computes what is new.

    Value number n (from 0) moves the average by the share max(2 / (span + 1), 5 / (n + 5)) of the way to itself: the
    first value is its own average, a hundred values are averaged over about twenty, and from about 2.5 · span values
    on the span is the one asked for. So the line follows the steep beginning of a run instead of floating above it,
    and each average lies between values that were really there: a constant stays that constant. A value that is not
    finite leaves a gap, is not counted, and does not touch what follows.
    """

    def __init__(self, span: float) -> None:
        """Average over about `span` values at last; 1 gives the values themselves."""
        self._share = 2.0 / (max(span, 1.0) + 1.0)
        keep = 1.0 - self._share
        ages = np.subtract.outer(np.arange(_BLOCK), np.arange(_BLOCK))
        self._weights = np.where(ages >= 0, self._share * keep ** np.maximum(ages, 0), 0.0)
        self._carried = keep ** np.arange(1, _BLOCK + 1)
        self._seen = np.empty(0, np.float32)
        self._smoothed = np.empty(0, np.float32)
        self.clear()

    def clear(self) -> None:
        """Forget all values."""
        self._count = 0
        self._finite_count = 0
        self._average = 0.0

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
        finite = np.isfinite(block)
        averages = np.full(len(block), np.nan)
        averages[finite] = self._go_on(block[finite].astype(np.float64))
        end = self._count + len(block)
        self._seen[self._count : end] = block
        self._smoothed[self._count : end] = averages
        self._count = end

    def _go_on(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the averages at the next finite values: one by one while the span grows, then all at once."""
        young = min(self._young(), len(values))
        averages = np.empty(len(values))
        for place in range(young):
            share = _SHARE / (self._finite_count + place + _SHARE)
            self._average += share * (values[place] - self._average)
            averages[place] = self._average
        rest = len(values) - young
        if rest:
            averages[young:] = self._weights[:rest, :rest] @ values[young:] + self._carried[:rest] * self._average
            self._average = float(averages[-1])
        self._finite_count += len(values)
        return averages

    def _young(self) -> int:
        """How many values are still to come before the span is the one asked for."""
        return max(int(np.ceil(_SHARE / self._share)) - _SHARE - self._finite_count, 0)
