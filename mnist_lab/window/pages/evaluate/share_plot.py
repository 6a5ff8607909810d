"""Shares from 0 to 100 % over a number that one chooses: accuracy under a disturbance, coverage over a threshold."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPen
from PySide6.QtWidgets import QWidget

from mnist_lab.studies.curve_shapes import one_two_five_ceiling
from mnist_lab.window import page_keys, theme
from mnist_lab.window.widgets.plots import curve_ticks
from mnist_lab.window.widgets.plots.plot_axes import CurveAxis, ValueAxis
from mnist_lab.window.widgets.plots.plot_grid import PlotGrid
from mnist_lab.window.widgets.plots.plot_header import LegendEntry, PlotHeader
from mnist_lab.window.widgets.plots.still_plot import StillPlot
from mnist_lab.window.widgets.plots.zoomable_plot import in_device_pixels
from mnist_lab.window.words import fill

Meaning = Literal["accuracy", "coverage"]
_ROOM_AT_ENDS = 0.03
_MOST_MARKS, _MARK_SIZE = 20, 6
_BETWEEN_LABELS = 8


@dataclass(frozen=True, eq=False)
class ShareCurve:
    """One curve.

    Attributes:
        meaning: decides colour and dash.
        words: for the legend.
        values: (n,) float64 from 0 to 1, one a place; NaN where there is none (yet), which ends the curve.
    """

    meaning: Meaning
    words: str
    values: NDArray[np.float64]


class SharePlot(StillPlot):
    """Shows curves over the same places, and reads them where one points or goes with the arrow keys.

    Attributes:
        places: (n,) float64, ascending.
        curves: what is shown.
        pointed: index of the place that is read, or None.

    Signals:
        pointed_changed(object): the new `pointed`, by mouse or keys.
        place_chosen(int): index of a place that was clicked, or gone to by keys.
    """

    KEYS = page_keys.SHARES

    pointed_changed = Signal(object)
    place_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, has_legend: bool = False, place_words: str = "{}") -> None:
        """With a legend, its line and a line for the readout are kept free above the curves.

        `place_words` says how a place is spelled below them, as "{} %".
        """
        self._value_axis, self._place_axis = ValueAxis("accuracy"), PlaceAxis(place_words)
        axes = {"left": self._value_axis, "bottom": self._place_axis}
        super().__init__(axes, self.tr("Everything"), parent)
        self.places = np.empty(0)
        self.curves: tuple[ShareCurve, ...] = ()
        self.pointed: int | None = None
        self._header = PlotHeader() if has_legend else None
        self._build()
        self.set_palette(theme.current())
        self.refresh()

    def set_places(self, places: Sequence[float] | NDArray[np.floating]) -> None:
        """Say where curves have values."""
        self.places = np.asarray(places, np.float64)
        self.refresh()

    def set_curves(self, *curves: ShareCurve) -> None:
        """Show curves, each with one value a place."""
        is_other_legend = [curve.words for curve in curves] != [curve.words for curve in self.curves]
        self.curves = curves
        if is_other_legend:
            self._show_legend()
        self.refresh()

    def set_readout(self, *readouts: str) -> None:
        """Write beside the legend what is read, in full and then in shorter words."""
        if self._header is not None:
            self._header.set_texts(readouts or ("",), "")

    def point(self, index: int | None) -> None:
        """Read at a place, as when something else chose it; emits no signal."""
        self.pointed = index
        self._draw_pointer()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        for part in (self._value_axis, self._place_axis, self._grid):
            part.set_palette(palette)
        if self._header is not None:
            self._header.set_palette(palette)
        self._line.setPen(pyqtgraph.mkPen(palette.muted, width=1, style=Qt.PenStyle.DotLine))
        self._dots.setPen(pyqtgraph.mkPen(palette.panel, width=1.5))
        self._dots.setBrush(QColor(palette.text))
        self._show_legend()
        self.refresh()

    def refresh(self) -> None:
        """Set the ranges, unless the person looks at a part, and draw."""
        self.forget_image()
        if len(self.places):
            low, high = float(self.places[0]), float(self.places[-1])
            beside = _ROOM_AT_ENDS * ((high - low) or 1.0)
            self.set_whole((low - beside, high + beside), (-_ROOM_AT_ENDS, 1 + _ROOM_AT_ENDS))
        self._value_axis.make_room(self._view.viewRange()[1], self._view.height())
        while len(self._items) < len(self.curves):
            self._items.append(self._new_item())
        for item in self._items[len(self.curves) :]:
            item.clear()
        for item, curve in zip(self._items, self.curves, strict=False):
            self._draw_curve(item, curve)
        self._draw_pointer()

    def sizeHint(self) -> QSize:
        """Ask for a small wide picture."""
        return QSize(300, 200)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        header = 0 if self._header is None else round(self._header.minimumHeight())
        return QSize(theme.fonts.scaled(150), theme.fonts.scaled(90) + header)

    # Building and drawing

    def _build(self) -> None:
        layout = self.frame.layout
        if self._header is not None:
            self.put_above(self._header)
        layout.setContentsMargins(2, 4, 12, 2)
        self._items: list[pyqtgraph.PlotDataItem] = []
        self._grid = PlotGrid(self._value_axis, self._place_axis)
        self._grid.setZValue(-1)
        self._line = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._dots = pyqtgraph.ScatterPlotItem(size=9, pxMode=True)
        self._line.hide()
        for part in (self._grid, self._line, self._dots):
            self._view.addItem(part, ignoreBounds=True)
        self._line.setZValue(30)
        self._dots.setZValue(31)

    def _draw_curve(self, item: pyqtgraph.PlotDataItem, curve: ShareCurve) -> None:
        """Draw what is known of a curve: pyqtgraph warns of values that are all NaN."""
        known, pen = np.isfinite(curve.values), in_device_pixels(self._pen(curve.meaning), self)
        has_marks = len(curve.values) <= _MOST_MARKS
        item.setPen(pen)
        item.setSymbol("o" if has_marks else None)
        item.setSymbolSize(_MARK_SIZE)
        item.setSymbolBrush(pen.color())
        item.setSymbolPen(None)
        item.setData(self.places[known], curve.values[known])

    def _new_item(self) -> pyqtgraph.PlotDataItem:
        item = pyqtgraph.PlotDataItem(antialias=True)
        self._view.addItem(item, ignoreBounds=True)
        return item

    def _pen(self, meaning: Meaning) -> QPen:
        if meaning == "accuracy":
            pen = QPen(QColor(self._palette.right), 2)
        else:
            pen = QPen(QColor(self._palette.text), 2)
            pen.setDashPattern(theme.DASHES[1])
        pen.setCosmetic(True)  # as wide as it says, whatever the scale of the axes
        return pen

    def _show_legend(self) -> None:
        if self._header is not None:
            self._header.set_entries(tuple(LegendEntry(curve.words, self._pen(curve.meaning)) for curve in self.curves))

    def _draw_pointer(self) -> None:
        self.forget_image()
        index = self.pointed if self.pointed is not None and self.pointed < len(self.places) else None
        self._line.setVisible(index is not None)
        heights = [] if index is None else [float(curve.values[index]) for curve in self.curves]
        heights = [height for height in heights if math.isfinite(height)]
        place = 0.0 if index is None else float(self.places[index])
        self._line.setPos(place)
        self._dots.setData([place] * len(heights), heights)
        self._dots.setVisible(bool(heights))  # pyqtgraph paints nothing at some length, too

    # Events

    def _look_at(self, index: int | None) -> None:
        if index is not None:
            index = min(max(index, 0), len(self.places) - 1) if len(self.places) else None
        if index != self.pointed:
            self.point(index)
            self.pointed_changed.emit(index)

    def _choose(self) -> None:
        if self.pointed is not None:
            self.place_chosen.emit(self.pointed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read along the curves; 0 shows everything again."""
        here, last = self.pointed, len(self.places) - 1
        targets = {
            Qt.Key.Key_Left: last if here is None else here - 1,
            Qt.Key.Key_Right: 0 if here is None else here + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in targets:
            self._look_at(targets[key])
            self._choose()
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read at the place nearest to the pointer."""
        super().mouseMoveEvent(event)
        place = self.mapToScene(event.position().toPoint())
        is_over = self._view.sceneBoundingRect().contains(place)
        if event.buttons() == Qt.MouseButton.NoButton and is_over and len(self.places):
            self._look_at(int(np.abs(self.places - self._view.mapSceneToView(place).x()).argmin()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the place that is read."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose()
            event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the click; it must not reach a widget below."""
        super().mouseReleaseEvent(event)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Read none, unless the keyboard is here."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._look_at(None)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show no tool tip over the curves: it would hide what one reads."""
        if event.type() == QEvent.Type.ToolTip:
            return True
        return bool(super().viewportEvent(event))


class PlaceAxis(CurveAxis):
    """Plain numbers, and what they count."""

    def __init__(self, words: str) -> None:
        super().__init__("bottom")
        self._words = words

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Choose the places that have room for a label: pyqtgraph does not know how wide they are."""
        levels: list[tuple[float, list[float]]] = super().tickValues(low, high, size)
        if not size or not levels:
            return levels
        spacing, places = levels[0]
        small = theme.fonts.font("small")
        labels = (theme.fonts.widest(small, label) for label in self.tickStrings(places, 1.0, spacing))
        needed = (max(labels, default=0.0) + _BETWEEN_LABELS) * (high - low) / size
        if spacing >= needed:
            return levels
        spacing = one_two_five_ceiling(needed)
        numbers = range(math.ceil(low / spacing), math.floor(high / spacing) + 1)
        return [(spacing, [number * spacing for number in numbers])]

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        """Spell numbers in the notation of all pictures."""
        return [fill(self._words, label) for label in curve_ticks.plain_labels(values, spacing)]
