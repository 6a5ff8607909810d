"""Work off the window's thread: one `Job` for each piece, with its parent, its success and its failure."""

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from mnist_lab.window import translation
from mnist_lab.work import Cancelled, JobHandle

_logger = logging.getLogger(__name__)

_REST_MILLISECONDS = 50
"""Between two reports of one job: a report may come for each of 12,730 weights."""

Failure = Callable[[Exception], None]


def failure_of(owner: QObject) -> Failure:
    """Tell an error's sentence by the signal `problem(str)` of `owner`: for where there is no better way."""
    return lambda error: owner.problem.emit(translation.sentence(error))  # type: ignore[attr-defined]


class Job(QThread):
    """Runs `work(handle)` in a thread of its own, then `success(result)` or `failure(error)` in the window's.

    A job belongs to its parent and deletes itself when it is over. `cancel` drops its result, whenever it comes; work
    that ends by `Cancelled` then has none.

    Signals:
        progressed(object): what the work reported, in the window's thread: the newest report, at most twenty times a
            second.
    """

    progressed = Signal(object)
    _reported = Signal()

    def __init__(
        self,
        parent: QObject,
        work: Callable[[JobHandle], Any],
        success: Callable[[Any], None],
        failure: Failure | None = None,
        unwanted: Callable[[Any], None] | None = None,
    ) -> None:
        """Without `failure` the parent tells the sentence (see `failure_of`).

        `unwanted` gets a result that is dropped, in the window's thread: where it holds what must be let go of.
        """
        super().__init__(parent)
        self._work = work
        self._success = success
        self._failure = failure or failure_of(parent)
        self._unwanted = unwanted
        self._result: Any = None
        self._error: Exception | None = None
        self._is_telling = False  # set by the work's thread, cleared by the window's
        self._told: object = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MILLISECONDS)
        self._rest.timeout.connect(self._on_rested)
        self.handle = JobHandle(self._on_report)
        self._reported.connect(self._tell_report)
        self.finished.connect(self._deliver)

    def run(self) -> None:
        """Do the work (in the new thread)."""
        try:
            self._result = self._work(self.handle)
        except Exception as error:  # noqa: BLE001 - handed to `failure`, which every job has
            self._error = error

    def cancel(self) -> None:
        """Ask the work to end, and drop what it yields."""
        self.handle.is_cancelled = True
        self._rest.stop()

    def end(self) -> None:
        """Cancel, and wait until the thread is over."""
        self.cancel()
        self.wait()
        self._drop()

    def _drop(self) -> None:
        result, self._result = self._result, None
        if result is not None and self._unwanted is not None:
            self._unwanted(result)

    def _on_report(self) -> None:
        """Let the window's thread look (in the new thread); it is told once, however many reports come meanwhile."""
        if not self._is_telling:
            self._is_telling = True
            self._reported.emit()

    @Slot()
    def _tell_report(self) -> None:
        report = self.handle.progress
        if report is not self._told and not self.handle.is_cancelled:
            self._told = report
            self.progressed.emit(report)
        if self.isRunning() and not self.handle.is_cancelled:
            self._rest.start()

    @Slot()
    def _on_rested(self) -> None:
        self._is_telling = False  # first: what is reported from here on comes by `_on_report`
        if self.handle.progress is not self._told:
            self._on_report()

    @Slot()
    def _deliver(self) -> None:
        self._rest.stop()
        self._tell_report()
        self.deleteLater()
        if self.handle.is_cancelled:
            if self._error is not None and not isinstance(self._error, Cancelled):
                _logger.info("A cancelled job ended with: %s", self._error)
            self._drop()
            return
        result, self._result = self._result, None  # from here on it is not the job's to drop
        if self._error is not None:
            self._failure(self._error)
        else:
            self._success(result)
