"""The newest copies of a run's weights and of one of its updates, also while another run is looked at."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.control import Control
from mnist_lab.network.events import ObservedUpdate
from mnist_lab.runs.run import Run, State
from mnist_lab.window.state.look import Look
from mnist_lab.window.state.subjects import Subject


class Copies(QObject):
    """What came last out of the mailbox of the run that goes on.

    Attributes:
        weights: the newest copy; None before there is any.

    Signals:
        came(frozenset[Subject]): what is new, where `take_in_turn` has left it for later.
    """

    came = Signal(object)

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._control = Control()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._take_later)
        self._run: Run | None = None
        self.weights: NetworkWeights | None = None
        self._update: ObservedUpdate | None = None

    def begin(self, run: Run | None, weights: NetworkWeights | None = None) -> None:
        """From now on they are of this run, whose newest weights these are; a run that goes on keeps what it has."""
        self._later.stop()
        if run is not self._run:
            self._run, self.weights, self._update = run, weights, None

    def take_weights(self, weights: NetworkWeights) -> None:
        """Take over its weights, as told by an event."""
        self.weights = weights
        self._show()

    def take(self, control: Control, known: int | None = None) -> set[Subject]:
        """Take what lies in the run's mailbox, as far as its `known` first updates, and say what is new."""
        self._later.stop()
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

    def take_in_turn(self, control: Control) -> set[Subject]:
        """The same, as far as the run has been told; while it trains, only once all that waits has been painted.

        What follows from its numbers and what follows from its weights take a turn of the event loop each: a click
        never waits for both.
        """
        run = self._run
        if run is None or run.state is not State.TRAINING:
            return self.take(control, 0 if run is None else run.updates)
        self._control = control
        self._later.start()
        return set()

    @Slot()
    def _take_later(self) -> None:
        subjects = self.take(self._control, 0 if self._run is None else self._run.updates)
        if subjects:
            self.came.emit(frozenset(subjects))

    def turn_to(self) -> None:
        """Look at this run."""
        if self._run is not None:
            self._look.turn_to(self._run, self.weights, self._update)

    def _show(self) -> None:
        if self._look.run is self._run:
            self._look.run_weights, self._look.run_update = self.weights, self._update
