"""What pictures of cells share: pointer and keys read one cell at a time, and say it in words."""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from mnist_lab.window import page_keys, theme

Key = TypeVar("Key")
"""What tells one cell from another, such as its row and column."""

_OPENING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


def neighbour_in_grid(cell: tuple[int, int], key: Qt.Key, rows: int, columns: int) -> tuple[int, int] | None:
    """The cell of a grid that an arrow key leads to, at its edges the cell itself; None for any other key."""
    if key not in _STEPS:
        return None
    down, across = _STEPS[key]
    return min(max(cell[0] + down, 0), rows - 1), min(max(cell[1] + across, 0), columns - 1)


class CellPicture(QWidget, Generic[Key]):
    """Reads the cell under the pointer, or the one that was gone to by keys.

    A subclass paints the cells and implements `_cell_at`, `_neighbour` and `_words_of`; where cells can be opened,
    also `_open`.

    Attributes:
        pointed: the cell that is read, or None.
        readout: that cell in words, or "".

    Signals:
        pointed_changed(object): the new `pointed`.
        readout_changed(str): the new `readout`; without one what the keys do, while they are here.
    """

    KEYS = page_keys.CELLS

    pointed_changed = Signal(object)
    readout_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, empty_words: str = "") -> None:
        """Say `empty_words` while there is no cell."""
        super().__init__(parent)
        self.pointed: Key | None = None
        self.readout = self._told = ""
        self._empty_words = empty_words
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def point(self, cell: Key | None) -> None:
        """Read a cell; None: none."""
        if cell != self.pointed:
            self.pointed = cell
            self._read()
            self.update()
            self.pointed_changed.emit(cell)

    # For subclasses

    def _cell_at(self, position: QPointF) -> Key | None:
        """The cell at a position, in logical pixels."""
        raise NotImplementedError

    def _neighbour(self, key: Qt.Key) -> Key | None:
        """The cell that a key leads to from the one that is read; None if it leads to none."""
        raise NotImplementedError

    def _words_of(self, cell: Key) -> str:
        """Say a cell; "" if there is nothing to say of it."""
        raise NotImplementedError

    def _words_without_cell(self) -> str:
        """What a screen reader says while no cell is read."""
        return ""

    def _open(self, _cell: Key) -> bool:
        """Open a cell by Enter or Space; False where cells cannot be opened."""
        return False

    def _read(self) -> None:
        """Say the cell that is pointed at, as it is now."""
        words = "" if self.pointed is None else self._words_of(self.pointed)
        self.readout, line = words, words or self._keys()
        if line != self._told:
            self._told = line
            self.readout_changed.emit(line)
        self.setAccessibleDescription(words or self._words_without_cell() or line)

    def _keys(self) -> str:
        """What the keys do, in place of a cell, while they are here."""
        return self.KEYS.lines()[0] if self.hasFocus() else ""

    def _paint_empty_words(self, painter: QPainter, area: QRectF, palette: theme.Palette) -> None:
        painter.setPen(QColor(palette.muted))
        words = area.adjusted(theme.GAP, theme.GAP, -theme.GAP, -theme.GAP)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty_words)

    # Events

    def event(self, event: QEvent) -> bool:
        """Show no tool tip where a cell is read: it would hide what one looks at."""
        if event.type() == QEvent.Type.ToolTip and self.readout:
            QToolTip.hideText()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the cell under the pointer."""
        self.point(self._cell_at(event.position()))

    def leaveEvent(self, _event: QEvent) -> None:
        """Read none."""
        self.point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a neighbour and read it, open the cell that is read, or let go of it."""
        key = Qt.Key(event.key())
        neighbour = self._neighbour(key)
        if neighbour is not None:
            self.point(neighbour)
        elif key == Qt.Key.Key_Escape and self.pointed is not None:
            self.point(None)
        elif key not in _OPENING_KEYS or self.pointed is None or not self._open(self.pointed):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus, and say what the keys do."""
        super().focusInEvent(event)
        self._read()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read none any more."""
        super().focusOutEvent(event)
        self.point(None)
        self._read()
        self.update()
