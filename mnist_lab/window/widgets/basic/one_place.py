"""Two parts of a page in one place."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QGridLayout, QWidget


class OnePlace(QWidget):
    """Shows `first` while it has something to say, else `second`; it always has room for either."""

    def __init__(self, first: QWidget, second: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._second = first, second
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (first, second):
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            part.setSizePolicy(policy)
            layout.addWidget(part, 0, 0)
        first.installEventFilter(self)
        second.setVisible(first.isHidden())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the second part way when the first comes (Qt installs this filter on it), and let it come back."""
        if watched is self._first and event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._second.setVisible(self._first.isHidden())
        return super().eventFilter(watched, event)
