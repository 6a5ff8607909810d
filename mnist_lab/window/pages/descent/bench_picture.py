"""A plot in which handles are dragged and places are clicked; Ctrl + wheel and drag elsewhere look closer."""

import math

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.descent.zoomed_ranges import Range, ZoomedRanges
from mnist_lab.window.widgets.plots.labelled_plot import LabelledPlot
from mnist_lab.window.widgets.plots.plot_header import LegendEntry

_LEFT_ROOM = 72
_NEAR = 16.0
"""How far from a handle the pointer still takes it, in logical pixels."""
_CLICK = 4.0
"""How far a press may move before it is a drag, in logical pixels."""


class BenchPicture(LabelledPlot):
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
        super().__init__(name, title, words, parent, left_room=_LEFT_ROOM, is_log=is_log)
        self._ranges: tuple[Range, Range] = ((0.0, 1.0), (0.0, 1.0))
        self._handles: dict[str, tuple[float, float]] = {}
        self._zoomed: ZoomedRanges | None = None
        self.dragged: str | None = None
        self._pressed_at: QPointF | None = None

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
        if self.dragged is None:
            self.set_whole(*self._ranges)

    def keep_zoom(self, zoomed: ZoomedRanges) -> None:
        """Look at the part that is noted there, and note there from now on what is looked at."""
        self._zoomed = zoomed
        if self._look_at_noted():
            super().pause_ranges()  # without a note: in a view without its size yet the ranges may be others

    def _look_at_noted(self, name: str = "") -> bool:
        """Look at the part that is noted for this picture, or by that name; returns whether one is."""
        ranges = None if self._zoomed is None else self._zoomed.of(name or self.objectName())
        if ranges is not None:
            self._view.setRange(xRange=ranges[0], yRange=ranges[1], padding=0)
        return ranges is not None

    @Slot()
    def pause_ranges(self) -> None:
        """Leave the view to the person, and note what is looked at."""
        super().pause_ranges()
        self._note_zoom()

    @Slot()
    def show_whole(self) -> None:
        """Look at everything again."""
        super().show_whole()
        self._note_zoom()

    def follow(self, x: float, y: float) -> None:
        """Move a view that was looked closer at so far that the point is in it."""
        super().follow(x, y)
        self._note_zoom()

    def _note_zoom(self) -> None:
        if self._zoomed is None:
            return
        if self.is_zoomed:
            x, y = self._view.targetRange()
            self._zoomed.note(self.objectName(), (x[0], x[1]), (y[0], y[1]))
        else:
            self._zoomed.forget(self.objectName())

    def place_of(self, x: float, y: float) -> QPointF:
        """Where a place of the plot stands, in logical pixels of this widget."""
        return QPointF(self.mapFromScene(self._view.mapViewToScene(QPointF(x, y))))

    def sizeHint(self) -> QSize:
        """Ask for a wide picture."""
        return QSize(520, 320)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(theme.fonts.scaled(230), theme.fonts.scaled(150))  # its words need the more room

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
