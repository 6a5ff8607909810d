"""Measures a slice of the network's own loss, off the window's thread; the tab's model takes it."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.descent.surfaces import Surface
from mnist_lab.studies.looked import Looked
from mnist_lab.studies.loss_slice import measure_slice
from mnist_lab.window import translation
from mnist_lab.window.pages.descent.surface.surface_model import SurfaceModel
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Lab
from mnist_lab.work import Cancelled, JobHandle


class SliceMeasurement(QObject):
    """One measurement at a time, of the network that is looked at.

    Attributes:
        is_busy: whether one goes on.

    Signals:
        changed(): `is_busy` is another.
    """

    changed = Signal()

    def __init__(self, lab: Lab, model: SurfaceModel) -> None:
        super().__init__()
        self._lab, self._model = lab, model
        self.is_busy = False

    @Slot()
    def start(self) -> None:
        """Measure, and let the model descend the slice."""
        looked = self._lab.looked
        if looked is None or self.is_busy:
            return
        self._set_busy(True)
        Job(self._lab, partial(_measure, looked), self._on_slice, self._on_failure).start()

    def _on_slice(self, surface: Surface) -> None:
        self._set_busy(False)
        self._model.offer(surface)

    def _on_failure(self, error: Exception) -> None:
        self._set_busy(False)
        self._lab.problem.emit(translation.sentence(error))

    def _set_busy(self, is_busy: bool) -> None:
        self.is_busy = is_busy
        self.changed.emit()


def _measure(looked: Looked, handle: JobHandle) -> Surface:
    surface = measure_slice(looked.weights, looked.start_weights, looked.digits, lambda: handle.is_cancelled)
    if surface is None:
        raise Cancelled
    return surface
