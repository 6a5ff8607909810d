"""A share for each of the ten digits: bars from 0 to 100 % with their numbers."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.pictures.share_rows import DIGITS, RowMeasures, ShareRows

_MEASURES = RowMeasures("small", (40, 120), (0, 5), 9, 10, theme.SMALL_GAP)


class DigitBars(ShareRows):
    """Shows ten shares that need not make 100 % together; one of them may stand out.

    Attributes:
        values: ten floats from 0 to 1; NaN where there is nothing to say.
        marked: the digit that stands out, or None.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self.marked: int | None = None
        super().__init__(_MEASURES, math.nan, parent)
        self._describe()

    def set_values(self, values: Sequence[float] | NDArray[np.floating] | None, marked: int | None = None) -> None:
        """Show ten shares from 0 to 1, NaN for none; None: there are none at all. `marked` is to stand out.

        Raises:
            ValueError: if there are not ten.
        """
        self.values, self.marked = self._ten(values, "shares"), marked
        self._describe()
        self.update()

    @property
    def outstanding(self) -> int | None:
        """The marked one."""
        return self.marked

    def _describe(self) -> None:
        known = [digit for digit in range(DIGITS) if math.isfinite(self.values[digit])]
        self.setAccessibleDescription(self._words(known) or self.tr("Nothing yet"))
