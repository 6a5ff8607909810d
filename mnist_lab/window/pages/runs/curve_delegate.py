"""The small picture of a run's curve in the table: drawn once, then kept."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from mnist_lab.runs.facts import RunRow
from mnist_lab.window import theme
from mnist_lab.window.pages.runs.run_model import RowRole
from mnist_lab.window.theme.run_colours import run_look

_MARGIN = 4
_LINE = 1.5
_MOST_KEPT = 2_000


class CurveDelegate(QStyledItemDelegate):
    """Draws a run's training accuracy in its own colour, from 0 at the bottom to 1 at the top.

    Attributes:
        drawn: how many pictures were drawn so far.
    """

    def __init__(self, parent: object = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]
        self.drawn = 0
        self._pictures: dict[tuple[object, ...], QPixmap] = {}

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell, then the picture in it."""
        super().paint(painter, option, index)
        row = index.data(RowRole)
        if isinstance(row, RunRow) and len(row.curve):
            room = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
            ratio = painter.device().devicePixelRatio()
            painter.drawPixmap(room.topLeft(), self._picture(row, room.width(), room.height(), ratio))

    def _picture(self, row: RunRow, width: int, height: int, ratio: float) -> QPixmap:
        colour = run_look(max(row.number, 1)).colour
        key = (row.id, row.updates, row.state, width, height, ratio, colour)
        if key not in self._pictures:
            if len(self._pictures) >= _MOST_KEPT:
                self._pictures.clear()
            self.drawn += 1
            self._pictures[key] = _draw(row.curve, width, height, ratio, colour)
        return self._pictures[key]


def _draw(curve: NDArray[np.float32], width: int, height: int, ratio: float, colour: str) -> QPixmap:
    picture = QPixmap(max(round(width * ratio), 1), max(round(height * ratio), 1))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    places = np.linspace(_LINE, width - _LINE, max(len(curve), 2))
    values = np.repeat(curve, 2) if len(curve) == 1 else curve
    heights = _LINE + (height - 2 * _LINE) * (1 - np.clip(np.nan_to_num(values.astype(np.float64)), 0, 1))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.current().line), 1))
    painter.drawLine(QPointF(0, height - 0.5), QPointF(width, height - 0.5))
    painter.setPen(QPen(QColor(colour), _LINE))
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(places, heights, strict=True)]))
    painter.end()
    return picture
