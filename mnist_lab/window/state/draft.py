"""The experiment that the next run will be: what the form shows, and why it cannot be used as it stands."""

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.experiment import Experiment


class ExperimentDraft(QObject):
    """What is typed in the form.

    Attributes:
        experiment: the newest that is valid as a whole.
        problem: why the form cannot be used as it stands, in one sentence; "" when it can.

    Signals:
        committing(): what is still being typed counts now: the form takes it over at once.
        changed(): another `experiment`.
        rate_chosen(float): another learning rate, which the run that is live is to have, too.
    """

    committing = Signal()
    changed = Signal()
    rate_chosen = Signal(float)

    def __init__(self, experiment: Experiment, parent: QObject) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self.problem = ""

    @Slot(object)
    def set_experiment(self, experiment: Experiment) -> None:
        """Take over what is typed."""
        if experiment.learning_rate != self.experiment.learning_rate:
            self.rate_chosen.emit(experiment.learning_rate)
        self.bring_back(experiment)

    def bring_back(self, experiment: Experiment) -> None:
        """Have this one again for the next run; a run that is live keeps its learning rate."""
        if experiment != self.experiment:
            self.experiment = experiment
            self.changed.emit()

    @Slot(str)
    def set_problem(self, problem: str) -> None:
        """Remember why the form cannot be used as it stands."""
        self.problem = problem

    def commit(self) -> Experiment | None:
        """The experiment with everything that is being typed; None if the form cannot be used (see `problem`)."""
        self.committing.emit()
        return None if self.problem else self.experiment
