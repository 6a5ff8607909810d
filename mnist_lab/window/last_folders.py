"""In which folders files were chosen last, so that the next dialog opens there."""

import os
from pathlib import Path

from PySide6.QtCore import QDir, QObject, Signal

from mnist_lab.data.settings_file import SettingsError, SettingsFile
from mnist_lab.window import translation


class LastFolders(QObject):
    """A child of the window; dialogs find it there.

    Signals:
        problem(str): why a folder cannot be kept for the next time the lab is opened.
    """

    problem = Signal(str)

    def __init__(self, settings: SettingsFile, parent: QObject) -> None:
        """Keep them in `settings`."""
        super().__init__(parent)
        self._settings = settings

    def of(self, kind: str) -> str:
        """The folder for that kind of file; one's home where there is none yet, or it is gone."""
        folder = self._settings.word(_word(kind))
        return folder if os.path.isabs(folder) and os.path.isdir(folder) else QDir.homePath()

    def note(self, kind: str, folder: Path) -> None:
        """Begin there next time."""
        if str(folder) == self._settings.word(_word(kind)):
            return
        try:
            self._settings.keep(_word(kind), str(folder))
        except SettingsError as error:
            self.problem.emit(translation.sentence(error))


def _word(kind: str) -> str:
    return f"{kind}_folder"
