"""One line at a picture that takes keys: what they do, while the keyboard is there."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.keyboard import KeyGroup


class KeyLine(QLabel):
    """Keeps its room at all times, so that nothing moves, and takes as many words as it has room for."""

    def __init__(self, picture: QWidget, keys: KeyGroup, parent: QWidget | None = None) -> None:
        """Say `keys` while `picture` has the keyboard; it stands in `parent`, else in the picture, which places it."""
        super().__init__(parent or picture)
        self._picture, self._keys = picture, keys
        theme.set_role(self, "caption")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(QFontMetrics(theme.fonts.font("small")).lineSpacing())
        picture.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the keyboard as it comes and goes."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._say(has_keyboard=event.type() == QEvent.Type.FocusIn)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for now."""
        super().resizeEvent(event)
        self._say(has_keyboard=self._picture.hasFocus())

    def _say(self, *, has_keyboard: bool) -> None:
        lines = self._keys.lines() if has_keyboard else ()
        measure = QFontMetrics(theme.fonts.font("small")).horizontalAdvance
        self.setText(next((line for line in lines if measure(line) <= self.width()), ""))
