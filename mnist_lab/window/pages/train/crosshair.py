"""The crosshair of a curve: one update that is looked at, by mouse or by keyboard."""

import math

import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from mnist_lab.window import theme

_USUAL_STEP = 100


class Crosshair:
    """A vertical line and a dot at one gradient update.

    Attributes:
        update: index of the update that is looked at, None for none.
        height: where its value stands, in plot coordinates; NaN where there is none.
    """

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        self.update: int | None = None
        self.height = math.nan
        self._line = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._dot = pyqtgraph.ScatterPlotItem(size=9, pxMode=True)
        for item in (self._line, self._dot):
            item.setZValue(30)
            item.hide()
            view.addItem(item, ignoreBounds=True)

    def place(self, update: int | None, batch: int, height: float) -> None:
        """Stand at `update`, with the dot on a batch, at `height` in plot coordinates (NaN: no dot); None hides it."""
        self.update, self.height = update, height
        self._line.setVisible(update is not None)
        has_dot = update is not None and math.isfinite(height)
        self._dot.setVisible(has_dot)
        if update is not None:
            self._line.setPos(update)
        if has_dot:
            self._dot.setData([batch], [height])

    def key_places(self, count: int, updates_per_epoch: int | None) -> dict[Qt.Key, float | None]:
        """Where keys lead: batch by batch, epoch by epoch (or a hundred batches), to both ends of `count`, and away."""
        epoch = updates_per_epoch or _USUAL_STEP
        here = count - 1 if self.update is None else self.update
        return {
            Qt.Key.Key_Left: here - 1,
            Qt.Key.Key_Right: here + 1,
            Qt.Key.Key_PageUp: here + epoch,
            Qt.Key.Key_PageDown: here - epoch,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
            Qt.Key.Key_Escape: None,
        }

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._line.setPen(pyqtgraph.mkPen(palette.muted, width=1, style=Qt.PenStyle.DotLine))
        self._dot.setPen(pyqtgraph.mkPen(palette.panel, width=1.5))
        self._dot.setBrush(QColor(palette.text))
