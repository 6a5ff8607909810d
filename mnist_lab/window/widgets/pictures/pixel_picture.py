"""A 28×28 picture as the network receives it, large enough to read every pixel."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import picture_mode, theme
from mnist_lab.window.widgets.pictures.cell_picture import CellPicture, neighbour_in_grid
from mnist_lab.window.widgets.pictures.grey_image import grey_image, ink_colours
from mnist_lab.window.words import fill, spell_fixed

SIDE = 28
_SMALLEST_SCALE = 3
_USUAL_SCALE = 7


class PixelPicture(CellPicture[tuple[int, int]]):
    """Shows grey values from 0 (paper) to 1 (ink), crisp; a cell is a pixel, told by its row and column.

    Attributes:
        picture: (28, 28) float32 from 0 to 1, or None.
        readout: "row 7, column 12 · 0.83", or "".
    """

    def __init__(self, parent: QWidget | None = None, *, empty_words: str = "") -> None:
        """Show `empty_words` while there is no picture (default: "Nothing to show yet")."""
        super().__init__(parent, empty_words=empty_words)
        self.picture: NDArray[np.float32] | None = None
        self._empty_words = empty_words or self.tr("Nothing to show yet")
        self._image = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Picture of 28 by 28 pixels"))
        self.setToolTip(self.tr("Point at a pixel, or go to it with the arrow keys, to read its value from 0 to 1"))
        self.set_palette(theme.current())
        self._read()

    def set_picture(self, picture: NDArray[np.float32] | None) -> None:
        """Show grey values: (28, 28) or (784,) float32 from 0 to 1 (others are drawn as the nearer end); None: none.

        Raises:
            ValueError: if there are not 784 values.
        """
        self.picture = None if picture is None else np.array(picture, np.float32).reshape(SIDE, SIDE)
        self._render()
        self._read()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        self._colours = ink_colours(palette)
        self._render()

    def sizeHint(self) -> QSize:
        """Ask for 7 logical pixels a pixel."""
        return QSize(SIDE * _USUAL_SCALE, SIDE * _USUAL_SCALE)

    def minimumSizeHint(self) -> QSize:
        """Keep pixels apart."""
        return QSize(SIDE * _SMALLEST_SCALE, SIDE * _SMALLEST_SCALE)

    def heightForWidth(self, width: int) -> int:
        """Be a square."""
        return width

    def pixel_rect(self, row: int, column: int) -> QRectF:
        """Return where a pixel stands, in logical pixels."""
        scale = self._scale()
        return QRectF(column * scale, row * scale, scale, scale)

    def _scale(self) -> float:
        """Return the side of a pixel in logical pixels: a whole number of device pixels."""
        ratio = self.devicePixelRatioF()
        return max(math.floor(min(self.width(), self.height()) * ratio / SIDE), 1) / ratio

    def _render(self) -> None:
        self._image = QImage() if self.picture is None else grey_image(self.picture, self._colours)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pixels, the mark on the one that is read, and the focus."""
        painter = QPainter(self)
        side = SIDE * self._scale()
        area = QRectF(0, 0, side, side)
        if self._image.isNull():
            painter.fillRect(area, QColor(self._palette.paper))
            self._paint_empty_words(painter, area, self._palette)
        else:
            painter.drawImage(area, self._image)
        if not picture_mode.has_keyboard(self):
            painter.setPen(QColor(self._palette.border))
            painter.drawRect(area.adjusted(0.5, 0.5, -1, -1))
        if self.pointed and self.picture is not None:
            painter.setPen(QPen(QColor(self._palette.accent), 2))
            painter.drawRect(self.pixel_rect(*self.pointed))
        if self.hasFocus():
            theme.draw_focus_ring(painter, area, self._palette)
        painter.end()

    # Reading

    def _words_of(self, cell: tuple[int, int]) -> str:
        if self.picture is None:
            return ""
        words, value = self.tr("row {row}, column {column}: {value}"), float(self.picture[cell])
        return fill(words, row=cell[0], column=cell[1], value=self._spell(value))

    def _words_without_cell(self) -> str:
        return self._empty_words if self.picture is None else ""

    def _spell(self, value: float) -> str:
        return spell_fixed(value, 2)

    def _cell_at(self, position: QPointF) -> tuple[int, int] | None:
        row, column = (math.floor(place / self._scale()) for place in (position.y(), position.x()))
        return (row, column) if 0 <= row < SIDE and 0 <= column < SIDE else None

    def _neighbour(self, key: Qt.Key) -> tuple[int, int] | None:
        return neighbour_in_grid(self.pointed or (SIDE // 2, SIDE // 2), key, SIDE, SIDE)
