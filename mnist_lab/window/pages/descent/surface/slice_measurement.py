"""Measures a slice of the network's own loss, off the window's thread; the tab's model takes it."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.descent.surfaces import Surface
from mnist_lab.studies.looked import Looked
from mnist_lab.studies.loss_slice import LINES, measure_slice
from mnist_lab.window import translation
from mnist_lab.window.pages.descent.surface.surface_model import SurfaceModel
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Lab
from mnist_lab.work import Cancelled, JobHandle, Progress, Stopwatch


class SliceMeasurement(QObject):
    """One measurement at a time, of the network that is looked at when it begins; it goes on whatever is shown.

    Attributes:
        progress: how far it is; None while none goes on.

    Signals:
        changed(): `progress` is another.
    """

    changed = Signal()

    def __init__(self, lab: Lab, model: SurfaceModel) -> None:
        super().__init__()
        self._lab, self._model = lab, model
        self.progress: Progress | None = None
        self._watch = Stopwatch(LINES)
        self._job: Job | None = None

    @Slot()
    def start(self) -> None:
        """Measure, and offer the slice to the model."""
        looked = self._lab.looked
        if looked is None or self._job is not None:
            return
        self._watch = Stopwatch(LINES)
        self._job = Job(self._lab, partial(_measure, looked), self._on_slice, self._on_failure)
        self._job.progressed.connect(self._on_progressed)
        self._job.start()
        self._show(self._watch.after(0))

    @Slot()
    def cancel(self) -> None:
        """Measure no more; what is descended stays as it is."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    @Slot(object)
    def _on_progressed(self, rows: int) -> None:
        if self.sender() is self._job:
            self._show(self._watch.after(rows))

    def _on_slice(self, surface: Surface) -> None:
        self._end()
        self._model.offer(surface)

    def _on_failure(self, error: Exception) -> None:
        self._end()
        self._lab.problem.emit(translation.sentence(error))

    def _end(self) -> None:
        self._job = None
        self._show(None)

    def _show(self, progress: Progress | None) -> None:
        self.progress = progress
        self.changed.emit()


def _measure(looked: Looked, handle: JobHandle) -> Surface:
    surface = measure_slice(
        looked.weights, looked.start_weights, looked.digits, lambda: handle.is_cancelled, handle.report
    )
    if surface is None:
        raise Cancelled
    return surface
