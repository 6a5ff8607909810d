"""Measures in the background how rounding parts the lab's run from the program's; it outlives the page."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.window.pages.train.program.yielding_work import YieldingWork
from mnist_lab.window.state.lab import Lab
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


class PartingWork(YieldingWork):
    """One measurement at a time.

    Attributes:
        parted: what is known of the newest; None before the first.
    """

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self.parted: Parted | None = None

    def start(self, experiment: Experiment, digits: Digits) -> None:
        """Measure with these settings; no run is live."""
        self.stop()
        self.parted = Parted(experiment, digits, np.empty(0), is_complete=False)
        self._begin(lambda handle: _parted(experiment, digits, handle), self._take_all)

    def _take_progress(self, differences: NDArray[np.float64]) -> None:
        self._take(differences, is_complete=False)

    def _take_all(self, differences: NDArray[np.float64]) -> None:
        self._take(differences, is_complete=True)

    def _take(self, differences: NDArray[np.float64], *, is_complete: bool) -> None:
        assert self.parted is not None  # since it began
        self.parted = replace(self.parted, differences=differences, is_complete=is_complete)


def _parted(experiment: Experiment, digits: Digits, handle: JobHandle) -> NDArray[np.float64] | None:
    from mnist_lab.network.rounding import part
    from mnist_lab.network.turns import in_turn

    return in_turn(
        None,
        lambda _, is_wanted: part(experiment, digits, handle.report, is_wanted),
        lambda: not handle.is_cancelled,
    )
