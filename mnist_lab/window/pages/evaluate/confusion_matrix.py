"""The confusion matrix: which digit was taken for which, how often, and the way to the images behind each number."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import page_keys, theme
from mnist_lab.window.widgets.pictures.cell_picture import CellPicture, neighbour_in_grid
from mnist_lab.window.words import fill, spell_fixed, spell_whole

DIGITS = 10
STRONGEST = 0.45
"""Share of full colour in the strongest cell: beyond it neither dark nor light numbers could be read."""
_USUAL_CELL = 44
_WIDEST_NUMBER = "1,000"
_NUMBER_WIDTH, _NUMBER_HEIGHT = 0.8, 0.42
"""Of a cell, for its number."""
_EDGE = 4
"""Free room around everything: there the ring of the focus is drawn."""

Normalisation = Literal["count", "row", "column"]
Cell = tuple[int, int]


@dataclass(frozen=True)
class _CellLook:
    """How a cell is painted."""

    ground: QColor
    ink: QColor
    words: str


class ConfusionMatrix(CellPicture[Cell]):
    """Shows ten rows (what it is) and ten columns (what it was taken for), as counts or as per cent.

    Right answers stand in the colour of what is right, mistakes in that of what is wrong; the colour of a mistake is
    relative to the largest mistake, since beside the right answers none would be seen.

    Attributes:
        counts: (10, 10) int64, rows true digits, columns answers; None while there are none.
        normalisation: "count", "row" (per cent of a digit's images), or "column" (per cent of an answer).
        opened: row and column whose images are shown elsewhere, or None.
        readout: "4 taken for 9: 23 of 982 (2.3 %)", or "".

    Signals:
        cell_activated(int, int): true digit and answer of a cell that was clicked or opened by Enter or Space.
    """

    KEYS = page_keys.CONFUSION

    cell_activated = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts: NDArray[np.int64] | None = None
        self.normalisation: Normalisation = "count"
        self.opened: Cell | None = None
        self._shares = np.zeros((DIGITS, DIGITS))
        self._strongest = (0.0, 0.0)  # largest share of the mistakes, and of the right answers
        self._looks: list[_CellLook] | None = None
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
        self._looks = None
        self.update()

    def words_of(self, row: int, column: int) -> str:
        """Say a cell: "4 taken for 9: 23 of 982 (2.3 %)"."""
        if self.counts is None:
            return ""
        count, by_column = int(self.counts[row, column]), self.normalisation == "column"
        total = int(self.counts[:, column].sum() if by_column else self.counts[row].sum())
        if by_column:
            words = self.tr("{row} taken for {column}: {count:,} of {total:,} answers “{column}” ({share:.1f}\u00a0%)")
        elif row == column:
            words = self.tr("{row} recognised: {count:,} of {total:,} ({share:.1f}\u00a0%)")
        else:
            words = self.tr("{row} taken for {column}: {count:,} of {total:,} ({share:.1f}\u00a0%)")
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
        strength = self._shares[row, column] / max(self._strongest[is_right], 1e-12)
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
        wide = theme.fonts.widest(theme.fonts.font("small"), _WIDEST_NUMBER) + 1
        beside = 2 * self._line + theme.SMALL_GAP + 2 * _EDGE
        return QSize(round(DIGITS * wide + beside), round((DIGITS + 3) * (self._line + 2)))

    def _divide(self) -> None:
        """Take shares of what the normalisation divides by."""
        if self.counts is None:
            self._shares = np.zeros((DIGITS, DIGITS))
        else:
            axis = {"count": None, "row": 1, "column": 0}[self.normalisation]
            totals = self.counts.sum(axis=axis, keepdims=True)
            self._shares = self.counts / np.maximum(totals, 1)
        is_right = np.eye(DIGITS, dtype=bool)
        self._strongest = float(self._shares[~is_right].max()), float(self._shares[is_right].max())
        self._looks = None
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
        self._paint_cells(painter)
        for cell, colour in ((self.opened, self._palette.text), (self.pointed, self._palette.accent)):
            if cell is not None and self.counts is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colour), 2))
                painter.drawRect(self.cell_rect(*cell).adjusted(1, 1, -2, -2))
        if self.hasFocus():
            theme.draw_focus_ring(painter, QRectF(self.rect()), self._palette)
        painter.end()

    def _paint_cells(self, painter: QPainter) -> None:
        if self._looks is None:  # colours and words take longer than painting them
            self._looks = [self._look_of(row, column) for row in range(DIGITS) for column in range(DIGITS)]
        left, top, width, height = self._place()
        areas = [
            QRectF(left + column * width + 0.5, top + row * height + 0.5, width - 1.5, height - 1.5)
            for row in range(DIGITS)
            for column in range(DIGITS)
        ]
        for area, look in zip(areas, self._looks, strict=True):
            painter.fillRect(area, look.ground)
        painter.setPen(QColor(self._palette.line))
        painter.drawRects(areas)
        painter.setFont(self._number_font(width, height, self._looks))
        for area, look in zip(areas, self._looks, strict=True):
            if look.words:
                painter.setPen(look.ink)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, look.words)

    @staticmethod
    def _number_font(width: float, height: float, looks: list["_CellLook"]) -> QFont:
        """As large as all numbers have room for in cells of this size, in logical pixels."""
        small = theme.fonts.font("small")
        widest = max(theme.fonts.widest(small, words) for words in (_WIDEST_NUMBER, *{look.words for look in looks}))
        line = QFontMetricsF(small).height()
        return theme.fonts.grown(min(_NUMBER_WIDTH * width / widest, _NUMBER_HEIGHT * height / line))

    def _look_of(self, row: int, column: int) -> "_CellLook":
        ground, palette = self.cell_colour(row, column), self._palette
        if self.counts is None:
            return _CellLook(QColor(ground), QColor(palette.muted), "")
        ink = palette.muted
        if self.counts[row, column]:
            ink = max((palette.text, palette.panel), key=lambda colour: theme.contrast(colour, ground))
        return _CellLook(QColor(ground), QColor(ink), self.cell_words(row, column))

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

    def _words_of(self, cell: Cell) -> str:
        return self.words_of(*cell)

    def _words_without_cell(self) -> str:
        return self.tr("No answers yet") if self.counts is None else ""

    def _cell_at(self, position: QPointF) -> Cell | None:
        left, top, width, height = self._place()
        row, column = int((position.y() - top) // height), int((position.x() - left) // width)
        return (row, column) if 0 <= row < DIGITS and 0 <= column < DIGITS else None

    def _neighbour(self, key: Qt.Key) -> Cell | None:
        return neighbour_in_grid(self.pointed or (0, 0), key, DIGITS, DIGITS)

    def _open(self, cell: Cell) -> bool:
        if self.counts is not None:
            self.cell_activated.emit(*cell)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the cell under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.point(self._cell_at(event.position()))
            if self.pointed is not None:
                self._open(self.pointed)
        else:
            event.ignore()

    def leaveEvent(self, _event: QEvent) -> None:
        """Read none, unless the keyboard is here."""
        if not self.hasFocus():
            self.point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a neighbour; open with Enter or Space. A cell is read as long as the keyboard is here."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the cell that is open, or the first."""
        super().focusInEvent(event)
        if self.pointed is None:
            self.point(self.opened or (0, 0))
