"""What a sweep will take, computed anew as one types, off the window's thread: its runs, its time, its room."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.sweep_choices import GridChoices, RandomChoices
from mnist_lab.runs.sweep_estimate import SweepEstimate, check_disk, estimate_sweep
from mnist_lab.runs.sweep_plan import SweepPlan, plan_of
from mnist_lab.window import translation
from mnist_lab.window.pages.experiments.sweep_setup import SweepSetup
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.words import fill, spell_bytes, spell_duration
from mnist_lab.words import LabError
from mnist_lab.work import JobHandle


@dataclass(frozen=True, eq=False)
class SweepWish:
    """What is to be swept.

    Attributes:
        base: the settings that do not vary.
        choices: what varies.
        digits: what is trained on.
        data: what these are called in a file.
        workers: processes.
        rows: kept runs, which tell how fast this computer is.
        free_bytes: on the disk; None where that is not known.
    """

    base: Experiment
    choices: GridChoices | RandomChoices
    digits: Digits | None
    data: str
    workers: int
    rows: Sequence[RunRow]
    free_bytes: int | None


@dataclass(frozen=True, eq=False)
class SweepOutlook:
    """What comes of a wish.

    Attributes:
        plan: the experiments; None where none can be trained.
        problem: why not, as a sentence.
        estimate: what they take; None while there are no digits.
    """

    plan: SweepPlan | None
    problem: str
    estimate: SweepEstimate | None = None


class SweepOutlooks(QObject):
    """Holds the newest wish, and what comes of it.

    Attributes:
        derived: the `SweepOutlook` of the newest `SweepWish`.
        problem: why there is no wish, as a sentence; "" where there is one.
    """

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        self.problem = ""
        self.derived: Derived[SweepWish, SweepOutlook] = Derived(lab, self._compute)

    def want(self, setup: SweepSetup, workers: int) -> None:
        """Look at what is typed now."""
        lab = self._lab
        try:
            choices = setup.choices()
        except LabError as error:
            self.problem = translation.sentence(error)
            self.derived.set_input(None, "")
            return
        self.problem = ""
        data, shelf = lab.supply.choice or "auto", lab.shelf
        wish = SweepWish(lab.draft.experiment, choices, lab.digits, data, workers, shelf.rows, shelf.free_bytes)
        self.derived.set_input(wish, "")

    @property
    def outlook(self) -> SweepOutlook | None:
        """Of what is typed now; None while it is computed, or where it cannot be read."""
        return self.derived.value if self.derived.is_current else None

    @property
    def is_wrong(self) -> bool:
        """Whether what is typed now makes no sweep."""
        outlook = self.outlook
        return bool(self.problem) or (outlook is not None and outlook.plan is None)

    def words(self) -> str:
        """The newest outlook in a sentence or two."""
        if self.problem:
            return self.problem
        found = self.derived.value
        if found is None:
            return self.tr("Reckoning…")
        if found.plan is None:
            return found.problem
        parts = [self.tr("%n run(s).", "", len(found.plan.experiments))]
        if found.plan.doubles:
            parts.append(self.tr("%n double(s) left out.", "", found.plan.doubles))
        if found.estimate is not None:
            parts.append(self._taken(found.estimate))
        return " ".join(parts)

    def _taken(self, estimate: SweepEstimate) -> str:
        room = spell_bytes(estimate.bytes)
        if estimate.seconds is None:
            words = self.tr("About {room} on the disk. How long it takes can be told after a run at full speed.")
            return fill(words, room=room)
        words = self.tr("About {time} with %n worker(s), {room} on the disk.", "", estimate.workers)
        return fill(words, time=spell_duration(estimate.seconds, tenths=False), room=room)

    def _compute(self, wish: SweepWish, _handle: JobHandle) -> SweepOutlook:
        try:
            plan = plan_of(wish.base, wish.choices, wish.data)
            if wish.digits is None:
                return SweepOutlook(plan, "")
            estimate = estimate_sweep(plan, wish.digits, wish.rows, wish.workers)
            if wish.free_bytes is not None:
                check_disk(estimate, wish.free_bytes)
        except LabError as error:
            return SweepOutlook(None, translation.sentence(error))
        return SweepOutlook(plan, "", estimate)
