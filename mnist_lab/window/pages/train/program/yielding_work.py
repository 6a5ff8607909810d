"""Training for comparison, in the background, that gives way to a run or a race: one thread trains."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.work import JobHandle


class YieldingWork(QObject):
    """One piece of it at a time; it outlives the page.

    Attributes:
        problem: why the newest failed, in a sentence; "" if it did not.

    Signals:
        changed(): what is known of it is not as before, or it has begun or ended.
    """

    changed = Signal()

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self.problem = ""
        self._lab = lab
        self._job: Job | None = None
        lab.changed.connect(self._on_lab_changed)

    @property
    def is_running(self) -> bool:
        """Whether it goes on right now."""
        return self._job is not None

    def stop(self) -> None:
        """Go on no more; what is known stays."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.changed.emit()

    def _begin(self, work: Callable[[JobHandle], Any], done: Callable[[Any], None]) -> None:
        """Have `work` done in a thread of its own, and `done` told what came of it."""

        def on_done(result: Any) -> None:
            self._job = None
            done(result)
            self.changed.emit()

        self.problem = ""
        self._job = Job(self._lab, work, on_done, self._on_failed)
        self._job.progressed.connect(self._on_progressed)
        self._job.finished.connect(self._on_finished)
        self._job.start()
        self.changed.emit()

    def _take_progress(self, _progress: Any) -> None:
        """Note what the work tells on its way."""

    @Slot(object)
    def _on_lab_changed(self, subjects: frozenset[Subject]) -> None:
        if Subject.RUN in subjects and self._lab.is_taken:
            self.stop()

    @Slot(object)
    def _on_progressed(self, progress: object) -> None:
        if self.sender() is self._job:
            self._take_progress(progress)
            self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._job, self.problem = None, translation.sentence(error)
        self.changed.emit()

    @Slot()
    def _on_finished(self) -> None:
        if self.sender() is self._job:  # the lab has ended it
            self._job = None
