"""A picture in sentences, under it; they can be copied."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.icon_button import named_button


class SummaryLine(QWidget):
    """Words that wrap, with a button that copies them."""

    def __init__(self, name: str, parent: QWidget | None = None, *, role: str = "caption") -> None:
        """`name` is the objectName of the words, which have this role; the button's is that with "Copy"."""
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setObjectName(name)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_role(self._words, role)
        self._copy = named_button(f"{name}Copy", "ph.copy", "", self.tr("Copy these sentences."), self)
        self._copy.setAccessibleName(self.tr("Copy these sentences"))
        theme.set_role(self._copy, "compact")
        self._copy.clicked.connect(self._on_copy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @property
    def text(self) -> str:
        """The sentences."""
        return self._words.text()

    def say(self, words: str) -> None:
        """Say these sentences; "" leaves nothing to be copied."""
        self._words.setText(words)
        self._copy.setEnabled(bool(words))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words.text())
