"""Measures a network's robustness in the background: one measurement at a time, seen as it comes, and cancellable."""

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Images, Labels
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.robustness_work import Measured, measure
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.work import JobHandle


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

    @property
    def is_running(self) -> bool:
        """Whether it is measured right now."""
        return self._job is not None

    def start(self, weights: NetworkWeights, images: Images, labels: Labels) -> None:
        """Measure this network on (n, 28, 28) images; what was measured of another is forgotten."""
        self.cancel()
        self.measured, self.weights, self.is_complete, self.problem = Measured(), weights, False, ""

        def work(handle: JobHandle) -> Measured | None:
            return measure(weights, images, labels, lambda: handle.is_cancelled, handle.report)

        self._job = Job(self._owner, work, self._receive, self._fail)
        self._job.progressed.connect(self._on_progressed)
        self._job.start()
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
        self.changed.emit()

    @Slot(object)
    def _on_progressed(self, measured: Measured) -> None:
        if self.sender() is self._job:
            self.measured = measured
            self.changed.emit()

    def _receive(self, measured: Measured) -> None:
        self.measured, self.is_complete = measured, True
        self._end()

    def _fail(self, error: Exception) -> None:
        self.problem = translation.sentence(error)
        self._end()
