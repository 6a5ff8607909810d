"""Icons of qtawesome's Phosphor set, each drawn once: qtawesome draws its letter anew whenever a button is painted."""

from functools import lru_cache

import qtawesome
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from mnist_lab.window import picture_mode


@lru_cache(maxsize=512)
def icon(name: str, colour: str, faded: str) -> QIcon:
    """The icon of that name in a colour, and faded where it is disabled; sharp at every size and scale."""
    return QIcon(_DrawnOnce(qtawesome.icon(name, color=colour, color_disabled=faded)))


class _DrawnOnce(QIconEngine):
    """Keeps the pixmaps of an icon, one for each size and mode."""

    def __init__(self, drawn: QIcon) -> None:
        super().__init__()
        self._drawn = drawn
        self._pixmaps: dict[tuple[int, int, QIcon.Mode, QIcon.State], QPixmap] = {}

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """In physical pixels."""
        key = (size.width(), size.height(), mode, state)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._drawn.pixmap(size, 1.0, mode, state)
        return self._pixmaps[key]

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it into a rectangle of logical pixels."""
        size = rect.size() * picture_mode.pixel_ratio(painter.device().devicePixelRatio())
        painter.drawPixmap(rect, self.pixmap(size, mode, state))

    def clone(self) -> QIconEngine:
        """Another with the same picture."""
        return _DrawnOnce(self._drawn)
