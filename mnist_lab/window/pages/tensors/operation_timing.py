"""How long an operation takes, as loops and in NumPy: measured off the window's thread."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from mnist_lab.shared_cores import one_core
from mnist_lab.tensors.loops import Array
from mnist_lab.tensors.operation import Operation
from mnist_lab.tensors.timing import Timing, time_both
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Lab
from mnist_lab.work import JobHandle


class OperationTiming(QObject):
    """Times one operation after the other; outlives the tab that shows it.

    Attributes:
        timing: the newest result; None before the first, while it is measured, and once it is outdated.

    Signals:
        changed(): another `timing`, or it is being measured, or no more.
    """

    changed = Signal()

    def __init__(self, lab: Lab) -> None:
        """The lab ends the measuring when the window closes, and tells what failed."""
        super().__init__(lab)
        self.timing: Timing | None = None
        self._lab = lab
        self._job: Job | None = None

    @property
    def is_running(self) -> bool:
        """Whether it is being measured."""
        return self._job is not None

    def measure(self, operation: Operation, arrays: Sequence[Array]) -> None:
        """Time an operation on these operands, in place of what was measured before."""
        self._cancel()

        def work(handle: JobHandle) -> Timing | None:
            with one_core():
                return time_both(operation, arrays, lambda: handle.is_cancelled)

        self._job = Job(self._lab, work, self._receive, self._fail)
        self._job.start()
        self.changed.emit()

    def forget(self) -> None:
        """There is no operation that was timed."""
        had_any = self.is_running or self.timing is not None
        self._cancel()
        if had_any:
            self.changed.emit()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = self.timing = None

    def _receive(self, timing: Timing) -> None:
        self._job, self.timing = None, timing
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._lab.problem.emit(translation.sentence(error))
        self.changed.emit()
