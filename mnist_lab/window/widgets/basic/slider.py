"""A slider that lies down."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget


class Slider(QSlider):
    """A horizontal slider that the wheel moves only while one works in it.

    Elsewhere the wheel scrolls the page: who scrolls a form with the mouse must not change, unseen, the setting that
    happens to pass below the pointer.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # no focus from the wheel

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move with the focus; else leave the wheel to the page."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
