"""The confusion matrix: which digit was taken for which, how often, and the way to the images behind each number."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.words import fill, spell_fixed, spell_whole

DIGITS = 10
STRONGEST = 0.45
"""Share of full colour in the strongest cell: beyond it neither dark nor light numbers could be read."""
_USUAL_CELL = 44
_EDGE = 4
"""Free room around everything: there the ring of the focus is drawn."""

Normalisation = Literal["count", "row", "column"]
Cell = tuple[int, int]


class ConfusionMatrix(QWidget):
    """Shows ten rows (what it is) and ten columns (what it was taken for), as counts or as per cent.

    Right answers stand in the colour of what is right, mistakes in that of what is wrong; the colour of a mistake is
    relative to the largest mistake, since beside the right answers none would be seen.

    Attributes:
        counts: (10, 10) int64, rows true digits, columns answers; None while there are none.
        normalisation: "count", "row" (per cent of a digit's images), or "column" (per cent of an answer).
        pointed: row and column under the pointer or the keyboard, or None.
        opened: row and column whose images are shown elsewhere, or None.
        readout: "4 taken for 9: 23 of 982 (2.3 %)", or "".

    Signals:
        cell_activated(int, int): true digit and answer of a cell that was clicked or opened by Enter or Space.
        readout_changed(str): the new `readout`.
    """

    cell_activated = Signal(int, int)
    readout_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts: NDArray[np.int64] | None = None
        self.normalisation: Normalisation = "count"
        self.pointed: Cell | None = None
        self.opened: Cell | None = None
        self.readout = ""
        self._shares = np.zeros((DIGITS, DIGITS))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Confusion matrix"))
        self.setToolTip(
            self.tr("Click a cell, or go to it with the arrow keys and press Enter, to see the images behind it")
        )
        self.set_palette(theme.current())

    # What is shown

    def set_counts(self, counts: NDArray[np.int64] | None) -> None:
        """Show (10, 10) counts; None: there are none yet."""
        self.counts = counts
        self._divide()

    def set_normalisation(self, normalisation: Normalisation) -> None:
        """Show counts, per cent of each row, or per cent of each column."""
        self.normalisation = normalisation
        self._divide()

    def set_opened(self, cell: Cell | None) -> None:
        """Mark the cell whose images are shown."""
        self.opened = cell
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self._line = QFontMetricsF(theme.fonts.font("small")).height()
        self.update()

    def words_of(self, row: int, column: int) -> str:
        """Say a cell: "4 taken for 9: 23 of 982 (2.3 %)"."""
        if self.counts is None:
            return ""
        count, by_column = int(self.counts[row, column]), self.normalisation == "column"
        total = int(self.counts[:, column].sum() if by_column else self.counts[row].sum())
        if by_column:
            words = self.tr("{row} taken for {column}: {count:,} of {total:,} answers “{column}” ({share:.1f} %)")
        elif row == column:
            words = self.tr("{row} recognised: {count:,} of {total:,} ({share:.1f} %)")
        else:
            words = self.tr("{row} taken for {column}: {count:,} of {total:,} ({share:.1f} %)")
        return fill(words, row=row, column=column, count=count, total=total, share=100 * count / max(total, 1))

    def cell_words(self, row: int, column: int) -> str:
        """The number in a cell; "·" for none."""
        if self.counts is None or not self.counts[row, column]:
            return "·"
        if self.normalisation == "count":
            return spell_whole(int(self.counts[row, column]))
        share = 100 * float(self._shares[row, column])
        return (
            spell_fixed(share, 2) if share < 0.1 else spell_fixed(share, 1)
        )  # one image of thousands is more than none

    def cell_colour(self, row: int, column: int) -> str:
        """The ground of a cell, "#rrggbb"."""
        is_right = row == column
        group = np.eye(DIGITS, dtype=bool) == is_right
        strength = self._shares[row, column] / max(float(self._shares[group].max()), 1e-12)
        if strength == 0:
            return self._palette.panel
        meaning = self._palette.right if is_right else self._palette.wrong
        return theme.mix(self._palette.panel, meaning, STRONGEST * (0.12 + 0.88 * strength))

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a cell stands, in logical pixels."""
        left, top, width, height = self._place()
        return QRectF(left + column * width, top + row * height, width, height)

    def sizeHint(self) -> QSize:
        """Ask for cells in which four figures fit."""
        side = DIGITS * _USUAL_CELL + 3 * round(self._line)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Keep every number readable."""
        wide = theme.fonts.widest(theme.fonts.font("small"), "1,000") + 2
        return QSize(round(DIGITS * wide + 3 * self._line), round((DIGITS + 3) * (self._line + 2)))

    def _divide(self) -> None:
        """Take shares of what the normalisation divides by."""
        if self.counts is None:
            self._shares = np.zeros((DIGITS, DIGITS))
        else:
            axis = {"count": None, "row": 1, "column": 0}[self.normalisation]
            totals = self.counts.sum(axis=axis, keepdims=True)
            self._shares = self.counts / np.maximum(totals, 1)
        self._read()
        self.update()

    def _place(self) -> tuple[float, float, float, float]:
        """Left and upper edge of the first cell, width and height of each, in logical pixels."""
        left = top = 2 * self._line + theme.SMALL_GAP + _EDGE
        width = (self.width() - left - _EDGE) / DIGITS
        height = (self.height() - top - _EDGE) / DIGITS
        return left, top, width, height

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint cells, numbers, the digits of both axes, and the marks."""
        painter = QPainter(self)
        self._paint_axes(painter)
        painter.setFont(theme.fonts.font("small"))
        for row in range(DIGITS):
            for column in range(DIGITS):
                self._paint_cell(painter, row, column)
        for cell, colour in ((self.opened, self._palette.text), (self.pointed, self._palette.accent)):
            if cell is not None and self.counts is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colour), 2))
                painter.drawRect(self.cell_rect(*cell).adjusted(1, 1, -2, -2))
        if self.hasFocus():
            theme.draw_focus_ring(painter, QRectF(self.rect()), self._palette)
        painter.end()

    def _paint_cell(self, painter: QPainter, row: int, column: int) -> None:
        area = self.cell_rect(row, column).adjusted(0.5, 0.5, -1, -1)
        ground, palette = self.cell_colour(row, column), self._palette
        painter.fillRect(area, QColor(ground))
        painter.setPen(QColor(palette.line))
        painter.drawRect(area)
        if self.counts is None:
            return
        ink = max((palette.text, palette.panel), key=lambda colour: theme.contrast(colour, ground))
        painter.setPen(QColor(ink if self.counts[row, column] else palette.muted))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.cell_words(row, column))

    def _paint_axes(self, painter: QPainter) -> None:
        left, top, width, height = self._place()
        centre, small = Qt.AlignmentFlag.AlignCenter, theme.fonts.font("small")
        painter.setFont(small)
        painter.setPen(QColor(self._palette.muted))
        painter.drawText(QRectF(left, _EDGE, DIGITS * width, self._line), centre, self.tr("taken for …"))
        painter.save()
        painter.translate(0, top + DIGITS * height)
        painter.rotate(-90)
        painter.drawText(QRectF(0, _EDGE, DIGITS * height, self._line), centre, self.tr("images of …"))
        painter.restore()
        painter.setFont(theme.fonts.font("small", bold=True))
        painter.setPen(QColor(self._palette.text))
        for digit in range(DIGITS):
            above = QRectF(left + digit * width, _EDGE + self._line, width, self._line)
            painter.drawText(above, centre, str(digit))
            painter.drawText(QRectF(_EDGE + self._line, top + digit * height, self._line, height), centre, str(digit))

    # Reading

    def _point(self, cell: Cell | None) -> None:
        if cell != self.pointed:
            self.pointed = cell
            self._read()
            self.update()

    def _read(self) -> None:
        readout = self.words_of(*self.pointed) if self.pointed is not None else ""
        if readout != self.readout:
            self.readout = readout
            self.readout_changed.emit(readout)
        self.setAccessibleDescription(readout or (self.tr("No answers yet") if self.counts is None else ""))

    def _at(self, position: QPointF) -> Cell | None:
        left, top, width, height = self._place()
        row, column = int((position.y() - top) // height), int((position.x() - left) // width)
        return (row, column) if 0 <= row < DIGITS and 0 <= column < DIGITS else None

    def _open(self, cell: Cell | None) -> None:
        if cell is not None and self.counts is not None:
            self.cell_activated.emit(*cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the cell under the pointer."""
        self._point(self._at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the cell under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._point(self._at(event.position()))
            self._open(self.pointed)
        else:
            event.ignore()

    def leaveEvent(self, _event: QEvent) -> None:
        """Read none, unless the keyboard is here."""
        if not self.hasFocus():
            self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a neighbour; open with Enter or Space."""
        moves = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        key = Qt.Key(event.key())
        if key in moves:
            row, column = (here + step for here, step in zip(self.pointed or (0, 0), moves[key], strict=True))
            self._point((min(max(row, 0), DIGITS - 1), min(max(column, 0), DIGITS - 1)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.pointed)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the cell that is open, or the first."""
        super().focusInEvent(event)
        if self.pointed is None:
            self._point(self.opened or (0, 0))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read none any more."""
        super().focusOutEvent(event)
        self._point(None)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Show no tool tip over the numbers: the readout says what one points at."""
        if event.type() == QEvent.Type.ToolTip and self.pointed is not None and self.counts is not None:
            return True
        return super().event(event)
