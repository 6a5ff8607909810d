"""What the axis of a curve leaves out of view, in words."""

from PySide6.QtCore import QObject

from mnist_lab.window.pages.train.curve_scale import CurveScale
from mnist_lab.window.widgets.plots.plot_axes import Quantity
from mnist_lab.window.words import fill, rounded, spell, spell_percent, spell_whole


class ScaleWords(QObject):
    """Says what `scale` has decided last."""

    def __init__(self, scale: CurveScale, quantity: Quantity, parent: QObject) -> None:
        super().__init__(parent)
        self._scale = scale
        self._quantity = quantity

    def left_out(self) -> str:
        """Return that the axis is a close-up, or how many values are above it; "" if all of them are in view."""
        if self._scale.is_close:
            return self._close_up()
        count, highest = self._scale.beyond
        if not count:
            return ""
        return fill(
            self.tr("{count} × above this axis, up to {highest}"),
            count=spell_whole(count),
            highest=spell(rounded(highest, 3)),
        )

    def _close_up(self) -> str:
        low, high = self._scale.ends
        if self._quantity == "accuracy":
            if low <= 0:  # all of it is in view
                return ""
            return fill(
                self.tr("close-up: {low} to {high}"), low=spell_whole(round(100 * low)), high=spell_percent(high, 0)
            )
        if self._scale.is_log:
            low, high = rounded(10**low, 2), rounded(10**high, 2)  # its ends are half powers of ten
        return fill(self.tr("close-up: {low} to {high}"), low=spell(low), high=spell(high))
