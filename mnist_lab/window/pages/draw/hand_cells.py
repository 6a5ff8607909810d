"""Two places for each digit: a dot where it is still to be written, its picture where it is."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.data.hand_digit import HandDigit
from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.draw.hand_model import KINDS, OF_EACH
from mnist_lab.window.widgets.pictures.grey_image import grey_image, ink_colours
from mnist_lab.window.words import fill

_SIDE = 28
_LEAST_SIDE = 18
_DOT = 2.5
_LEVELS = 255


class HandCells(QWidget):
    """Ten columns, a digit above each; the place that is asked for has a frame.

    Signals:
        taken(int): the digit with this index, from 0, is to be written anew.
    """

    KEYS = page_keys.HAND_DIGITS

    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digits: Sequence[HandDigit] = ()
        self._asked: int | None = None
        self._chosen = 0  # a place among the pictures, from the left, that keys act on
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(
            self.tr(
                "A dot: still to be written. Two of each digit are enough. Click a picture, or choose it with the arrow"
                " keys and press Delete: it lies on the pad again, to be written anew."
            )
        )
        self.set_palette(theme.current())
        self.show_digits((), 0)

    def show_digits(self, digits: Sequence[HandDigit], asked: int | None) -> None:
        """Show what was written, in order, and what is asked for; None: nothing more."""
        self._digits, self._asked = digits, asked
        self.setAccessibleName(self.tr("Digits of your hand"))
        labels = [digit.label for digit in digits]
        words = self.tr("{digit}: {count} of {all}")
        told = (fill(words, digit=digit, count=labels.count(digit), all=OF_EACH) for digit in range(KINDS))
        self.setAccessibleDescription(", ".join(told))
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette, self._colours = palette, ink_colours(palette)
        self._font = theme.fonts.font("small")
        self._line = QFontMetricsF(self._font).height()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for pictures with a pixel for each of theirs."""
        return self._size(_SIDE)

    def minimumSizeHint(self) -> QSize:
        """Keep them to be told apart."""
        return QSize(self._size(_LEAST_SIDE).width(), self.sizeHint().height())

    def _size(self, side: int) -> QSize:
        step = side + theme.SMALL_GAP
        return QSize(KINDS * step, round(self._line) + OF_EACH * step)

    # What is where

    def picture_rect(self, index: int) -> QRectF:
        """Where the picture of that index stands, in logical pixels."""
        label = self._digits[index].label
        before = sum(digit.label == label for digit in self._digits[:index])
        return self._room(label, before)

    def _room(self, label: int, place: int) -> QRectF:
        column = self.width() / KINDS
        side = min(column - theme.SMALL_GAP, (self.height() - self._line) / OF_EACH - theme.SMALL_GAP)
        top = self._line + theme.SMALL_GAP / 2 + place * (side + theme.SMALL_GAP)
        return QRectF(label * column + (column - side) / 2, top, side, side)

    def _in_columns(self) -> list[int]:
        """The indices of all pictures from the left."""
        return sorted(range(len(self._digits)), key=lambda index: (self._digits[index].label, index))

    # What the learner does

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the picture that is clicked be written anew."""
        at = event.position()
        clicked = (index for index in range(len(self._digits)) if self.picture_rect(index).contains(at))
        if event.button() == Qt.MouseButton.LeftButton and (index := next(clicked, None)) is not None:
            self.taken.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a picture, and let it be written anew."""
        order, step = self._in_columns(), {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        self._chosen = min(max(self._chosen + step, 0), max(len(order) - 1, 0))
        if order and event.key() == Qt.Key.Key_Delete:
            self.taken.emit(order[self._chosen])
        elif not order or not step:
            super().keyPressEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ten columns."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        column = self.width() / KINDS
        written: list[list[HandDigit]] = [[] for _ in range(KINDS)]
        for digit in self._digits:
            written[digit.label].append(digit)
        for label, digits in enumerate(written):
            painter.setPen(QColor(self._palette.text if label == self._asked else self._palette.muted))
            centre = Qt.AlignmentFlag.AlignCenter
            painter.drawText(QRectF(label * column, 0, column, self._line), centre, str(label))
            for place in range(OF_EACH):
                room = self._room(label, place)
                if place < len(digits):
                    self._paint_picture(painter, digits[place], room)
                else:
                    self._paint_dot(painter, room, is_asked=label == self._asked and place == len(digits))
        if self.hasFocus() and (order := self._in_columns()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._palette.accent), 2))
            painter.drawRect(self.picture_rect(order[min(self._chosen, len(order) - 1)]))
        painter.end()

    def _paint_picture(self, painter: QPainter, digit: HandDigit, room: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(room, grey_image(digit.image.astype(np.float32) / _LEVELS, self._colours))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(self._palette.line))
        painter.drawRect(room)

    def _paint_dot(self, painter: QPainter, room: QRectF, *, is_asked: bool) -> None:
        colour = QColor(self._palette.accent if is_asked else self._palette.muted)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(room.center()), _DOT, _DOT)
        if is_asked:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 2))
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 3, 3)
