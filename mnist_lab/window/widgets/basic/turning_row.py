"""Widgets beside each other, or one below the other where the row has not the room for that: what such rows share."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mnist_lab.window import theme

_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class TurningRow(QWidget):
    """Turns into a column by its width. A subclass lays its parts into `_row`, and says how much room they need."""

    def __init__(self, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._row = QBoxLayout(_BESIDE, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.GAP)

    def _needed(self) -> int:
        """The width that the parts need beside each other, without the gaps between them."""
        raise NotImplementedError

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
        """Lay the parts beside each other where they have room."""
        super().resizeEvent(event)
        needed = self._needed() + theme.GAP * (len(self._parts) - 1)
        self._row.setDirection(_BESIDE if self.width() >= needed else _BELOW)
