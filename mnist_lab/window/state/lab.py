"""The lab itself: what every page shows and changes, each part with its owner. Pages are told what has changed."""

from enum import Enum, auto

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment, ExperimentError
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.runs.run import Run
from mnist_lab.studies.looked import Looked
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.digit_supply import DigitSupply
from mnist_lab.window.state.draft import ExperimentDraft
from mnist_lab.window.state.drawing import Drawing
from mnist_lab.window.state.inspections import Inspections
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.look import Look
from mnist_lab.window.state.navigator import Navigator
from mnist_lab.window.state.network_shelf import KeptNetwork, NetworkShelf
from mnist_lab.window.state.own_digit_shelf import OwnDigitShelf
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.state.views import Views
from mnist_lab.work import JobHandle


class Keras(Enum):
    """Whether Keras can be used yet."""

    ABSENT = auto()
    IMPORTING = auto()
    READY = auto()


class Lab(QObject):
    """Assembles the parts of the state, joins them, and ends every thread.

    Attributes:
        supply: the digits in use and the ways to others.
        own_digits: what the learner drew, labelled and kept.
        draft: what the next run will be.
        live: the run that goes on.
        look: which network is looked at: the run's, or a kept one.
        networks: what the learner kept beside the runs.
        drawing: the drawing on the pad; None while it is empty.
        navigator: opens pages, with what they are to do there.
        inspections: what follows from the newest weights and takes time to compute.
        views: how each page is looked at.
        keras: whether Keras can be used yet.

    Signals:
        changed(frozenset[Subject]): what is not as before.
        problem(str): a sentence for the learner.
    """

    changed = Signal(object)
    problem = Signal(str)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.supply = DigitSupply(self)
        self.own_digits = OwnDigitShelf(self)
        self.draft = ExperimentDraft(experiment, self)
        self.look = Look()
        self.live = LiveRun(self.look, self)
        self.networks = NetworkShelf(self)
        self.drawing: Drawing | None = None
        self.navigator = Navigator(self)
        self.views = Views()
        self.keras = Keras.ABSENT
        self.inspections = Inspections(self)
        self._has_ended = False
        self._connect()

    def _connect(self) -> None:
        for part in (self.supply, self.own_digits, self.networks, self.live):
            part.problem.connect(self.problem)
        self.supply.changed.connect(self._on_supply_changed)
        self.own_digits.changed.connect(self._on_own_digits_changed)
        self.draft.changed.connect(self._on_draft_changed)
        self.networks.changed.connect(self._on_networks_changed)
        self.live.changed.connect(self._on_live_changed)

    # What is

    @property
    def digits(self) -> Digits | None:
        """The digits of the next run, with one's own if they are used; None until the first are loaded."""
        return None if self.supply.digits is None else self.own_digits.extend(self.supply.digits)

    @property
    def run(self) -> Run | None:
        """The run that goes on or was the last; None before the first."""
        return self.look.run

    @property
    def weights(self) -> NetworkWeights | None:
        """The network that is looked at; None before there is any."""
        return self.look.weights

    @property
    def looked(self) -> Looked | None:
        """The network that is looked at, and what belongs to it; None before there is any."""
        return self.look.looked(self.digits)

    @property
    def would_lose_network(self) -> bool:
        """Whether a new run would take the place of a trained network of which nothing is kept."""
        weights = self.look.run_weights
        if weights is None or weights.updates == 0 or self.live.is_training:
            return False
        return all(kept.weights is not weights for kept in self.networks.networks)

    @property
    def is_computing(self) -> bool:
        """Whether work in the background goes on beside the run, or waits for its turn."""
        return bool(self.findChildren(Job)) or any(derived.is_pending for derived in self.findChildren(Derived))

    # What the learner does

    def start(self) -> None:
        """Start a run, or let the paused one go on."""
        experiment = self._committed()
        if experiment is None:
            return
        if self.live.is_training:
            self.live.resume()
        else:
            self._queue(experiment)

    def step(self) -> None:
        """Train exactly one batch, then wait: a run that has ended goes on; without one a new run begins."""
        experiment = self._committed()
        if experiment is None:
            return
        if self.live.can_go_on and not self._go_on(experiment):
            return
        if not self.live.is_training:
            self._queue(experiment, paused=True)
        self.live.step()

    def keep_network(self, name: str, weights: NetworkWeights) -> None:
        """Keep a network beside the runs and look at it."""
        kept = self.networks.keep(name, weights)
        if kept is not None:
            self.choose_network(kept)

    def choose_network(self, network: KeptNetwork | None) -> None:
        """Look at a kept network, or at the run again (None)."""
        if network is not self.look.chosen:
            self.look.chosen = network
            self._tell(Subject.NETWORKS, Subject.WEIGHTS)

    def set_drawing(self, drawing: Drawing | None) -> None:
        """Take over the drawing that is on the pad now (for the page that has the pad)."""
        self.drawing = drawing
        self._tell(Subject.DRAWING)

    def prepare_keras(self) -> None:
        """Import Keras in the background, so that the first run need not wait for it."""
        if self.keras is Keras.ABSENT and not self._has_ended:
            self.keras = Keras.IMPORTING
            Job(self, _import_keras, self._on_keras_ready, self._on_keras_missing).start()
            self._tell(Subject.KERAS)

    def end(self) -> None:
        """End the run, every job and every thread; returns when they are over."""
        self._has_ended = True  # a window that is closed in its first moment had the import still before it
        self.live.end()
        self.supply.end()
        for derived in self.findChildren(Derived):
            derived.end()
        for job in self.findChildren(Job):
            job.end()

    # What happens

    def _committed(self) -> Experiment | None:
        experiment = self.draft.commit()
        if experiment is None:
            self.problem.emit(self.draft.problem)
        return experiment

    def _go_on(self, experiment: Experiment) -> bool:
        """Let the run that has ended wait where it did; False if it cannot, which was said.

        As while a run is live, the rate in the form counts, unless it is meant for another optimizer.
        """
        run = self.run
        has_its_optimizer = run is not None and experiment.optimizer == run.experiment.optimizer
        try:
            self.live.go_on(experiment.learning_rate if has_its_optimizer else None)
        except ExperimentError as error:
            self.problem.emit(translation.sentence(error))
            return False
        return True

    def _queue(self, experiment: Experiment, *, paused: bool = False) -> None:
        self.live.queue(experiment, paused=paused)
        self.prepare_keras()
        self._begin_queued()
        self._tell(Subject.RUN)

    def _begin_queued(self) -> None:
        """Begin the run that waits, once there are digits and Keras; forget it where there will be none."""
        digits = self.digits
        if self.live.is_queued and self.supply.why_none:
            self.live.forget_queued()
            self.problem.emit(self.supply.why_none)
        elif self.keras is Keras.READY and not self.supply.is_loading and digits is not None:
            self.live.begin_queued(digits)

    @Slot(object)
    def _on_draft_changed(self, before: Experiment) -> None:
        """The learning rate also reaches the run that is live."""
        if self.draft.experiment.learning_rate != before.learning_rate:
            self.live.set_learning_rate(self.draft.experiment.learning_rate)
        self._tell(Subject.EXPERIMENT)

    @Slot()
    def _on_supply_changed(self) -> None:
        self._begin_queued()
        self._tell(Subject.DATA)

    @Slot()
    def _on_own_digits_changed(self) -> None:
        self._tell(Subject.OWN_DIGITS, Subject.DATA)

    @Slot()
    def _on_networks_changed(self) -> None:
        self._tell(Subject.NETWORKS)

    @Slot(object)
    def _on_live_changed(self, subjects: frozenset[Subject]) -> None:
        self._tell(*subjects)

    def _on_keras_ready(self, _result: object) -> None:
        self.keras = Keras.READY
        self._begin_queued()
        self._tell(Subject.KERAS)

    def _on_keras_missing(self, error: Exception) -> None:
        self.keras = Keras.ABSENT
        self.problem.emit(translation.sentence(error))
        self.live.forget_queued()
        self._tell(Subject.KERAS)

    def _tell(self, *subjects: Subject) -> None:
        if Subject.WEIGHTS in subjects:
            self.inspections.set_looked(self.looked, self.look.source_id)
        self.changed.emit(frozenset(subjects))


def _import_keras(_handle: JobHandle) -> None:
    from mnist_lab.network.backend import keras_and_tensorflow

    keras_and_tensorflow()
