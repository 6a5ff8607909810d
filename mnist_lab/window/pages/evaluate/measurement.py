"""Measures a network's robustness in the background: one measurement at a time, seen as it comes, and cancellable."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.data.digits import Images, Labels
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.robustness_work import Measured, measure
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.work import JobHandle

_LOOK_MILLISECONDS = 100


class Measurement(QObject):
    """Runs `measure` in a job.

    Attributes:
        measured: what is known so far; None before the first measurement.
        weights: the network that it belongs to; None before the first measurement.
        is_complete: whether nothing is left to measure.
        problem: why it failed, in a sentence; "" if it did not.

    Signals:
        changed(): one of these, or `is_running`, is not as before.
    """

    changed = Signal()

    def __init__(self, parent: QObject, owner: QObject) -> None:
        """`owner` is the lab, which ends all jobs when the window closes."""
        super().__init__(parent)
        self.measured: Measured | None = None
        self.weights: NetworkWeights | None = None
        self.is_complete = False
        self.problem = ""
        self._owner = owner
        self._job: Job | None = None
        self._look = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._look.timeout.connect(self._on_look)

    @property
    def is_running(self) -> bool:
        """Whether it is measured right now."""
        return self._job is not None

    def start(self, weights: NetworkWeights, images: Images, labels: Labels) -> None:
        """Measure this network on (n, 28, 28) images; what was measured of another is forgotten."""
        self.cancel()
        self.measured, self.weights, self.is_complete, self.problem = Measured(), weights, False, ""

        def work(handle: JobHandle) -> Measured | None:
            def report(measured: Measured) -> None:
                handle.progress = measured

            return measure(weights, images, labels, lambda: handle.is_cancelled, report)

        self._job = Job(self._owner, work, self._receive, self._fail)
        self._job.start()
        self._look.start()
        self.changed.emit()

    def cancel(self) -> None:
        """Measure no more; what is known stays."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def forget(self) -> None:
        """Know nothing any more."""
        self.cancel()
        if self.measured is not None or self.problem:
            self.measured, self.weights, self.is_complete, self.problem = None, None, False, ""
            self.changed.emit()

    def _end(self) -> None:
        self._job = None
        self._look.stop()
        self.changed.emit()

    @Slot()
    def _on_look(self) -> None:
        if self._job is not None and self._job.handle.progress not in (None, self.measured):
            self.measured = self._job.handle.progress
            self.changed.emit()

    def _receive(self, measured: Measured) -> None:
        self.measured, self.is_complete = measured, True
        self._end()

    def _fail(self, error: Exception) -> None:
        self.problem = translation.sentence(error)
        self._end()
