"""Widgets whose parts stand otherwise in a narrow place than in a wide one."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class WidthUser(QWidget):
    """Lays its parts out anew when it gets another width, or when they need another."""

    def use_width(self) -> None:
        """Put the parts where they have room; called often: nothing is to be done where they stand well."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as the width allows."""
        super().resizeEvent(event)
        self.use_width()

    def event(self, event: QEvent) -> bool:
        """Other words or numbers need another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.use_width()
        return super().event(event)
