"""A kept run that is to go on: read where, off the window's thread."""

from PySide6.QtCore import QObject, Signal

from mnist_lab.runs.opening import resume_run
from mnist_lab.runs.run import Run
from mnist_lab.runs.store import RunStore
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job


class Resumption(QObject):
    """Takes one run up at a time.

    Signals:
        resumed(ResumedRun): where it goes on; whoever hears it owns its writer.
        refused(str): why it cannot, as a sentence.
    """

    resumed = Signal(object)
    refused = Signal(str)

    def __init__(self, store: RunStore, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._job: Job | None = None

    @property
    def is_pending(self) -> bool:
        """Whether a run is being taken up."""
        return self._job is not None

    def begin(self, run: Run, epochs: int) -> None:
        """Take this run up, on its own digits; with so many epochs more if all were trained."""
        self._job = Job(
            self,
            lambda handle: resume_run(self._store, run.id, run.digits, lambda: not handle.is_cancelled, epochs),
            self._on_resumed,
            self._on_refused,
            lambda resumed: resumed.writer.close(),  # else the run would stay locked
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
