"""A run that is to go on from what is kept: read where, off the window's thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from mnist_lab.runs.opening import ResumedRun
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job

Resume = Callable[[Callable[[], bool]], ResumedRun | None]
"""Reads where a run goes on; it is given a function that says whether that is still wanted."""


class Resumption(QObject):
    """Takes one run up at a time.

    Signals:
        resumed(ResumedRun): where it goes on; whoever hears it owns its writer, if it has one.
        refused(str): why it cannot, as a sentence.
    """

    resumed = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None

    @property
    def is_pending(self) -> bool:
        """Whether a run is being taken up."""
        return self._job is not None

    def begin(self, resume: Resume) -> None:
        """Take a run up."""
        self._job = Job(
            self,
            lambda handle: resume(lambda: not handle.is_cancelled),
            self._on_resumed,
            self._on_refused,
            ResumedRun.let_go,  # else the run would stay locked
        )
        self._job.start()

    def cancel(self) -> None:
        """Leave the run as it is."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def end(self) -> None:
        """Leave the run as it is; returns when the thread is over."""
        if self._job is not None:
            self._job.end()
            self._job = None

    def _on_resumed(self, resumed: object) -> None:
        self._job = None
        self.resumed.emit(resumed)

    def _on_refused(self, error: Exception) -> None:
        self._job = None
        self.refused.emit(translation.sentence(error))
