"""A text of the course as the panel shows it: Markdown that wraps, can be copied, and is read out without its signs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from mnist_lab.window.shell.course.words import breakable, plain_words


def markdown_label(name: str, parent: QWidget) -> QLabel:
    """Make one, still empty."""
    label = QLabel(parent)
    label.setObjectName(name)
    label.setProperty("isMarkdown", True)  # for the style sheet
    label.setTextFormat(Qt.TextFormat.MarkdownText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label


def say(label: QLabel, markdown: str) -> None:
    """Show a text; one that stands there already stays as it is, with what is marked in it."""
    words = breakable(markdown)
    if label.text() != words:
        label.setText(words)
        label.setAccessibleName(plain_words(markdown))
