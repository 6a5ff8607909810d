"""Many runs as points: one setting against how well each did."""

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from mnist_lab.runs.scatter import Scatter, ScatterPoint
from mnist_lab.studies import curve_shapes
from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.runs.setting_axis import SettingAxis
from mnist_lab.window.theme.run_colours import run_look
from mnist_lab.window.widgets.plots.plot_axes import ValueAxis
from mnist_lab.window.widgets.plots.plot_grid import PlotGrid
from mnist_lab.window.widgets.plots.point_plot import PointPlot

_POINT, _RING = 10, 17
_BESIDE = 0.06
_MARGIN = 0.03


class ScatterPlot(PointPlot):
    """Shows each run in its own colour. A click, or Enter, opens the run that is read.

    Attributes:
        scatter: what is shown; None: nothing.

    Signals:
        run_activated(str): id of the run to be opened.
    """

    KEYS = page_keys.RUN_POINTS

    run_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._value_axis, self._setting_axis = ValueAxis("accuracy"), SettingAxis()
        super().__init__({"left": self._value_axis, "bottom": self._setting_axis}, self.tr("All runs"), parent)
        self.scatter: Scatter | None = None
        self.frame.layout.setContentsMargins(4, 10, theme.fonts.scaled(22), 4)
        self._grid = PlotGrid(self._value_axis, self._setting_axis)
        self._points = pyqtgraph.ScatterPlotItem(size=_POINT, pxMode=True)
        self._ring = pyqtgraph.ScatterPlotItem(size=_RING, pxMode=True, brush=None)
        for depth, part in enumerate((self._grid, self._points, self._ring), -1):
            part.setZValue(depth)
            self._view.addItem(part, ignoreBounds=True)
        self.point_activated.connect(self._on_activated)
        self.set_palette(theme.current())
        self.refresh()

    @property
    def points(self) -> tuple[ScatterPoint, ...]:
        """What is shown, from left to right."""
        return () if self.scatter is None else self.scatter.points

    @property
    def places(self) -> NDArray[np.float64]:
        """Where the runs stand."""
        return np.array([(point.place, point.accuracy) for point in self.points], np.float64).reshape(-1, 2)

    def set_scatter(self, scatter: Scatter, title: str, names: list[str], empty_words: str) -> None:
        """Show these points over an axis with that title; `names` are the words for `scatter.names`."""
        read = None if self.pointed is None else self.points[self.pointed].row.id
        is_other = self.scatter is None or scatter.setting is not self.scatter.setting
        self.scatter, self.empty_words = scatter, empty_words
        is_log = scatter.setting.scale == "log"
        self._setting_axis.set_scale(title, is_log=is_log, names=names, zero_place=scatter.zero_place)
        self.point(next((place for place, point in enumerate(self.points) if point.row.id == read), None))
        self._dress()
        if is_other and self.is_zoomed and self.points:
            self.show_whole()
        else:
            self.refresh()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        for part in (self._value_axis, self._setting_axis, self._grid):
            part.set_palette(palette)
        self._points.setPen(pyqtgraph.mkPen(palette.panel, width=1))
        self._ring.setPen(pyqtgraph.mkPen(palette.accent, width=2))
        self._dress()

    def refresh(self) -> None:
        """Show all points, unless the person looks at a part."""
        if self.points:
            places = [point.place for point in self.points]
            low, high = min(places), max(places)
            if self.scatter and self.scatter.names:
                low, high = -0.5, len(self.scatter.names) - 0.5
            beside = _BESIDE * (high - low) or 0.5
            bottom, top = curve_shapes.share_range(min(point.accuracy for point in self.points))
            margin = _MARGIN * (top - bottom)
            self.set_whole((low - beside, high + beside), (bottom - margin, top + margin))
        self._value_axis.make_room(self._view.viewRange()[1], self._view.height())
        self.mark_pointed()

    def sizeHint(self) -> QSize:
        """Ask for a wide picture."""
        return QSize(440, 280)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(theme.fonts.scaled(260), theme.fonts.scaled(210))

    def _dress(self) -> None:
        """Give each point its colour."""
        self._points.setData(
            [
                {
                    "pos": (point.place, point.accuracy),
                    "brush": QColor(run_look(point.row.number, self._palette).colour),
                }
                for point in self.points
            ]
        )

    def mark_pointed(self) -> None:
        """Draw a ring around the run that is read."""
        shown = [] if self.pointed is None else [self.points[self.pointed]]
        self._ring.setData([point.place for point in shown], [point.accuracy for point in shown])

    def key_point(self, key: Qt.Key) -> int | None:
        """Go run by run, or to either end."""
        last, here = len(self.points) - 1, self.pointed
        steps = {
            Qt.Key.Key_Left: last if here is None else max(here - 1, 0),
            Qt.Key.Key_Right: 0 if here is None else min(here + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        return steps.get(key)

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self.run_activated.emit(self.points[index].row.id)
