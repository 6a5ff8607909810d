"""What a sweep will be, computed anew as one types, off the window's thread."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.runs.sweep_choices import GridChoices, RandomChoices
from mnist_lab.runs.sweep_plan import SweepPlan, plan_of
from mnist_lab.window import translation
from mnist_lab.window.pages.experiments.sweep_setup import SweepSetup
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.lab import Lab
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
    """

    base: Experiment
    choices: GridChoices | RandomChoices
    digits: Digits | None
    data: str
    workers: int


@dataclass(frozen=True, eq=False)
class SweepOutlook:
    """What comes of a wish.

    Attributes:
        plan: the experiments; None where none can be made.
        problem: why not, as a sentence.
    """

    plan: SweepPlan | None
    problem: str


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
        wish = SweepWish(lab.draft.experiment, choices, lab.digits, lab.supply.choice or "auto", workers)
        self.derived.set_input(wish, "")

    @property
    def outlook(self) -> SweepOutlook | None:
        """Of what is typed now; None while it is computed, or where it cannot be read."""
        return self.derived.value if self.derived.is_current else None

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
        return " ".join(parts)

    def _compute(self, wish: SweepWish, _handle: JobHandle) -> SweepOutlook:
        try:
            plan = plan_of(wish.base, wish.choices, wish.data)
        except LabError as error:
            return SweepOutlook(None, translation.sentence(error))
        return SweepOutlook(plan, "")
