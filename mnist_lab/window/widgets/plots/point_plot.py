"""A plot of points, of which one is pointed at, by pointer or keys, and can be opened."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

from mnist_lab.window.widgets.plots.empty_words import paint_empty_words
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot

_NEAR = 16.0
"""How far from a point the pointer still means it, in logical pixels."""
_CLICK = 4.0
"""How far a press may move before it is a drag, in logical pixels."""
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PointPlot(ZoomablePlot):
    """Points at the nearest point; a click, or Enter, opens it, Escape lets go of it.

    A subclass implements `places`, `mark_pointed` and `key_point`.

    Attributes:
        pointed: index of the point under the pointer or the keyboard, or None.
        empty_words: said where there are no points.

    Signals:
        pointed_changed(object): the new `pointed`.
        point_activated(int): index of a point that was clicked, or on which Enter was pressed.
    """

    pointed: int | None = None
    empty_words = ""
    _pressed_at: QPointF | None = None

    pointed_changed = Signal(object)
    point_activated = Signal(int)

    @property
    def places(self) -> NDArray[np.float64]:
        """Where the points stand on the axes: (n, 2)."""
        raise NotImplementedError

    def mark_pointed(self) -> None:
        """Show which point is pointed at, or that none is."""
        raise NotImplementedError

    def key_point(self, key: Qt.Key) -> int | None:
        """Return which point a key goes to; None: it goes to none. Not asked while there are no points."""
        raise NotImplementedError

    def point(self, index: int | None) -> None:
        """Point at that one from now on; None: at none."""
        if index != self.pointed:
            self.pointed = index
            self.mark_pointed()
            self.pointed_changed.emit(index)

    def place_of(self, index: int) -> QPointF:
        """Return where a point stands, in logical pixels of this widget."""
        x, y = self.places[index]
        return QPointF(self.mapFromScene(self._view.mapViewToScene(QPointF(x, y))))

    def pixel_size(self) -> NDArray[np.float64]:
        """How wide and high a pixel is on the axes: (2,), never 0."""
        return np.array([abs(float(size)) or 1.0 for size in self._view.viewPixelSize()])

    def set_empty_words(self, words: str) -> None:
        """Say these words where there is nothing to show."""
        self.empty_words = words
        self.viewport().update()

    def _nearest(self, position: QPointF) -> int | None:
        places = self.places
        if not len(places):
            return None
        here = self._view.mapSceneToView(self.mapToScene(position.toPoint()))
        distances = np.hypot(*((places - (here.x(), here.y())) / self.pixel_size()).T)
        index = int(distances.argmin())
        return index if distances[index] <= _NEAR else None

    def _open(self, index: int | None) -> None:
        if index is not None:
            self.point(index)
            self.point_activated.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the nearest point."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self.point(self._nearest(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where, to tell a click from a drag."""
        super().mousePressEvent(event)
        self._pressed_at = event.position() if event.button() == Qt.MouseButton.LeftButton else None
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the point that was clicked."""
        super().mouseReleaseEvent(event)
        event.accept()
        pressed, self._pressed_at = self._pressed_at, None
        if pressed is not None and (event.position() - pressed).manhattanLength() <= _CLICK:
            self._open(self._nearest(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Point at none, unless the keyboard is here."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from point to point, open one, let go of it, show everything."""
        key = Qt.Key(event.key())
        index = self.key_point(key) if len(self.places) else None
        if index is not None:
            self.point(index)
            self.follow(*self.places[index])
        elif key in _OPENING and self.pointed is not None:
            self._open(self.pointed)
        elif key == Qt.Key.Key_Escape and self.pointed is not None:
            self.point(None)
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show no tool tip over the points: it would hide what one looks at."""
        if event.type() == QEvent.Type.ToolTip and len(self.places):
            return True
        return bool(super().viewportEvent(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the points, or say why there are none."""
        super().paintEvent(event)
        if self.empty_words and not len(self.places):
            paint_empty_words(self.viewport(), self.empty_words)
