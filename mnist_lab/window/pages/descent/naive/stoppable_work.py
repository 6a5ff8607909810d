"""Work beside the window that tells how far it is, and that can be asked to end with what is done."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.studies.nudging import Switch
from mnist_lab.window.state.background import Job
from mnist_lab.work import JobHandle


class StoppableWork(QObject):
    """One work at a time.

    Signals:
        reported(object): how far the work is, as it told `JobHandle.report`.
        done(object): what the work returned, to its end or after `stop`.
        failed(object): the exception that ended it.
    """

    reported = Signal(object)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, owner: QObject, parent: QObject) -> None:
        """Jobs belong to `owner`, who ends them with itself."""
        super().__init__(parent)
        self._owner = owner
        self._job: Job | None = None
        self._switch = Switch()

    @property
    def is_running(self) -> bool:
        """Whether there is work that has not ended."""
        return self._job is not None

    def start(self, work: Callable[[Switch, JobHandle], Any]) -> None:
        """Begin; `work` ends early once its switch says so."""
        switch = self._switch = Switch()
        self._job = Job(self._owner, lambda handle: work(switch, handle), self._on_done, self._on_failed)
        self._job.progressed.connect(self._on_progressed)
        self._job.start()

    @Slot()
    def stop(self) -> None:
        """Ask the work to end with what is done."""
        self._switch.is_stopped = True

    @Slot(object)
    def _on_progressed(self, report: object) -> None:
        if self.sender() is self._job:
            self.reported.emit(report)

    def _on_done(self, result: object) -> None:
        self._end()
        self.done.emit(result)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._job = None
