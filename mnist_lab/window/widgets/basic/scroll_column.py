"""A column of controls that scrolls before it clips."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from mnist_lab.window import theme

_CONTROLS_WIDTH = 316
_LEAST_HEIGHT = 100
"""About three fields: in less, one does not see what one scrolls."""


def controls_width() -> int:
    """Of the controls at the left of every page, in logical pixels."""
    return theme.fonts.scaled(_CONTROLS_WIDTH)


class ScrollColumn(QScrollArea):
    """Stacks widgets from the top; where the window is too low for them, they scroll."""

    def __init__(self, object_name: str, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget(self)
        self.setWidget(content)  # before it is filled: Qt would dress all that is in it anew
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, theme.GAP, 0)
        inner.setSpacing(theme.GAP)
        for part in parts:
            inner.addWidget(part)
        inner.addStretch(1)
        self.setObjectName(object_name)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its parts take the keyboard and are scrolled to

    def minimumSizeHint(self) -> QSize:
        """Show a few rows, or all where there are fewer."""
        content, least = self.widget(), super().minimumSizeHint()
        inside = 0 if content is None else content.minimumSizeHint().height()
        needed = min(theme.fonts.scaled(_LEAST_HEIGHT), inside)
        return QSize(least.width(), max(least.height(), needed))
