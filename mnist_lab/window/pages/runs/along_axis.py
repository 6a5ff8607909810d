"""The axis below the curves of several runs: gradient updates, epochs or seconds."""

from collections.abc import Sequence

from mnist_lab.runs.comparing_curves import Along
from mnist_lab.window.widgets.plots import curve_ticks
from mnist_lab.window.widgets.plots.plot_axes import CurveAxis, UpdateAxis
from mnist_lab.window.words import fill


class AlongAxis(UpdateAxis):
    """Says at its labels what it counts."""

    def __init__(self) -> None:
        super().__init__()
        self._along: Along = "updates"

    def set_along(self, along: Along) -> None:
        """Count something else."""
        self._along = along
        self.picture = None
        self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Choose the labels."""
        if self._along == "updates":
            return super().tickValues(low, high, size)
        levels: list[tuple[float, list[float]]] = super(CurveAxis, self).tickValues(low, high, size)
        return levels

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Spell the labels; nothing lies before the start."""
        if self._along == "updates":
            return super().tickStrings(values, scale, spacing)
        labels = curve_ticks.plain_labels(values, spacing)
        words = self.tr("epoch {}") if self._along == "epochs" else self.tr("{} s")
        first = min((value for value in values if value >= 0), default=0.0)
        return [
            ("" if value < 0 else fill(words, label) if value == first or self._along == "seconds" else label)
            for value, label in zip(values, labels, strict=True)
        ]
