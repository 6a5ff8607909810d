"""Measures in the background how rounding parts the lab's run from the program's; it outlives the page."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.work import JobHandle


@dataclass(frozen=True, eq=False)
class Parted:
    """What is known of two runs that differ in rounding alone.

    Attributes:
        experiment: the settings of both.
        digits: those that both trained on.
        differences: (n,) absolute differences of each batch's loss.
        is_complete: whether no more are to come.
    """

    experiment: Experiment
    digits: Digits
    differences: NDArray[np.float64]
    is_complete: bool


class PartingWork(QObject):
    """One measurement at a time; it gives way to a run, for one thread trains.

    Attributes:
        parted: what is known of the newest; None before the first.
        problem: why it failed, in a sentence; "" if it did not.

    Signals:
        changed(): one of these is not as before, or it has begun or ended.
    """

    changed = Signal()

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        self.parted: Parted | None = None
        self.problem = ""
        self._job: Job | None = None
        lab.changed.connect(self._on_lab_changed)

    @property
    def is_running(self) -> bool:
        """Whether it is measured right now."""
        return self._job is not None

    def start(self, experiment: Experiment, digits: Digits) -> None:
        """Measure with these settings; no run is live."""
        self.stop()
        self.parted, self.problem = Parted(experiment, digits, np.empty(0), is_complete=False), ""
        self._job = Job(
            self._lab, lambda handle: _parted(experiment, digits, handle), self._on_measured, self._on_failed
        )
        self._job.progressed.connect(self._on_progressed)
        self._job.finished.connect(self._on_finished)
        self._job.start()
        self.changed.emit()

    def stop(self) -> None:
        """Measure no more; what is known stays."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.changed.emit()

    @Slot(object)
    def _on_lab_changed(self, subjects: frozenset[Subject]) -> None:
        if Subject.RUN in subjects and self._lab.live.is_training:
            self.stop()

    @Slot(object)
    def _on_progressed(self, differences: NDArray[np.float64]) -> None:
        if self.sender() is self._job:
            self._take(differences, is_complete=False)

    def _on_measured(self, differences: NDArray[np.float64]) -> None:
        self._job = None
        self._take(differences, is_complete=True)

    def _take(self, differences: NDArray[np.float64], *, is_complete: bool) -> None:
        assert self.parted is not None  # since it began
        self.parted = Parted(self.parted.experiment, self.parted.digits, differences, is_complete)
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._job, self.problem = None, translation.sentence(error)
        self.changed.emit()

    @Slot()
    def _on_finished(self) -> None:
        if self.sender() is self._job:  # the lab has ended it
            self._job = None


def _parted(experiment: Experiment, digits: Digits, handle: JobHandle) -> NDArray[np.float64] | None:
    from mnist_lab.network.rounding import part
    from mnist_lab.network.turns import in_turn

    return in_turn(
        None,
        lambda _, is_wanted: part(experiment, digits, handle.report, is_wanted),
        lambda: not handle.is_cancelled,
    )
