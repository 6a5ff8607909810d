"""The look of each run: a colour and a dash that follow from its number alone, so that they never change."""

import pyqtgraph
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from mnist_lab.palette import Palette, RunLook, look_of_run
from mnist_lab.window import theme

LINE_WIDTH = 2.0
"""Of a run's line, in logical pixels."""


def run_look(number: int, palette: Palette | None = None) -> RunLook:
    """The look of the run with this number (from 1), in the theme that was applied last unless another is given."""
    return look_of_run(number, palette or theme.current())


def run_pen(number: int, palette: Palette | None = None, width: float = LINE_WIDTH) -> QPen:
    """A pen for the lines of that run; it is as wide on every scale of the axes."""
    colour, dash = run_look(number, palette)
    pen: QPen = pyqtgraph.mkPen(colour, width=width)
    if dash:
        pen.setDashPattern(dash)
    return pen


def run_sample(
    number: int, width: int, height: int, ratio: float, palette: Palette | None = None, *, beside: int = 0
) -> QPixmap:
    """A piece of that run's line, so many logical pixels wide and high, with room `beside` it at the right.

    `ratio` is how many pixels of the screen there are in each.
    """
    picture = QPixmap(round((width + beside) * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_run_sample(painter, number, QRect(0, 0, width, height), palette)
    painter.end()
    return picture


def paint_run_sample(painter: QPainter, number: int, room: QRect, palette: Palette | None = None) -> None:
    """Paint a piece of that run's line in the middle of `room`, in logical pixels."""
    pen = run_pen(number, palette)
    pen.setCosmetic(False)  # in logical pixels, as the words beside it
    painter.setPen(pen)
    middle = room.top() + room.height() // 2
    painter.drawLine(room.left(), middle, room.left() + room.width(), middle)
