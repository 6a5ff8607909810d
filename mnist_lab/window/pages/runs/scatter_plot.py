"""Many runs as points: one setting against how well each did."""

import numpy as np
import pyqtgraph
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.runs.scatter import Scatter, ScatterPoint
from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.runs.setting_axis import SettingAxis
from mnist_lab.window.theme.run_colours import run_look
from mnist_lab.window.widgets.plots import curve_shapes
from mnist_lab.window.widgets.plots.plot_axes import ValueAxis
from mnist_lab.window.widgets.plots.plot_grid import PlotGrid
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot

_POINT, _RING = 10, 17
_NEAR, _CLICK = 16.0, 4.0
"""How far from a point the pointer still means it, and how far a press may move before it is a drag, in pixels."""
_BESIDE = 0.06
_MARGIN = 0.03


class ScatterPlot(ZoomablePlot):
    """Shows each run in its own colour. A click, or Enter, opens the run that is read.

    Attributes:
        scatter: what is shown; None: nothing.
        pointed: index of the point that is read, or None.

    Signals:
        pointed_changed(object): the new `pointed`.
        run_activated(str): id of the run to be opened.
    """

    KEYS = page_keys.RUN_POINTS

    pointed_changed = Signal(object)
    run_activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._value_axis, self._setting_axis = ValueAxis("accuracy"), SettingAxis()
        super().__init__({"left": self._value_axis, "bottom": self._setting_axis}, self.tr("All runs"), parent)
        self.scatter: Scatter | None = None
        self.pointed: int | None = None
        self._empty_words = ""
        self._pressed_at: QPointF | None = None
        self.frame.layout.setContentsMargins(4, 10, theme.fonts.scaled(22), 4)
        self._grid = PlotGrid(self._value_axis, self._setting_axis)
        self._points = pyqtgraph.ScatterPlotItem(size=_POINT, pxMode=True)
        self._ring = pyqtgraph.ScatterPlotItem(size=_RING, pxMode=True, brush=None)
        for depth, part in enumerate((self._grid, self._points, self._ring), -1):
            part.setZValue(depth)
            self._view.addItem(part, ignoreBounds=True)
        self.set_palette(theme.current())
        self.refresh()

    @property
    def points(self) -> tuple[ScatterPoint, ...]:
        """What is shown, from left to right."""
        return () if self.scatter is None else self.scatter.points

    def set_scatter(self, scatter: Scatter, title: str, names: list[str], empty_words: str) -> None:
        """Show these points over an axis with that title; `names` are the words for `scatter.names`."""
        read = None if self.pointed is None else self.points[self.pointed].row.id
        is_other = self.scatter is None or scatter.setting is not self.scatter.setting
        self.scatter, self._empty_words = scatter, empty_words
        is_log = scatter.setting.scale == "log"
        self._setting_axis.set_scale(title, is_log=is_log, names=names, zero_place=scatter.zero_place)
        self._point(next((place for place, point in enumerate(self.points) if point.row.id == read), None))
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
            low, high = (
                (-0.5, len(self.scatter.names) - 0.5)
                if self.scatter and self.scatter.names
                else (
                    min(places),
                    max(places),
                )
            )
            beside = _BESIDE * (high - low) or 0.5
            bottom, top = curve_shapes.share_range(min(point.accuracy for point in self.points))
            margin = _MARGIN * (top - bottom)
            self.set_whole((low - beside, high + beside), (bottom - margin, top + margin))
        self._value_axis.make_room(self._view.viewRange()[1], self._view.height())
        self._draw_ring()

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

    def _draw_ring(self) -> None:
        shown = [] if self.pointed is None else [self.points[self.pointed]]
        self._ring.setData([point.place for point in shown], [point.accuracy for point in shown])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the points, or say why there are none."""
        super().paintEvent(event)
        if self.points:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(self._palette.muted))
        room = self.viewport().rect().adjusted(theme.LARGE_GAP, 0, -theme.LARGE_GAP, 0)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(room, flags, self._empty_words)
        painter.end()

    # Pointing

    def _point(self, index: int | None) -> None:
        if index != self.pointed:
            self.pointed = index
            self._draw_ring()
            self.pointed_changed.emit(index)

    def place_of(self, index: int) -> QPointF:
        """Return where a point stands, in logical pixels of this widget."""
        point = self.points[index]
        return QPointF(self.mapFromScene(self._view.mapViewToScene(QPointF(point.place, point.accuracy))))

    def _nearest(self, position: QPointF) -> int | None:
        if not self.points:
            return None
        here = self._view.mapSceneToView(self.mapToScene(position.toPoint()))
        width, height = (abs(float(size)) or 1.0 for size in self._view.viewPixelSize())
        across = np.array([point.place - here.x() for point in self.points]) / width
        down = np.array([point.accuracy - here.y() for point in self.points]) / height
        distances = np.hypot(across, down)
        index = int(distances.argmin())
        return index if distances[index] <= _NEAR else None

    def _open(self, index: int | None) -> None:
        if index is not None:
            self.run_activated.emit(self.points[index].row.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the nearest point."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._point(self._nearest(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where, to tell a click from a drag."""
        super().mousePressEvent(event)
        self._pressed_at = event.position() if event.button() == Qt.MouseButton.LeftButton else None
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the run that was clicked."""
        super().mouseReleaseEvent(event)
        event.accept()
        pressed, self._pressed_at = self._pressed_at, None
        if pressed is not None and (event.position() - pressed).manhattanLength() <= _CLICK:
            index = self._nearest(event.position())
            self._point(index)
            self._open(index)

    def leaveEvent(self, event: QEvent) -> None:
        """Read none, unless the keyboard is here."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read run by run, open one, show all."""
        key, last = Qt.Key(event.key()), len(self.points) - 1
        here = self.pointed
        steps = {
            Qt.Key.Key_Left: last if here is None else max(here - 1, 0),
            Qt.Key.Key_Right: 0 if here is None else min(here + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if key in steps and self.points:
            self._point(steps[key])
            point = self.points[steps[key]]
            self.follow(point.place, point.accuracy)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and here is not None:
            self._open(here)
        elif key == Qt.Key.Key_Escape and here is not None:
            self._point(None)
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show no tool tip over the points: it would hide what one looks at."""
        if isinstance(event, QHelpEvent) and self.points:
            return True
        return bool(super().viewportEvent(event))
