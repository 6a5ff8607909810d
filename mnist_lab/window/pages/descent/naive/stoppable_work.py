"""Work beside the window that tells how far it is, and that can be asked to end with what is done."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.studies.nudging import Switch
from mnist_lab.window.state.background import Job
from mnist_lab.work import JobHandle

_POLL_MILLISECONDS = 100


class StoppableWork(QObject):
    """One work at a time.

    Signals:
        reported(object): the newest of what the work left at `JobHandle.progress`, if it is new.
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
        self._told: object = None
        self._poll = QTimer(self, interval=_POLL_MILLISECONDS)
        self._poll.timeout.connect(self._on_poll)

    @property
    def is_running(self) -> bool:
        """Whether there is work that has not ended."""
        return self._job is not None

    def start(self, work: Callable[[Switch, JobHandle], Any]) -> None:
        """Begin; `work` ends early once its switch says so."""
        switch = self._switch = Switch()
        self._job = Job(self._owner, lambda handle: work(switch, handle), self._on_done, self._on_failed)
        self._job.start()
        self._poll.start()

    @Slot()
    def stop(self) -> None:
        """Ask the work to end with what is done."""
        self._switch.is_stopped = True

    @Slot()
    def _on_poll(self) -> None:
        if self._job is None or self._job.handle.is_cancelled:
            self._poll.stop()
            return
        report = self._job.handle.progress
        if report is not None and report is not self._told:
            self._told = report
            self.reported.emit(report)

    def _on_done(self, result: object) -> None:
        self._end()
        self.done.emit(result)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self._job = None
        self._poll.stop()
