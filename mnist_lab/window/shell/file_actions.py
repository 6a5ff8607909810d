"""What the File menu asks of the learner: which digits to open."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.window import dialogs
from mnist_lab.window.state.digit_supply import DigitSupply


class FileActions(QObject):
    """Lets digits be chosen, and has them used."""

    def __init__(self, supply: DigitSupply, window: QWidget) -> None:
        super().__init__(window)
        self._supply = supply
        self._window = window

    @Slot()
    def open_file(self) -> None:
        """Let the learner choose an .npz file, and use it."""
        path = dialogs.ask_for_data_file(self._window)
        if path is not None:
            self._supply.open(path)

    @Slot()
    def open_folder(self) -> None:
        """Let the learner choose a folder of IDX files, and use it."""
        path = dialogs.ask_for_data_folder(self._window)
        if path is not None:
            self._supply.open(path)
