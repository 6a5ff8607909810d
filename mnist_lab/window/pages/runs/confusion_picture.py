"""A small table of answers: how often each digit was taken for which, or how much more often than by another run."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.experiment import CLASSES
from mnist_lab.window import theme
from mnist_lab.window.widgets.pictures.cell_picture import CellPicture, neighbour_in_grid
from mnist_lab.window.words import spell_whole

Cell = tuple[int, int]
Counts = NDArray[np.int64]

_EDGE = 4
"""Free room around everything: there the ring of the focus is drawn."""
_LEAST_CELL, _USUAL_CELL = 11, 18
_STRONGEST = 0.7
"""Share of full colour in the strongest cell."""
_FAINTEST = 0.15
"""The same in a cell with a single image, so that it is not taken for an empty one."""


@dataclass(frozen=True)
class _CellLook:
    """How a cell is painted: its ground, and its number."""

    ground: QColor
    ink: QColor
    words: str


class ConfusionPicture(CellPicture[Cell]):
    """Ten rows (what it is) and ten columns (what it was taken for); numbers stand in the cells where they have room.

    Counts have the colours of right and wrong, each relative to the largest of its kind; a difference has those of
    positive and negative numbers.

    Attributes:
        counts: (10, 10) int64; None while there are none.
        words_of_cell: says the cell in a row and a column; given by whoever shows the picture beside others.
    """

    def __init__(self, name: str, title: str, parent: QWidget, *, is_difference: bool, empty_words: str) -> None:
        """Give it that objectName and accessible name, and `empty_words` while there are no counts."""
        super().__init__(parent, empty_words=empty_words)
        self.counts: Counts | None = None
        self.words_of_cell: Callable[[int, int], str] | None = None
        self._is_difference = is_difference
        self._looks: list[_CellLook] = []
        self._widest = ""
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setToolTip(self.tr("Point at a cell to read it in all three pictures, or go to it with the arrow keys."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_palette(theme.current())

    def set_counts(self, counts: Counts | None, widest: int = 0) -> None:
        """Show (10, 10) counts, or differences; None: there are none.

        Numbers are shown where `widest`, of several pictures beside each other, has room in a cell.
        """
        self.counts, self._widest = counts, f"+{spell_whole(widest)}"
        self._dress()

    def set_empty_words(self, words: str) -> None:
        """Say these words while there are no counts."""
        self._empty_words = words
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self._line = QFontMetricsF(theme.fonts.font("small")).height()
        self._dress()

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a cell stands, in logical pixels."""
        left, top, side = self._place()
        return QRectF(left + column * side, top + row * side, side, side)

    def cell_colour(self, row: int, column: int) -> str:
        """The ground of a cell, "#rrggbb"."""
        palette = self._palette
        if self.counts is None or not self.counts[row, column]:
            return palette.panel
        is_right = np.eye(CLASSES, dtype=bool)
        count = int(self.counts[row, column])
        if self._is_difference:
            strongest, meaning = np.abs(self.counts).max(), palette.positive if count > 0 else palette.negative
        else:
            of_kind = self.counts[is_right] if row == column else self.counts[~is_right]
            strongest, meaning = of_kind.max(), palette.right if row == column else palette.wrong
        strength = _FAINTEST + (1 - _FAINTEST) * abs(count) / int(strongest)
        return theme.mix(palette.panel, meaning, _STRONGEST * strength)

    def sizeHint(self) -> QSize:
        """Ask for cells that can be pointed at."""
        return self._size(_USUAL_CELL)

    def minimumSizeHint(self) -> QSize:
        """Keep the digits beside the cells apart."""
        return self._size(_LEAST_CELL)

    def _size(self, cell: int) -> QSize:
        side = round(CLASSES * theme.fonts.scaled(cell) + self._line + 2 * _EDGE)
        return QSize(side, side)

    def _place(self) -> tuple[float, float, float]:
        """Left and upper edge of the first cell, and the side of each, in logical pixels."""
        beside = self._line + _EDGE
        side = (min(self.width(), self.height()) - beside - _EDGE) / CLASSES
        return beside, beside, max(side, 1.0)

    def _dress(self) -> None:
        cells = [(row, column) for row in range(CLASSES) for column in range(CLASSES)]
        self._looks = [] if self.counts is None else [self._look_of(*cell) for cell in cells]
        self._read()
        self.update()

    def _look_of(self, row: int, column: int) -> _CellLook:
        assert self.counts is not None
        ground, count = self.cell_colour(row, column), int(self.counts[row, column])
        ink = max((self._palette.text, self._palette.panel), key=lambda colour: theme.contrast(colour, ground))
        words = spell_whole(count) if count else "·"
        if self._is_difference and count > 0:
            words = f"+{words}"
        return _CellLook(QColor(ground), QColor(ink if count else self._palette.muted), words)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the cells, the digits of both axes, and the marks."""
        painter = QPainter(self)
        painter.setFont(theme.fonts.font("small"))
        if self.counts is None:
            self._paint_empty_words(painter, QRectF(self.rect()), self._palette)
        else:
            self._paint_digits(painter)
            self._paint_cells(painter)
            if self.pointed is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QColor(self._palette.text))
                painter.drawRect(self.cell_rect(*self.pointed).adjusted(0, 0, -1, -1))
        if self.hasFocus():
            theme.draw_focus_ring(painter, QRectF(self.rect()), self._palette)
        painter.end()

    def _paint_digits(self, painter: QPainter) -> None:
        left, top, side = self._place()
        painter.setPen(QColor(self._palette.muted))
        for digit in range(CLASSES):
            above = QRectF(left + digit * side, _EDGE, side, self._line)
            beside = QRectF(_EDGE, top + digit * side, self._line, side)
            for area in (above, beside):
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(digit))

    def _paint_cells(self, painter: QPainter) -> None:
        has_numbers = self._has_room_for_numbers()
        for index, look in enumerate(self._looks):
            area = self.cell_rect(*divmod(index, CLASSES)).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.fillRect(area, look.ground)
            if has_numbers:
                painter.setPen(look.ink)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, look.words)
        painter.setPen(QColor(self._palette.line))
        left, top, side = self._place()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left, top, CLASSES * side, CLASSES * side))

    def _has_room_for_numbers(self) -> bool:
        side, widest = self._place()[2], theme.fonts.widest(theme.fonts.font("small"), self._widest)
        return bool(side >= max(widest, self._line))

    # Reading

    def _words_of(self, cell: Cell) -> str:
        return "" if self.counts is None or self.words_of_cell is None else self.words_of_cell(*cell)

    def _words_without_cell(self) -> str:
        return self._empty_words if self.counts is None else ""

    def _cell_at(self, position: QPointF) -> Cell | None:
        left, top, side = self._place()
        row, column = int((position.y() - top) // side), int((position.x() - left) // side)
        return (row, column) if 0 <= row < CLASSES and 0 <= column < CLASSES else None

    def _neighbour(self, key: Qt.Key) -> Cell | None:
        if self.counts is None:
            return None
        return neighbour_in_grid(self.pointed or (0, 0), key, CLASSES, CLASSES)

    def event(self, event: QEvent) -> bool:
        """Show no tool tip over the cells: the line below says what one points at."""
        if event.type() == QEvent.Type.ToolTip and self.pointed is not None and self.counts is not None:
            return True
        return super().event(event)
