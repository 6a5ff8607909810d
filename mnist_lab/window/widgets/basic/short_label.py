"""A line of words that may be shortened where there is no room for all of them."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QToolTip, QWidget

_LEAST_SIGNS = 6


class ShortLabel(QLabel):
    """Shows its text whole, or the same in shorter words, or its beginning with "…".

    `text()` stays whole, and the tooltip begins with it where it is not shown whole.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shorter: tuple[str, ...] = ()

    def set_texts(self, text: str, *shorter: str) -> None:
        """Show this text, or the first of the `shorter` ones that has room."""
        self._shorter = shorter
        self.setText(text)
        self.update()

    @property
    def shown(self) -> str:
        """What is painted of it."""
        texts, room = (self.text(), *self._shorter), self.contentsRect().width()
        measure = self.fontMetrics()
        whole = next((text for text in texts if measure.horizontalAdvance(text) <= room), None)
        return measure.elidedText(texts[-1], Qt.TextElideMode.ElideRight, room) if whole is None else whole

    def minimumSizeHint(self) -> QSize:
        """A few letters; nothing for no text."""
        whole = super().minimumSizeHint()
        least = _LEAST_SIGNS * self.fontMetrics().averageCharWidth()
        return QSize(min(whole.width(), least), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        room, painter = self.contentsRect(), QPainter(self)
        self.style().drawItemText(
            painter, room, self.alignment(), self.palette(), self.isEnabled(), self.shown, self.foregroundRole()
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
