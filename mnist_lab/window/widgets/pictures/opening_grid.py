"""A grid of pictures that lead somewhere: Enter opens the chosen one, as a click does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from mnist_lab.window import page_keys
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid


class OpeningGrid(PictureGrid):
    """Emits `picture_activated` for Enter, too."""

    KEYS = page_keys.OPENING_GALLERY

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the chosen picture, or choose another."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected is not None:
            self.picture_activated.emit(self.selected)
        else:
            super().keyPressEvent(event)
