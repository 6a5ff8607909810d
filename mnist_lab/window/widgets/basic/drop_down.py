"""What every list that drops down from its field needs."""

from PySide6.QtWidgets import QComboBox

from mnist_lab.window import theme


def keep_list_wide(choice: QComboBox) -> None:
    """Let the open list be wider than its field where that has not the room, so that nothing in it is cut off."""
    _widen(choice)
    choice.model().rowsInserted.connect(lambda *_rows: _widen(choice))


def _widen(choice: QComboBox) -> None:
    choice.view().setMinimumWidth(choice.view().sizeHintForColumn(0) + theme.LARGE_GAP)
