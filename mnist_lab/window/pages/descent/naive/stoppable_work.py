"""Work beside the window that tells how far it is, and that can be asked to end with what is done."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, Signal, Slot

from mnist_lab.shared_cores import one_core
from mnist_lab.studies.nudging import Switch
from mnist_lab.window.state.background import Job
from mnist_lab.work import JobHandle


class WorkState(Enum):
    """How far the newest work is."""

    NOT_BEGUN = auto()
    BEGUN = auto()
    REPORTED = auto()
    DONE = auto()


@dataclass(frozen=True)
class WorkReport:
    """A report on the way, or a result.

    Attributes:
        about: what the caller of `start` passed with the work.
        content: the report or the result itself.
    """

    about: Any
    content: Any


class StoppableWork(QObject):
    """One work at a time, with its newest report and result: they outlive the page that started it.

    Attributes:
        state: how far the newest work is; a failure leaves it where it was.
        newest: the newest report or result, also of an earlier work; None before the first.
        result: the newest result; None before the first.
        seconds: how long the newest work took until `newest`.

    Signals:
        reported(): `newest` is a report of how far the work is.
        done(): `result` is what the work returned, to its end or after `stop`.
        failed(object): the exception that ended it.
    """

    reported = Signal()
    done = Signal()
    failed = Signal(object)

    def __init__(self, owner: QObject) -> None:
        """Jobs belong to `owner`, who ends them with itself."""
        super().__init__(owner)
        self.state = WorkState.NOT_BEGUN
        self.newest: WorkReport | None = None
        self.result: WorkReport | None = None
        self.seconds = 0.0
        self._clock = QElapsedTimer()
        self._owner = owner
        self._about: Any = None
        self._job: Job | None = None
        self._switch = Switch()

    @property
    def is_running(self) -> bool:
        """Whether there is work that has not ended."""
        return self._job is not None

    def start(self, work: Callable[[Switch, JobHandle], Any], about: Any = None) -> None:
        """Begin; `work` ends early once its switch says so. `about` goes with its reports and its result."""
        switch = self._switch = Switch()
        self._about, self.state = about, WorkState.BEGUN
        self._clock.start()

        def timed(handle: JobHandle) -> Any:
            with one_core():
                return work(switch, handle)

        self._job = Job(self._owner, timed, self._on_done, self._on_failed)
        self._job.progressed.connect(self._on_progressed)
        self._job.start()

    @Slot()
    def stop(self) -> None:
        """Ask the work to end with what is done."""
        self._switch.is_stopped = True

    @Slot(object)
    def _on_progressed(self, report: object) -> None:
        if self.sender() is self._job:
            self.state, self.newest = WorkState.REPORTED, WorkReport(self._about, report)
            self.seconds = self._clock.elapsed() / 1_000
            self.reported.emit()

    def _on_done(self, result: object) -> None:
        self._job = None
        self.state = WorkState.DONE
        self.newest = self.result = WorkReport(self._about, result)
        self.seconds = self._clock.elapsed() / 1_000
        self.done.emit()

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.failed.emit(error)
