"""Work off the window's thread: one `Job` for each piece, with its parent, its success and its failure."""

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Slot

from mnist_lab.work import JobHandle

_logger = logging.getLogger(__name__)


class Job(QThread):
    """Runs `work(handle)` in a thread of its own, then `success(result)` or `failure(error)` in the window's.

    A job belongs to its parent and deletes itself when it is over. `cancel` drops its result, whenever it comes.
    """

    def __init__(
        self,
        parent: QObject,
        work: Callable[[JobHandle], Any],
        success: Callable[[Any], None],
        failure: Callable[[Exception], None],
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._success = success
        self._failure = failure
        self._result: Any = None
        self._error: Exception | None = None
        self.handle = JobHandle()
        self.finished.connect(self._deliver)

    def run(self) -> None:
        """Do the work (in the new thread)."""
        try:
            self._result = self._work(self.handle)
        except Exception as error:  # noqa: BLE001 - handed to `failure`, which every job must have
            self._error = error

    def cancel(self) -> None:
        """Ask the work to end, and drop what it yields."""
        self.handle.is_cancelled = True

    def end(self) -> None:
        """Cancel, and wait until the thread is over."""
        self.cancel()
        self.wait()

    @Slot()
    def _deliver(self) -> None:
        self.deleteLater()
        if self.handle.is_cancelled:
            if self._error is not None:
                _logger.info("A cancelled job ended with: %s", self._error)
            return
        if self._error is not None:
            self._failure(self._error)
        else:
            self._success(self._result)
