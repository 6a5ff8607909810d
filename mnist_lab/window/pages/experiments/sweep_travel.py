"""A sweep comes into the form from a file and goes out of it, as the terminal's `sweep` reads it."""

from pathlib import Path

from PySide6.QtCore import QObject

from mnist_lab.files.atomic import DOCUMENT, write_atomically
from mnist_lab.runs.sweep_choices import GridChoices, RandomChoices
from mnist_lab.runs.sweep_file import SweepFile, read_sweep_file
from mnist_lab.window import translation
from mnist_lab.window.pages.experiments.sweep_setup import MOST_VARIED, SweepSetup
from mnist_lab.window.pages.experiments.sweep_values import SweepTextError
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.words import fill
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError


class SweepTravel(QObject):
    """Opens and saves; what is wrong is told by the lab."""

    def __init__(self, lab: Lab, setup: SweepSetup, parent: QObject) -> None:
        super().__init__(parent)
        self._lab, self._setup = lab, setup

    def open(self, path: Path) -> bool:
        """Bring in what a file asks for: what varies here, the other settings on Train. False where it cannot be."""
        try:
            file = read_sweep_file(str(path))
            _check_room(file)
        except LabError as error:
            self._lab.problem.emit(translation.sentence(error))
            return False
        self._setup.take(file.choices)
        self._lab.travel.use_from(path, file.base)
        in_use = self._lab.supply.choice
        if file.data not in ("auto", in_use):
            words = self.tr(
                "“{name}” asks for the digits “{data}”: a sweep trains on those in use; choose them on Data."
            )
            self._lab.problem.emit(fill(words, name=path.name, data=file.data))
        return True

    def save(self, path: Path) -> None:
        """Write what is in the form, with the settings of Train."""
        lab = self._lab
        try:
            experiment = lab.draft.commit()
            if experiment is None:
                lab.problem.emit(lab.draft.problem)
                return
            choices = self._setup.choices()
            choices.check()
            _check_can_be_written(choices)
            _write(SweepFile(lab.supply.choice or "auto", experiment, choices), path)
        except LabError as error:
            lab.problem.emit(translation.sentence(error))
        else:
            lab.noticed.emit(
                fill(self.tr("The sweep is saved as “{path}”; “sweep” in the terminal reads it."), path=path)
            )


def _check_room(file: SweepFile) -> None:
    if len(file.choices.values) > MOST_VARIED:
        raise SweepTextError(
            QT_TRANSLATE_NOOP(
                "errors",
                "This file varies {count} settings, and here there is room for {most}: use the terminal's “sweep”.",
            ),
            count=len(file.choices.values),
            most=MOST_VARIED,
        )


def _check_can_be_written(choices: GridChoices | RandomChoices) -> None:
    if isinstance(choices, RandomChoices) and "seed" in choices.values:
        raise SweepTextError(
            QT_TRANSLATE_NOOP(
                "errors",
                "In a file of random draws “seed” decides the draws, so it cannot vary there: save a grid, or let "
                "another setting vary.",
            )
        )


def _write(file: SweepFile, path: Path) -> None:
    try:
        write_atomically(path, file.to_bytes(), mode=DOCUMENT)
    except OSError as error:
        raise SweepTextError(
            QT_TRANSLATE_NOOP(
                "errors", "The sweep cannot be saved as “{path}” ({reason}): choose another folder or name."
            ),
            path=path,
            reason=error.strerror or error,
        ) from error
