"""A 28×28 picture as the network receives it, large enough to read every pixel."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.pictures.grey_image import grey_image, ink_colours
from mnist_lab.window.words import fill, spell_fixed

SIDE = 28
_SMALLEST_SCALE = 3
_USUAL_SCALE = 7


class PixelPicture(QWidget):
    """Shows grey values from 0 (paper) to 1 (ink), crisp, and reads the one under the pointer or chosen by keys.

    Attributes:
        picture: (28, 28) float32 from 0 to 1, or None.
        pointed: row and column that is read, or None.
        readout: "row 7, column 12 · 0.83", or "".

    Signals:
        readout_changed(str): the new `readout`.
        pointed_changed(object): the new `pointed`.
    """

    readout_changed = Signal(str)
    pointed_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, empty_words: str = "") -> None:
        """Show `empty_words` while there is no picture (default: "Nothing to show yet")."""
        super().__init__(parent)
        self.picture: NDArray[np.float32] | None = None
        self.pointed: tuple[int, int] | None = None
        self.readout = ""
        self._empty_words = empty_words or self.tr("Nothing to show yet")
        self._image = QImage()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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
            painter.setPen(QColor(self._palette.muted))
            words = area.adjusted(theme.GAP, theme.GAP, -theme.GAP, -theme.GAP)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty_words)
        else:
            painter.drawImage(area, self._image)
        if not self.hasFocus():
            painter.setPen(QColor(self._palette.border))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        if self.pointed and self.picture is not None:
            painter.setPen(QPen(QColor(self._palette.accent), 2))
            painter.drawRect(self.pixel_rect(*self.pointed))
        if self.hasFocus():
            theme.draw_focus_ring(painter, area, self._palette)
        painter.end()

    def _point(self, pointed: tuple[int, int] | None) -> None:
        if pointed != self.pointed:
            self.pointed = pointed
            self._read()
            self.update()
            self.pointed_changed.emit(pointed)

    def _read(self) -> None:
        """Say the value that is pointed at."""
        readout = ""
        if self.picture is not None and self.pointed:
            row, column = self.pointed
            value = self.picture[row, column]
            readout = fill(
                self.tr("row {row}, column {column} · {value}"), row=row, column=column, value=self._spell(float(value))
            )
        if readout != self.readout:
            self.readout = readout
            self.readout_changed.emit(readout)
        self.setAccessibleDescription(readout or (self._empty_words if self.picture is None else ""))

    def _spell(self, value: float) -> str:
        return spell_fixed(value, 2)

    def _at(self, position: QPointF) -> tuple[int, int] | None:
        row, column = (math.floor(place / self._scale()) for place in (position.y(), position.x()))
        return (row, column) if 0 <= row < SIDE and 0 <= column < SIDE else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the pixel under the pointer."""
        self._point(self._at(event.position()))

    def leaveEvent(self, _event: QEvent) -> None:
        """Read none."""
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a neighbour and read it."""
        moves = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        key = Qt.Key(event.key())
        if key in moves:
            row, column = self.pointed or (SIDE // 2, SIDE // 2)
            row, column = row + moves[key][0], column + moves[key][1]
            self._point((min(max(row, 0), SIDE - 1), min(max(column, 0), SIDE - 1)))
        elif key == Qt.Key.Key_Escape and self.pointed:
            self._point(None)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read none any more."""
        super().focusOutEvent(event)
        self._point(None)
        self.update()
