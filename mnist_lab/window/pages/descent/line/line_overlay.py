"""What is painted over the curve: the bands of ε and Δy, or triangle, gap and the arrow of the run."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from mnist_lab.descent.functions import Function
from mnist_lab.descent.local_line import LocalLine, Trust
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.line.card import Card
from mnist_lab.window.pages.descent.zoomed_ranges import Range
from mnist_lab.window.widgets.plots.view_item import ViewItem
from mnist_lab.window.words import fill

_HEAD = 9.0
_FARTHEST = 30_000.0
"""In pixels: farther away nothing is seen, and painters fail."""
_WORDS = QSizeF(260, 22)
_BAND = 40
"""Of 255, how much of its colour a band has."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What the picture shows.

    Attributes:
        function: the curve.
        line: the line through the point, compared at ε.
        trust: how far it can be trusted there.
        is_step: whether ε is a step of gradient descent.
        ranges: of x and y.
        card: what of it is looked at.
    """

    function: Function
    line: LocalLine
    trust: Trust
    is_step: bool
    ranges: tuple[Range, Range]
    card: Card = Card.ALL

    @property
    def has_line(self) -> bool:
        """Whether there is a straight line to be seen."""
        return self.card.has_line and self.line.has_slope

    @property
    def is_left(self) -> bool:
        """Whether one has left the region where the line is honest."""
        return self.card.has_line and self.trust in (Trust.STRETCHED, Trust.BROKEN)


def gap_pen(palette: theme.Palette) -> QPen:
    """How the gap is drawn."""
    pen = QPen(QColor(palette.validation), 4)
    pen.setDashPattern([1.0, 0.8])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def band_pen(colour: str) -> QPen:
    """How a band looks in the legend: as wide and as pale as itself."""
    soft = QColor(colour)
    soft.setAlpha(2 * _BAND)
    pen = QPen(soft, 10)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


class Overlay(ViewItem):
    """Bands, triangle, gap and arrow, painted in pixels: they keep their strength however closely one looks."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None

    def show_line(self, shown: Shown) -> None:
        """Paint this state."""
        self._shown = shown
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the bands, or the triangle and then the gap; then the arrow of the run."""
        if self._shown is None or self.mapToDevice(QPointF()) is None:  # without a view, or in one of no size
            return
        line, palette = self._shown.line, theme.current()
        start, run = self._pixel(line.x, line.y), self._pixel(line.x + line.epsilon, line.y)
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._shown.card is Card.CONTINUITY and np.isfinite(line.true):
            self._paint_bands(painter, palette, start, self._pixel(line.x + line.epsilon, line.true))
        if self._shown.has_line:
            predicted = self._pixel(line.x + line.epsilon, line.predicted)
            self._paint_triangle(painter, palette, (start, run, predicted))
            if np.isfinite(line.true):
                painter.setPen(gap_pen(palette))
                painter.drawLine(QLineF(predicted, self._pixel(line.x + line.epsilon, line.true)))
        self._paint_run(painter, palette, start, run)
        painter.restore()

    def _pixel(self, x: float, y: float) -> QPointF:
        place = self.mapToDevice(QPointF(x, y))
        return QPointF(*(float(np.clip(value, -_FARTHEST, _FARTHEST)) for value in (place.x(), place.y())))

    def _paint_bands(self, painter: QPainter, palette: theme.Palette, start: QPointF, end: QPointF) -> None:
        """From edge to edge: what x runs through, and by how much y has changed at the end of it."""
        view = self.mapRectToDevice(self.boundingRect())
        across = QRectF(QPointF(start.x(), view.top()), QPointF(end.x(), view.bottom())).normalized()
        along = QRectF(QPointF(view.left(), start.y()), QPointF(view.right(), end.y())).normalized()
        for band, colour in ((across, palette.training), (along, palette.validation)):
            soft = QColor(colour)
            soft.setAlpha(_BAND)
            painter.fillRect(band, soft)
        if abs(end.y() - start.y()) < 1:
            return
        strong = QColor(palette.validation)
        self._paint_arrow(painter, QPen(strong, 1.5), QPointF(end.x(), start.y()), end)
        if abs(end.y() - start.y()) > _WORDS.height():
            painter.setPen(strong)
            painter.setFont(theme.fonts.font("small", bold=True))
            is_right = end.x() > start.x()
            corner = QPointF(end.x(), (start.y() + end.y()) / 2)
            corner += QPointF(8 if is_right else -8 - _WORDS.width(), -_WORDS.height() / 2)
            side = Qt.AlignmentFlag.AlignLeft if is_right else Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(corner, _WORDS), side | Qt.AlignmentFlag.AlignVCenter, "Δy")

    @staticmethod
    def _paint_arrow(painter: QPainter, pen: QPen, start: QPointF, end: QPointF) -> None:
        """An arrow along one of the axes; a short one is all head."""
        way = end - start
        length = max(abs(way.x()), abs(way.y()))
        back = way * -(min(_HEAD, length) / length)
        aside = QPointF(-back.y(), back.x()) / 2
        painter.setPen(pen)
        painter.drawLine(QLineF(start, end + back))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen.color())
        painter.drawPolygon(QPolygonF([end, end + back + aside, end + back - aside]))

    @staticmethod
    def _paint_triangle(painter: QPainter, palette: theme.Palette, corners: tuple[QPointF, QPointF, QPointF]) -> None:
        soft = QColor(palette.accent)
        soft.setAlpha(36)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        painter.drawPolygon(QPolygonF(list(corners)))
        _start, run, predicted = corners
        painter.setPen(QPen(QColor(palette.accent), 1.5))
        painter.drawLine(QLineF(run, predicted))
        if abs(run.y() - predicted.y()) > _WORDS.height():
            painter.setFont(theme.fonts.font("small", bold=True))
            is_right = run.x() > _start.x()
            middle = (run + predicted) / 2
            corner = middle + QPointF(6 if is_right else -6 - _WORDS.width(), -_WORDS.height() / 2)
            side = Qt.AlignmentFlag.AlignLeft if is_right else Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(corner, _WORDS), side | Qt.AlignmentFlag.AlignVCenter, "a·ε")

    def _paint_run(self, painter: QPainter, palette: theme.Palette, start: QPointF, end: QPointF) -> None:
        if self._shown is None or abs(end.x() - start.x()) < 1:
            return
        colour = QColor(
            palette.warning if self._shown.is_left else palette.right if self._shown.is_step else palette.text
        )
        self._paint_arrow(painter, QPen(colour, 2.5 if self._shown.is_step else 1.5), start, end)
        painter.setPen(colour)
        painter.setFont(theme.fonts.font("small", bold=True))
        # On the side of the run that the triangle leaves free.
        line = self._shown.line
        change = line.promised_change if self._shown.card.has_line else line.true - line.y
        is_above = not change > 0  # nor where there is no slope
        middle = (start + end) / 2
        corner = middle - QPointF(_WORDS.width() / 2, _WORDS.height() if is_above else 0)
        painter.drawText(QRectF(corner, _WORDS), Qt.AlignmentFlag.AlignCenter, self._run_words(self._shown))

    def _run_words(self, shown: Shown) -> str:
        if shown.card is Card.CONTINUITY:
            return "ε"
        words = "ε = −η·a" if shown.is_step else "ε"
        return fill(self.tr("{}: too far"), words) if shown.is_left else words
