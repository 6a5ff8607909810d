"""What the Experiments page starts: a race, a range test or a sweep, with the digits and settings of the next run."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.pace import Fairness
from mnist_lab.network.recording import Moment
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_plan import SweepPlan
from mnist_lab.window.state.hindrance import Hindrance
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.range_work import RangeStart, RangeWork

if TYPE_CHECKING:  # the engine stands behind it
    from mnist_lab.network.session import TrainingSession


class ExperimentStarts(QObject):
    """Starts them, or has the lab tell why not."""

    def __init__(self, lab: Lab, parent: QObject) -> None:
        super().__init__(parent)
        self._lab = lab

    def start_race(self, experiments: Sequence[Experiment], fairness: Fairness) -> None:
        """Let these race, unless something else is being trained."""
        waits = self.tr("A run is paused: stop it on the page Train, then start the race.")
        trains = self.tr("Something is being trained: stop it or wait for its end, then start the race.")
        if self._has_room(waits, trains) and (digits := self._digits()) is not None:
            self._lab.race.start(experiments, *digits, fairness)

    def start_sweep(self, plan: SweepPlan, workers: int) -> None:
        """Let these be swept, unless something else is being trained."""
        waits = self.tr("A run is paused: stop it on the page Train, then start the sweep.")
        trains = self.tr("Something is being trained: stop it or wait for its end, then start the sweep.")
        if self._has_room(waits, trains) and (digits := self._digits()) is not None:
            self._lab.sweep.start(plan, *digits, workers)

    def go_on_with_sweep(self, workers: int) -> None:
        """Let the last sweep go on with what is missing, unless something else is being trained."""
        waits = self.tr("A run is paused: stop it on the page Train, then let the sweep go on.")
        trains = self.tr("Something is being trained: stop it or wait for its end, then let the sweep go on.")
        if self._has_room(waits, trains) and (digits := self._digits()) is not None:
            self._lab.sweep.go_on(*digits, workers)

    def _has_room(self, waits: str, trains: str) -> bool:
        """Whether nothing is being trained; else `waits` is told of a run that is paused, or `trains`."""
        lab = self._lab
        if not lab.is_taken:
            return True
        before = self._standing()
        lab.hinder(Hindrance(waits if lab.live.is_paused else trains, lambda: self._standing() == before))
        return False

    def _standing(self) -> tuple[bool, ...]:
        """What is being trained, and whether it waits."""
        lab = self._lab
        return lab.live.is_training, lab.live.is_paused, lab.race.is_racing, lab.sweep.is_sweeping

    def _digits(self) -> tuple[Digits, int] | None:
        """Those in use, and how many of them the learner has drawn; None where there are none, which is told."""
        lab = self._lab
        digits, own = lab.digits_in_use()
        if digits is not None:
            return digits, own
        words = lab.supply.why_none or self.tr("The digits are still being read: start it in a moment.")
        lab.hinder(Hindrance(words, lambda: lab.digits is None))
        return None

    def start_range_test(self, work: RangeWork, *, trained: bool) -> None:
        """Test learning rates on a clone, taking turns with what is being trained.

        The clone is untrained and has the settings in the form, or is `trained`: the run that is looked at.
        """
        lab = self._lab
        if trained:
            self._start_from_run(work)
            return
        experiment = lab.draft.commit()
        if experiment is None:
            lab.problem.emit(lab.draft.problem)
        elif (digits := self._digits()) is not None:
            work.start(RangeStart(experiment, digits[0]), lab.control_to_ask)

    def _start_from_run(self, work: RangeWork) -> None:
        """The same from the run looked at, at its moment: the one that is looked at, else its newest."""
        lab, look = self._lab, self._lab.look
        run, weights = look.run, look.network_of_run
        if run is None or weights is None:
            lab.problem.emit(self.tr("No run is looked at: train one on Train, or test untrained weights."))
        elif look.opened is not None and not look.opened.has_digits:
            lab.problem.emit(self.tr("The digits of this run are not here: open them, or test untrained weights."))
        else:
            snapshot: Callable[[TrainingSession | None], Snapshot | None]
            snapshot = partial(_newest, lab.store, run.id, is_live=lab.live.is_looked_at and run.is_live)
            if look.moment is not None:
                snapshot = partial(_of_moment, look.moment)
            work.start(RangeStart(run.experiment, run.digits, weights.updates, snapshot), lab.control_to_ask)


def _of_moment(moment: Moment, _session: "TrainingSession | None") -> Snapshot:
    return moment.snapshot


def _newest(store: RunStore, run_id: str, session: "TrainingSession | None", *, is_live: bool) -> Snapshot:
    """Of the live run what it is now, of any other its newest kept state."""
    return session.snapshot() if is_live and session is not None else store.snapshot(run_id)
