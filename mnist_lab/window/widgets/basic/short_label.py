"""A line of words that may be shortened where there is no room for all of them."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QToolTip

_LEAST_SIGNS = 6


class ShortLabel(QLabel):
    """Shows its text whole, or its beginning with "…"; `text()` stays whole, and the tooltip then begins with it."""

    def minimumSizeHint(self) -> QSize:
        """A few letters; nothing for no text."""
        whole = super().minimumSizeHint()
        least = _LEAST_SIGNS * self.fontMetrics().averageCharWidth()
        return QSize(min(whole.width(), least), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        room = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        self.style().drawItemText(
            painter, room, self.alignment(), self.palette(), self.isEnabled(), words, self.foregroundRole()
        )
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Let the tooltip tell the text that is cut short."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._is_cut_short():
            QToolTip.showText(event.globalPos(), f"{self.text()}\n{self.toolTip()}", self)
            return True
        return super().event(event)

    def _is_cut_short(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
