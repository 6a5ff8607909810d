"""Widgets of their own widths beside each other, or under each other where the row has not the room for that."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mnist_lab.window.widgets.basic.turning_row import TurningRow


class YieldingRow(TurningRow):
    """Lets no part be cut off, however large the text is."""

    def __init__(self, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(*parts, parent=parent)
        for part in parts:
            self._row.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addStretch(1)

    def _needed(self) -> int:
        """For each its own width."""
        return sum(part.sizeHint().width() for part in self._parts)
