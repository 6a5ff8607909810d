"""Where a run's name is typed into the table."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QWidget


class NameDelegate(QStyledItemDelegate):
    """Lets a name be typed while the rows are told anew, as they are every second while a run goes on."""

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show the name, but keep what is being typed, and what is selected."""
        assert isinstance(editor, QLineEdit)  # Qt's own, for a text
        name = index.data(Qt.ItemDataRole.EditRole)
        if not editor.isModified() and editor.text() != name:
            editor.setText(name)
