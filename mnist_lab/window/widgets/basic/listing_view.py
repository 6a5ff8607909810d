"""A listing of Python with one line lit."""

from PySide6.QtGui import QColor, QShowEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from mnist_lab.window import theme


class ListingView(QPlainTextEdit):
    """Shows code that can be read, scrolled and copied, not changed.

    Attributes:
        lit_line: number of the lit line, from 1; 0: none.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lit_line = 0
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.set_palette(theme.current())

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self.setFont(theme.fonts.fixed())
        self._light()

    def set_listing(self, text: str) -> None:
        """Show other code, no line lit."""
        if text != self.toPlainText():
            self.setPlainText(text)
        self.light(0)

    def light(self, line: int) -> None:
        """Light one line, counted from 1; 0 lights none."""
        if line != self.lit_line:
            self.lit_line = line
            self._light()

    def _light(self) -> None:
        self.setExtraSelections(self._selections())
        if not self.lit_line:
            return
        self.setAccessibleDescription(self.document().findBlockByNumber(self.lit_line - 1).text().strip())
        if self.isVisible():
            self._scroll_to_lit_line()

    def _selections(self) -> list[QTextEdit.ExtraSelection]:
        """What is marked."""
        return [self._marked(self.lit_line - 1, self._palette.accent_soft)] if self.lit_line else []

    def _marked(self, number: int, colour: str) -> QTextEdit.ExtraSelection:
        """A line, counted from 0, on another ground."""
        selection = QTextEdit.ExtraSelection()
        selection.cursor = QTextCursor(self.document().findBlockByNumber(number))
        selection.format.setBackground(QColor(colour))
        selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        return selection

    def showEvent(self, event: QShowEvent) -> None:
        """Scroll only now: before, the view had no size of its own and any line lay outside it."""
        super().showEvent(event)
        if self.lit_line:
            self._scroll_to_lit_line()

    def _scroll_to_lit_line(self) -> None:
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(self.lit_line - 1)))
        self.ensureCursorVisible()
