"""Has two kept networks answer the test digits, off the window's thread; it outlives the page."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.runs.confusions import ConfusionPair, confusion_pair
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job


class ConfusionWork(QObject):
    """One pair at a time; the newest that is wanted replaces what goes on.

    Attributes:
        pair: what was computed last; None before.
        problem: why nothing could be computed, in a sentence; "" where it could.

    Signals:
        changed(): one of these is not as before.
    """

    changed = Signal()

    def __init__(self, owner: QObject) -> None:
        """`owner` is the lab, which ends all jobs when the window closes."""
        super().__init__(owner)
        self.pair: ConfusionPair | None = None
        self.problem = ""
        self._owner = owner
        self._job: Job | None = None

    def want(self, ids: tuple[str, str], digits: Digits, weights_of: Callable[[str], NetworkWeights]) -> None:
        """Compute the answers of these two runs; `weights_of` reads a network, in the job's thread."""
        if self._job is not None:
            self._job.cancel()
        self._job = Job(
            self._owner, lambda handle: confusion_pair(weights_of, ids, digits, handle), self._receive, self._fail
        )
        self._job.finished.connect(self._on_finished)
        self._job.start()

    @Slot()
    def _on_finished(self) -> None:
        if self.sender() is self._job:  # the lab has ended it, or its result is here
            self._job = None

    def _receive(self, pair: ConfusionPair) -> None:
        self.pair, self.problem = pair, ""
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self.problem = translation.sentence(error)
        self.changed.emit()
