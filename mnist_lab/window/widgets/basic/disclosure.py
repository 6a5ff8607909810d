"""A part of a form that opens under its heading."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.buttons import ToolButton


class Disclosure(QWidget):
    """Shows `content` under a heading that opens and closes it by click, Space or Enter.

    What opens is brought into sight where it lies in something that scrolls.
    """

    def __init__(self, heading: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self.button = ToolButton(self)
        self.button.setText(heading)
        self.button.setAccessibleName(heading)
        self.button.setCheckable(True)
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.toggled.connect(self._on_toggled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self.button)
        layout.addWidget(content)
        self._on_toggled(False)

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        self.button.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self._content.setVisible(is_open)
        if is_open and self.isVisible():
            QTimer.singleShot(0, self, self._bring_into_sight)  # once it has been laid out

    @Slot()
    def _bring_into_sight(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self._content)
            area.ensureWidgetVisible(self.button)  # of two that do not both fit, what was pressed stays
