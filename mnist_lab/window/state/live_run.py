"""The run that goes on: its thread, its control, its start that still waits, and the copies that come from it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.control import Control
from mnist_lab.network.events import Begun, Event, Failed, RateChanged
from mnist_lab.network.halt import Halt
from mnist_lab.runs.opening import ResumedRun, resume_run
from mnist_lab.runs.run import Run
from mnist_lab.runs.store import RunStore
from mnist_lab.window import translation
from mnist_lab.window.state.copies import Copies
from mnist_lab.window.state.keeping import Keeping
from mnist_lab.window.state.look import Look
from mnist_lab.window.state.resumption import Resume, Resumption
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.state.training import TrainingBridge
from mnist_lab.window.state.weights_watch import WeightsWatch


class LiveRun(QObject):
    """Starts one run at a time, steers it, and has it kept; it goes on while another is looked at (see `Look`).

    Attributes:
        run: the run that goes on or was the last that did; None before the first.
        control: steers it, and lets others use its session between two chunks.
        slow_motion: how many gradient updates a second this and the next runs may do; None: as many as they can.
        slow_first: says at which speed a run that begins can be watched by a newcomer (None: at its own); None where
            nobody need be shown, or the learner has chosen a speed.
        is_slowed_first: whether the speed of the run is from there: it ends with the run, or when one is chosen.

    Signals:
        changed(frozenset[Subject]): what is not as before; once for all events that came together, then for copies.
        turning(): a run begins, this one is to be looked at, or nothing is: what is being opened is wanted no more.
        problem(str): a sentence for the learner.
    """

    changed = Signal(object)
    turning = Signal()
    problem = Signal(str)

    def __init__(self, look: Look, store: RunStore, parent: QObject) -> None:
        """Each run goes to `store`; it and the newest copy of its weights go to `look`."""
        super().__init__(parent)
        self.run: Run | None = None
        self.slow_motion: float | None = None
        self.slow_first: Callable[[Run], float | None] | None = None
        self.is_slowed_first = False
        self._look = look
        self._store = store
        self._bridge = TrainingBridge(self)
        self.control = Control()
        self._keeping: Keeping | None = None
        self._copies = Copies(look, self)
        self._copies.came.connect(self.changed)
        self._resumption = Resumption(self)
        self._halt: Halt | None = None  # where the last run ended
        self._queued: Experiment | Resume | None = None  # a start that waits; it is not lost
        self._watch = WeightsWatch(self._request_weights, self)
        self._bridge.received.connect(self._on_events)
        self._bridge.finished.connect(self._on_thread_finished)
        self._resumption.resumed.connect(self._on_resumed)
        self._resumption.refused.connect(self.problem)
        self._resumption.refused.connect(self.forget_queued)

    # What is

    @property
    def is_training(self) -> bool:
        """Whether a run is live: queued, preparing, training or paused."""
        return self._bridge.is_running or self.is_queued

    @property
    def is_queued(self) -> bool:
        """Whether Start was pressed and waits for digits, Keras or the kept run that is to go on."""
        return self._queued is not None or self._resumption.is_pending

    @property
    def is_paused(self) -> bool:
        """Whether the live run was asked to wait; one that was asked to end cannot be resumed any more."""
        return self.is_training and self.control.is_paused and not self.control.is_stopped

    @property
    def is_looked_at(self) -> bool:
        """Whether what is looked at is this run, or was chosen beside it."""
        return self._look.run is self.run

    @property
    def can_go_on(self) -> bool:
        """Whether the run looked at has ended where it can go on: all have but those that failed or never began."""
        if self.is_training or self._look.run is None:
            return False
        opened = self._look.opened
        return self._halt is not None if opened is None else opened.can_go_on

    @property
    def weights(self) -> NetworkWeights | None:
        """The newest copy of its weights; None before there is any."""
        return self._copies.weights

    @property
    def is_kept(self) -> bool:
        """Whether the run is in the store, as far as it has gone."""
        return self._keeping is None or self._keeping.is_kept

    @property
    def trouble(self) -> str:
        """Why not all of the run is kept, as a sentence; "" where it is."""
        return "" if self._keeping is None else self._keeping.why_not

    # What the learner does

    def queue(self, start: Experiment | Resume, *, paused: bool = False) -> None:
        """Let a new run start as soon as `begin_queued` is called: from its own beginning, or from another's moment."""
        self._renew_control(paused=paused)
        self._queued = start

    def begin_queued(self, digits: Digits, own_digits: int = 0) -> None:
        """Begin the run that waits, if one does, on these digits, some of them drawn. Keras can be used now."""
        queued, self._queued = self._queued, None
        if isinstance(queued, Experiment):
            run = Run(queued, digits)
            self._look.turn_to(run)
            if self.slow_first is not None and (speed := self.slow_first(run)) is not None:
                self._set_speed(speed)
                self.is_slowed_first = True
            self._train(run, Keeping(self._store, run, self, own_digits=own_digits))
        elif queued is not None:
            self._resumption.begin(queued)

    def go_on(self, learning_rate: float | None = None, *, epochs: int = 1, paused: bool = True) -> None:
        """Let the run looked at be live again where it ended, and wait there; `can_go_on` says whether it can.

        One that was read from the store is queued: `begin_queued` lets it begin. One that ended here gets another
        `learning_rate`, if there is one. If all was trained, there are so many `epochs` more.

        Raises:
            ExperimentError: it has as many epochs as a run may have.
        """
        run, opened, halt = self._look.run, self._look.opened, self._halt
        if run is None or not self.can_go_on:
            raise RuntimeError("there is no run that has ended and can go on")
        self._renew_control(paused=paused)
        if opened is None and halt is not None:
            run.go_on(halt.updates, epochs=epochs)
            self._train(run, Keeping(self._store, run, self, going_on=halt.updates), halt, halt.changes)
            if learning_rate is not None:
                self.set_learning_rate(learning_rate)
        else:
            self._queued = partial(resume_run, self._store, run.id, run.digits, epochs=epochs)

    def _renew_control(self, *, paused: bool) -> None:
        self.turning.emit()
        self.control = Control(paused=paused)
        self.control.set_slow_motion(self.slow_motion)

    @Slot(object)
    def _on_resumed(self, resumed: ResumedRun) -> None:
        if resumed.fork or self._look.run is None or self._look.run.id == resumed.run.id:
            self._look.turn_to(resumed.run, resumed.weights)
        self._copies.begin(resumed.run, resumed.weights)
        keeping = Keeping(self._store, resumed.run, self, resumed=resumed.writer, fork=resumed.fork)
        self._train(resumed.run, keeping, resumed.halt, resumed.changes)

    def _train(self, run: Run, keeping: Keeping, halt: Halt | None = None, changes: Sequence[RateChanged] = ()) -> None:
        """Begin the run's thread."""
        self._replace(run, keeping)
        keeping.changed.connect(self.changed)
        keeping.problem.connect(self.problem)
        self._bridge.start(keeping.job(halt, changes), self.control)
        self._watch.begin()
        self._tell(Subject.RUN, Subject.WEIGHTS, Subject.UPDATE, Subject.NETWORKS, Subject.RUNS)

    @Slot()
    def forget_queued(self) -> None:
        """Let the start that waits be none."""
        self._queued = None
        self._resumption.cancel()
        self._tell(Subject.RUN)

    def forget(self) -> None:
        """Let there be no run, and look at nothing: the next one begins anew. None is live now."""
        self._replace(None, None)
        self._look.turn_to(None)
        self._tell(Subject.RUN, Subject.WEIGHTS, Subject.UPDATE, Subject.NETWORKS, Subject.RUNS)

    def _replace(self, run: Run | None, keeping: Keeping | None) -> None:
        """Let go of the run before, with all that it holds in memory."""
        self.turning.emit()
        self._copies.begin(run)
        if self._keeping is not None:
            self._keeping.deleteLater()
        self.run, self._keeping, self._halt = run, keeping, None

    def look_here(self) -> None:
        """Look at this run, if another one is."""
        self.turning.emit()
        if self.run is not None and not self.is_looked_at:
            self._copies.turn_to()
            self._tell(Subject.RUN, Subject.WEIGHTS, Subject.UPDATE, Subject.NETWORKS)

    def resume(self) -> None:
        """Let the paused run go on."""
        self.control.resume()
        self._tell(Subject.RUN)

    def step(self) -> None:
        """Train exactly one batch of the live run, then wait."""
        self.control.step()
        self._tell(Subject.RUN)

    def pause(self) -> None:
        """Let the run wait after the chunk at hand."""
        self.control.pause()
        self._tell(Subject.RUN)

    def stop(self) -> None:
        """End the run and keep its weights; forget a start that still waits."""
        self.control.stop()
        self.forget_queued()

    @Slot(object)
    def set_slow_motion(self, updates_per_second: float | None) -> None:
        """What the learner chose for this and the next runs: so many updates a second; None: as many as they can."""
        self.slow_first = None
        self._set_speed(updates_per_second)
        self._tell(Subject.RUN)

    def _set_speed(self, updates_per_second: float | None) -> None:
        self.is_slowed_first = False
        self.slow_motion = updates_per_second
        self.control.set_slow_motion(updates_per_second)

    def set_learning_rate(self, learning_rate: float) -> None:
        """Change the learning rate of the run that is live, or waits."""
        if isinstance(self._queued, Experiment):
            self._queued = self._queued.changed(learning_rate=learning_rate)
        elif self._bridge.is_running:
            self.control.set_learning_rate(learning_rate)
            if self.run is not None:
                self.run.learning_rate = learning_rate

    def request_update(self) -> None:
        """Look at the run's next gradient update closely; it comes as `update`."""
        if self._bridge.is_running:
            self.look_here()
            self.control.request_update()

    def watch_weights(self, watch: bool) -> None:
        """One watcher more, or one less: with any, fresh weights are asked for while training, five times a second."""
        self._watch.add(1 if watch else -1)

    def end(self) -> None:
        """End the run and its thread; returns when it is over."""
        self._watch.end()
        self._queued = None
        self._resumption.end()
        self._bridge.close()

    # What happens

    @Slot(list)
    def _on_events(self, events: list[Event]) -> None:
        run = self.run
        if run is None:
            return
        for event in events:
            run.receive(event)
            if isinstance(event, Begun):
                # By itself: a short run may be over in the same drain, and the layers are sampled at its start, too.
                self._copies.take_weights(event.weights)
                self._tell(Subject.WEIGHTS)
            if isinstance(event, Failed):
                self.problem.emit(translation.sentence(event.error))
        self._tell(Subject.RUN, *self._copies.take_in_turn(self.control))

    @Slot()
    def _on_thread_finished(self) -> None:
        self._watch.end()
        self._halt = self.control.halt if self._keeping is not None and self._keeping.has_begun else None
        if self._keeping is not None:
            self._keeping.end()
        if self.is_slowed_first:
            self._set_speed(None)
        self._tell(Subject.RUN, Subject.RUNS, *self._copies.take(self.control))

    def _request_weights(self) -> None:
        if self._bridge.is_running and self.is_looked_at and self._look.moment is None:
            self.control.request_weights()

    def _tell(self, *subjects: Subject) -> None:
        self.changed.emit(frozenset(subjects))
