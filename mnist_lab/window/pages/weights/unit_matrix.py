"""The weights of one unit as a picture, crossed out while the unit is switched off."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.window import page_keys
from mnist_lab.window.widgets.pictures.hatching import paint_hatching
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from mnist_lab.window.words import fill


class UnitMatrix(MatrixPicture):
    """A unit that is switched off still has its weights: they can be read, and are hatched.

    Attributes:
        is_off: whether the unit is switched off.
    """

    KEYS = page_keys.CHOICE_OF_CELLS

    def __init__(self, parent: QWidget | None = None, *, empty_words: str = "") -> None:
        """Show `empty_words` while there is no unit."""
        self.is_off = False
        super().__init__(parent, empty_words=empty_words)

    def set_off(self, is_off: bool) -> None:
        """Show the unit switched off, or on again."""
        if is_off != self.is_off:
            self.is_off = is_off
            self._read()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the weights; over those of a unit that is off, lines."""
        super().paintEvent(event)
        if not self.is_off or self.values is None:
            return
        rows, columns = self.values.shape
        area = self.cell_rect(0, 0).united(self.cell_rect(rows - 1, columns - 1))
        painter = QPainter(self)
        paint_hatching(painter, QRectF(area), self._palette)
        painter.end()

    def _words_of(self, cell: tuple[int, int]) -> str:
        words = super()._words_of(cell)
        return fill(self.tr("{weight} · switched off"), weight=words) if self.is_off else words

    def _words_without_cell(self) -> str:
        return self.tr("The unit is switched off.") if self.is_off else super()._words_without_cell()
