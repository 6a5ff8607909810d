"""The run that goes on: its thread, its control, its start that still waits, and the copies that come from it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.events import Begun, Event, Failed
from mnist_lab.network.halt import Halt
from mnist_lab.runs.run import Run
from mnist_lab.window import translation
from mnist_lab.window.state.look import Look
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.state.training import TrainingBridge

_WEIGHTS_MILLISECONDS = 100


class LiveRun(QObject):
    """Starts one run at a time and steers it.

    Attributes:
        slow_motion: how many gradient updates a second this and the next runs may do; None: as many as they can.
        slow_first: says at which speed a run that begins can be watched by a newcomer (None: at its own); None where
            nobody need be shown, or the learner has chosen a speed.
        is_slowed_first: whether the speed of the run is from there: it ends with the run, or when one is chosen.

    Signals:
        changed(frozenset[Subject]): what is not as before; once for all events that came together.
        problem(str): a sentence for the learner.
    """

    changed = Signal(object)
    problem = Signal(str)

    def __init__(self, look: Look, parent: QObject) -> None:
        """The run and the newest copy of its weights go to `look`."""
        super().__init__(parent)
        self.slow_motion: float | None = None
        self.slow_first: Callable[[Run], float | None] | None = None
        self.is_slowed_first = False
        self._look = look
        self._bridge = TrainingBridge(self)
        self._control = Control()
        self._halt: Halt | None = None  # where the last run ended
        self._queued: Experiment | None = None  # a start that waits for digits or Keras; it is not lost
        self._watchers = 0
        self._weights_timer = QTimer(self, interval=_WEIGHTS_MILLISECONDS)
        self._bridge.received.connect(self._on_events)
        self._bridge.finished.connect(self._on_thread_finished)
        self._weights_timer.timeout.connect(self._request_weights)

    # What is

    @property
    def run(self) -> Run | None:
        """The run that goes on or was the last; None before the first."""
        return self._look.run

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
    def can_go_on(self) -> bool:
        """Whether the last run has ended where it can go on: all have but those that failed or never began."""
        return self._halt is not None and not self.is_training

    # What the learner does

    def queue(self, experiment: Experiment, *, paused: bool = False) -> None:
        """Let a run start as soon as `begin_queued` is called with digits."""
        self._control = Control(paused=paused)
        self._control.set_slow_motion(self.slow_motion)
        self._queued = experiment

    def begin_queued(self, digits: Digits) -> None:
        """Begin the run that waits, if one does, on these digits. Keras can be used now."""
        experiment, self._queued = self._queued, None
        if experiment is None:
            return
        run = self._look.run = Run(experiment, digits)
        self._look.run_weights = self._look.chosen = self._look.update = self._halt = None
        self._slow_down(run)
        self._train(run, None)
        self._tell(Subject.RUN, Subject.WEIGHTS, Subject.UPDATE, Subject.NETWORKS)

    def go_on(self, learning_rate: float | None = None) -> None:
        """Let the run that has ended be live again and wait where it ended; `can_go_on` says whether it can.

        Args:
            learning_rate: the one from now on; None: as it was.

        Raises:
            ExperimentError: it has as many epochs as a run may have.
        """
        run, halt = self._look.run, self._halt
        if run is None or halt is None or self.is_training:
            raise RuntimeError("there is no run that has ended and can go on")
        run.go_on(halt.updates)
        self._control = Control(paused=True)
        self._control.set_slow_motion(self.slow_motion)
        self._train(run, halt)
        if learning_rate is not None:
            self.set_learning_rate(learning_rate)
        self._tell(Subject.RUN, Subject.WEIGHTS)

    def _train(self, run: Run, halt: Halt | None) -> None:
        """Begin the run's thread: from its start, or where it ended."""

        def job(publish: Callable[[Event], None], control: Control) -> None:
            from mnist_lab.network.trainer import train  # imports Keras: only here, in the thread that trains

            train(run.experiment, run.digits, publish, control, run_id=run.id, halt=halt)

        self._bridge.start(job, self._control)
        self._weights_timer.start()

    def forget_queued(self) -> None:
        """Let the start that waits be none."""
        self._queued = None
        self._tell(Subject.RUN)

    def resume(self) -> None:
        """Let the paused run go on."""
        self._control.resume()
        self._tell(Subject.RUN)

    def step(self) -> None:
        """Train exactly one batch of the live run, then wait."""
        self._control.step()
        self._tell(Subject.RUN)

    def pause(self) -> None:
        """Let the run wait after the chunk at hand."""
        self._control.pause()
        self._tell(Subject.RUN)

    def stop(self) -> None:
        """End the run and keep its weights; forget a start that still waits."""
        self._control.stop()
        self.forget_queued()

    @Slot(object)
    def set_slow_motion(self, updates_per_second: float | None) -> None:
        """Let this and the next runs be watched, at so many updates a second; None: as many as they can.

        It is the learner's choice: from now on no run gets another speed by itself.
        """
        self.slow_first = None
        self._set_speed(updates_per_second)
        self._tell(Subject.RUN)

    def _slow_down(self, run: Run) -> None:
        """Let a newcomer watch the run that begins."""
        speed = None if self.slow_first is None else self.slow_first(run)
        if speed is not None:
            self._set_speed(speed)
            self.is_slowed_first = True

    def _set_speed(self, updates_per_second: float | None) -> None:
        self.is_slowed_first = False
        self.slow_motion = updates_per_second
        self._control.set_slow_motion(updates_per_second)

    def set_learning_rate(self, learning_rate: float) -> None:
        """Change the learning rate of the run that is live, or waits."""
        if self._queued is not None:
            self._queued = self._queued.changed(learning_rate=learning_rate)
        elif self.is_training:
            self._control.set_learning_rate(learning_rate)
            if self._look.run is not None:
                self._look.run.learning_rate = learning_rate

    def request_update(self) -> None:
        """Look at the run's next gradient update closely; it comes as `update`."""
        if self._bridge.is_running:
            self._control.request_update()

    def watch_weights(self, watch: bool) -> None:
        """One watcher more, or one less: with any, fresh weights are asked for while training, ten times a second."""
        self._watchers += 1 if watch else -1
        if self._watchers:
            self._request_weights()

    def end(self) -> None:
        """End the run and its thread; returns when it is over."""
        self._weights_timer.stop()
        self._queued = None
        self._bridge.close()

    # What happens

    @Slot(list)
    def _on_events(self, events: list[Event]) -> None:
        run = self._look.run
        if run is None:
            return
        for event in events:
            run.receive(event)
            if isinstance(event, Begun):
                # Told by itself: a run of a few batches may be over within the same drain, and the layers are sampled
                # at its start, too.
                self._look.run_weights = event.weights
                self._tell(Subject.WEIGHTS)
            if isinstance(event, Failed):
                self.problem.emit(translation.sentence(event.error))
        self._tell(Subject.RUN, *self._take_copies(run.updates))

    @Slot()
    def _on_thread_finished(self) -> None:
        self._weights_timer.stop()
        self._halt = self._control.halt or self._halt
        if self.is_slowed_first:
            self._set_speed(None)
        self._tell(Subject.RUN, *self._take_copies())

    @Slot()
    def _request_weights(self) -> None:
        if self._watchers and self._bridge.is_running:
            self._control.request_weights()

    def _take_copies(self, known: int | None = None) -> set[Subject]:
        """Take what lies in the run's mailbox, as far as its `known` first updates, and say what is new."""
        weights, update = self._control.take_weights(known), self._control.take_update(known)
        subjects = set()
        if weights is not None:
            self._look.run_weights = weights
            subjects.add(Subject.WEIGHTS)
        if update is not None:
            self._look.update = update
            subjects.add(Subject.UPDATE)
        return subjects

    def _tell(self, *subjects: Subject) -> None:
        self.changed.emit(frozenset(subjects))
