"""Where a curve's values stand: linear or logarithmic, and ranges that hold everything calmly; knows no Qt."""

import math

import numpy as np
from numpy.typing import NDArray

from mnist_lab.studies import curve_shapes
from mnist_lab.window.pages.train.close_up import newest_batches
from mnist_lab.window.pages.train.curve_words import CurveData
from mnist_lab.window.pages.train.free_corner import Corner

MARGIN = 0.012
"""Room beyond the range on each side, as a share of it."""
_MARGINS_ABOVE = 2
_LEAST_UPDATES = 10
_WHOLE_FROM = 0.02
"""Share of a live run after which its whole length is shown."""
_LONG = 10
_LONG_WHOLE_FROM = 0.2
"""The same for a run of more epochs than `_LONG`: at 2 % its curve would shrink from the full width to a sliver."""
_OLD_SHARE = 2 / 3
"""Of a run's batches, that a close-up may leave out of view."""
_USUAL_SHARE = 0.9
_ABOVE_USUAL = 2.0
"""So many times what nine in ten batches stay below may be in view: a spike goes beyond, and the others can be told
apart."""
_FEWEST = 20
"""Of fewer batches nobody knows what is usual."""

Range = tuple[float, float]


class CurveScale:
    """The axes of `data`.

    Attributes:
        ends: between which heights the last `height_range` was made.
        beyond: how many values of a loss, not close up, were above it, and the highest of them.
        is_live: whether the run goes on.
        is_log: whether heights are logarithms to base 10.
        is_close: whether the range of heights holds the newest third of the batches (at least the newest of
            `newest_batches`) and the validations since, whatever came before.
    """

    def __init__(self, data: CurveData) -> None:
        self.is_live = False
        self.is_log = False
        self.is_close = False
        self.ends = (0.0, 1.0)
        self.beyond = (0, 0.0)
        self._data = data
        self._zero_height = 0.0

    def update_range(self) -> Range:
        """Return the range of updates: the whole run, or less of it while that shows more.

        It is the whole run before it begins. With the first batches it ends at 10, 20, 50 … batches and at 1, 2, 5 …
        epochs, the next one above what was trained, so that single steps of a long run can be seen; from 2 % of the
        run on (20 % where it has more than ten epochs) it is the whole run, and stands still. A run that ended early
        fills it to its last epoch, or its last batches.
        """
        last = max(self._last_update(), float(len(self._data.values)))
        return -MARGIN * last, (1 + MARGIN) * last

    def _last_update(self) -> float:
        count, total = len(self._data.values), self._data.total_updates
        if not total:
            return curve_shapes.nice_ceiling(max(count, _LEAST_UPDATES))
        is_long = total > _LONG * (self._data.updates_per_epoch or math.inf)
        whole_from = _LONG_WHOLE_FROM if is_long else _WHOLE_FROM
        is_shown_whole = not count or count >= total or (self.is_live and count > whole_from * total)
        return float(total) if is_shown_whole else min(self._step_above(count), float(total))

    def _step_above(self, count: int) -> float:
        """Return the next calm end of the axis: 1-2-5 batches, then epochs; at rest as little as holds the run."""
        epoch = self._data.updates_per_epoch or math.inf
        if count > epoch:
            epochs = math.ceil(count / epoch)
            return epoch * float(curve_shapes.one_two_five_ceiling(epochs) if self.is_live else epochs)
        batches = max(count, _LEAST_UPDATES)
        ceiling = curve_shapes.one_two_five_ceiling if self.is_live else curve_shapes.nice_ceiling
        return min(float(ceiling(batches)), float(epoch))

    def height_range(self) -> Range:
        """Return the range of heights: of every batch and validation but for spikes, or of the newest."""
        low, high = self.ends = self._calm_range()
        margin = MARGIN * (high - low)
        return low - margin, high + _MARGINS_ABOVE * margin

    def heights(self, values: NDArray[np.floating]) -> NDArray[np.floating]:
        """Return where values stand; zeros of a logarithmic axis stand on its lower edge."""
        if not self.is_log:
            return values
        with np.errstate(divide="ignore", invalid="ignore"):
            heights: NDArray[np.floating] = np.log10(values)
        heights[values <= 0] = self._zero_height
        return heights

    def zeros(self) -> int:
        """Return how many batches stand on the lower edge of a logarithmic axis."""
        return int(np.count_nonzero(self._data.values <= 0)) if self.is_log else 0

    def free_corner(self) -> Corner:
        """Return the corner of the view that the curve of a network that learns does not reach."""
        if self._data.quantity == "accuracy":
            return "lower right"
        return "lower left" if self.is_close else "upper right"

    def _in_view(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the finite values of the batches and of the validations that the range is to hold."""
        data, count = self._data, len(self._data.values)
        values = data.values
        measured = [one for one in (data.validation_values, data.trained_values) if len(one)]
        if self.is_close:
            first = max(min(count - newest_batches(data.updates_per_epoch), int(_OLD_SHARE * count)), 0)
            values, measured = values[first:], [one[data.validation_updates > first] for one in measured]
        return _finite(values), _finite(np.concatenate([np.empty(0), *measured]).astype(np.float32))

    @property
    def is_known(self) -> bool:
        """Whether anything is known of the heights: shares are, from 0 to 1; a loss is once there is one."""
        data = self._data
        return data.quantity == "accuracy" or bool(len(data.values) or len(data.validation_values))

    def _top(self, values: NDArray[np.float32], measured: NDArray[np.float32], high: float) -> float:
        """Return where the view of a loss ends: at `high`, or lower, so that a spike does not flatten all else."""
        if len(values) < _FEWEST:
            return high
        begin = 0.0 if self.is_close else float(values[0])  # which is seen, if it is not left out on purpose
        if high <= _ABOVE_USUAL * begin:
            return high
        place = int(_USUAL_SHARE * (len(values) - 1))
        usual = max(begin, float(np.partition(values, place)[place]))
        if len(measured):
            usual = max(usual, float(np.median(measured)))
        return min(high, _ABOVE_USUAL * usual) if usual > 0 else high

    def _calm_range(self) -> Range:
        self.beyond = (0, 0.0)
        values, measured = self._in_view()
        everything = np.concatenate([values, measured])
        positive = everything[everything > 0] if self.is_log else everything
        if not len(positive):
            return (-1.0, 0.0) if self.is_log else (0.0, 1.0)
        low, high = float(positive.min()), float(positive.max())
        if self.is_log:
            low, high = curve_shapes.log_range(low, high, has_zeros=len(positive) < len(everything))
            self._zero_height = low
            return low, high
        if self._data.quantity == "accuracy" and low >= 0 and high <= 1:
            return curve_shapes.share_range(low)
        low, top = curve_shapes.linear_range(low, self._top(values, measured, high))
        if self.is_close:
            return low, _calm_ceiling(top)
        end = top + _MARGINS_ABOVE * MARGIN * (top - low)
        if high > end:
            self.beyond = int(np.count_nonzero(everything > end)), high
        return low, top


def _finite(values: NDArray[np.float32]) -> NDArray[np.float32]:
    finite = np.isfinite(values)
    return values if finite.all() else values[finite]


def _calm_ceiling(value: float) -> float:
    """Return the next of 1, 2, 5, 10 … times a power of ten at or above `value`, above 0: few, so that it is calm."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-9))
