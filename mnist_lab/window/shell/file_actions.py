"""Files that a person opens: chosen in the File menu, dropped on the window, or named where the lab was started."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.course.lesson_errors import LessonError
from mnist_lab.course.lesson_file import is_lesson, read_lesson
from mnist_lab.imports import IMPORTS
from mnist_lab.window import dialogs, translation
from mnist_lab.window.state.arrivals import Arrivals
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.words import fill

_LESSONS, _JSON = (".md", ".markdown"), ".json"
ENDINGS = (*dict.fromkeys((".lab", ".keras", ".npz", _JSON, *_LESSONS)),)
"""Of the files that the lab opens."""


class FileActions(QObject):
    """Opens runs, networks, digits, lessons and settings."""

    def __init__(self, lab: Lab, window: QWidget) -> None:
        super().__init__(window)
        self._lab = lab
        self._supply = lab.supply
        self._window = window
        self._arrivals = Arrivals(lab)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @Slot()
    def open_any(self) -> None:
        """Let the learner choose files of any kind that the lab opens, and open them."""
        self.open_paths(dialogs.ask_for_files(self._window, ENDINGS))

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

    @Slot()
    def open_lesson(self) -> None:
        """Let the learner choose a lesson, and begin it."""
        path = dialogs.ask_for_lesson(self._window)
        if path is not None:
            self._begin_lesson(path)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open files and folders, each by what it is; what is nothing for the lab is told."""
        arriving = [path for path in paths if path.suffix.lower() in IMPORTS and not path.is_dir()]
        self._arrivals.take_in(arriving)
        for path in paths:
            if path not in arriving:
                self._open_other(path)

    def _open_other(self, path: Path) -> None:
        ending = path.suffix.lower()
        if path.is_dir():
            self._supply.open(path)
        elif ending in _LESSONS or (ending == _JSON and is_lesson(path)):
            self._begin_lesson(path)
        elif ending == _JSON:
            self._lab.travel.open(path)
        else:
            words = self.tr("The lab cannot open “{path}”: choose files that end in {endings}, or a folder.")
            self._lab.problem.emit(fill(words, path=path.name, endings=", ".join(ENDINGS)))

    def _begin_lesson(self, path: Path) -> None:
        try:
            coach_of(self._lab).open_lesson(read_lesson(path))
        except LessonError as error:
            self._lab.problem.emit(translation.sentence(error))

    # Files that are dropped

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files that nothing in the window has taken."""
        if isinstance(event, QDropEvent) and event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            paths = _files_in(event)
            if paths:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.open_paths(paths)
                return True
        return super().eventFilter(watched, event)


def _files_in(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
