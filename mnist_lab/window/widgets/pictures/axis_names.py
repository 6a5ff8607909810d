"""What the rows and columns of a matrix picture count, written along its sides."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter


def paint(painter: QPainter, area: QRectF, rows: tuple[str, ...], columns: tuple[str, ...]) -> None:
    """Write names below and, upwards, at the left of `area`, in the painter's pen and font.

    Args:
        painter: paints in logical pixels.
        area: where the picture stands.
        rows: the name of the rows, then shorter ones; none is written where none has room.
        columns: the same for the columns.
    """
    line = QFontMetricsF(painter.font()).height()
    _write(painter, QRectF(area.left(), area.bottom() + 2, area.width(), line), columns)
    painter.save()
    painter.translate(0, area.bottom())
    painter.rotate(-90)
    _write(painter, QRectF(0, 0, area.height(), line), rows)
    painter.restore()


def _write(painter: QPainter, room: QRectF, choices: tuple[str, ...]) -> None:
    measure = QFontMetricsF(painter.font()).horizontalAdvance
    words = next((words for words in choices if measure(words) <= room.width()), "")
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
