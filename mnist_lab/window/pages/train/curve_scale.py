"""Where a curve's values stand: linear or logarithmic, and ranges that hold everything calmly; knows no Qt."""

import math

import numpy as np
from numpy.typing import NDArray

from mnist_lab.window.pages.train.curve_words import CurveData
from mnist_lab.window.widgets.plots import curve_shapes

MARGIN = 0.012
"""Room beyond the range on each side, as a share of it."""
_LEAST_UPDATES = 10
_WHOLE_FROM = 0.02
"""Share of a live run after which its whole length is shown."""
_LONG = 10
_LONG_WHOLE_FROM = 0.2
"""The same for a run of more epochs than `_LONG`: at 2 % its curve would shrink from the full width to a sliver."""
_NEWEST = 50
_CLOSE_BELOW = 0.05

Range = tuple[float, float]


class CurveScale:
    """The axes of `data`.

    Attributes:
        is_live: whether the run goes on.
        is_log: whether heights are logarithms to base 10.
        is_close: whether an accuracy's range begins at the tenth just below its newest values, whatever came before.
    """

    def __init__(self, data: CurveData) -> None:
        self.is_live = False
        self.is_log = False
        self.is_close = False
        self._data = data
        self._zero_height = 0.0

    def update_range(self) -> Range:
        """Return the range of updates: the whole run, or less of it while that shows more (see `CurvePlot`)."""
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
        """Return the range of heights that holds every batch and validation."""
        low, high = self._calm_range()
        margin = MARGIN * (high - low)
        return low - margin, high + 2 * margin

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

    def _newest(self) -> float:
        """The middle of the newest batches: steadier than the last one alone."""
        return float(np.nanmedian(self._data.values[-_NEWEST:])) if len(self._data.values) else 0.0

    def _calm_range(self) -> Range:
        everything = np.concatenate([self._data.values, self._data.validation_values.astype(np.float32)])
        if not np.isfinite(everything).all():
            everything = everything[np.isfinite(everything)]
        positive = everything[everything > 0] if self.is_log else everything
        if not len(positive):
            return (-1.0, 0.0) if self.is_log else (0.0, 1.0)
        low, high = float(positive.min()), float(positive.max())
        if self.is_log:
            low, high = curve_shapes.log_range(low, high, has_zeros=len(positive) < len(everything))
            self._zero_height = low
            return low, high
        if self._data.quantity == "accuracy" and low >= 0 and high <= 1:
            return curve_shapes.share_range(self._newest() - _CLOSE_BELOW if self.is_close else low)
        return curve_shapes.linear_range(low, high)
