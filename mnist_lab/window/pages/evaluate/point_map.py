"""A map of labelled images: each is a point that looks like its digit, in the digit's colour."""

import functools
import math

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainterPath, QTransform
from PySide6.QtWidgets import QWidget

from mnist_lab.window import page_keys, theme
from mnist_lab.window.widgets.plots.point_plot import PointPlot

_SIZE, _RING_SIZE, _POINTER_SIZE = 11, 19, 23
"""In logical pixels at the usual text size: the points are digits to be read."""
_EDGE = 0.06
_DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class PointMap(PointPlot):
    """Shows n points as digits; a ring marks those that were answered wrongly.

    Arrow keys go to the nearest point in their direction, Enter opens it; Ctrl + wheel and drag look closer.

    Attributes:
        points: (n, 2) float32.
        labels: (n,) uint8, 0 to 9.
    """

    KEYS = page_keys.POINTS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__({}, self.tr("Everything"), parent)
        self.points = np.empty((0, 2), np.float32)
        self.labels = np.empty(0, np.uint8)
        self._wrong = np.empty(0, bool)
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
            self.point(None)
        self._dress()
        self.refresh()

    @property
    def places(self) -> NDArray[np.float64]:
        """Where the digits stand."""
        return self.points.astype(np.float64)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        self._rings.setPen(pyqtgraph.mkPen(palette.wrong, width=1.5))
        self._pointer.setPen(pyqtgraph.mkPen(palette.accent, width=2))
        self._dress()
        self.mark_pointed()

    def refresh(self) -> None:
        """Show all points, unless the person looks at a part."""
        if len(self.points):
            low, high = self.points.min(axis=0).astype(float), self.points.max(axis=0).astype(float)
            beside = np.maximum((high - low) * _EDGE, 1e-6)
            low, high = low - beside, high + beside
            self.set_whole((low[0], high[0]), (low[1], high[1]))
        self.mark_pointed()

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

    def mark_pointed(self) -> None:
        """Draw a ring around the point that is pointed at."""
        if self.pointed is None:
            self._pointer.clear()
        else:
            x, y = self.points[self.pointed]
            self._pointer.setData([float(x)], [float(y)])

    def key_point(self, key: Qt.Key) -> int | None:
        """Go to the nearest point in an arrow's direction; from none to the first."""
        if key not in _DIRECTIONS:
            return None
        return 0 if self.pointed is None else self._neighbour(self.pointed, *_DIRECTIONS[key])

    def _neighbour(self, index: int, across: int, up: int) -> int:
        """The nearest point within 45° of a direction from one; itself where there is none."""
        steps = (self.points - self.points[index]) / self.pixel_size()
        forward, aside = (steps[:, 0] * across, steps[:, 1]) if across else (steps[:, 1] * up, steps[:, 0])
        is_ahead = (forward > 0) & (np.abs(aside) <= forward)
        if not is_ahead.any():
            return index
        return int(np.where(is_ahead, np.hypot(forward, aside), math.inf).argmin())


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
