"""The axis below the points of many runs: a setting's numbers, their powers of ten, or its names."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from mnist_lab.window import theme
from mnist_lab.window.widgets.plots.labelled_plot import NumberAxis

_BETWEEN = 8
"""Between two names, in pixels."""


class SettingAxis(NumberAxis):
    """Counts, or has a place for each name; a zero has its own label on an axis of powers of ten."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self._names: tuple[str, ...] = ()
        self._zero_place: float | None = None

    def set_scale(self, title: str, *, is_log: bool, names: Sequence[str], zero_place: float | None) -> None:
        """Name what is counted, and say how; `names` stand at 0, 1, 2 and so on."""
        self._names, self._zero_place = tuple(names), zero_place
        self.setLogMode(is_log)
        self.setLabel(title)
        self.picture = None
        self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Choose the labels: each name where there is room for all."""
        if self._names:
            return [(1.0, [float(place) for place in range(len(self._names)) if low <= place <= high])]
        levels = super().tickValues(low, high, size)
        if self._zero_place is None or not levels:
            return levels
        spacing, places = levels[0]
        apart = (high - low) / max(size, 1.0) * 3 * QFontMetricsF(theme.fonts.font("small")).height()
        return [(spacing, [self._zero_place, *(place for place in places if place > self._zero_place + apart)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Spell the labels."""
        if self._names:
            return [self._short_name(round(value)) for value in values]
        labels = super().tickStrings(values, scale, spacing)
        return ["0" if value == self._zero_place else label for value, label in zip(values, labels, strict=True)]

    def _short_name(self, place: int) -> str:
        """A name, cut where it would run into the next one."""
        low, high = self.range
        room = self.geometry().width() / max(high - low, 1e-9) - _BETWEEN
        metrics = QFontMetricsF(theme.fonts.font("small"))
        return metrics.elidedText(self._names[place], Qt.TextElideMode.ElideRight, max(room, _BETWEEN))
