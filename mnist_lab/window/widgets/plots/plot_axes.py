"""The axes of a curve: gradient updates below, epochs above, numbers or per cent at the left."""

import math
from collections.abc import Sequence
from typing import Literal

import pyqtgraph
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPen

from mnist_lab.studies.curve_shapes import one_two_five_ceiling
from mnist_lab.window import theme
from mnist_lab.window.widgets.plots import curve_ticks
from mnist_lab.window.words import fill, spell_percent, spell_whole

Quantity = Literal["loss", "accuracy"]
"""What an upright axis counts."""

_ROOM_FOR_A_LABEL = 56
_USUAL_LABEL = "0.0000"
_BESIDE_A_LABEL = 10
_BETWEEN_LABELS = 6
_LINES_A_LABEL = 1.6
"""Room of a label on an upright axis, in lines of type."""
_LEAST_LINES = 1.1
"""From one label to the next on an upright axis: in less they touch."""


class CurveAxis(pyqtgraph.AxisItem):  # type: ignore[misc]
    """What the axes share: small type, colours of the theme, no scale prefixes."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=4, maxTickLevel=0, autoExpandTextSpace=False, hideOverlappingLabels=False)

    def boundingRect(self) -> QRectF:
        """Give labels at the very ends room: pyqtgraph leaves out those that reach beyond."""
        beyond = (0, theme.fonts.scaled(12)) if self.orientation == "left" else (theme.fonts.scaled(40), 0)
        rect: QRectF = super().boundingRect()
        return rect.adjusted(-beyond[0], -beyond[1], beyond[0], beyond[1])

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self.setStyle(tickFont=theme.fonts.font("small"))
        self.setPen(QPen(QColor(palette.border), 1))
        self.setTextPen(QColor(palette.muted))

    def plain_levels(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """The places of plain labels as pyqtgraph chooses them; of an upright axis fewer where they would touch."""
        levels: list[tuple[float, list[float]]] = super().tickValues(low, high, size)
        if self.orientation != "left" or not levels or size <= 0:
            return levels
        needed = _LEAST_LINES * QFontMetricsF(theme.fonts.font("small")).height() * (high - low) / size
        if levels[0][0] >= needed:
            return levels
        power = 10.0 ** math.floor(math.log10(needed))
        spacing = one_two_five_ceiling(needed / power) * power
        places = range(math.ceil(low / spacing - 1e-9), math.floor(high / spacing + 1e-9) + 1)
        return [(spacing, [float(place * spacing) for place in places])] if places else levels


class UpdateAxis(CurveAxis):
    """Gradient updates, as whole numbers; the first label in view says what is counted."""

    def __init__(self) -> None:
        super().__init__("bottom")

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Choose the updates that have room for a label: pyqtgraph counts with short ones."""
        levels: list[tuple[float, list[float]]] = super().tickValues(low, high, size)
        label = spell_whole(max(round(high), 0))
        needed = (theme.fonts.widest(theme.fonts.font("small"), label) + _BETWEEN_LABELS) * (high - low)
        if not size or not levels or levels[0][0] * size >= needed:
            return levels
        spacing = one_two_five_ceiling(needed / size)
        places = range(math.ceil(low / spacing), math.floor(high / spacing) + 1)
        return [(spacing, [float(place * spacing) for place in places])]

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
        """Spell whole numbers; leave out what lies between two updates."""
        labels = [spell_whole(round(value)) if value >= 0 and value == round(value) else "" for value in values]
        first = next((place for place, label in enumerate(labels) if label), None)
        if first is not None:
            labels[first] = fill(self.tr("update {}"), labels[first])
            self._clear_next(labels, first, values)
        return labels

    def _clear_next(self, labels: list[str], first: int, values: Sequence[float]) -> None:
        """Leave out the second label where the first, which is longer, reaches up to it."""
        second = next((place for place in range(first + 1, len(labels)) if labels[place]), None)
        low, high = self.range
        width = self.geometry().width()
        if second is None or not width or high <= low:
            return
        font = theme.fonts.font("small")
        needed = sum(theme.fonts.widest(font, labels[place]) for place in (first, second)) / 2 + _BETWEEN_LABELS
        if (values[second] - values[first]) * width / (high - low) < needed:
            labels[second] = ""


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
        most = max(size / theme.fonts.scaled(_ROOM_FOR_A_LABEL), 1.0)
        every = one_two_five_ceiling((high - low) / length / most)
        first = max(math.ceil(low / (every * length)), 1)
        last = math.floor(high / (every * length) + 1e-9)
        return [(every * length, [float(number * every * length) for number in range(first, last + 1)])]

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
        """Spell the number of epochs behind each place."""
        numbers = [round(value / self._updates_per_epoch) for value in values]
        first = min(numbers, default=0)
        return [fill(self.tr("epoch {:,}"), number) if number == first else spell_whole(number) for number in numbers]


class ValueAxis(CurveAxis):
    """The quantity itself, plain or logarithmic; its room grows with its labels but never shrinks: nothing jumps.

    Attributes:
        is_blank: whether it shows no numbers.
    """

    def __init__(self, quantity: Quantity) -> None:
        super().__init__("left")
        self._percent = quantity == "accuracy"
        self.is_blank = False
        self._font = theme.fonts.font("small")
        self.setTickDensity(1.6)

    def set_quantity(self, quantity: Quantity) -> None:
        """Count another quantity."""
        self._percent = quantity == "accuracy"
        self.forget_room()
        self.picture = None
        self.update()

    def set_blank(self, on: bool) -> None:
        """Show no numbers: there is nothing that they would be true of."""
        self.is_blank = on
        self.picture = None
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type, and measure the room for a usual label."""
        super().set_palette(palette)
        self._font = theme.fonts.font("small")
        self._line = QFontMetricsF(self._font).height()
        self.forget_room()

    def forget_room(self) -> None:
        """Take the room of a usual label, whatever came before."""
        self._room = 0
        self._has_room_for: object = None
        self._make_room(_USUAL_LABEL)

    @property
    def room(self) -> int:
        """Room for the labels, in logical pixels."""
        return self._room

    def take_room(self, room: int) -> None:
        """Take so much room, if it is more than there is."""
        if room > self._room:
            self._room = room
            self.setWidth(room)

    def make_room(self, span: Sequence[float], size: float) -> None:
        """Take the room that the labels of a range need (its ends; its pixels), if it is more than there is."""
        needed_by = (*span, size, self.logMode)
        if needed_by == self._has_room_for:  # most redraws of a live curve have the same range
            return
        self._has_room_for = needed_by
        for spacing, places in self.tickValues(span[0], span[1], size)[:1]:
            self._make_room(*self.tickStrings(places, 1.0, spacing))

    def _make_room(self, *labels: str) -> None:
        widest = max((math.ceil(theme.fonts.widest(self._font, label)) for label in labels), default=0)
        self.take_room(widest + _BESIDE_A_LABEL)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Choose the labels; on a logarithmic axis decades, with 1-2-5 between them where there is room."""
        if self.is_blank:
            return []
        if not self.logMode:
            return self.plain_levels(low, high, size)
        return [(1.0, curve_ticks.log_ticks(low, high, size, _LINES_A_LABEL * self._line))]

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        """Spell values in the notation of all pictures, or per cent."""
        if self.logMode:
            return curve_ticks.log_labels(values)
        if self._percent:
            return [spell_percent(value, figures=6) for value in values]
        return curve_ticks.plain_labels(values, spacing)
