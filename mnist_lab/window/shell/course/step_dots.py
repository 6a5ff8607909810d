"""How far one is in a part of the course: a small mark a step."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme

_RADIUS = 3.5
_APART = 14
_HEIGHT = 12


class StepDots(QWidget):
    """A dot a step: full where the goal was reached, a ring where not, and a bar for the step in hand.

    Told apart by shape as well as by colour; the words beside it say the same.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("courseDots")
        self._done: tuple[bool, ...] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_steps(self, done: Sequence[bool], current: int) -> None:
        """Show a part: whether each step's goal was reached, and which step is in hand, from 0."""
        if (tuple(done), current) != (self._done, self._current):
            self._done, self._current = tuple(done), current
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as the steps need."""
        return QSize(_APART * (len(self._done) + 1), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dots."""
        palette = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, x = self.height() / 2, _RADIUS + 1
        for number, is_done in enumerate(self._done):
            if number == self._current:
                painter.setPen(QPen(QColor(palette.accent), 1.5))
                painter.setBrush(QColor(palette.accent))
                painter.drawRoundedRect(int(x - _RADIUS), round(middle - _RADIUS), round(4 * _RADIUS), 7, 3.5, 3.5)
                x += 2 * _RADIUS
            else:
                painter.setPen(QPen(QColor(palette.right if is_done else palette.border), 1.5))
                painter.setBrush(QColor(palette.right if is_done else palette.panel))
                painter.drawEllipse(QPointF(x, middle), _RADIUS, _RADIUS)
            x += _APART
        painter.end()
