"""A matrix of signed numbers as one picture on a scale symmetric about zero, with the number under the pointer."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QMetaMethod, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, qRgb
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.pictures import axis_names, matrix_cells, tile_mosaic
from mnist_lab.window.widgets.pictures.cell_picture import CellPicture, neighbour_in_grid
from mnist_lab.window.words import fill, spell_signed, spell_whole

_SMALLEST, _USUAL = 84, 196
"""Sides in logical pixels: of a picture of 28×28, 3 and 7 a cell."""


class MatrixPicture(CellPicture[tuple[int, int]]):
    """Shows numbers in the colours of weights, crisp; a cell is a number, told by its row and column.

    Where there are more numbers than pixels, each pixel shows the number of largest magnitude among its block, and
    `block_words` says so.

    Attributes:
        values: (rows, columns) floats, or None.
        limit: number of the strongest colour.
        readout: "row 7, column 12 · +0.083", or "".

    Signals:
        cell_activated(int, int): row and column of a number that was clicked, or on which Enter was pressed.
    """

    cell_activated = Signal(int, int)

    def __init__(self, parent: QWidget | None = None, *, empty_words: str = "") -> None:
        """Show `empty_words` while there are no numbers (default: "Nothing to show yet")."""
        super().__init__(parent, empty_words=empty_words)
        self.values: NDArray[np.floating] | None = None
        self.limit = 0.0
        self._row_words, self._column_words = self.tr("row"), self.tr("column")
        self._has_axes = False
        self._empty_words = empty_words or self.tr("Nothing to show yet")
        self._image = QImage()
        self._block = (1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip(self.tr("Point at a number to read it, or go to it with the arrow keys"))
        self.set_palette(theme.current())

    # What is shown

    def set_values(self, values: NDArray[np.floating] | None, limit: float | None = None) -> None:
        """Show (rows, columns) numbers, not copied, on a scale up to `limit` (None: their own largest); None: none.

        Numbers beyond the limit have its colour; what is not finite has a colour that no number has.
        """
        self.values = values
        self.limit = tile_mosaic.limit_of(values) if limit is None and values is not None else limit or 0.0
        if values is None or (self.pointed and not self._holds(self.pointed)):
            self.pointed = None
        self._render()
        self._read()

    def set_axes(self, rows: str, columns: str) -> None:
        """Name what rows and columns count, in the singular; the names stand beside the picture."""
        self._row_words, self._column_words, self._has_axes = rows, columns, True
        self._render()
        self._read()

    def point(self, cell: tuple[int, int] | None) -> None:
        """Read the number in this row and column; None: none."""
        super().point(cell if cell is not None and self._holds(cell) else None)

    @property
    def block_words(self) -> str:
        """What one pixel stands for where there are more numbers than pixels; "" where each has its own."""
        rows, columns = self._block
        if rows * columns == 1:
            return ""
        return fill(self.tr("{rows}×{columns} numbers a point: the largest is shown"), rows=rows, columns=columns)

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a number stands, in logical pixels; with others where `block_words` says so."""
        left, top = self._origin()
        width, height = self._cell()
        return QRectF(left + column // self._block[1] * width, top + row // self._block[0] * height, width, height)

    def point_of(self, place: tuple[int, int]) -> QPoint | None:
        """The middle of the number in this row and column; None where there is none."""
        return self.cell_rect(*place).center().toPoint() if self._holds(place) else None

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        table = [qRgb(*(int(part) for part in entry)) for entry in theme.diverging(palette)]
        self._colours = [*table, QColor(palette.line).rgb()]
        self._line = QFontMetricsF(theme.fonts.font("small")).height()
        self._render()

    def sizeHint(self) -> QSize:
        """Ask for seven pixels a number of a 28×28 picture."""
        return QSize(_USUAL, _USUAL)

    def minimumSizeHint(self) -> QSize:
        """Keep the numbers of a 28×28 picture apart."""
        return QSize(_SMALLEST, _SMALLEST)

    def _holds(self, pointed: tuple[int, int]) -> bool:
        if self.values is None:
            return False
        rows, columns = self.values.shape
        return bool(0 <= pointed[0] < rows and 0 <= pointed[1] < columns)

    def _origin(self) -> tuple[float, float]:
        """Left and upper edge of the picture: beside the names of the axes, or in the middle, in device pixels."""
        if self._has_axes:
            return self._line + theme.SMALL_GAP, 1.0
        ratio, (across, down) = self.devicePixelRatioF(), self._cell()
        sizes = ((self.width(), across * self._image.width()), (self.height(), down * self._image.height()))
        left, top = (max(math.floor((room - size) * ratio / 2), 0) / ratio for room, size in sizes)
        return left, top

    def _room(self) -> tuple[int, int]:
        """Device pixels for the picture: width and height."""
        ratio = self.devicePixelRatioF()
        beside = self._line + theme.SMALL_GAP if self._has_axes else 0.0
        width, height = self.width() - beside, self.height() - beside - 1.0 * self._has_axes
        return max(math.floor(width * ratio), 1), max(math.floor(height * ratio), 1)

    def _cell(self) -> tuple[float, float]:
        """Width and height of what one number takes, in logical pixels: whole device pixels."""
        ratio = self.devicePixelRatioF()
        width, height = self._room()
        columns, rows = max(self._image.width(), 1), max(self._image.height(), 1)
        across, down = max(width // columns, 1), max(height // rows, 1)
        if not self._has_axes:
            across = down = min(across, down)
        return across / ratio, down / ratio

    def _render(self) -> None:
        """Turn the numbers into an image, one pixel a number, or a block of them."""
        if self.values is None or not self.values.size:
            self._image, self._block = QImage(), (1, 1)
        else:
            width, height = self._room()
            rows, columns = self.values.shape
            self._block = (math.ceil(rows / height), math.ceil(columns / width))
            shades = matrix_cells.shades(matrix_cells.pooled(self.values, *self._block), self.limit)
            shown, line = math.ceil(columns / self._block[1]), shades.strides[0]
            image = QImage(shades.data, shown, shades.shape[0], line, QImage.Format.Format_Indexed8)
            image.setColorTable(self._colours)
            self._image = image.convertToFormat(QImage.Format.Format_RGB32)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, the names of its axes, the mark on what is read, and the focus."""
        painter = QPainter(self)
        painter.setFont(theme.fonts.font("small"))
        if self._image.isNull():
            self._paint_empty_words(painter, QRectF(self.rect()), self._palette)
        else:
            area = self._area()
            painter.drawImage(area, self._image)
            painter.setPen(QColor(self._palette.line))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
            if self._has_axes:
                self._paint_axes(painter, area)
        if self.pointed:
            painter.setPen(QPen(QColor(self._palette.accent), 2))
            painter.drawRect(self.cell_rect(*self.pointed))
        if self.hasFocus():
            theme.draw_focus_ring(painter, QRectF(self.rect()), self._palette)
        painter.end()

    def _area(self) -> QRectF:
        width, height = self._cell()
        left, top = self._origin()
        return QRectF(left, top, width * self._image.width(), height * self._image.height())

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        rows, columns = (0, 0) if self.values is None else self.values.shape
        words = self.tr("{name}, 0 to {last}")
        named = ((self._row_words, rows), (self._column_words, columns))
        names = [(fill(words, name=name, last=spell_whole(count - 1)), name) for name, count in named]
        painter.setPen(QColor(self._palette.muted))
        axis_names.paint(painter, area, *names)

    # Reading

    def _words_of(self, cell: tuple[int, int]) -> str:
        if self.values is None:
            return ""
        return fill(
            self.tr("{rows} {row}, {columns} {column} · {value}"),
            rows=self._row_words,
            row=cell[0],
            columns=self._column_words,
            column=cell[1],
            value=spell_signed(float(self.values[cell])),
        )

    def _words_without_cell(self) -> str:
        return self._empty_words if self.values is None else ""

    def _cell_at(self, position: QPointF) -> tuple[int, int] | None:
        area = self._area()
        if self._image.isNull() or not area.contains(position):
            return None
        width, height = self._cell()
        row = math.floor((position.y() - area.top()) / height) * self._block[0]
        column = math.floor((position.x() - area.left()) / width) * self._block[1]
        return self._strongest(row, column)

    def _strongest(self, row: int, column: int) -> tuple[int, int] | None:
        """The number that is shown for a block that begins here."""
        if self.values is None or not self._holds((row, column)):
            return None
        block = self.values[row : row + self._block[0], column : column + self._block[1]]
        if block.size == 1 or not np.isfinite(block).any():
            return row, column
        place = np.unravel_index(np.nanargmax(np.where(np.isfinite(block), np.abs(block), np.nan)), block.shape)
        return row + int(place[0]), column + int(place[1])

    def _neighbour(self, key: Qt.Key) -> tuple[int, int] | None:
        if self.values is None:
            return None
        rows, columns = self.values.shape
        return neighbour_in_grid(self.pointed or (rows // 2, columns // 2), key, rows, columns)

    def _open(self, cell: tuple[int, int]) -> bool:
        self.cell_activated.emit(*cell)
        return self.isSignalConnected(QMetaMethod.fromSignal(self.cell_activated))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the number under the pointer."""
        pointed = self._cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and pointed:
            self.point(pointed)
            self.cell_activated.emit(*pointed)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the size of the numbers anew."""
        super().resizeEvent(event)
        self._render()
