"""The pen that arrow keys move over the drawing pad."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

from mnist_lab.window import theme

STEP_SHARE = 1 / 56
"""One step as a share of the pad's side: half a pixel of the network's picture."""
_LONG_STEPS = 4
_DIRECTIONS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class KeyboardPen:
    """A place on the pad that keys move.

    Attributes:
        place: in logical pixels; None until the keyboard is used, and again after the mouse was.
    """

    def __init__(self) -> None:
        self.place: QPointF | None = None

    def take(self, side: float) -> QPointF:
        """Return the place; the middle of a pad of `side` at first."""
        self.place = self.place or QPointF(side / 2, side / 2)
        return self.place

    def follow(self, event: QKeyEvent, side: float) -> bool:
        """Move by an arrow key, with Shift further; return whether it was one."""
        direction = _DIRECTIONS.get(Qt.Key(event.key()))
        if direction is None:
            return False
        is_long = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        place = self.take(side) + direction * side * STEP_SHARE * (_LONG_STEPS if is_long else 1)
        self.place = QPointF(min(max(place.x(), 0), side), min(max(place.y(), 0), side))
        return True

    def resize(self, factor: float) -> None:
        """Stay at the same part of a pad that became `factor` times as large."""
        if self.place:
            self.place *= factor

    def paint(self, painter: QPainter, width: float, is_down: bool, palette: theme.Palette) -> None:
        """Show an open ring while the pen is up, a full disc while it is down."""
        if self.place is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.accent), 2))
        if is_down:
            painter.setBrush(QColor(palette.accent))
        painter.drawEllipse(self.place, width / 2, width / 2)
        painter.restore()
