"""What is said in a picture that has nothing to show yet."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme


def paint_empty_words(picture: QWidget, words: str) -> None:
    """Paint words in the middle of `picture`, what is painted on: called in its paint event."""
    painter = QPainter(picture)
    painter.setPen(QColor(theme.current().muted))
    room = picture.rect().adjusted(theme.LARGE_GAP, 0, -theme.LARGE_GAP, 0)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), words)
    painter.end()
