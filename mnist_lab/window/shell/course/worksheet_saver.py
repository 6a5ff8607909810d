"""Saves the worksheet where the learner wants it, and says what came of it."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from mnist_lab.course.worksheet import as_written
from mnist_lab.files.atomic import DOCUMENT, write_atomically
from mnist_lab.window import dialogs
from mnist_lab.window.shell.course.worksheet_words import WorksheetWords
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.words import fill


def save_worksheet(coach: Coach, parent: QWidget) -> None:
    """Ask for a file, and write the worksheet into it as it is now."""
    path = dialogs.ask_to_save_worksheet(parent.window())
    if path is None:
        return
    coach.look()
    sheet = WorksheetWords().worksheet(coach.course, coach.state, coach.lab.run, coach.lesson)
    try:
        write_atomically(path, as_written(sheet, path), mode=DOCUMENT)  # a teacher may open it, too
    except OSError as error:
        words = QCoreApplication.translate(
            "WorksheetSaver", "The worksheet could not be saved as “{path}”: {reason}. Choose another folder or name."
        )
        coach.lab.problem.emit(fill(words, path=path, reason=error.strerror or error))
        return
    coach.lab.offered.emit(_offer(path))


def _offer(path: Path) -> Offer:
    return Offer(
        fill(QCoreApplication.translate("WorksheetSaver", "Your worksheet is saved as “{path}”."), path=path),
        QCoreApplication.translate("WorksheetSaver", "&Open it"),
        QCoreApplication.translate("WorksheetSaver", "Look at the worksheet, outside the lab."),
        lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        icon="ph.arrow-square-out",
    )
