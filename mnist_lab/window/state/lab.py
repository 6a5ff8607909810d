"""The lab itself: what every page shows and changes, each part with its owner. Pages are told what has changed."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.control import Control
from mnist_lab.runs.run import Run
from mnist_lab.runs.store import RunStore
from mnist_lab.studies.looked import Looked
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.digit_supply import DigitSupply
from mnist_lab.window.state.draft import ExperimentDraft
from mnist_lab.window.state.drawing import Drawing
from mnist_lab.window.state.forking import Forks
from mnist_lab.window.state.hindrance import Hindrance
from mnist_lab.window.state.inspections import Inspections
from mnist_lab.window.state.keras_state import Keras as Keras
from mnist_lab.window.state.live_race import LiveRace
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.live_sweep import LiveSweep
from mnist_lab.window.state.look import Look
from mnist_lab.window.state.navigator import Navigator
from mnist_lab.window.state.network_shelf import KeptNetwork, NetworkShelf
from mnist_lab.window.state.opener import Opener
from mnist_lab.window.state.own_digit_shelf import OwnDigitShelf
from mnist_lab.window.state.run_exports import RunExports
from mnist_lab.window.state.run_shelf import RunShelf
from mnist_lab.window.state.settings_travel import SettingsTravel
from mnist_lab.window.state.starts import Starts
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.state.time_machine import TimeMachine
from mnist_lab.window.state.views import Views
from mnist_lab.window.state.waiting_run import WaitingRun


class Lab(QObject):
    """Assembles the parts of the state, joins them, and ends every thread.

    Attributes:
        supply: the digits in use and the ways to others.
        own_digits: what the learner drew, labelled and kept.
        draft: what the next run will be.
        travel: brings settings into the form and out of it.
        store: where runs are kept.
        live: the run that goes on.
        waiting: begins it once there are digits and Keras.
        race: the race that goes on.
        sweep: the sweep that goes on.
        look: which run or network is looked at.
        time: takes the look to earlier moments of the run, and back.
        forks: lets new runs go on from such moments.
        shelf: the kept runs.
        exports: writes them for other programs.
        networks: the kept networks among them.
        opener: turns the look to one of them.
        drawing: the drawing on the pad; None while it is empty.
        navigator: opens pages, with what they are to do there.
        inspections: what follows from the newest weights and takes time to compute.
        views: how each page is looked at.

    Signals:
        changed(frozenset[Subject]): what is not as before.
        offered(Offer): a sentence for the learner with something that can be done about it.
        noticed(str): a sentence on what was done as the learner wished.
        problem(str): a sentence for the learner.
        hindered(Hindrance): the newest problem is one only as long as something is in the way.
    """

    changed = Signal(object)
    offered = Signal(object)
    noticed = Signal(str)
    problem = Signal(str)
    hindered = Signal(object)

    def __init__(self, experiment: Experiment, parent: QObject | None = None, home: Path | None = None) -> None:
        """`home` is where runs are kept; None: in the lab's own."""
        super().__init__(parent)
        self.supply = DigitSupply(self)
        self.own_digits = OwnDigitShelf(self)
        self.draft = ExperimentDraft(experiment, self)
        self.look = Look()
        self.store = RunStore(home)
        self.live = LiveRun(self.look, self.store, self)
        self.race = LiveRace(self.store, self)
        self.sweep = LiveSweep(self.store, self)
        self.travel = SettingsTravel(self.draft, self.live, self)
        self.shelf = RunShelf(self.store, self)
        self.exports = RunExports(self.store, lambda: self.control_to_ask, self)
        self.networks = NetworkShelf(self.shelf, self)
        self.opener = Opener(self.look, self.live, self.shelf, self.networks, self._digits_at_hand, self)
        self.time = TimeMachine(self.look, self.live, self.store, self, lambda: self.control_to_ask)
        self.waiting = WaitingRun(self.live, self.supply, self.digits_in_use, self)
        begin = self.waiting.begin
        self._starts = Starts(self.draft, self.look, self.live, begin, self, lambda: self.why_not_now)
        self.forks = Forks(self.live, self.store, self.digits_in_use, begin, self, lambda: self.why_not_now)
        self.drawing: Drawing | None = None
        self.navigator = Navigator(self)
        self.views = Views()
        self.inspections = Inspections(self)
        self._connect()

    def _connect(self) -> None:
        parts = (self.supply, self.own_digits, self.shelf, self.networks, self.live, self.race, self.sweep)
        for part in (*parts, self.waiting, self.opener, self.time, self._starts, self.forks, self.travel, self.exports):
            part.problem.connect(self.problem)
        for hindered in (self.shelf, self.opener, self._starts, self.forks):
            hindered.hindered.connect(self.hinder)
        for offering in (self.shelf, self.travel, self.exports):
            offering.offered.connect(self.offered)
        self.travel.noticed.connect(self.noticed)
        self.shelf.changed.connect(self._on_shelf_changed)
        self.supply.changed.connect(self._on_supply_changed)
        self.own_digits.changed.connect(self._on_own_digits_changed)
        self.draft.rate_chosen.connect(self.live.set_learning_rate)
        self.draft.changed.connect(self._on_draft_changed)
        self.live.changed.connect(self._on_live_changed)
        self.waiting.changed.connect(self._on_live_changed)
        for more_runs in (self.race.ended, self.sweep.run_ended):
            more_runs.connect(self.shelf.refresh)
        for several in (self.race, self.sweep):
            several.steered.connect(self._on_several_steered)
        self.opener.changed.connect(self.time.follow)
        self.opener.changed.connect(self._on_live_changed)
        self.time.changed.connect(self._on_live_changed)

    # What is

    @property
    def digits(self) -> Digits | None:
        """The digits of the next run, with one's own if they are used; None until the first are loaded."""
        return None if self.supply.digits is None else self.own_digits.extend(self.supply.digits)

    @property
    def run(self) -> Run | None:
        """The run that is looked at: the one that goes on, the last one, or one that was opened; None before any."""
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
    def keras(self) -> Keras:
        """Whether Keras can be used yet."""
        return self.waiting.keras

    @property
    def would_lose_network(self) -> bool:
        """Whether a new run would take the place of a trained network that could not be kept."""
        weights = self.live.weights
        return weights is not None and weights.updates > 0 and not (self.live.is_training or self.live.is_kept)

    @property
    def is_taken(self) -> bool:
        """Whether a run, a race or a sweep is being trained or waits in the midst of it: one of them at a time."""
        return self.live.is_training or self.race.is_racing or self.sweep.is_sweeping

    @property
    def why_not_now(self) -> str:
        """Why no run can begin now, as a sentence; "" where it can, or a run is live."""
        if self.race.is_racing:
            return self.tr("A race goes on: stop it on the page Trials or wait for its end, then train.")
        if self.sweep.is_sweeping:
            return self.tr("A sweep goes on: cancel it on the page Trials or wait for its end, then train.")
        return ""

    @property
    def is_computing(self) -> bool:
        """Whether work in the background goes on beside the run, or waits for its turn."""
        return bool(self.findChildren(Job)) or any(derived.is_pending for derived in self.findChildren(Derived))

    # What the learner does

    def start(self) -> None:
        """Start a run, or let the paused one go on."""
        self._starts.start()

    def go_on(self, epochs: int = 1) -> None:
        """Let the run looked at go on: to its end, or for `epochs` more; a run that is live is looked at again."""
        self._starts.go_on(epochs)

    def step(self) -> None:
        """Train exactly one batch, then wait: the run looked at goes on; without one a new run begins."""
        self._starts.step()

    @property
    def control_to_ask(self) -> Control | None:
        """What is asked for a turn with Keras while a run or a race is live; None where neither is."""
        return self.live.control if self.live.is_training else self.race.control_to_ask

    def open_run(self, run_id: str) -> None:
        """Look at a kept run or network, in place of what is looked at now; a run that is live goes on."""
        self.opener.open(run_id)

    def go_on_with(self, run_id: str) -> None:
        """Open a kept run and let it go on."""
        self.opener.go_on_with(run_id, self.go_on)

    def keep_network(self, name: str, weights: NetworkWeights) -> None:
        """Keep a network that was made from the one looked at, and look at it."""
        self.opener.keep_network(name, weights)

    def choose_network(self, network: KeptNetwork | None) -> None:
        """Look at a kept network, or at the run again (None)."""
        self.opener.choose_network(network)

    def look_at_nothing(self) -> None:
        """Look at no run and no network, as in a lab that was just opened; no run is live now."""
        self.live.forget()

    def set_drawing(self, drawing: Drawing | None) -> None:
        """Take over the drawing that is on the pad now (for the page that has the pad)."""
        self.drawing = drawing
        self._tell(Subject.DRAWING)

    def prepare_keras(self) -> None:
        """Import Keras in the background, so that the first run need not wait for it."""
        self.waiting.prepare_keras()

    def end(self) -> None:
        """End the run, every job and every thread; returns when they are over."""
        self.waiting.end()
        self.time.end()
        self.live.end()
        self.race.end()
        self.sweep.end()
        self.shelf.end()
        self.supply.end()
        for derived in self.findChildren(Derived):
            derived.end()
        for job in self.findChildren(Job):
            job.end()

    # What happens

    @Slot(object)
    def hinder(self, hindrance: Hindrance) -> None:
        """Tell what is in the way of something that was asked for, as long as it is."""
        self.problem.emit(hindrance.sentence)
        self.hindered.emit(hindrance)

    def digits_in_use(self) -> tuple[Digits | None, int]:
        """The digits of the next run, and how many of them the learner has drawn."""
        return self.digits, len(self.own_digits.own) if self.own_digits.is_used else 0

    @Slot()
    def _on_several_steered(self) -> None:
        self._tell(Subject.RUN)

    @Slot()
    def _on_draft_changed(self) -> None:
        self._tell(Subject.EXPERIMENT)

    @Slot()
    def _on_supply_changed(self) -> None:
        self.waiting.begin_if_ready()
        self._tell(Subject.DATA)

    @Slot()
    def _on_own_digits_changed(self) -> None:
        self._tell(Subject.OWN_DIGITS, Subject.DATA)

    @Slot()
    def _on_shelf_changed(self) -> None:
        self._tell(Subject.RUNS)

    @Slot(object)
    def _on_live_changed(self, subjects: frozenset[Subject]) -> None:
        if Subject.RUNS in subjects:
            self.shelf.refresh()
        self._tell(*subjects)

    def _digits_at_hand(self) -> tuple[Digits | None, ...]:
        return self.digits, self.supply.digits, None if self.live.run is None else self.live.run.digits

    def _tell(self, *subjects: Subject) -> None:
        if Subject.WEIGHTS in subjects:
            self.inspections.set_looked(self.looked, self.look.source_id)
        self.changed.emit(frozenset(subjects))
