"""The race that goes on, or was the last that did: its thread, its control, and the record of each racer."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.control import Control
from mnist_lab.network.events import Event, Failed, Updates
from mnist_lab.network.pace import Fairness
from mnist_lab.runs.race_rules import RaceError, check_race, next_race_number, racer_names
from mnist_lab.runs.run import Run
from mnist_lab.runs.store import RunStore
from mnist_lab.window import translation
from mnist_lab.window.state.training import TrainingBridge
from mnist_lab.words import LabError

if TYPE_CHECKING:  # behind it stands Keras
    from mnist_lab.runs.racing import KeptRace


@dataclass(eq=False)
class Lane:
    """One racer.

    Attributes:
        name: what tells it from the others.
        run: its record.
        weights: the newest copy of its network; None before it stands.
        clock: gradient updates, and the seconds of training that they took; from the start, chunk by chunk.
    """

    name: str
    run: Run
    weights: NetworkWeights | None = None
    clock: list[tuple[int, float]] = field(default_factory=lambda: [(0, 0.0)])

    def receive(self, event: Event) -> None:
        """Take the next event of this racer."""
        self.run.receive(event)
        if isinstance(event, Updates):
            self.clock.append((event.first + len(event.losses), event.training_seconds))


class LiveRace(QObject):
    """Starts one race at a time, and steers it; each racer is kept as a run.

    Attributes:
        lanes: the racers, in their order; empty before the first race.
        fairness: of what all racers got the same.
        control: pauses and stops the race, and lends a racer's session to others.
        trouble: why not all of it is kept, as a sentence; "" where it is.

    Signals:
        changed(): what is not as before; once for all events that came together.
        steered(): it begins, ends, is paused, stopped or goes on.
        ended(): it is over, and its runs are kept.
        problem(str): a sentence for the learner.
    """

    changed = Signal()
    steered = Signal()
    ended = Signal()
    problem = Signal(str)

    def __init__(self, store: RunStore, parent: QObject) -> None:
        super().__init__(parent)
        self.lanes: tuple[Lane, ...] = ()
        self.fairness: Fairness = "updates"
        self.control = Control()
        self.trouble = ""
        self._problems: deque[LabError | None] = deque()  # appended by the keepers' threads; None: all is well again
        self._store = store
        self._race: KeptRace | None = None  # set by the race's thread
        self._bridge = TrainingBridge(self)
        self._bridge.received.connect(self._on_events)
        self._bridge.finished.connect(self._on_finished)

    @property
    def is_racing(self) -> bool:
        """Whether a race goes on, or is paused."""
        return self._bridge.is_running

    @property
    def is_paused(self) -> bool:
        """Whether a race waits; one that was asked to end cannot go on any more."""
        return self.is_racing and self.control.is_paused and not self.control.is_stopped

    @property
    def control_to_ask(self) -> Control | None:
        """What others ask for a turn with Keras while a race goes on; None where none does."""
        return self.control if self.is_racing else None

    def start(self, experiments: Sequence[Experiment], digits: Digits, own_digits: int, fairness: Fairness) -> None:
        """Let these race; none is racing now. What is wrong with them is told by `problem`."""
        try:
            check_race(experiments)
        except RaceError as error:
            self.problem.emit(translation.sentence(error))
            return
        names = racer_names(experiments)
        self.lanes = tuple(
            Lane(name, Run(experiment, digits)) for name, experiment in zip(names, experiments, strict=True)
        )
        self.fairness, self.control, self._race = fairness, Control(), None
        self.trouble, self._problems = "", deque()
        self._bridge.start(partial(self._run, self.lanes, digits, own_digits, fairness), self.control)
        self._tell_steered()

    def _run(
        self,
        lanes: Sequence[Lane],
        digits: Digits,
        own_digits: int,
        fairness: Fairness,
        publish: Callable[[Event], None],
        control: Control,
    ) -> None:
        """Make the race and run it (in its own thread, where Keras is imported)."""
        from mnist_lab.runs.racing import kept_race

        store = self._store
        number = next_race_number(row.name for row in (*store.refresh(), *store.deleted_rows()))
        experiments, run_ids = [lane.run.experiment for lane in lanes], [lane.run.id for lane in lanes]
        race = kept_race(
            store,
            number,
            experiments,
            digits,
            fairness,
            run_ids=run_ids,
            own_digits=own_digits,
            problem=self._problems.append,
        )
        self._race = race
        race.train(publish, control)

    def pause(self) -> None:
        """Let all wait after the turn at hand."""
        self.control.pause()
        self._tell_steered()

    def resume(self) -> None:
        """Let them go on."""
        self.control.resume()
        self._tell_steered()

    def stop(self) -> None:
        """End the race; what was trained stays kept."""
        self.control.stop()
        self._tell_steered()

    def request_weights(self) -> None:
        """Ask for a copy of each racer's weights; they come with later numbers."""
        race = self._race
        for racer in () if race is None else race.racers:
            racer.control.request_weights()

    def end(self) -> None:
        """End the race and its thread; returns when all is written."""
        self._bridge.close()

    @Slot(list)
    def _on_events(self, events: list[Event]) -> None:
        by_id = {lane.run.id: lane for lane in self.lanes}
        for event in events:
            if event.run_id in by_id:
                by_id[event.run_id].receive(event)
            if isinstance(event, Failed):
                self.problem.emit(translation.sentence(event.error))
        self._take_weights()
        self._take_problems()
        self.changed.emit()

    def _take_problems(self) -> None:
        """Tell why racers are not kept: once, as one disk has all of them, until they are again."""
        while self._problems:
            error = self._problems.popleft()
            before, self.trouble = self.trouble, "" if error is None else translation.sentence(error)
            if self.trouble and not before:
                self.problem.emit(self.trouble)

    def _tell_steered(self) -> None:
        self.changed.emit()
        self.steered.emit()

    def _take_weights(self) -> None:
        race = self._race
        for lane, racer in zip(self.lanes, () if race is None else race.racers, strict=False):
            lane.weights = racer.control.take_weights() or lane.weights or lane.run.start_weights

    @Slot()
    def _on_finished(self) -> None:
        self._take_weights()
        self._take_problems()
        race = self._race
        for lane, keeper in zip(self.lanes, () if race is None else race.keepers, strict=False):
            lane.run.number = keeper.number
        self._race = None
        self._tell_steered()
        self.ended.emit()
