"""Keeps a picture square and in the middle of the room there is."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Square(QWidget):
    """Gives `content` the largest square that fits, centred."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        content.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """What the content asks for."""
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the content needs at least."""
        return self._content.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the content."""
        super().resizeEvent(event)
        side = min(self.width(), self.height())
        self._content.setGeometry((self.width() - side) // 2, (self.height() - side) // 2, side, side)
