"""Measures a network's robustness in the background: one measurement at a time, seen as it comes, and cancellable."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Images, Labels
from mnist_lab.inspection.robustness import spread
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.robustness_work import STEPS, Measured, measure
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.work import JobHandle, Progress, Stopwatch


@dataclass(frozen=True, eq=False)
class _Result:
    """What is known of one network, complete or cancelled."""

    measured: Measured
    images: Images
    is_complete: bool


class Measurement(QObject):
    """Runs `measure` in a job, whether somebody looks or not; it outlives the page.

    What was measured of a network is shown again whenever that network is looked at again, for as long as it exists.

    Attributes:
        measured: what is known so far; None before the first measurement.
        weights: the network that it belongs to; None before the first measurement.
        is_complete: whether nothing is left to measure.
        progress: how far it is, while it is measured; else None.
        problem: why it failed, in a sentence; "" if it did not.

    Signals:
        changed(): one of these is not as before.
    """

    changed = Signal()

    def __init__(self, owner: QObject) -> None:
        """`owner` is the lab, which ends all jobs when the window closes."""
        super().__init__(owner)
        self.measured: Measured | None = None
        self.weights: NetworkWeights | None = None
        self._images: Images | None = None
        self.is_complete = False
        self.progress: Progress | None = None
        self.problem = ""
        self._owner = owner
        self._job: Job | None = None
        self._watch = Stopwatch(STEPS)
        self._known: WeakKeyDictionary[NetworkWeights, _Result] = WeakKeyDictionary()

    @property
    def digits(self) -> int:
        """On how many digits it is measured."""
        return 0 if self._images is None else len(spread(len(self._images)))

    @property
    def is_running(self) -> bool:
        """Whether it is measured right now."""
        return self._job is not None

    def start(self, weights: NetworkWeights, images: Images, labels: Labels) -> None:
        """Measure this network on (n, 28, 28) images."""
        self.cancel()
        self.measured, self.weights, self.is_complete, self.problem = Measured(), weights, False, ""
        self._images = images
        self._watch = Stopwatch(STEPS)
        self.progress = self._watch.after(0)

        def work(handle: JobHandle) -> Measured | None:
            return measure(weights, images, labels, lambda: handle.is_cancelled, handle.report)

        self._job = Job(self._owner, work, self._receive, self._fail)
        self._job.progressed.connect(self._on_progressed)
        self._job.finished.connect(self._on_finished)
        self._job.start()
        self.changed.emit()

    def is_of(self, weights: NetworkWeights, images: Images) -> bool:
        """Whether what is shown is of this network and these images."""
        return weights is self.weights and images is self._images

    def look_at(self, weights: NetworkWeights, images: Images) -> None:
        """Show what is known of this network on these images, if anything is; never while another is measured."""
        known = self._known.get(weights)
        if known is None or known.images is not images or self.is_running or self.is_of(weights, images):
            return
        self.measured, self.weights, self.is_complete, self.problem = known.measured, weights, known.is_complete, ""
        self._images = images
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Measure no more; what is known stays."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def _end(self) -> None:
        self._job = self.progress = None
        if self.weights is not None and self.measured is not None and self._images is not None and not self.problem:
            self._known[self.weights] = _Result(self.measured, self._images, self.is_complete)
        self.changed.emit()

    @Slot()
    def _on_finished(self) -> None:
        if self.sender() is self._job:  # the lab has ended it
            self._job = self.progress = None

    @Slot(object)
    def _on_progressed(self, measured: Measured) -> None:
        if self.sender() is self._job:
            self.measured, self.progress = measured, self._watch.after(measured.done)
            self.changed.emit()

    def _receive(self, measured: Measured) -> None:
        self.measured, self.is_complete = measured, True
        self._end()

    def _fail(self, error: Exception) -> None:
        self.problem = translation.sentence(error)
        self._end()
