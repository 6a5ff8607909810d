"""The axes of a curve: gradient updates below, epochs above, plain numbers or per cent at the left."""

import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPen

from mnist_lab.window import theme
from mnist_lab.window.widgets.curve_words import Quantity

_ROOM_FOR_A_LABEL = 56


class CurveAxis(pyqtgraph.AxisItem):  # type: ignore[misc]
    """What the axes share: small type, colours of the theme, no scale prefixes."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=4, maxTickLevel=0, autoExpandTextSpace=False, hideOverlappingLabels=False)

    def boundingRect(self) -> QRectF:
        """Give labels at the very ends room: pyqtgraph leaves out those that reach beyond."""
        beyond = (0, 12) if self.orientation == "left" else (40, 0)
        rect: QRectF = super().boundingRect()
        return rect.adjusted(-beyond[0], -beyond[1], beyond[0], beyond[1])

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self.setStyle(tickFont=theme.fonts.font("small"))
        self.setPen(QPen(QColor(palette.border), 1))
        self.setTextPen(QColor(palette.muted))


class UpdateAxis(CurveAxis):
    """Gradient updates, as whole numbers."""

    def __init__(self) -> None:
        super().__init__("bottom")

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
        """Spell whole numbers; leave out what lies between two updates."""
        return [self._spell(value) for value in values]

    def _spell(self, value: float) -> str:
        if value != round(value) or value < 0:
            return ""
        return self.tr("update 0") if value == 0 else f"{round(value):,}"


class EpochAxis(CurveAxis):
    """Ends of epochs: "epoch 1" stands where the first epoch is over; the first label names them all."""

    def __init__(self) -> None:
        super().__init__("top")
        self._updates_per_epoch = 0

    def set_updates_per_epoch(self, updates: int | None) -> None:
        """Say how long an epoch is; None or 0 shows no epochs."""
        self._updates_per_epoch = updates or 0
        self.picture = None
        self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Choose the epochs that have room for a label: all, or every second, fifth, tenth and so on."""
        length = self._updates_per_epoch
        if not length or high <= low:
            return []
        most = max(size / _ROOM_FOR_A_LABEL, 1.0)
        every = _round_up((high - low) / length / most)
        first = max(math.ceil(low / (every * length)), 1)
        last = math.floor(high / (every * length) + 1e-9)
        return [(every * length, [float(number * every * length) for number in range(first, last + 1)])]

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
        """Spell the number of epochs behind each place."""
        numbers = [round(value / self._updates_per_epoch) for value in values]
        first = min(numbers, default=0)
        return [self.tr("epoch {:,}").format(number) if number == first else f"{number:,}" for number in numbers]


class ValueAxis(CurveAxis):
    """The quantity itself, with room of one width so that the plot stands still."""

    def __init__(self, quantity: Quantity) -> None:
        super().__init__("left")
        self._percent = quantity == "accuracy"
        self.setTickDensity(1.6)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type, and measure the room for the widest label."""
        super().set_palette(palette)
        self.setWidth(round(theme.fonts.widest(theme.fonts.font("small"), "0.0000")) + 10)

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Spell values as they are, or per cent."""
        if self.logMode or not self._percent:
            labels: Any = super().tickStrings(values, scale, spacing)
            return list(labels)
        return [f"{round(value * 100, 6):g} %" for value in values]


def _round_up(number: float) -> int:
    """Return the next of 1, 2, 5, 10, 20, 50 … at or above `number`."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if digit * power >= number:
                return digit * power
        power *= 10
