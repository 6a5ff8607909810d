"""A plot in which handles are dragged and places are clicked; wheel and drag elsewhere look closer."""

import math
from collections.abc import Sequence

import pyqtgraph
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets import curve_ticks
from mnist_lab.window.widgets.plot_axes import CurveAxis
from mnist_lab.window.widgets.plot_grid import PlotGrid
from mnist_lab.window.widgets.plot_header import LegendEntry, PlotHeader
from mnist_lab.window.widgets.zoomable_plot import ZoomablePlot

_LEFT_ROOM = 72
_NEAR = 16.0
"""How far from a handle the pointer still takes it, in logical pixels."""
_CLICK = 4.0
"""How far a press may move before it is a drag, in logical pixels."""
_UPRIGHT_LINES, _LYING_LINES = 1.8, 4.0
"""Room of a label along its axis, in lines of type."""

Range = tuple[float, float]


class BenchAxis(CurveAxis):
    """Numbers, plain or (with `setLogMode`) by powers of ten."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Choose the labels."""
        if not self.logMode:
            levels: list[tuple[float, list[float]]] = super().tickValues(low, high, size)
            return levels
        lines = _UPRIGHT_LINES if self.orientation == "left" else _LYING_LINES
        room = lines * QFontMetricsF(theme.fonts.font("small")).height()
        return [(1.0, curve_ticks.log_ticks(low, high, size, room))]

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        """Spell the labels as everywhere."""
        return curve_ticks.log_labels(values) if self.logMode else curve_ticks.plain_labels(values, spacing)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type, also of the axis's title."""
        super().set_palette(palette)
        self.label.setFont(theme.fonts.font("small"))
        self.label.setDefaultTextColor(palette.muted)
        self.labelStyle = {"color": palette.muted}


class BenchPicture(ZoomablePlot):
    """A plot with a legend, a readout, a grid and handles.

    Signals:
        handle_moved(str, float, float): a handle is dragged to x and y.
        handle_dropped(str): it was let go.
        place_clicked(float, float): x and y of a click beside every handle.
    """

    handle_moved = Signal(str, float, float)
    handle_dropped = Signal(str)
    place_clicked = Signal(float, float)

    def __init__(
        self,
        name: str,
        title: str,
        words: tuple[str, str],
        parent: QWidget | None,
        *,
        is_log: tuple[bool, bool] = (False,) * 2,
    ) -> None:
        """Make an empty plot with that objectName and accessible name; `words` and `is_log` are for x and y."""
        self._axes = {"bottom": BenchAxis("bottom"), "left": BenchAxis("left")}
        super().__init__(pyqtgraph.PlotItem(axisItems=self._axes), self.tr("Show all"), parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._ranges: tuple[Range, Range] = ((0.0, 1.0), (0.0, 1.0))
        self._handles: dict[str, tuple[float, float]] = {}
        self.dragged: str | None = None
        self._pressed_at: QPointF | None = None
        self._build(words, is_log)

    @property
    def readout(self) -> str:
        """The words above the picture."""
        return self._header.readout

    def set_readout(self, words: str, short: str = "", note: str = "") -> None:
        """Say what is to be read; `short` where that is too long for the line."""
        self._header.set_texts((words, short) if short else (words,), note)
        self.setAccessibleDescription(words)

    def set_legend(self, entries: tuple[LegendEntry, ...]) -> None:
        """Name what is drawn."""
        self._header.set_entries(entries)

    def set_ranges(self, x: Range, y: Range) -> None:
        """Show this part, now and when all is asked for again."""
        self._ranges = x, y
        self.refresh()

    def set_handle(self, name: str, x: float, y: float) -> None:
        """Let what stands at x and y be dragged."""
        self._handles[name] = x, y

    def refresh(self) -> None:
        """Set the ranges, unless the person looks at a part or drags."""
        if not self.is_zoomed and self.dragged is None:
            self._view.setRange(xRange=self._ranges[0], yRange=self._ranges[1], padding=0)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.plotItem is None:  # closed: pyqtgraph has taken it apart
            return
        super().set_palette(palette)
        for axis in self._axes.values():
            axis.set_palette(palette)
        self._grid.set_palette(palette)
        self._header.set_palette(palette)

    def place_of(self, x: float, y: float) -> QPointF:
        """Where a place of the plot stands, in logical pixels of this widget."""
        return QPointF(self.mapFromScene(self._view.mapViewToScene(QPointF(x, y))))

    def sizeHint(self) -> QSize:
        """Ask for a wide picture."""
        return QSize(520, 320)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(240, 150)

    def keep_corner(self, width: float) -> None:
        """Let the legend leave room for the button."""
        self._header.keep_corner(width)

    def _build(self, words: tuple[str, str], is_log: tuple[bool, bool]) -> None:
        item = self.plotItem
        self._header = PlotHeader()
        item.layout.addItem(self._header, 0, 0, 1, 3)
        item.layout.setContentsMargins(4, 6, 22, 4)
        item.layout.setRowSpacing(0, 0)
        for side, label, log in zip(("bottom", "left"), words, is_log, strict=True):
            self._axes[side].setLabel(label)
            self._axes[side].setLogMode(log)
        self._axes["left"].setWidth(_LEFT_ROOM)
        self._grid = PlotGrid(self._axes["left"], self._axes["bottom"])
        self._grid.setZValue(-1)
        self._view.addItem(self._grid, ignoreBounds=True)

    # The pointer

    def _here(self, event: QMouseEvent) -> QPointF:
        return QPointF(self._view.mapSceneToView(self.mapToScene(event.position().toPoint())))

    def _handle_at(self, position: QPointF) -> str | None:
        nearest, distance = None, _NEAR
        for name, place in self._handles.items():
            between = self.place_of(*place) - position
            if math.hypot(between.x(), between.y()) <= distance:
                nearest, distance = name, math.hypot(between.x(), between.y())
        return nearest

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle under the pointer; elsewhere remember where, to tell a click from a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.dragged = self._handle_at(event.position())
            self._pressed_at = event.position()
        if self.dragged is None:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the handle, or show that there is one."""
        if self.dragged is not None:
            here = self._here(event)
            self.handle_moved.emit(self.dragged, here.x(), here.y())
            return
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            is_near = self._handle_at(event.position()) is not None
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if is_near else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the handle go, or tell where was clicked."""
        name, self.dragged = self.dragged, None
        pressed, self._pressed_at = self._pressed_at, None
        if name is not None:
            self.handle_dropped.emit(name)
            self.refresh()
            return
        super().mouseReleaseEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and pressed is not None and (event.position() - pressed).manhattanLength() <= _CLICK:
            here = self._here(event)
            if self._view.sceneBoundingRect().contains(self.mapToScene(event.position().toPoint())):
                self.place_clicked.emit(here.x(), here.y())
