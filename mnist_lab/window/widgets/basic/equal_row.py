"""Widgets of one width: beside each other, or under each other where the row has not the room for that."""

from PySide6.QtWidgets import QWidget

from mnist_lab.window.widgets.basic.turning_row import TurningRow


class EqualRow(TurningRow):
    """Gives each of its parts the same room: what is to be compared is drawn to one scale, however wide its words."""

    def __init__(self, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(*parts, parent=parent)
        for part in parts:
            self._row.addWidget(part, 1)

    def _needed(self) -> int:
        """For each its share of the width."""
        return len(self._parts) * self._widest()
