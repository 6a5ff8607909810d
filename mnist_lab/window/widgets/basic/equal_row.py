"""Widgets of one width: beside each other, or under each other where the row has not the room for that."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mnist_lab.window import theme

_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class EqualRow(QWidget):
    """Gives each of its parts the same room: what is to be compared is drawn to one scale, however wide its words."""

    def __init__(self, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._row = QBoxLayout(_BESIDE, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.GAP)
        for part in parts:
            self._row.addWidget(part, 1)

    def _widest(self) -> int:
        return max(part.minimumSizeHint().width() for part in self._parts)

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the widest part, which has the row for itself then."""
        return QSize(self._widest(), super().minimumSizeHint().height())

    @property
    def is_beside(self) -> bool:
        """Whether the parts stand beside each other, not one below the other."""
        return self._row.direction() == _BESIDE

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the parts beside each other where each has room in its share of the width."""
        super().resizeEvent(event)
        gaps = theme.GAP * (len(self._parts) - 1)
        has_room = self.width() >= len(self._parts) * self._widest() + gaps
        self._row.setDirection(_BESIDE if has_room else _BELOW)
