"""Strokes of a round pen on paper or on a picture, kept as a picture so that a new piece costs only its own ink."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from mnist_lab.window import theme
from mnist_lab.window.pages.draw.pad_picture import Ink
from mnist_lab.window.pages.draw.strokes import Stroke
from mnist_lab.window.widgets.pictures.grey_image import grey_image, ink_colours

_CRISP_SIDE = 56


class StrokePicture:
    """A square picture of strokes.

    Attributes:
        pixmap: the picture, at the screen's own resolution.
    """

    def __init__(self) -> None:
        self.pixmap = QPixmap()
        self._pen = QPen()

    def repaint(
        self,
        strokes: Iterable[Stroke],
        side: float,
        pen_width: float,
        ratio: float,
        palette: theme.Palette,
        under: Ink | None = None,
    ) -> None:
        """Paint all strokes, on `side` logical pixels of `ratio` device pixels each, over a picture if there is one."""
        self._pen = _pen(pen_width, palette)
        self.pixmap = QPixmap((QSize(1, 1) * side * ratio).expandedTo(QSize(1, 1)))
        self.pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(self.pixmap)
        paint_strokes(painter, strokes, side, pen_width, palette, under)
        painter.end()

    def add_line(self, start: QPointF, end: QPointF) -> QRectF:
        """Add one piece; return its area, in logical pixels."""
        painter = self._begin()
        _draw(painter, start, end)
        painter.end()
        margin = self._pen.widthF() / 2 + 2
        return QRectF(start, end).normalized().adjusted(-margin, -margin, margin, margin)

    def _begin(self) -> QPainter:
        painter = QPainter(self.pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        return painter


def paint_strokes(
    painter: QPainter,
    strokes: Iterable[Stroke],
    side: float,
    pen_width: float,
    palette: theme.Palette,
    under: Ink | None = None,
) -> None:
    """Paint a pad of `side` logical pixels with all strokes, over a picture if there is one."""
    painter.fillRect(QRectF(0, 0, side, side), QColor(palette.paper))
    if under is not None:
        # Few pixels stay to be seen as such; many are made even.
        is_fine = len(under) > _CRISP_SIDE
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_fine)
        painter.drawImage(QRectF(0, 0, side, side), grey_image(under, ink_colours(palette)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(pen_width, palette))
    for stroke in strokes:
        points = [QPointF(x, y) for x, y in stroke]
        # Piece by piece, as `add_line` painted it: where pieces overlap, their smoothed edges add up.
        for start, end in zip(points[:1] + points, points, strict=False):
            _draw(painter, start, end)


def _pen(width: float, palette: theme.Palette) -> QPen:
    line, cap, join = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(QColor(palette.ink), width, line, cap, join)


def _draw(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """Draw a line, or the dot of a pen that did not move."""
    if start == end:
        painter.drawPoint(start)
    else:
        painter.drawPolyline([start, end])
