"""A map of labelled images: each is a point that looks like its digit, in the digit's colour."""

import functools
import math

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from mnist_lab.window import page_keys, theme
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot

_SIZE, _RING_SIZE, _POINTER_SIZE = 11, 19, 23
"""In logical pixels at the usual text size: the points are digits to be read."""
_NEAR = 16.0
"""How far from a point the pointer still means it, in logical pixels."""
_CLICK = 4.0
"""How far a press may move before it is a drag, in logical pixels."""
_EDGE = 0.06


class PointMap(ZoomablePlot):
    """Shows n points as digits; a ring marks those that were answered wrongly.

    Arrow keys go to the nearest point in their direction, Enter opens it; Ctrl + wheel and drag look closer.

    Attributes:
        points: (n, 2) float32.
        labels: (n,) uint8, 0 to 9.
        pointed: index of the point under the pointer or the keyboard, or None.

    Signals:
        pointed_changed(object): the new `pointed`.
        point_activated(int): index of a point that was clicked, or on which Enter was pressed.
    """

    KEYS = page_keys.POINTS

    pointed_changed = Signal(object)
    point_activated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__({}, self.tr("Everything"), parent)
        self.points = np.empty((0, 2), np.float32)
        self.labels = np.empty(0, np.uint8)
        self.pointed: int | None = None
        self._wrong = np.empty(0, bool)
        self._empty_words = ""
        self._pressed_at: QPointF | None = None
        font = theme.fonts.font(bold=True).toString()
        self._glyphs = [_glyph(digit, font) for digit in range(10)]
        self._build()
        self.set_palette(theme.current())
        self.refresh()

    def set_points(self, points: NDArray[np.float32], labels: NDArray[np.uint8], wrong: NDArray[np.bool_]) -> None:
        """Show (n, 2) places with their (n,) digits; `wrong` (n,) says which get a ring."""
        is_other_size = len(points) != len(self.points)
        self.points, self.labels, self._wrong = points, labels, wrong
        if is_other_size and self.pointed is not None:
            self._point(None)
        self._dress()
        self.refresh()

    def set_empty_words(self, words: str) -> None:
        """Say these words where there is nothing to show."""
        self._empty_words = words
        self.viewport().update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        self._rings.setPen(pyqtgraph.mkPen(palette.wrong, width=1.5))
        self._pointer.setPen(pyqtgraph.mkPen(palette.accent, width=2))
        self._dress()
        self._draw_pointer()

    def refresh(self) -> None:
        """Show all points, unless the person looks at a part."""
        if len(self.points):
            low, high = self.points.min(axis=0).astype(float), self.points.max(axis=0).astype(float)
            beside = np.maximum((high - low) * _EDGE, 1e-6)
            low, high = low - beside, high + beside
            self.set_whole((low[0], high[0]), (low[1], high[1]))
        self._draw_pointer()

    def sizeHint(self) -> QSize:
        """Ask for a large picture."""
        return QSize(520, 420)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(theme.fonts.scaled(260), theme.fonts.scaled(220))

    def _build(self) -> None:
        self.frame.layout.setContentsMargins(2, 2, 2, 2)
        size, ring, pointer = (theme.fonts.scaled(pixels) for pixels in (_SIZE, _RING_SIZE, _POINTER_SIZE))
        self._digits = pyqtgraph.ScatterPlotItem(size=size, pxMode=True, pen=None)
        self._rings = pyqtgraph.ScatterPlotItem(size=ring, pxMode=True, brush=None)
        self._pointer = pyqtgraph.ScatterPlotItem(size=pointer, pxMode=True, brush=None)
        for depth, part in enumerate((self._rings, self._digits, self._pointer)):
            part.setZValue(depth)
            self._view.addItem(part, ignoreBounds=True)

    def _dress(self) -> None:
        """Give each point its glyph and colour."""
        if not len(self.points):
            self._digits.clear()
            self._rings.clear()
            return
        brushes = [pyqtgraph.mkBrush(colour) for colour in self._palette.digits]
        x, y = self.points[:, 0].astype(float), self.points[:, 1].astype(float)
        self._digits.setData(
            x=x,
            y=y,
            symbol=[self._glyphs[label] for label in self.labels],
            brush=[brushes[label] for label in self.labels],
        )
        self._rings.setData(x=x[self._wrong], y=y[self._wrong])

    def _draw_pointer(self) -> None:
        if self.pointed is None:
            self._pointer.clear()
        else:
            x, y = self.points[self.pointed]
            self._pointer.setData([float(x)], [float(y)])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the points, or say why there are none."""
        super().paintEvent(event)
        if len(self.points) or not self._empty_words:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(self._palette.muted))
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(self.viewport().rect(), flags, self._empty_words)
        painter.end()

    # Pointing

    def _point(self, index: int | None) -> None:
        if index != self.pointed:
            self.pointed = index
            self._draw_pointer()
            self.pointed_changed.emit(index)

    def place_of(self, index: int) -> QPointF:
        """Return where a point stands, in logical pixels of this widget."""
        x, y = self.points[index]
        return QPointF(self.mapFromScene(self._view.mapViewToScene(QPointF(float(x), float(y)))))

    def _nearest(self, position: QPointF) -> int | None:
        if not len(self.points):
            return None
        here = self._view.mapSceneToView(self.mapToScene(position.toPoint()))
        width, height = (abs(float(size)) for size in self._view.viewPixelSize())
        across = (self.points[:, 0] - here.x()) / (width or 1.0)
        down = (self.points[:, 1] - here.y()) / (height or 1.0)
        distances = np.hypot(across, down)
        index = int(distances.argmin())
        return index if distances[index] <= _NEAR else None

    def _neighbour(self, across: int, up: int) -> int | None:
        """The nearest point within 45° of a direction from the one that is pointed at."""
        if self.pointed is None:
            return 0 if len(self.points) else None
        width, height = (abs(float(size)) for size in self._view.viewPixelSize())
        steps = (self.points - self.points[self.pointed]) / np.array([width or 1.0, height or 1.0])
        forward, aside = (steps[:, 0] * across, steps[:, 1]) if across else (steps[:, 1] * up, steps[:, 0])
        is_ahead = (forward > 0) & (np.abs(aside) <= forward)
        if not is_ahead.any():
            return self.pointed
        return int(np.where(is_ahead, np.hypot(forward, aside), math.inf).argmin())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the nearest point."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._point(self._nearest(event.position()))

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
        if pressed is None or (event.position() - pressed).manhattanLength() > _CLICK:
            return
        index = self._nearest(event.position())
        if index is not None:
            self._point(index)
            self.point_activated.emit(index)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at none, unless the keyboard is here."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a neighbour, open it, look closer, show everything."""
        moves = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        key = Qt.Key(event.key())
        if key in moves:
            self._point(self._neighbour(*moves[key]))
            if self.pointed is not None:
                self.follow(*(float(place) for place in self.points[self.pointed]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.pointed is not None:
            self.point_activated.emit(self.pointed)
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show no tool tip over the points: it would hide what one looks at."""
        if isinstance(event, QHelpEvent) and len(self.points):
            return True
        return bool(super().viewportEvent(event))


@functools.cache
def _glyph(digit: int, font_in_words: str) -> QPainterPath:
    """A digit as a symbol: about 1 high, centred on (0, 0). Made once: Qt's outlines vary in the last bits."""
    font = QFont()
    font.fromString(font_in_words)
    font = theme.fonts.tabular(font)
    font.setPixelSize(100)
    path = QPainterPath()
    path.addText(0, 0, font, str(digit))
    bounds = path.boundingRect()
    scale = 1.0 / max(bounds.height(), 1.0)
    centre = bounds.center()
    return QTransform().scale(scale, scale).translate(-centre.x(), -centre.y()).map(path)
