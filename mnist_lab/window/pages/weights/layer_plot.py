"""A quantity of every layer over the run: one line a layer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPen
from PySide6.QtWidgets import QWidget

from mnist_lab.studies.curve_shapes import log_range
from mnist_lab.window import page_keys, picture_mode, theme
from mnist_lab.window.widgets.plots.plot_axes import UpdateAxis, ValueAxis
from mnist_lab.window.widgets.plots.plot_grid import PlotGrid
from mnist_lab.window.widgets.plots.plot_header import LegendEntry, PlotHeader
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot, in_device_pixels
from mnist_lab.window.words import rounded, spell, spell_percent, spell_short

MOST_LINES = 5
_LEAST_WIDTH = 140
"""In logical pixels at the usual text size: three such pictures stand beside each other on the smallest screen."""
_BESIDE = 0.03
"""Room beyond the run and beyond 0 and 100 % on each side, as a share of it: dots at the ends are whole."""
_WIDTH_OF_WORDS = 0.85
"""Of the plot."""


@dataclass(frozen=True, eq=False)
class LayerLine:
    """One layer.

    Attributes:
        name: of the layer, in words.
        short: the same where there is little room.
        values: (moments,) float64, NaN where there is none.
    """

    name: str
    short: str
    values: NDArray[np.float64]


class LayerPlot(ZoomablePlot):
    """Lines over gradient updates, on a logarithmic axis (gradient strength) or from 0 to 100 % (inactive share).

    Attributes:
        lines: what is shown.
        updates: (moments,) gradient updates, rising.
    """

    KEYS = page_keys.LAYERS

    def __init__(self, quantity: Literal["strength", "share"], title: str, parent: QWidget | None = None) -> None:
        self._is_log = quantity == "strength"
        self._value_axis = ValueAxis("loss" if self._is_log else "accuracy")
        self._update_axis = UpdateAxis()
        axes = {"left": self._value_axis, "bottom": self._update_axis}
        super().__init__(axes, self.tr("Whole run"), parent)
        self.lines: tuple[LayerLine, ...] = ()
        self.updates = np.empty(0)
        self._end, self._read = 1, 0
        self._pen_ratio = 0.0
        self._build(title)
        self.set_palette(theme.current())
        self.refresh()

    def _build(self, title: str) -> None:
        layout = self.frame.layout
        self._value_axis.setLogMode(x=False, y=self._is_log)
        self._header = PlotHeader()
        self.put_above(self._header)
        layout.setContentsMargins(4, 2, 12, 2)
        layout.setRowSpacing(0, theme.GAP)
        self._grid = PlotGrid(self._value_axis, self._update_axis)
        self._grid.setZValue(-1)
        self._view.addItem(self._grid, ignoreBounds=True)
        self._curves = [pyqtgraph.PlotCurveItem(antialias=True) for _ in range(MOST_LINES)]
        self._dots = [pyqtgraph.ScatterPlotItem(size=6, pxMode=True, pen=None) for _ in range(MOST_LINES)]
        for curve, dots in zip(self._curves, self._dots, strict=True):
            self._view.addItem(curve, ignoreBounds=True)
            self._view.addItem(dots, ignoreBounds=True)
        self._why = pyqtgraph.TextItem()
        self._view.addItem(self._why, ignoreBounds=True)
        self.setAccessibleName(title)
        self.setToolTip(self.tr("Ctrl + wheel and drag look closer, a double click or the key 0 shows the whole run."))

    def set_lines(
        self, updates: NDArray[np.float64], lines: Sequence[LayerLine], end: int, at: int | None = None
    ) -> None:
        """Show (moments,) updates with a line for each layer; the axis ends at `end` updates.

        What is read is the newest until update `at`, which is looked at; None: the newest of all.
        """
        self.updates, self.lines, self._end = updates, tuple(lines), max(end, 1)
        self._read = len(updates) - 1 if at is None else max(int(np.searchsorted(updates, at, side="right")) - 1, 0)
        self.refresh()

    def refresh(self) -> None:
        """Set the ranges, unless the person looks at a part, and draw."""
        heights = [self._heights(line.values) for line in self.lines]
        self.set_whole((-_BESIDE * self._end, (1 + _BESIDE) * self._end), self._height_range(heights))
        self._value_axis.make_room(self._view.viewRange()[1], self._view.height())
        if self._pen_ratio != picture_mode.pen_ratio(self):
            self._set_pens()
        for place, (curve, dots) in enumerate(zip(self._curves, self._dots, strict=True)):
            values = heights[place] if place < len(heights) else np.empty(0)
            places = self.updates if place < len(heights) else np.empty(0)
            is_known = np.isfinite(values)
            curve.setData(places, values, connect="finite")
            dots.setData(places[is_known], values[is_known])
            curve.setVisible(bool(len(values)))  # pyqtgraph paints nothing at some length, too
            dots.setVisible(bool(len(values)))
        self._show_words()

    def _heights(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        if not self._is_log:
            return values
        is_positive = np.isfinite(values) & (values > 0)
        result = np.full(len(values), np.nan)
        result[is_positive] = np.log10(values[is_positive])
        return result

    def _height_range(self, heights: list[NDArray[np.float64]]) -> tuple[float, float]:
        if not self._is_log:
            return -_BESIDE, 1.0 + _BESIDE
        known = np.concatenate([values[np.isfinite(values)] for values in heights]) if heights else np.empty(0)
        if not known.size:
            return -4.0, 0.0
        return log_range(10.0 ** float(known.min()), 10.0 ** float(known.max()), has_zeros=False)

    def _show_words(self) -> None:
        palette = self._palette
        entries = tuple(
            LegendEntry(line.name, self._pen(palette, place), short=line.short) for place, line in enumerate(self.lines)
        )
        self._header.set_entries(entries)
        newest = [self._spell(line.values[self._read]) for line in self.lines if len(line.values)]
        full = " · ".join(f"{line.name}: {value}" for line, value in zip(self.lines, newest, strict=False))
        text = full or self.tr("No samples yet")
        typed = [self._type(line.values[self._read]) for line in self.lines if len(line.values)]
        named = [self._named(values, between) for values, between in ((newest, ": "), (typed, ": "), (typed, "\u00a0"))]
        bare = (" · ".join(newest), " · ".join(typed), "  ".join(typed))
        self._header.set_texts((text, *named, *bare) if newest else (text,), "")
        why = self._why_no_line()
        self._show_why(why)
        self.setAccessibleDescription(". ".join(filter(None, (text, why))))

    def _why_no_line(self) -> str:
        """Why there is no line: a run that was opened is measured only where one looks."""
        is_one = len(self.updates) == 1 and self.updates[0] > 0
        return self.tr("one moment so far") if is_one else ""

    def _show_why(self, words: str) -> None:
        """Write it beside the dots, where no line is."""
        self._why.setVisible(bool(words))
        if words:
            (left, right), (low, high) = self._view.viewRange()
            self._why.setFont(theme.fonts.font("small"))
            self._why.setText(words, color=self._palette.muted)
            self._why.setTextWidth(_WIDTH_OF_WORDS * self._view.width())
            is_right = self.updates[0] > (left + right) / 2
            self._why.setAnchor((1.06 if is_right else -0.06, 0.5))
            self._why.setPos(float(self.updates[0]), (low + high) / 2)

    def _named(self, values: Sequence[str], between: str) -> str:
        """The values with the short names of their lines."""
        return " · ".join(f"{line.short}{between}{value}" for line, value in zip(self.lines, values, strict=False))

    def _spell(self, value: float) -> str:
        if not np.isfinite(value):
            return "–"
        return spell(rounded(value, 2)) if self._is_log else spell_percent(value, 0)

    def _type(self, value: float) -> str:
        """The same in the fewest signs: "4e-5"."""
        if not self._is_log or not np.isfinite(value):
            return self._spell(value)
        return spell_short(value)

    @staticmethod
    def _pen(palette: theme.Palette, place: int) -> QPen:
        pen: QPen = pyqtgraph.mkPen(palette.series[place], width=2)
        if theme.DASHES[place]:
            pen.setDashPattern(list(theme.DASHES[place]))
        return pen

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        for part in (self._value_axis, self._update_axis, self._grid, self._header):
            part.set_palette(palette)
        for place, dots in enumerate(self._dots):
            dots.setBrush(palette.series[place])
        self._set_pens()
        self._show_words()

    def _set_pens(self) -> None:
        self._pen_ratio = picture_mode.pen_ratio(self)
        for place, curve in enumerate(self._curves):
            curve.setPen(in_device_pixels(self._pen(self._palette, place), self))

    def sizeHint(self) -> QSize:
        """Ask for a small picture."""
        return QSize(240, 180)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(theme.fonts.scaled(_LEAST_WIDTH), 140)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look closer, show the whole run."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_0:
            self.show_whole()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.look_closer(0.5 if key == Qt.Key.Key_Plus else 2.0, None)
        else:
            event.ignore()
