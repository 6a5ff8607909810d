"""The curves of any number of runs over one axis, each in its own colour and dash, with a crosshair to read them."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mnist_lab.runs.comparing_curves import Along, Quantity, RunCurve
from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.runs.along_axis import AlongAxis
from mnist_lab.window.pages.runs.comparison_layers import ComparisonLayers
from mnist_lab.window.pages.runs.comparison_look import ComparisonLook
from mnist_lab.window.pages.runs.comparison_scale import HeightScale, height_scale, place_range
from mnist_lab.window.widgets.plots.place_reader import PlaceReader
from mnist_lab.window.widgets.plots.plot_axes import ValueAxis
from mnist_lab.window.widgets.plots.plot_grid import PlotGrid
from mnist_lab.window.widgets.plots.plot_header import LegendEntry, PlotHeader
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot
from mnist_lab.window.words import fill, rounded, spell, spell_fixed, spell_whole


class ComparisonPlot(PlaceReader, ZoomablePlot):
    """Shows one quantity of several runs. Ctrl + wheel and drag look closer; keys read along the longest run.

    Attributes:
        curves: what is shown.
        summary: the picture in sentences, for those who do not see it.

    Signals:
        read_changed(object): the place (float) that is read now, or None.
    """

    KEYS = page_keys.RUN_PLOT

    read_changed = Signal(object)

    def __init__(self, look: ComparisonLook, parent: QWidget | None = None) -> None:
        """Show no run yet; what is read is kept in `look`."""
        self._value_axis, self._along_axis = ValueAxis("loss"), AlongAxis()
        super().__init__({"left": self._value_axis, "bottom": self._along_axis}, self.tr("Whole runs"), parent)
        self.curves: tuple[RunCurve, ...] = ()
        self.summary = ""
        self._look = look
        self._quantity: Quantity = "loss"
        self._along: Along = "updates"
        self._is_log = self._is_close = self._is_fitting = False
        self._scale = HeightScale((0.0, 1.0))
        self._build()
        self.set_palette(theme.current())
        self._value_axis.take_room(look.left_room)
        self.refresh()

    # What is shown

    def set_curves(self, curves: Sequence[RunCurve], quantity: Quantity, along: Along, summary: str) -> None:
        """Show these curves of one quantity over one axis, which `summary` tells in sentences."""
        is_other_axis = (quantity, along) != (self._quantity, self._along)
        if self.curves and is_other_axis:  # else the page was built anew, and one reads what one read before
            self._look.read_at = None
        self.curves, self._quantity, self._along, self.summary = tuple(curves), quantity, along, summary
        if is_other_axis:
            self._value_axis.set_quantity(quantity)
            self._along_axis.set_along(along)
            self._show_scale()
        self._layers.dress(self.curves, self)
        if is_other_axis:
            self.show_whole()
        else:
            self.refresh()

    def set_scale(self, *, is_log: bool, is_close: bool) -> None:
        """Show logarithms of a loss, and the end of the runs close up."""
        if (is_log, is_close) != (self._is_log, self._is_close):
            self._is_log, self._is_close = is_log, is_close
            self._show_scale()
            self.show_whole()

    def _show_scale(self) -> None:
        self._value_axis.setLogMode(x=False, y=self._is_log and self._quantity == "loss")
        self._value_axis.forget_room()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        for part in (self._value_axis, self._along_axis, self._grid, self._header, self._layers):
            part.set_palette(palette)
        star = LegendEntry(self.tr("★ best epoch: highest accuracy on new digits"), QPen(Qt.PenStyle.NoPen))
        self._header.set_entries((star,))
        self._layers.dress(self.curves, self)
        self._draw()

    def sizeHint(self) -> QSize:
        """Ask for a wide picture, no higher than it must be: it takes what room words and table leave, not theirs."""
        return QSize(440, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(theme.fonts.scaled(260), theme.fonts.scaled(210))

    # Building

    def _build(self) -> None:
        self._header = PlotHeader()
        layout = self.frame.layout
        self.put_above(self._header)
        layout.setContentsMargins(4, 6, 22, 4)
        layout.setRowSpacing(0, theme.SMALL_GAP)
        self._grid = PlotGrid(self._value_axis, self._along_axis)
        self._grid.setZValue(-1)
        self._view.addItem(self._grid, ignoreBounds=True)
        self._layers = ComparisonLayers(self._view)
        self._view.sigRangeChanged.connect(self._on_view_changed)
        self._view.sigResized.connect(self._on_view_changed)

    # Drawing

    def refresh(self) -> None:
        """Set the ranges, unless the person looks at a part, and draw."""
        is_log = self._is_log and self._quantity == "loss"
        self._scale = height_scale(self.curves, self._quantity, is_log=is_log, is_close=self._is_close)
        self._is_fitting = True
        if self.curves or self._view.has_whole:
            self.set_whole(place_range(self.curves), self._scale.ends)
        self._is_fitting = False
        self._draw()

    @Slot()
    def _on_view_changed(self) -> None:
        if not self._is_fitting:
            self._draw()

    def _draw(self) -> None:
        self._value_axis.make_room(self._view.viewRange()[1], self._view.height())
        self._look.left_room = self._value_axis.room
        self._layers.draw(self.curves, self._scale)
        self._read()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the curves, or say why there are none."""
        super().paintEvent(event)
        if any(len(curve.values) for curve in self.curves):
            return
        words = self.tr("Choose one run or several in the list: their curves are laid over each other here.")
        if self.curves:
            words = self.tr("The chosen runs have no such numbers.")
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._palette.panel))  # axes of nothing
        painter.setPen(QColor(self._palette.muted))
        room = self.viewport().rect().adjusted(theme.LARGE_GAP, 0, -theme.LARGE_GAP, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), words)
        painter.end()

    # Reading

    def values_read(self) -> list[float | None]:
        """Each run's value where one reads, else its last one; None where it has none."""
        at = self._look.read_at
        indices = [None if not len(curve.values) else -1 if at is None else curve.near(at) for curve in self.curves]
        pairs = zip(self.curves, indices, strict=True)
        return [None if index is None else float(curve.values[index]) for curve, index in pairs]

    def _read(self) -> None:
        at, values = self._look.read_at, self.values_read()
        self._layers.show_reading(at, self.curves, values, self._scale)
        words = self.tr("at the end of each run") if at is None else self._place(at)
        self._header.set_texts((words if self.curves else "",), self._beyond())
        self.setAccessibleDescription(self.summary if at is None else words)

    def _place(self, at: float) -> str:
        if self._along == "updates":
            return fill(self.tr("update {number}"), number=spell_whole(round(at)))
        if self._along == "epochs":
            return fill(self.tr("epoch {number}"), number=spell_fixed(at, 2))
        return fill(self.tr("{seconds} s of training"), seconds=spell_fixed(at, 2))

    def _beyond(self) -> str:
        highest = self._scale.beyond
        if highest is None or self.is_zoomed:
            return ""
        return fill(self.tr("above this axis: up to {highest}"), highest=spell(rounded(highest, 3)))

    @property
    def readout(self) -> str:
        """Which place is read."""
        return self._header.readout

    @property
    def place_read(self) -> float | None:
        """The place on the axis that is read."""
        return self._look.read_at

    def _longest(self) -> RunCurve | None:
        shown = [curve for curve in self.curves if len(curve.places)]
        return max(shown, key=lambda curve: curve.places[-1], default=None)

    def read_near(self, x: float | None) -> None:
        """Read all runs where the longest has a value, near to x; None: at their ends."""
        longest = self._longest()
        if x is not None and longest is not None:
            places = longest.places
            after = min(int(np.searchsorted(places, x)), len(places) - 1)
            before = max(after - 1, 0)
            x = float(places[before if x - places[before] <= places[after] - x else after])
        else:
            x = None
        if x != self._look.read_at:
            self._look.read_at = x
            self._read()
            self.read_changed.emit(x)

    def key_places(self) -> dict[Qt.Key, float | None]:
        """Value by value and epoch by epoch of the longest run, to both ends, and away."""
        longest = self._longest()
        if longest is None:
            return {Qt.Key.Key_Escape: None}
        places, here = longest.places, self._look.read_at
        index = len(places) - 1 if here is None else min(int(np.searchsorted(places, here)), len(places) - 1)
        steps = {Qt.Key.Key_Left: index - 1, Qt.Key.Key_Right: index + 1, Qt.Key.Key_Home: 0}
        steps[Qt.Key.Key_End] = len(places) - 1
        targets: dict[Qt.Key, float | None] = {
            key: float(places[min(max(step, 0), len(places) - 1)]) for key, step in steps.items()
        }
        ends, at = longest.epoch_places, places[index]
        epoch = float(ends[0]) if len(ends) else float(places[-1])
        return targets | {Qt.Key.Key_PageUp: at + epoch, Qt.Key.Key_PageDown: at - epoch, Qt.Key.Key_Escape: None}

    def follow_reading(self) -> None:
        """Keep the place that is read in view."""
        longest, at = self._longest(), self._look.read_at
        index = None if longest is None or at is None else longest.near(at)
        if longest is not None and at is not None and index is not None:
            self.follow(at, self._scale.height(float(longest.values[index])))

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the tool tip over the header only: over the curves it would hide what one reads."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:  # What's This is another
            return event.pos().y() > self._header.size().height() or bool(super().viewportEvent(event))
        return bool(super().viewportEvent(event))
