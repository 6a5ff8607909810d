"""Compares a program's weights with those of the lab's own run without XLA, bit for bit; it outlives the page."""

from dataclasses import dataclass, replace
from pathlib import Path

from mnist_lab.experiment import Experiment
from mnist_lab.mirror.lines import Program
from mnist_lab.mirror.program import has_same_bits, program
from mnist_lab.mirror.running import ProgramRun
from mnist_lab.mirror.saving import Files
from mnist_lab.window.pages.train.program.program_source import FoundDigits, UsedDigits
from mnist_lab.window.pages.train.program.yielding_work import YieldingWork
from mnist_lab.window.state.lab import Lab
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


class BitsWork(YieldingWork):
    """One comparison at a time.

    Attributes:
        bits: what is known of the newest; None before the first.
        compared: how many comparisons have come to their end.
    """

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self.bits: Bits | None = None
        self.compared = 0

    def tell(self, view: View) -> None:
        """Let the course know how it stands."""
        view.tell("programsCompared", lambda: self.compared)
        view.tell("programIsSame", lambda: None if self.bits is None else self.bits.is_same)
        view.tell("programHash", lambda: None if self.bits is None else self.bits.theirs or None)
        view.tell("labHash", lambda: None if self.bits is None else self.bits.ours or None)

    def run(self, experiment: Experiment, found: FoundDigits) -> None:
        """Run the program of these settings, and train the same; no run is live."""
        self._start(experiment, found, "")

    def compare(self, experiment: Experiment, found: FoundDigits, theirs: str) -> None:
        """Train these settings, and compare with the hash that a program has printed; no run is live."""
        self._start(experiment, found, theirs)

    def _start(self, experiment: Experiment, found: FoundDigits, theirs: str) -> None:
        self.stop()
        self.bits = Bits(experiment, has_same_bits(experiment, found.source), theirs)
        self._begin(lambda handle: _hashes(experiment, found, theirs, handle), self._on_done)

    def _on_done(self, hashes: tuple[str, str]) -> None:
        assert self.bits is not None  # since it began
        self.bits = replace(self.bits, theirs=hashes[0], ours=hashes[1])
        self.compared += 1


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
