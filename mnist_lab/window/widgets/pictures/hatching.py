"""Lines over the weights of a unit that is switched off: they are there, and count for nothing."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from mnist_lab.window import theme

_FADED = 150
"""Of 255: how much of the panel's colour lies over the weights."""
_BETWEEN = 14
"""From one line to the next, in logical pixels."""


def paint_hatching(painter: QPainter, area: QRectF, palette: theme.Palette) -> None:
    """Hatch `area`, in logical pixels."""
    veil = QColor(palette.panel)
    veil.setAlpha(_FADED)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(area)
    painter.fillRect(area, veil)
    painter.setPen(QPen(QColor(palette.text), 1.5))
    for start in range(-round(area.height()), round(area.width()), _BETWEEN):
        left = area.left() + start
        painter.drawLine(round(left), round(area.bottom()), round(left + area.height()), round(area.top()))
    painter.restore()
