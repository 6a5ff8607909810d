"""Buttons that Enter presses, as the space bar does: Qt leaves that out on some systems."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class PushButton(QPushButton):
    """Qt's own, and Enter presses it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed."""
        if _is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


class ToolButton(QToolButton):
    """The same of a smaller kind, which most often belongs to something beside it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed."""
        if _is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


def _is_enter(event: QKeyEvent) -> bool:
    """Whether it is Enter alone, and not one that repeats itself: who holds it down presses once."""
    return event.key() in _ENTER and event.modifiers() in _PLAIN and not event.isAutoRepeat()
