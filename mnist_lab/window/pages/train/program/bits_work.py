"""Compares a program's weights with those of the lab's own run without XLA, bit for bit; it outlives the page."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.experiment import Experiment
from mnist_lab.mirror.lines import Program
from mnist_lab.mirror.program import has_same_bits, program
from mnist_lab.mirror.running import ProgramRun
from mnist_lab.mirror.saving import Files
from mnist_lab.window import translation
from mnist_lab.window.pages.train.program.program_source import FoundDigits, UsedDigits
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.state.views import View
from mnist_lab.work import JobHandle


@dataclass(frozen=True, eq=False)
class Bits:
    """What is known of both networks.

    Attributes:
        experiment: the settings of both.
        can_be_same: whether Keras multiplies in the lab's own order with them.
        theirs: the hash of the program's weights; "" as long as it is not known.
        ours: that of the lab's.
    """

    experiment: Experiment
    can_be_same: bool
    theirs: str = ""
    ours: str = ""

    @property
    def is_same(self) -> bool | None:
        """Whether every weight has the same bits; None as long as that is not known."""
        return self.theirs == self.ours if self.theirs and self.ours else None


class BitsWork(QObject):
    """One comparison at a time; it gives way to a run, for one thread trains.

    Attributes:
        bits: what is known of the newest; None before the first.
        problem: why it failed, in a sentence; "" if it did not.
        compared: how many comparisons have come to their end.

    Signals:
        changed(): one of these is not as before, or it has begun or ended.
    """

    changed = Signal()

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        self.bits: Bits | None = None
        self.problem = ""
        self.compared = 0
        self._job: Job | None = None
        lab.changed.connect(self._on_lab_changed)

    def tell(self, view: View) -> None:
        """Let the course know how it stands."""
        view.tell("programsCompared", lambda: self.compared)
        view.tell("programIsSame", lambda: None if self.bits is None else self.bits.is_same)
        view.tell("programHash", lambda: None if self.bits is None else self.bits.theirs or None)
        view.tell("labHash", lambda: None if self.bits is None else self.bits.ours or None)

    @property
    def is_running(self) -> bool:
        """Whether it goes on right now."""
        return self._job is not None

    def run(self, experiment: Experiment, found: FoundDigits) -> None:
        """Run the program of these settings, and train the same; no run is live."""
        self._start(experiment, found, "")

    def compare(self, experiment: Experiment, found: FoundDigits, theirs: str) -> None:
        """Train these settings, and compare with the hash that a program has printed; no run is live."""
        self._start(experiment, found, theirs)

    def _start(self, experiment: Experiment, found: FoundDigits, theirs: str) -> None:
        self.stop()
        self.bits, self.problem = Bits(experiment, has_same_bits(experiment, found.source), theirs), ""
        self._job = Job(
            self._lab, lambda handle: _hashes(experiment, found, theirs, handle), self._on_done, self._on_failed
        )
        self._job.finished.connect(self._on_finished)
        self._job.start()
        self.changed.emit()

    def stop(self) -> None:
        """Compare no more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.changed.emit()

    @Slot(object)
    def _on_lab_changed(self, subjects: frozenset[Subject]) -> None:
        if Subject.RUN in subjects and self._lab.live.is_training:
            self.stop()

    def _on_done(self, hashes: tuple[str, str]) -> None:
        self._job = None
        assert self.bits is not None  # since it began
        self.bits = replace(self.bits, theirs=hashes[0], ours=hashes[1])
        self.compared += 1
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._job, self.problem = None, translation.sentence(error)
        self.changed.emit()

    @Slot()
    def _on_finished(self) -> None:
        if self.sender() is self._job:  # the lab has ended it
            self._job = None


def _hashes(experiment: Experiment, found: FoundDigits, theirs: str, handle: JobHandle) -> tuple[str, str] | None:
    """The program's and the lab's: both are trained side by side, or only the lab's; None: it is not wanted."""
    if theirs:
        ours = _our_hash(experiment, found.used, handle)
        return None if ours is None else (theirs, ours)

    def make(path: Path) -> tuple[Program, Files]:
        beside = found.used.found(path)
        return program(experiment, beside.here, checks=True), beside.files

    with ProgramRun(make) as run:
        ours = _our_hash(experiment, found.used, handle)
        printed = run.result(lambda: not handle.is_cancelled)
    return None if ours is None or printed is None else (printed, ours)


def _our_hash(experiment: Experiment, used: UsedDigits, handle: JobHandle) -> str | None:
    from mnist_lab.network.plain_run import plain_weights
    from mnist_lab.network.turns import in_turn

    weights = in_turn(
        None,
        lambda _, is_wanted: plain_weights(experiment, used.digits, is_wanted=is_wanted),
        lambda: not handle.is_cancelled,
    )
    return None if weights is None else weights.sha256()
