"""A unit's weights as a picture in which one weight is chosen."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mnist_lab.window import page_keys
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture

_WIDTH = 2
_EDGE = 2
_GROW = 2


class WeightPicker(MatrixPicture):
    """Click a weight to choose it, or go there with the arrow keys and press Enter or Space.

    Attributes:
        chosen: row and column.

    Signals:
        chosen_changed(): the person has chosen another one.
    """

    KEYS = page_keys.CHOICE_OF_CELLS

    chosen_changed = Signal()

    def __init__(self, chosen: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen = chosen
        self.cell_activated.connect(self._on_activated)

    @Slot(int, int)
    def _on_activated(self, row: int, column: int) -> None:
        if self.chosen != (row, column):
            self.chosen = (row, column)
            self.update()
            self.chosen_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, and a frame around the chosen weight that stands out on any colour."""
        super().paintEvent(event)
        if self.values is None:
            return
        painter = QPainter(self)
        rect = self.cell_rect(*self.chosen).adjusted(-_GROW, -_GROW, _GROW, _GROW)
        painter.setPen(QPen(QColor(self._palette.panel), _WIDTH + 2 * _EDGE))
        painter.drawRect(rect)
        painter.setPen(QPen(QColor(self._palette.accent), _WIDTH))
        painter.drawRect(rect)
        painter.end()
