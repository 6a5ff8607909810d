"""A button that says its key where there is room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window.keyboard import KeyHint, with_key
from mnist_lab.window.widgets.basic.icon_button import IconButton


class KeyedButton(IconButton):
    """Shows icon, words and key, or icon and words."""

    def __init__(self, icon: str, words: str, key: KeyHint, parent: QWidget | None = None) -> None:
        """As `IconButton`; the first key of `key` does the same."""
        super().__init__(icon, with_key(words, key), parent)
        self._words, self._all_words = words, with_key(words, key)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Have room for the key, whether it is there or not."""
        return self._hint_for(self._all_words)

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the words."""
        return self._hint_for(self._words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the key where there is room."""
        super().resizeEvent(event)
        self.setText(self._all_words if self.width() >= self.sizeHint().width() else self._words)

    def _hint_for(self, words: str) -> QSize:
        now = super().sizeHint()
        return QSize(now.width() + self._advance(words) - self._advance(self.text()), now.height())

    def _advance(self, words: str) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words).width()
