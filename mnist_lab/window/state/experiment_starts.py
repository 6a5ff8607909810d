"""What the Experiments page starts: a race, or a range test, with the digits and settings of the next run."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from mnist_lab.experiment import Experiment
from mnist_lab.network.pace import Fairness
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.range_work import RangeWork


class ExperimentStarts(QObject):
    """Starts them, or has the lab tell why not."""

    def __init__(self, lab: Lab, parent: QObject) -> None:
        super().__init__(parent)
        self._lab = lab

    def start_race(self, experiments: Sequence[Experiment], fairness: Fairness) -> None:
        """Let these race, unless a run or a race goes on."""
        lab = self._lab
        digits, own = lab.digits_in_use()
        if lab.is_taken:
            lab.problem.emit(self.tr("Something is being trained: stop it or wait for its end, then start the race."))
        elif digits is None:
            lab.problem.emit(lab.supply.why_none or self.tr("The digits are still being read: start it in a moment."))
        else:
            lab.race.start(experiments, digits, own, fairness)

    def start_range_test(self, work: RangeWork) -> None:
        """Test learning rates with the settings in the form, taking turns with what is being trained."""
        lab = self._lab
        experiment, (digits, _) = lab.draft.commit(), lab.digits_in_use()
        if experiment is None:
            lab.problem.emit(lab.draft.problem)
        elif digits is None:
            lab.problem.emit(lab.supply.why_none or self.tr("The digits are still being read: start it in a moment."))
        else:
            work.start(experiment, digits, lab.control_to_ask)
