"""A column of controls that scrolls before it clips."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from mnist_lab.window import theme

_CONTROLS_WIDTH = 316


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
