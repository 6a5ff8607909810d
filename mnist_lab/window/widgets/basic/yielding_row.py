"""Widgets of their own widths beside each other, or under each other where the row has not the room for that."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mnist_lab.window import theme

_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class YieldingRow(QWidget):
    """Lets no part be cut off, however large the text is."""

    def __init__(self, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._row = QBoxLayout(_BESIDE, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.GAP)
        for part in parts:
            self._row.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the widest part, which has the row for itself then."""
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the parts beside each other where they have room."""
        super().resizeEvent(event)
        needed = sum(part.sizeHint().width() for part in self._parts) + theme.GAP * (len(self._parts) - 1)
        self._row.setDirection(_BESIDE if self.width() >= needed else _BELOW)
