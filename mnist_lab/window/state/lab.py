"""The lab itself: what every page shows and changes, held once. Pages read it and are told what has changed."""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.control import Control
from mnist_lab.network.events import Begun, Event, Failed, ObservedUpdate
from mnist_lab.runs.run import Run
from mnist_lab.studies.trained import Trained
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.digit_supply import DigitSupply
from mnist_lab.window.state.drawing import Drawing
from mnist_lab.window.state.inspections import Inspections
from mnist_lab.window.state.navigator import Navigator
from mnist_lab.window.state.network_shelf import KeptNetwork, NetworkShelf
from mnist_lab.window.state.own_digit_shelf import OwnDigitShelf
from mnist_lab.window.state.training import TrainingBridge
from mnist_lab.work import JobHandle

_WEIGHTS_MILLISECONDS = 100


class Subject(Enum):
    """What can change."""

    EXPERIMENT = auto()
    DATA = auto()
    RUN = auto()
    WEIGHTS = auto()
    UPDATE = auto()
    DRAWING = auto()
    OWN_DIGITS = auto()
    NETWORKS = auto()
    KERAS = auto()


class Keras(Enum):
    """Whether Keras can be used yet."""

    ABSENT = auto()
    IMPORTING = auto()
    READY = auto()


class Lab(QObject):
    """The state of the lab and everything one can do with it.

    Attributes:
        supply: the digits in use and the ways to others.
        own_digits: what the learner drew, labelled and kept.
        experiment: what the next run will be.
        experiment_problem: why the form cannot be used as it stands, in one sentence; "" when it can.
        run: the run that goes on or was the last; None before the first.
        run_weights: the newest copy of its weights; None before there are any.
        networks: what the learner kept beside the runs.
        chosen: the kept network that is looked at instead of the run; None: the run.
        update: the gradient update that was last looked at closely; None before the first.
        drawing: what lies on the pad; None while it is empty.
        navigator: opens pages, with what they are to do there.
        slow_motion: how many gradient updates a second this and the next runs may do; None: as many as they can.
        inspections: what follows from the newest weights and takes time to compute.
        keras: whether Keras can be used yet.

    Signals:
        starting(): a run will start at once: what is still being typed counts now.
        changed(frozenset[Subject]): what is not as before.
        problem(str): a sentence for the learner.
    """

    starting = Signal()
    changed = Signal(object)
    problem = Signal(str)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.supply = DigitSupply(self)
        self.own_digits = OwnDigitShelf(self)
        self.experiment = experiment
        self.experiment_problem = ""
        self.run: Run | None = None
        self.run_weights: NetworkWeights | None = None
        self.networks = NetworkShelf(self)
        self.chosen: KeptNetwork | None = None
        self.update: ObservedUpdate | None = None
        self.drawing: Drawing | None = None
        self.navigator = Navigator(self)
        self.slow_motion: float | None = None
        self.keras = Keras.ABSENT
        self._bridge = TrainingBridge(self)
        self._control = Control()
        self._trained: Trained | None = None
        self._queued: Experiment | None = None  # a start that waits for digits or Keras; it is not lost
        self._has_ended = False
        self._weights_watchers = 0
        self._weights_timer = QTimer(self, interval=_WEIGHTS_MILLISECONDS)
        self.inspections = Inspections(self, self._on_inspection_failed)
        self._connect()

    def _connect(self) -> None:
        self.supply.changed.connect(self._on_supply_changed)
        self.supply.problem.connect(self.problem)
        self.own_digits.changed.connect(self._on_own_digits_changed)
        self.own_digits.problem.connect(self.problem)
        self.networks.changed.connect(self._on_networks_changed)
        self.networks.problem.connect(self.problem)
        self._bridge.received.connect(self._on_events)
        self._bridge.finished.connect(self._on_thread_finished)
        self._weights_timer.timeout.connect(self._request_weights)

    # What is

    @property
    def digits(self) -> Digits | None:
        """The digits of the next run, with one's own if they are used; None until the first are loaded."""
        return None if self.supply.digits is None else self.own_digits.extend(self.supply.digits)

    @property
    def weights(self) -> NetworkWeights | None:
        """The network that is looked at: the newest copy of the run's, or a kept one that was chosen."""
        return self.run_weights if self.chosen is None else self.chosen.weights

    @property
    def trained(self) -> Trained | None:
        """The network that is looked at with the digits of the run, or of the next; None before there is any."""
        digits = self.run.digits if self.run is not None else self.digits
        if self.weights is None or digits is None:
            return None
        known = self._trained
        if known is None or known.weights is not self.weights or known.digits is not digits:
            self._trained = Trained(self.weights, digits)
        return self._trained

    @property
    def is_training(self) -> bool:
        """Whether a run is live: queued, preparing, training or paused."""
        return self._bridge.is_running or self.is_queued

    @property
    def is_queued(self) -> bool:
        """Whether Start was pressed and waits for digits or Keras."""
        return self._queued is not None

    @property
    def is_paused(self) -> bool:
        """Whether the live run was asked to wait."""
        return self.is_training and self._control.is_paused

    @property
    def is_computing(self) -> bool:
        """Whether work in the background goes on beside the run, or waits for its turn."""
        return bool(self.findChildren(Job)) or any(derived.is_pending for derived in self.findChildren(Derived))

    # What the learner does

    def set_experiment(self, experiment: Experiment) -> None:
        """Choose what the next run will be; the learning rate also reaches the run that is live."""
        if experiment == self.experiment:
            return
        if self.is_training and experiment.learning_rate != self.experiment.learning_rate:
            self._change_learning_rate(experiment.learning_rate)
        self.experiment = experiment
        self._tell(Subject.EXPERIMENT)

    @Slot(str)
    def set_experiment_problem(self, problem: str) -> None:
        """Remember why the form cannot be used as it stands; Start then says so and starts nothing."""
        self.experiment_problem = problem

    def start(self) -> None:
        """Start a run, or let the paused one go on."""
        self.starting.emit()
        if self.experiment_problem:
            self.problem.emit(self.experiment_problem)
        elif self.is_training:
            self._control.resume()
            self._tell(Subject.RUN)
        else:
            self._queue(Control())

    def step(self) -> None:
        """Train exactly one batch, in a new run if none is live, then wait."""
        self.starting.emit()
        if self.experiment_problem:
            self.problem.emit(self.experiment_problem)
            return
        if not self.is_training:
            self._queue(Control(paused=True))
        self._control.step()
        self._tell(Subject.RUN)

    def pause(self) -> None:
        """Let the run wait after the chunk at hand."""
        self._control.pause()
        self._tell(Subject.RUN)

    def stop(self) -> None:
        """End the run and keep its weights; forget a start that still waits."""
        self._control.stop()
        self._queued = None
        self._tell(Subject.RUN)

    @Slot(object)
    def set_slow_motion(self, updates_per_second: float | None) -> None:
        """Let this and the next runs be watched, at so many updates a second; None: as many as they can."""
        self.slow_motion = updates_per_second
        self._control.set_slow_motion(updates_per_second)

    def watch_weights(self, watch: bool) -> None:
        """Ask for fresh weights while training, up to ten times a second, until as many have said no as yes."""
        self._weights_watchers += 1 if watch else -1
        if self._weights_watchers:
            self._request_weights()

    def keep_network(self, name: str, weights: NetworkWeights) -> None:
        """Keep a network beside the runs and look at it."""
        kept = self.networks.keep(name, weights)
        if kept is not None:
            self.choose_network(kept)

    def choose_network(self, network: KeptNetwork | None) -> None:
        """Look at a kept network, or at the run again (None)."""
        if network is not self.chosen:
            self.chosen = network
            self._tell(Subject.NETWORKS, Subject.WEIGHTS)

    def request_update(self) -> None:
        """Look at the run's next gradient update closely; it comes as `update`."""
        if self._bridge.is_running:
            self._control.request_update()

    def set_drawing(self, drawing: Drawing | None) -> None:
        """Say what lies on the pad now (for the page that has the pad)."""
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
        self._weights_timer.stop()
        self._queued = None
        self._bridge.close()
        self.supply.end()
        for derived in self.findChildren(Derived):
            derived.end()
        for job in self.findChildren(Job):
            job.end()

    # What happens

    def _change_learning_rate(self, learning_rate: float) -> None:
        if self._queued is not None:
            self._queued = self._queued.changed(learning_rate=learning_rate)
        else:
            self._control.set_learning_rate(learning_rate)
            if self.run is not None:
                self.run.learning_rate = learning_rate

    def _queue(self, control: Control) -> None:
        self._control = control
        control.set_slow_motion(self.slow_motion)
        self._queued = self.experiment
        self.prepare_keras()
        self._begin_queued()
        self._tell(Subject.RUN)

    def _begin_queued(self) -> None:
        """Begin the run that waits, once there are digits and Keras."""
        if self._queued is None or self.keras is not Keras.READY or self.supply.is_loading or self.digits is None:
            return
        digits, experiment, self._queued = self.digits, self._queued, None
        self.run = Run(experiment, digits)
        self.run_weights = self.update = self.chosen = None

        def job(publish: Callable[[Event], None], control: Control) -> None:
            from mnist_lab.network.trainer import train  # imports Keras: only here, in the thread that trains

            train(experiment, digits, publish, control)

        self._bridge.start(job, self._control)
        self._weights_timer.start()
        self._tell(Subject.RUN, Subject.WEIGHTS, Subject.UPDATE, Subject.NETWORKS)

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

    @Slot(list)
    def _on_events(self, events: list[Event]) -> None:
        if self.run is None:
            return
        for event in events:
            self.run.receive(event)
            if isinstance(event, Begun):
                self._set_weights(event.weights)
            if isinstance(event, Failed):
                self.problem.emit(translation.sentence(event.error))
        self._take_copies()
        self._tell(Subject.RUN)

    @Slot()
    def _on_thread_finished(self) -> None:
        self._weights_timer.stop()
        self._take_copies()
        self._tell(Subject.RUN)

    @Slot()
    def _request_weights(self) -> None:
        if self._weights_watchers and self._bridge.is_running:
            self._control.request_weights()

    def _take_copies(self) -> None:
        weights, update = self._control.take_weights(), self._control.take_update()
        if weights is not None:
            self._set_weights(weights)
        if update is not None:
            self.update = update
            self._tell(Subject.UPDATE)

    def _set_weights(self, weights: NetworkWeights) -> None:
        self.run_weights = weights
        self._tell(Subject.WEIGHTS)

    def _on_inspection_failed(self, error: Exception) -> None:
        self.problem.emit(translation.sentence(error))

    def _on_keras_ready(self, _result: object) -> None:
        self.keras = Keras.READY
        self._begin_queued()
        self._tell(Subject.KERAS)

    def _on_keras_missing(self, error: Exception) -> None:
        self.keras = Keras.ABSENT
        self._queued = None
        self.problem.emit(translation.sentence(error))
        self._tell(Subject.KERAS, Subject.RUN)

    def _tell(self, *subjects: Subject) -> None:
        if Subject.WEIGHTS in subjects:
            self.inspections.set_trained(self.trained, self.chosen or self.run)
        self.changed.emit(frozenset(subjects))


def _import_keras(_handle: JobHandle) -> None:
    from mnist_lab.network.backend import keras_and_tensorflow

    keras_and_tensorflow()
