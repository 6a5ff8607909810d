"""Paints pictures of ink with their frames, marks and captions, as many as are in view at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QStaticText

from mnist_lab.window import picture_mode, theme
from mnist_lab.window.widgets.pictures import picture_scaling
from mnist_lab.window.widgets.pictures.grey_image import ink_colours

_MARK = 3
_MOST_CAPTIONS = 1_000


class PicturePainter:
    """Knows the colours, and the captions that were laid out before: that takes longer than painting them.

    Attributes:
        caption_height: of a line of words, in logical pixels.
    """

    def __init__(self, palette: theme.Palette, room: int) -> None:
        """A caption may be `room` logical pixels wide."""
        self._palette = palette
        self._colours = ink_colours(palette)
        self._font = theme.fonts.font("small")
        self._room = room
        self._captions: dict[str, tuple[QStaticText, int]] = {}
        self.caption_height = QFontMetrics(self._font).height()

    def paint_pictures(self, painter: QPainter, pictures: NDArray[np.uint8], areas: Sequence[QRect]) -> None:
        """Paint (k, 28, 28) uint8 pictures in k squares of one size, each with a thin frame."""
        ratio = picture_mode.pixel_ratio(painter.device().devicePixelRatioF())
        side = max(round(areas[0].width() * ratio), 1)
        # One image of them all, one above the other, of which each is copied as it is.
        levels = picture_scaling.scaled(pictures, side)
        image = QImage(levels.data, side, levels.shape[0] * side, side, QImage.Format.Format_Indexed8)
        image.setColorTable(self._colours)
        mosaic = image.convertToFormat(QImage.Format.Format_RGB32)
        for number, area in enumerate(areas):
            picture_mode.draw_part(painter, QRectF(area), mosaic, QRect(0, number * side, side, side))
        painter.setPen(QColor(self._palette.line))
        painter.drawRects([area.adjusted(-1, -1, 0, 0) for area in areas])

    def paint_marks(self, painter: QPainter, marks: Sequence[bool | None], areas: Sequence[QRect]) -> None:
        """Paint a line for right and for wrong at the lower edge; None: no line."""
        right, wrong = QColor(self._palette.right), QColor(self._palette.wrong)
        for mark, area in zip(marks, areas, strict=True):
            if mark is not None:
                line = QRect(area.left(), area.bottom() - _MARK + 1, area.width(), _MARK)
                painter.fillRect(line, right if mark else wrong)

    def paint_captions(self, painter: QPainter, captions: Sequence[str], areas: Sequence[QRect]) -> None:
        """Paint words below, in the middle, cut where they are too long."""
        painter.setFont(self._font)
        painter.setPen(QColor(self._palette.muted))
        for caption, area in zip(captions, areas, strict=True):
            words, width = self._laid_out(caption)
            painter.drawStaticText(area.left() + (area.width() - width) // 2, area.bottom() + 1, words)

    def _laid_out(self, caption: str) -> tuple[QStaticText, int]:
        """Words ready to be painted, and their width."""
        known = self._captions.get(caption)
        if known is None:
            metrics = QFontMetrics(self._font)
            shown = metrics.elidedText(caption, Qt.TextElideMode.ElideRight, self._room)
            words = QStaticText(shown)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.prepare(font=self._font)
            known = words, metrics.horizontalAdvance(shown)
            if len(self._captions) >= _MOST_CAPTIONS:
                self._captions.clear()
            self._captions[caption] = known
        return known
