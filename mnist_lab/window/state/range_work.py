"""A learning-rate range test in the background: taking turns with a run or a race that goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.studies.rate_range import RateRange, rate_range
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.work import JobHandle, Progress

if TYPE_CHECKING:  # the engine stands behind it
    from mnist_lab.network.range_test import RateLosses
    from mnist_lab.network.session import TrainingSession
    from mnist_lab.network.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class RangeStart:
    """Where a test begins.

    Attributes:
        experiment: the settings, all but the learning rate.
        digits: on what.
        updates: after how many gradient updates of a run; None: with untrained weights.
        snapshot: gives that run's state then, in the thread of the test; it is given the session of what is live.
    """

    experiment: Experiment
    digits: Digits
    updates: int | None = None
    snapshot: "Callable[[TrainingSession | None], Snapshot | None]" = lambda _session: None


class RangeWork(QObject):
    """One range test at a time, and the newest result.

    Attributes:
        begun: what was tested, or is; None before the first.
        tested: its losses; None while there are none.
        found: what they say; None while there are none.
        count: how many tests have come to their end.
        progress: how far the test is; None where none goes on.
        why_not: why the last test has no result, as a sentence; "" where it has one.

    Signals:
        changed(): what is not as before.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.begun: RangeStart | None = None
        self.tested: RateLosses | None = None
        self.found: RateRange | None = None
        self.count = 0
        self.progress: Progress | None = None
        self.why_not = ""
        self._job: Job | None = None

    @property
    def is_running(self) -> bool:
        """Whether a test goes on."""
        return self._job is not None

    @property
    def bounds(self) -> tuple[float, float, float] | None:
        """The smallest and the largest rate of the range that was found, and the suggested one; None without one."""
        found = self.found
        if found is None or found.lowest is None or found.highest is None or found.suggested is None:
            return None
        return found.lowest, found.highest, found.suggested

    def start(self, begun: RangeStart, control: Control | None) -> None:
        """Test from there on a clone; `control` is that of the run or race that is live now."""
        self.cancel()
        self.begun, self.tested, self.found, self.why_not = begun, None, None, ""
        self._job = Job(self, _work(begun, control), self._on_tested, self._on_error)
        self._job.progressed.connect(self._on_progress)
        self._job.start()
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Give the test up that goes on."""
        if self._job is not None:
            self._job.cancel()
            self._job, self.progress = None, None
            self.changed.emit()

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        if self._job is not None:
            self.progress = progress
            self.changed.emit()

    def _on_tested(self, tested: "RateLosses | None") -> None:
        self._job, self.progress = None, None
        if tested is not None:
            self.tested, self.found = tested, rate_range(tested)
            self.count += 1
        self.changed.emit()

    def _on_error(self, error: Exception) -> None:
        self._job, self.progress, self.why_not = None, None, translation.sentence(error)
        self.changed.emit()


def _work(begun: RangeStart, control: Control | None) -> "Callable[[JobHandle], RateLosses | None]":
    def work(handle: JobHandle) -> "RateLosses | None":
        from mnist_lab.network.range_test import rate_losses
        from mnist_lab.network.turns import in_turn

        def go(session: "TrainingSession | None", is_wanted: Callable[[], bool]) -> "RateLosses | None":
            return rate_losses(
                begun.experiment,
                begun.digits,
                begun.snapshot(session),
                is_wanted=is_wanted,
                progress=lambda done, planned: handle.report(Progress(done, planned)),
            )

        return in_turn(control, go, lambda: not handle.is_cancelled)

    return work
