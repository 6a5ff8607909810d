"""The newest copies of a run's weights and of one of its updates, also while another run is looked at."""

from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.control import Control
from mnist_lab.network.events import ObservedUpdate
from mnist_lab.runs.run import Run
from mnist_lab.window.state.look import Look
from mnist_lab.window.state.subjects import Subject


class Copies:
    """What came last out of the mailbox of the run that goes on.

    Attributes:
        weights: the newest copy; None before there is any.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        self._run: Run | None = None
        self.weights: NetworkWeights | None = None
        self._update: ObservedUpdate | None = None

    def begin(self, run: Run | None, weights: NetworkWeights | None = None) -> None:
        """From now on they are of this run, whose newest weights these are; a run that goes on keeps what it has."""
        if run is not self._run:
            self._run, self.weights, self._update = run, weights, None

    def take_weights(self, weights: NetworkWeights) -> None:
        """Take over its weights, as told by an event."""
        self.weights = weights
        self._show()

    def take(self, control: Control, known: int | None = None) -> set[Subject]:
        """Take what lies in the run's mailbox, as far as its `known` first updates, and say what is new."""
        weights, update = control.take_weights(known), control.take_update(known)
        subjects = set()
        if weights is not None:
            self.weights = weights
            subjects.add(Subject.WEIGHTS)
        if update is not None:
            self._update = update
            subjects.add(Subject.UPDATE)
        self._show()
        return subjects

    def turn_to(self) -> None:
        """Look at this run."""
        if self._run is not None:
            self._look.turn_to(self._run, self.weights, self._update)

    def _show(self) -> None:
        if self._look.run is self._run:
            self._look.run_weights, self._look.run_update = self.weights, self._update
