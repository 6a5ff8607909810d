"""The balls on the curve, their trails, and the next step of the one that is looked at closely, in pixels."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from mnist_lab.studies.ball_picture import BallPicture, Reals, change
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.looks import paint_marker
from mnist_lab.window.pages.descent.rule_colours import rule_colour
from mnist_lab.window.pages.descent.surface.pixel_map import PixelMap
from mnist_lab.window.pages.descent.trail_painter import TrailPainter, change_colour, change_pen
from mnist_lab.window.words import fill, rounded, spell

_BALL, _LOOKED_AT = 12, 15
_HEAD = 6.0
_TANGENT_PIXELS = 70.0
_FAINT = 0.28


class BallPainter:
    """Paints with the colours of one palette."""

    def __init__(self, painter: QPainter, places: PixelMap, palette: theme.Palette) -> None:
        self._painter, self._places, self._palette = painter, places, palette
        painter.setFont(theme.fonts.font("small"))
        self._metrics = QFontMetricsF(painter.font())

    def paint(self, balls: Sequence[BallPicture]) -> None:
        """Paint all of them, the one that is looked at on top."""
        ordered = sorted(balls, key=lambda ball: ball.is_looked_at)
        trails = TrailPainter(self._painter, self._places, self._palette)
        for ball in ordered:
            trails.paint(ball)
        for ball in ordered:
            if ball.is_looked_at:
                self._tangent(ball)
                self._step(ball)
        outside = 0
        for ball in ordered:
            point = self._places.point(float(ball.x[-1]), float(ball.y[-1]))
            if self._is_in_view(point):
                size = _LOOKED_AT if ball.is_looked_at else _BALL
                paint_marker(self._painter, ball.identifier, point, size, self._palette)
            else:
                self._edge_arrow(ball, point, outside)
                outside += 1

    def _is_in_view(self, point: QPointF) -> bool:
        return self._places.room.adjusted(-2, -2, 2, 2).contains(point)

    def _tangent(self, ball: BallPicture) -> None:
        """The true slope, and behind it the batches' estimates."""
        if not math.isfinite(ball.slope) or not math.isfinite(ball.y[-1]):
            return
        fan = self._lines(ball, ball.fan)
        if fan:
            colour = QColor(rule_colour(self._palette, ball.identifier))
            colour.setAlphaF(_FAINT)
            self._painter.setPen(QPen(colour, 1))
            self._painter.drawLines(fan)
        self._painter.setPen(QPen(QColor(self._palette.text), 1.5, Qt.PenStyle.DashLine))
        self._painter.drawLines(self._lines(ball, np.array([ball.slope])))

    def _lines(self, ball: BallPicture, slopes: Reals) -> list[QLineF]:
        """Lines of one length through the ball's place that have these slopes."""
        x, y = float(ball.x[-1]), float(ball.y[-1])
        here = self._places.pixels([x], [y])[0]
        reach = 0.01 * (self._places.right - self._places.left)
        along = self._places.pixels(np.full(len(slopes), x + reach), y + reach * slopes) - here
        half = along * (_TANGENT_PIXELS / np.maximum(np.hypot(along[:, :1], along[:, 1:]), 1e-9))
        return [QLineF(*ends) for ends in np.concatenate([here - half, here + half], axis=1).tolist()]

    def _step(self, ball: BallPicture) -> None:
        """The arrow along x, and from its tip down or up to the curve."""
        if ball.next_x is None:
            return
        here = self._places.point(float(ball.x[-1]), float(ball.y[-1]))
        tip = self._places.point(ball.next_x, float(ball.y[-1]))
        what = change(float(ball.y[-1]), ball.next_y)
        colour = QColor(change_colour(self._palette, what))
        if math.isfinite(ball.next_y):
            self._painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
            self._painter.drawLine(tip, self._places.point(ball.next_x, ball.next_y))
        self._painter.setPen(change_pen(colour, what, 2))
        self._painter.drawLine(here, tip)
        if abs(tip.x() - here.x()) > 2:
            self._head(tip, math.copysign(1, tip.x() - here.x()), colour)
        move = spell(rounded(ball.next_x - ball.x[-1], 4), mantissa=3)
        words = f"−η·f′ = {move}" if ball.is_plain_step else f"Δx = {move}"
        self._label(words, QLineF(here, tip), colour)

    def _head(self, tip: QPointF, side: float, colour: QColor) -> None:
        back = QPointF(tip.x() - side * _HEAD * 1.5, tip.y())
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawPolygon(QPolygonF([tip, back + QPointF(0, _HEAD * 0.7), back - QPointF(0, _HEAD * 0.7)]))

    def _label(self, words: str, arrow: QLineF, colour: QColor) -> None:
        """Above the arrow, within the view, on a ground that keeps it readable."""
        width, height, room = self._metrics.horizontalAdvance(words) + 8, self._metrics.height() + 2, self._places.room
        left = min(max(arrow.center().x() - width / 2, room.left() + 4), room.right() - width - 4)
        top = min(max(arrow.y1() - height - 10, room.top() + 4), room.bottom() - height - 4)
        self._on_ground(words, QRectF(left, top, width, height), colour)

    def _on_ground(self, words: str, place: QRectF, colour: QColor) -> None:
        ground = QColor(self._palette.panel)
        ground.setAlphaF(0.88)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(ground)
        self._painter.drawRoundedRect(place, 4, 4)
        self._painter.setPen(colour)
        self._painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _edge_arrow(self, ball: BallPicture, point: QPointF, row: int) -> None:
        """Where it left the view: an arrow at that edge, with its x."""
        room, colour = self._places.room, QColor(rule_colour(self._palette, ball.identifier))
        side = -1 if point.x() < room.left() else 1 if point.x() > room.right() else 0
        arrow = {-1: "◀ x = {}", 1: "x = {} ▶", 0: "▲ x = {}"}[side]
        words = fill(arrow, spell(float(ball.x[-1]), mantissa=2))
        width, height = self._metrics.horizontalAdvance(words) + 12, self._metrics.height() + 4
        left = {-1: room.left() + 4, 1: room.right() - width - 4}.get(side, point.x() - width / 2)
        left = min(max(left, room.left() + 4), room.right() - width - 4)
        self._on_ground(words, QRectF(left, room.top() + 6 + row * (height + 2), width, height), colour)
