"""The colours of a program: comments, words of Python, texts and numbers."""

import keyword
import re

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from mnist_lab.window import theme

_TOKENS = re.compile(
    r'(?P<title>^\# .*)|(?P<comment>\#.*)|(?P<text>"""[^"]*"""|"(?:\\.|[^"\\])*"|'
    r"'(?:\\.|[^'\\])*')|(?P<number>\b\d[\w.]*(?:(?<=e)-\d+)?)|(?P<word>\b(?:" + "|".join(keyword.kwlist) + r")\b)"
)


class ProgramColours(QSyntaxHighlighter):
    """Colours a document of Python, line by line; no text of a program goes on in the next line."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self.set_palette(theme.current())

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._formats = {
            "title": _format(palette.text, bold=True),
            "comment": _format(palette.muted),
            "text": _format(palette.code_text),
            "number": _format(palette.code_number),
            "word": _format(palette.accent),
        }
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        for found in _TOKENS.finditer(text):
            kind = found.lastgroup
            assert kind is not None  # one of the groups has matched
            self.setFormat(found.start(), len(found[0]), self._formats[kind])


def _format(colour: str, *, bold: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(colour))
    if bold:
        made.setFontWeight(QFont.Weight.DemiBold)
    return made
