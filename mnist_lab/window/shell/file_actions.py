"""What the File menu asks of the learner: which digits to open, or which lesson."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.course.lesson_errors import LessonError
from mnist_lab.course.lesson_file import read_lesson
from mnist_lab.window import dialogs, translation
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.state.lab import Lab


class FileActions(QObject):
    """Lets digits or a lesson be chosen, and has them used."""

    def __init__(self, lab: Lab, window: QWidget) -> None:
        super().__init__(window)
        self._lab = lab
        self._supply = lab.supply
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

    @Slot()
    def open_lesson(self) -> None:
        """Let the learner choose a lesson, and begin it."""
        path = dialogs.ask_for_lesson(self._window)
        if path is None:
            return
        try:
            coach_of(self._lab).open_lesson(read_lesson(path))
        except LessonError as error:
            self._lab.problem.emit(translation.sentence(error))
