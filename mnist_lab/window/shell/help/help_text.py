"""The text of help, with the lab's own pictures in it."""

from typing import Any

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from mnist_lab.window import theme
from mnist_lab.window.shell.help.word_pictures import PICTURES, paint

_PICTURE = QSize(400, 150)
_ADDRESS = "picture:"


class HelpText(QTextBrowser):
    """Shows HTML; Tab goes through its links, Enter follows one. Its pictures follow the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._html = ""
        self.setObjectName("helpText")
        self.setAccessibleName(self.tr("What the word means"))
        self.setToolTip(self.tr("Tab goes through the links, Enter follows one."))
        self.setOpenLinks(False)
        self.set_palette(theme.current())

    def picture(self, word: str) -> str:
        """The picture of a word as HTML; "" where it has none."""
        if word not in PICTURES:
            return ""
        size = self._size()
        return f'<p><img src="{_ADDRESS}{word}" width="{size.width()}" height="{size.height()}"></p>'

    def show_html(self, html: str) -> None:
        """Show this from its top."""
        self._html = html
        self.setHtml(html)

    def set_palette(self, _palette: theme.Palette) -> None:
        """Draw the pictures anew."""
        self.document().clear()  # it keeps those that it has
        self.setHtml(self._html)

    def loadResource(self, kind: int, address: QUrl | str) -> Any:
        """Draw a picture that the text asks for."""
        wanted = address if isinstance(address, str) else address.toString()
        if kind == QTextDocument.ResourceType.ImageResource.value and wanted.startswith(_ADDRESS):
            word = wanted.removeprefix(_ADDRESS)
            return paint(word, self._size(), self.devicePixelRatioF(), theme.current())
        return None

    def _size(self) -> QSize:
        scale = theme.fonts.scaled(100) / 100
        return _PICTURE * scale
