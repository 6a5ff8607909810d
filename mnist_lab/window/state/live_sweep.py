"""The sweep that goes on, or was the last that did: its thread, its control, and how each of its trials stands."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_events import (
    SweepEvent,
    SweepResult,
    TrialBegun,
    TrialEnded,
    TrialProgress,
    TrialState,
    WorkerLost,
)
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.words import LabError
from mnist_lab.work import JobHandle, Progress

if TYPE_CHECKING:  # processes and what keeps runs stand behind them
    from mnist_lab.runs.sweep_control import SweepControl
    from mnist_lab.runs.sweep_plan import SweepPlan
    from mnist_lab.runs.sweep_progress import SweepProgress

_PARTS = 1_000
"""Of the whole work, as a progress bar counts it."""
RunSweep = Callable[..., Sequence[SweepResult]]


@dataclass(frozen=True)
class SweepTrial:
    """One experiment of a sweep.

    Attributes:
        index: its place in the list of experiments, from 0.
        experiment: its settings.
        state: how it stands.
        updates: gradient updates behind it.
        total_updates: of all its epochs.
        loss: of its newest batch; None before the first.
        accuracy: of its newest batch, from 0 to 1; None before the first.
        result: what came of it; None before its end.
    """

    index: int
    experiment: Experiment
    state: Literal["waiting", "training"] | TrialState
    updates: int
    total_updates: int
    loss: float | None = None
    accuracy: float | None = None
    result: SweepResult | None = None


class LiveSweep(QObject):
    """Starts one sweep at a time, and steers it; each of its runs is kept as it comes.

    Attributes:
        plan: what is tried; None before the first sweep.
        trials: how each experiment stands, in the order of the plan.
        workers: processes that were asked for.
        is_paused: whether all wait.
        is_ending: whether it was cancelled, and its workers come to an end.
        lost_workers: how many processes died.

    Signals:
        changed(): what is not as before; once for all events that came together.
        run_ended(): a run more is kept.
        ended(): it is over.
        steered(): it begins, ends, waits or goes on.
        problem(str): a sentence for the learner.
    """

    changed = Signal()
    run_ended = Signal()
    ended = Signal()
    steered = Signal()
    problem = Signal(str)

    def __init__(self, store: RunStore, parent: QObject, run: RunSweep | None = None) -> None:
        """`run` is called as `runs.sweeping.run_sweep` is, by default that one."""
        super().__init__(parent)
        self.plan: SweepPlan | None = None
        self.trials: list[SweepTrial] = []
        self.workers = 1
        self.is_paused = self.is_ending = False
        self.lost_workers = 0
        self._store = store
        self._run = run
        self._events: deque[SweepEvent | LabError] = deque()
        self._job: Job | None = None
        self._control: SweepControl | None = None
        self._pace: SweepProgress | None = None

    @property
    def is_sweeping(self) -> bool:
        """Whether a sweep goes on, or is paused."""
        return self._job is not None

    @property
    def results(self) -> list[SweepResult]:
        """Of the trials that are over, in the order of the plan."""
        return [trial.result for trial in self.trials if trial.result is not None]

    @property
    def progress(self) -> Progress:
        """How much of the work is done, of `_PARTS`, and how long the rest takes at the pace so far."""
        pace = self._pace
        if pace is None:
            return Progress(0, _PARTS)
        return Progress(round(pace.share * _PARTS), _PARTS, pace.seconds_left(time.monotonic()))

    def start(self, plan: "SweepPlan", digits: Digits, own_digits: int, workers: int) -> None:
        """Train these experiments; none are being swept now."""
        from mnist_lab.runs.sweep_control import SweepControl
        from mnist_lab.runs.sweep_progress import SweepProgress

        images = len(digits.train_images)
        self.plan, self.workers = plan, workers
        self.trials = [
            SweepTrial(index, experiment, "waiting", 0, experiment.total_updates(images))
            for index, experiment in enumerate(plan.experiments)
        ]
        self.is_paused = self.is_ending = False
        self.lost_workers = 0
        self._pace = SweepProgress(plan, digits)
        self._events.clear()
        self._control = control = SweepControl()
        store, run, events = self._store, self._run, self._events

        def work(handle: JobHandle) -> Sequence[SweepResult]:
            from mnist_lab.runs.sweeping import run_sweep

            def publish(event: SweepEvent) -> None:
                events.append(event)
                handle.report(event)

            def problem(error: LabError | None) -> None:
                if error is not None:
                    events.append(error)
                    handle.report(error)

            return (run or run_sweep)(
                plan,
                digits,
                store,
                workers=workers,
                publish=publish,
                control=control,
                own_digits=own_digits,
                problem=problem,
            )

        self._job = Job(self, work, self._on_done, self._on_error)
        self._job.progressed.connect(self._drain)
        self._job.start()
        self._tell_steered()

    def pause(self) -> None:
        """Let all trials wait."""
        if self._control is not None and self._pace is not None and not self.is_paused:
            self.is_paused = True
            self._control.pause()
            self._pace.pause(time.monotonic())
            self._tell_steered()

    def resume(self) -> None:
        """Let them go on."""
        if self._control is not None and self.is_paused:
            self.is_paused = False
            self._control.resume()
            self._tell_steered()

    def stop(self) -> None:
        """End the sweep; what was trained stays kept."""
        if self._control is not None:
            self.is_paused, self.is_ending = False, True
            self._control.cancel()
            self._tell_steered()

    def end(self) -> None:
        """End the sweep, its workers and its thread; returns when all is written."""
        if self._job is not None:
            self.stop()
            self._job.end()
            self._over()

    @Slot()
    def _drain(self) -> None:
        is_any_over = False
        while self._events:
            event = self._events.popleft()
            if isinstance(event, LabError):
                self.problem.emit(translation.sentence(event))
                continue
            is_any_over |= isinstance(event, TrialEnded)
            self._take(event)
        if is_any_over:
            self.run_ended.emit()
        self.changed.emit()

    def _take(self, event: SweepEvent) -> None:
        if self._pace is not None:
            self._pace.receive(event, time.monotonic())
        trial = self.trials[event.index]
        match event:
            case TrialBegun():
                trial = replace(trial, state="training")
            case TrialProgress():
                trial = replace(trial, updates=event.updates, loss=event.loss, accuracy=event.accuracy)
            case TrialEnded():
                trial = replace(trial, state=event.result.state, updates=event.result.updates, result=event.result)
            case WorkerLost():
                self.lost_workers += 1
                trial = replace(trial, state="waiting")
        self.trials[event.index] = trial

    def _on_done(self, _results: Sequence[SweepResult]) -> None:
        self._over()

    def _on_error(self, error: Exception) -> None:
        self._over()
        self.problem.emit(translation.sentence(error))

    def _over(self) -> None:
        self._drain()
        self._job = self._control = None
        self.is_paused = self.is_ending = False
        self._tell_steered()
        self.ended.emit()

    def _tell_steered(self) -> None:
        self.changed.emit()
        self.steered.emit()
