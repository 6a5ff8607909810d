"""Takes the program out of the lab: to the clipboard, or into a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from mnist_lab.experiment import Experiment
from mnist_lab.mirror import notebook
from mnist_lab.mirror.program import program
from mnist_lab.mirror.saving import check_ending, save_program, write_files
from mnist_lab.network.batches import check_held_out
from mnist_lab.window import dialogs, translation
from mnist_lab.window.pages.train.program.program_source import FoundDigits, ProgramSource
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.words import fill
from mnist_lab.words import LabError
from mnist_lab.work import JobHandle


class ProgramSaver(QObject):
    """Copies and saves what the form says when that is asked for, with everything that is still being typed."""

    def __init__(self, lab: Lab, source: ProgramSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._lab, self._source, self._parent = lab, source, parent

    def copy(self, *, checks: bool) -> None:
        """Copy it; own digits that it reads are written to a file of the lab first."""
        settled = self._settled()
        if settled is None:
            return
        experiment, found = settled
        text = program(experiment, found.source, checks=checks).text

        def copied(_done: object) -> None:
            QGuiApplication.clipboard().setText(text)
            words = self.tr("The program is copied: paste it into an editor, and run it with Python.")
            if found.files:
                words = self.tr("The program is copied. It reads your own digits from “{path}”.")
            self._lab.noticed.emit(fill(words, path=next(iter(found.files), "")))

        Job(self._lab, lambda _handle: write_files(found.files), copied, self._failure(self._folder(found))).start()

    def save(self, *, checks: bool) -> None:
        """Ask where to, and write it there, with the own digits that it reads beside it."""
        settled = self._settled()
        path = None if settled is None else dialogs.ask_to_save_program(self._parent.window())
        if settled is None or path is None:
            return
        experiment, found = settled

        def save(_handle: JobHandle) -> bool:
            check_ending(path)
            beside = found.used.found(path)
            made = program(experiment, beside.source, checks=checks)
            save_program(path, made, beside.files, lambda text: translation.translate(notebook.CONTEXT, text))
            return bool(beside.files)

        Job(
            self._lab, save, lambda has_more: self._lab.offered.emit(self._saved(path, has_more)), self._failure(path)
        ).start()

    def _settled(self) -> tuple[Experiment, FoundDigits] | None:
        """What the form says, and where the digits are; None where no program can be had of it."""
        lab, found = self._lab, self._source.found
        experiment = lab.draft.commit()
        if experiment is None:
            lab.problem.emit(lab.draft.problem)
            return None
        if found is None:
            lab.problem.emit(self._source.problem or self.tr("The digits are still being read: try again in a second."))
            return None
        try:
            check_held_out(experiment, found.used.digits)
        except LabError as error:
            lab.problem.emit(translation.sentence(error))
            return None
        return experiment, found

    def _folder(self, found: FoundDigits) -> Path:
        return next(iter(found.files), Path())

    def _failure(self, path: Path) -> Callable[[Exception], None]:
        """Say why it could not be written."""

        def fail(error: Exception) -> None:
            sentence = (
                translation.sentence(error)
                if not isinstance(error, OSError)
                else fill(
                    self.tr("“{path}” could not be written: {reason}. Choose another folder or name."),
                    path=path,
                    reason=error.strerror or error,
                )
            )
            self._lab.problem.emit(sentence)

        return fail

    def _saved(self, path: Path, has_more: bool) -> Offer:
        words = self.tr("The program is saved as “{path}”.")
        if has_more:
            words = self.tr("The program is saved as “{path}”, with your own digits beside it.")
        return Offer(
            fill(words, path=path),
            self.tr("Open &folder"),
            self.tr("Look into the folder in which the program lies, outside the lab."),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
            icon="ph.folder-open",
        )
