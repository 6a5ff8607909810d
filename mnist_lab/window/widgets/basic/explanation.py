"""A few sentences that one has asked for, over the page."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from mnist_lab.window import theme

_WIDTH = 420
"""In logical pixels: lines that are easily read."""


class Explanation(QFrame):
    """Lies over the page until one clicks elsewhere, presses Esc, or asks again."""

    def __init__(self, name: str, parent: QWidget, *, is_markdown: bool = False) -> None:
        """`name` is its objectName, and the beginning of that of its text."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)  # see mousePressEvent
        self._button: QPushButton | None = None  # what asked for it
        theme.set_role(self, "card")
        self._label = QLabel(self)
        self._label.setObjectName(f"{name}Text")
        self._label.setWordWrap(True)
        if is_markdown:
            self._label.setProperty("isMarkdown", True)  # for the style sheet, whenever it is applied
            self._label.setTextFormat(Qt.TextFormat.MarkdownText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE_GAP, theme.LARGE_GAP, theme.LARGE_GAP, theme.LARGE_GAP)
        layout.addWidget(self._label)

    def show_beside(self, button: QPushButton, text: str) -> None:
        """Say `text` right above the button, within its screen."""
        self._button = button
        self._label.setText(text)
        self.setAccessibleName(button.accessibleName())
        self.setAccessibleDescription(text)
        self.setFixedWidth(theme.fonts.scaled(_WIDTH))
        self.setFixedHeight(self.heightForWidth(self.width()))
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), -self.height() - theme.SMALL_GAP))
        screen = button.screen().availableGeometry()
        self.move(max(corner.x(), screen.left()), max(corner.y(), screen.top()))
        self.show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click elsewhere; a button there is pressed, but not the one that would open this again.

        Qt could send the press on by itself, but on X11 the release still goes to what is closed.
        """
        super().mousePressEvent(event)
        under = None if self.isVisible() else QApplication.widgetAt(event.globalPosition().toPoint())
        if isinstance(under, QAbstractButton) and under is not self._button:
            QTimer.singleShot(0, under, under.click)
