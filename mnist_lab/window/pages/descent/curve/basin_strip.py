"""The strip under a curve: which start ends in which minimum."""

from functools import lru_cache

import numpy as np
import pyqtgraph
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from mnist_lab.descent.basins import DIVERGED, UNDECIDED, Basins
from mnist_lab.window import theme

_HEIGHT = 14
_OWN_COLOURS = (8, 7, 9)
"""Which of the digits' colours no optimizer has, and none is near that of a rising loss."""


def basin_colour(palette: theme.Palette, index: int) -> QColor:
    """The colour of the minimum with that number; where there are many, neighbours still differ."""
    colours = [palette.digits[place] for place in _OWN_COLOURS]
    colour = colours[index % len(colours)]
    return QColor(_paled(colour, palette.panel) if index // len(colours) % 2 else colour)


@lru_cache(maxsize=32)  # the few colours of hundreds of minima
def _paled(colour: str, ground: str) -> str:
    return theme.mix(colour, ground, 0.5)


class BasinStrip(pyqtgraph.GraphicsWidget):  # type: ignore[misc]
    """Paints each start in the colour of its minimum, hatched where it ends in none, along the view's x axis."""

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        super().__init__()
        self._view = view
        self._basins: Basins | None = None
        self._palette = theme.current()
        self.setFixedHeight(_HEIGHT)
        view.sigXRangeChanged.connect(self._repaint)

    def set_basins(self, basins: Basins | None) -> None:
        """Show these; None: not known yet."""
        self._basins = basins
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        self.update()

    def _repaint(self, *_arguments: object) -> None:
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint one piece from boundary to boundary."""
        width = self.size().width()
        room = QRectF(0, 2, width, _HEIGHT - 4)
        painter.setClipRect(room)
        painter.fillRect(room, QColor(self._palette.line))
        if self._basins is None:
            return
        basins, (left, right) = self._basins, self._view.viewRange()[0]
        edges = np.concatenate([basins.starts[:1], basins.boundaries, basins.starts[-1:]])
        pixels = (edges - left) / (right - left) * width
        firsts = np.concatenate([[0], np.flatnonzero(np.diff(basins.labels)) + 1])
        for begin, end, label in zip(pixels[:-1], pixels[1:], basins.labels[firsts], strict=True):
            self._fill(painter, QRectF(begin, room.top(), end - begin, room.height()), int(label))

    def _fill(self, painter: QPainter, piece: QRectF, label: int) -> None:
        if label >= 0:
            painter.fillRect(piece, basin_colour(self._palette, label))
            return
        colour = {DIVERGED: self._palette.text, UNDECIDED: self._palette.muted}[label]
        painter.fillRect(piece, QColor(self._palette.panel))
        painter.fillRect(piece, QBrush(QColor(colour), Qt.BrushStyle.BDiagPattern))
