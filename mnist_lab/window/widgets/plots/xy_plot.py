"""A plot of a few curves and points over one axis, to be read by pointer and keys."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyqtgraph
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mnist_lab.window import page_keys, theme
from mnist_lab.window.widgets.plots.empty_words import paint_empty_words
from mnist_lab.window.widgets.plots.labelled_plot import LabelledPlot
from mnist_lab.window.widgets.plots.place_reader import PlaceReader
from mnist_lab.window.widgets.plots.plot_header import LegendEntry
from mnist_lab.window.widgets.plots.zoomable_plot import in_device_pixels
from mnist_lab.window.words import fill, spell

_MARGIN = 0.07
"""Around the data, as a share of their extent."""
_LEFT_ROOM = 76
_NOTHING: NDArray[np.float64] = np.empty(0)


@dataclass(frozen=True)
class Series:
    """One curve, or points.

    Attributes:
        name: for `set_series`.
        words: for the legend and the readout.
        colour: which of the theme's.
        has_line: whether the points are joined.
        has_marks: whether each point is marked.
        is_dashed: whether the line is.
        counts: whether the axes make room for it; else it is cut off at the edge.
        yields: whether the legend leaves it out where not all have room.
    """

    name: str
    words: str
    colour: Callable[[theme.Palette], str]
    has_line: bool = True
    has_marks: bool = False
    is_dashed: bool = False
    counts: bool = True
    yields: bool = False

    def pen(self, palette: theme.Palette) -> QPen:
        """Its pen; also that of its sample in the legend."""
        style = Qt.PenStyle.DashLine if self.is_dashed else Qt.PenStyle.SolidLine
        if not self.has_line:
            style = Qt.PenStyle.NoPen
        pen: QPen = pyqtgraph.mkPen(self.colour(palette), width=1.5, style=style)
        return pen


@dataclass
class _Drawn:
    """A series in the plot, with its data in ascending order of x."""

    series: Series
    curve: pyqtgraph.PlotCurveItem
    marks: pyqtgraph.ScatterPlotItem
    x: NDArray[np.float64] = field(default_factory=lambda: _NOTHING)
    y: NDArray[np.float64] = field(default_factory=lambda: _NOTHING)


class XyPlot(PlaceReader, LabelledPlot):
    """Shows its series over one x; Ctrl + wheel and drag look closer. Left and Right read point by point."""

    KEYS = page_keys.PLOT

    def __init__(
        self,
        name: str,
        title: str,
        x_words: str,
        y_words: str,
        series: tuple[Series, ...],
        parent: QWidget,
        *,
        is_log: bool = False,
    ) -> None:
        """Make an empty plot with that objectName and accessible name; words name both axes.

        With `is_log` the left axis counts powers of ten: what is not above 0 is not shown.
        """
        super().__init__(name, title, (x_words, y_words), parent, left_room=_LEFT_ROOM, is_log=(False, is_log))
        self._is_log = is_log
        self.setToolTip(self.tr("Ctrl + wheel and drag look closer, a double click or 0 shows all. Arrow keys read."))
        self._x_words = x_words
        self._x_range: tuple[float, float] | None = None
        self._y_range: tuple[float, float] | None = None
        self._read_at: float | None = None
        self._note = ""
        self._empty_words = ""
        self._build(series)
        self.set_palette(theme.current())
        self.refresh()

    def name_places(self, words: str) -> None:
        """Call the lower axis so from now on."""
        self._x_words = words
        self._axes["bottom"].setLabel(words)

    def set_series(self, name: str, x: ArrayLike, y: ArrayLike) -> None:
        """Show (k,) places of a series; `refresh` follows for all that changed together."""
        drawn = self._drawn[name]
        places, values = np.asarray(x, np.float64), np.asarray(y, np.float64)
        if self._is_log:
            places, values = places[values > 0], np.log10(values[values > 0])
        order = np.argsort(places, kind="stable")
        drawn.x, drawn.y = places[order], values[order]
        shown = np.isfinite(drawn.y)
        drawn.curve.setData(drawn.x, drawn.y, connect="finite")
        if drawn.series.has_marks:
            drawn.marks.setData(drawn.x[shown], drawn.y[shown])

    def points(self, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The places of a series, ascending; on an axis of powers of ten these."""
        return self._drawn[name].x, self._drawn[name].y

    def set_ranges(
        self, x: tuple[float, float] | None = None, y: tuple[float, float] | None = None, note: str = ""
    ) -> None:
        """Keep to these ranges instead of what the data need; `note` stands at the right of the readout."""
        self._x_range, self._y_range, self._note = x, y, note

    def set_empty_words(self, words: str) -> None:
        """Say these words while there is nothing to show: axes of nothing would seem to mean something."""
        self._empty_words = words
        self.refresh()

    @property
    def _says_empty(self) -> bool:
        return bool(self._empty_words) and not any(len(drawn.x) for drawn in self._drawn.values())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the series, or say what will be here."""
        super().paintEvent(event)
        if self._says_empty:
            paint_empty_words(self.viewport(), self._empty_words)

    def refresh(self) -> None:
        """Say what the whole is, and what is read."""
        self.frame.setOpacity(0.0 if self._says_empty else 1.0)  # the axes of a hidden one would lose their room
        self.set_whole(self._x_range or self._extent("x"), self._y_range or self._extent("y"))
        if self._says_empty:
            self._view.forget_whole()
        self._read()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        for drawn in self._drawn.values():
            drawn.curve.setPen(in_device_pixels(drawn.series.pen(palette), self))
            drawn.marks.setBrush(drawn.series.colour(palette))
            # An edge parts marks that touch; where there are hundreds it would be all one sees.
            drawn.marks.setPen(pyqtgraph.mkPen(palette.panel, width=1) if drawn.series.has_line else None)
        self._cursor.setPen(pyqtgraph.mkPen(palette.muted, width=1, style=Qt.PenStyle.DotLine))
        entries = [drawn.series for drawn in self._drawn.values() if drawn.series.words]
        self._header.set_entries(
            tuple(
                LegendEntry(one.words, one.pen(palette), has_marks=one.has_marks, yields=one.yields) for one in entries
            )
        )

    def sizeHint(self) -> QSize:
        """Ask for a wide picture, no higher than it must be: it takes what room words leave, and none of theirs."""
        return QSize(520, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(theme.fonts.scaled(260), theme.fonts.scaled(190))

    def _build(self, series: tuple[Series, ...]) -> None:
        self._drawn = {one.name: self._add(one, depth) for depth, one in enumerate(series)}
        self._cursor = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._cursor.hide()
        self._view.addItem(self._cursor, ignoreBounds=True)

    def _add(self, series: Series, depth: int) -> _Drawn:
        curve = pyqtgraph.PlotCurveItem(antialias=True)
        marks = pyqtgraph.ScatterPlotItem(size=9, symbol="d", pxMode=True)
        for item in (curve, marks):
            item.setZValue(depth)
            self._view.addItem(item, ignoreBounds=True)
        return _Drawn(series, curve, marks)

    def _extent(self, axis: str) -> tuple[float, float]:
        """From the lowest to the highest value of all series that count, with a margin."""
        values = [getattr(drawn, axis) for drawn in self._drawn.values() if drawn.series.counts]
        values = [array[np.isfinite(array)] for array in values]
        together = np.concatenate(values) if values else _NOTHING
        if not together.size:
            return 0.0, 1.0
        low, high = float(together.min()), float(together.max())
        margin = _MARGIN * (high - low) or max(abs(high), 1e-6) * _MARGIN
        return low - margin, high + margin

    # Reading

    def _read(self) -> None:
        self._cursor.setVisible(self._read_at is not None)
        if self._read_at is not None:
            self._cursor.setPos(self._read_at)
        parts = [self._value_words(drawn) for drawn in self._drawn.values()]
        words = " · ".join(part for part in parts if part)
        if self._read_at is not None and words:
            at = fill(self.tr("{name} {value}"), name=self._x_words, value=self.spell_place(self._read_at))
            words = f"{at}: {words}"
        self._header.set_texts((words,), self._note)
        self.setAccessibleDescription(words or self._note or (self._empty_words if self._says_empty else ""))

    def spell_place(self, place: float) -> str:
        """Spell a place of the lower axis."""
        return spell(place, mantissa=3)

    def spell_value(self, value: float) -> str:
        """A value of the left axis, for the readout; an axis of other numbers overrides it."""
        return spell(value, 4, 3)

    def _value_words(self, drawn: _Drawn) -> str:
        """The value at the place that is read, or of a single point; "" if there is none."""
        if self._read_at is None or not len(drawn.x) or not drawn.curve.isVisible():
            return ""
        place = int(np.abs(drawn.x - self._read_at).argmin())
        if abs(drawn.x[place] - self._read_at) > 0.02 * np.ptp(self._view.viewRange()[0]):
            return ""
        words: str = self.tr("{name} {value}")
        value = 10 ** float(drawn.y[place]) if self._is_log else float(drawn.y[place])
        return fill(words, name=drawn.series.words, value=self.spell_value(value))

    def _places(self) -> NDArray[np.float64]:
        places = np.concatenate([drawn.x for drawn in self._drawn.values()])
        return np.unique(places[np.isfinite(places)])

    @property
    def place_read(self) -> float | None:
        """The x that is read."""
        return self._read_at

    def read_near(self, x: float | None) -> None:
        """Read the points nearest to x; None: none."""
        places = self._places()
        at = None if x is None or not len(places) else float(places[np.abs(places - x).argmin()])
        if at != self._read_at:
            self._read_at = at
            self._read()

    def key_places(self) -> dict[Qt.Key, float | None]:
        """Point by point, to both ends, and away."""
        places = self._places()
        targets: dict[Qt.Key, float | None] = {Qt.Key.Key_Escape: None}
        if len(places):
            current = len(places) // 2 if self._read_at is None else int(np.searchsorted(places, self._read_at))
            steps = {Qt.Key.Key_Left: current - 1, Qt.Key.Key_Right: current + 1, Qt.Key.Key_Home: 0}
            steps[Qt.Key.Key_End] = len(places) - 1
            targets |= {key: float(places[min(max(step, 0), len(places) - 1)]) for key, step in steps.items()}
        return targets
