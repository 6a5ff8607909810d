"""All lines of a picture as one item, so that reading along them repaints none."""

from collections.abc import Sequence

import pyqtgraph
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from mnist_lab.studies import curve_shapes


class ComparisonLines(pyqtgraph.GraphicsObject):  # type: ignore[misc]
    """Paints lines with a pen each. Qt keeps the picture until they change.

    One item for each line would each have a picture as large as the view: with twenty runs more than Qt keeps.

    Attributes:
        points: how many points each line has.
    """

    def __init__(self) -> None:
        super().__init__()
        self.points: list[int] = []
        self._lines: list[tuple[QPen, QPainterPath]] = []
        self._covered = QRectF()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_lines(self, lines: Sequence[tuple[QPen, curve_shapes.Points]], covered: QRectF) -> None:
        """Draw points from left to right, NaN for gaps; nothing is painted outside of `covered`."""
        self.prepareGeometryChange()
        self._covered = covered
        self.points = [len(places) for _, (places, _) in lines]
        self._lines = [
            (pen, pyqtgraph.arrayToQPath(places, heights, connect="finite")) for pen, (places, heights) in lines
        ]
        self.update()

    def boundingRect(self) -> QRectF:
        """What is in view."""
        return self._covered

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem | None = None, _widget: QWidget | None = None
    ) -> None:
        """Paint the lines, the first below the others."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen, path in self._lines:
            painter.setPen(pen)
            painter.drawPath(path)
