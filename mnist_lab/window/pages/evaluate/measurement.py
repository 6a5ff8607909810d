"""Measures a network's robustness in the background: one measurement at a time, seen as it comes, and cancellable."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.data.digits import Images, Labels
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.robustness_work import Measured, measure
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.work import JobHandle

_PATIENCE_MILLISECONDS = 200
"""Between two looks at a measurement that goes on; a page is built again within a few."""


class Measurement(QObject):
    """Runs `measure` in a job, as long as somebody watches; it outlives the page.

    Attributes:
        measured: what is known so far; None before the first measurement.
        weights: the network that it belongs to; None before the first measurement.
        is_complete: whether nothing is left to measure.
        problem: why it failed, in a sentence; "" if it did not.

    Signals:
        changed(): one of these, or `is_running`, is not as before.
    """

    changed = Signal()

    def __init__(self, owner: QObject) -> None:
        """`owner` is the lab, which ends all jobs when the window closes."""
        super().__init__(owner)
        self.measured: Measured | None = None
        self.weights: NetworkWeights | None = None
        self.is_complete = False
        self.problem = ""
        self._owner = owner
        self._job: Job | None = None
        self._watchers = 0

    @property
    def is_running(self) -> bool:
        """Whether it is measured right now."""
        return self._job is not None

    def watch(self, watch: bool) -> None:
        """Count one watcher more, or one less; without any, a running measurement is forgotten.

        Not at once: a page that is built again soon watches again.
        """
        self._watchers += 1 if watch else -1
        if self.is_running and not self._watchers:
            QTimer.singleShot(_PATIENCE_MILLISECONDS, self, self._on_unwatched)

    def start(self, weights: NetworkWeights, images: Images, labels: Labels) -> None:
        """Measure this network on (n, 28, 28) images; what was measured of another is forgotten."""
        self.cancel()
        self.measured, self.weights, self.is_complete, self.problem = Measured(), weights, False, ""

        def work(handle: JobHandle) -> Measured | None:
            return measure(weights, images, labels, lambda: handle.is_cancelled, handle.report)

        self._job = Job(self._owner, work, self._receive, self._fail)
        self._job.progressed.connect(self._on_progressed)
        self._job.finished.connect(self._on_finished)
        self._job.start()
        self.changed.emit()

    @Slot()
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

    @Slot()
    def _on_unwatched(self) -> None:
        if self.is_running and not self._watchers:
            self.forget()  # it begins anew when somebody looks again

    @Slot()
    def _on_finished(self) -> None:
        if self.sender() is self._job:  # the lab has ended it
            self._job = None

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
