"""A kept run read to be looked at: off the window's thread, one at a time."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from mnist_lab.data.digits import Digits
from mnist_lab.runs.opening import OpenedRun, open_run
from mnist_lab.runs.store import RunStore
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job


class RunOpening(QObject):
    """Reads the run that was asked for last.

    Signals:
        opened(OpenedRun): that run.
        problem(str): why it cannot be read, as a sentence.
    """

    opened = Signal(object)
    problem = Signal(str)

    def __init__(self, store: RunStore, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._job: Job | None = None

    def open(self, run_id: str, at_hand: Sequence[Digits] = ()) -> None:
        """Read a run; its digits may be among those `at_hand`. A later call replaces an earlier one."""
        if self._job is not None:
            self._job.cancel()
        store = self._store
        self._job = Job(self, lambda _handle: open_run(store, run_id, at_hand), self._on_opened, self._on_failed)
        self._job.start()

    def _on_opened(self, opened: OpenedRun) -> None:
        self._job = None
        self.opened.emit(opened)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.problem.emit(translation.sentence(error))
