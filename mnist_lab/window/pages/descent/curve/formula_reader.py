"""Makes functions of typed formulas, off the window's thread; the tab's model takes them."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from mnist_lab.descent.typed import TypedFunction, typed_function
from mnist_lab.window import translation
from mnist_lab.window.pages.descent.curve.curve_model import CurveModel
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Lab
from mnist_lab.words import LabError
from mnist_lab.work import JobHandle


class FormulaReader(QObject):
    """Reads one formula at a time; the newest counts."""

    def __init__(self, lab: Lab, model: CurveModel) -> None:
        super().__init__()
        self._lab, self._model = lab, model
        self._job: Job | None = None
        model.function_changed.connect(self._forget)

    @Slot(str)
    def read(self, text: str) -> None:
        """Hand the function to the model, or the reason why there is none."""
        self._forget()
        self._model.begin_reading()
        self._job = Job(self._lab, partial(_read, text), self._on_read, self._on_refused)
        self._job.start()

    @Slot()
    def _forget(self) -> None:
        """Read no further: another formula was entered, or another curve chosen."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _on_read(self, typed: TypedFunction) -> None:
        self._job = None
        self._model.set_typed(typed)

    def _on_refused(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, LabError):
            self._model.refuse_formula(error)
        else:
            self._model.end_reading()
            self._lab.problem.emit(translation.sentence(error))


def _read(text: str, handle: JobHandle) -> TypedFunction:
    return typed_function(text, check=handle.check)
