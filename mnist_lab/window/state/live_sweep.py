"""The sweep that goes on, or was the last that did: its thread, its control, and how each of its trials stands."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_events import (
    SweepEvent,
    SweepResult,
    TrialBegun,
    TrialEnded,
    TrialProgress,
    WorkerLost,
)
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.sweep_trials import SweepTrial, is_done, kept_trial, stopped
from mnist_lab.words import LabError
from mnist_lab.work import JobHandle, Progress

if TYPE_CHECKING:  # processes and what keeps runs stand behind them
    from mnist_lab.runs.sweep_control import SweepControl
    from mnist_lab.runs.sweep_plan import SweepPlan
    from mnist_lab.runs.sweep_progress import SweepProgress
    from mnist_lab.runs.sweep_record import SweepRecord
    from mnist_lab.runs.sweep_rows import KeptSweep

_PARTS = 1_000
"""Of the whole work, as a progress bar counts it."""
RunSweep = Callable[..., Sequence[SweepResult]]


class LiveSweep(QObject):
    """Starts one sweep at a time, and steers it; each of its runs is kept as it comes.

    Attributes:
        plan: what is tried; None before the first sweep.
        trials: how each experiment stands, in the order of the plan.
        is_from_before: whether that sweep was begun before this window, or elsewhere; nothing of it was told here.
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
        self.is_from_before = False
        self.workers = 1
        self.is_paused = self.is_ending = False
        self.lost_workers = 0
        self._store = store
        self._run = run
        self._events: deque[SweepEvent | LabError] = deque()
        self._job: Job | None = None
        self._control: SweepControl | None = None
        self._pace: SweepProgress | None = None
        self._records: deque[SweepRecord] = deque(maxlen=1)  # of the sweep of `plan`
        self._looking: Job | None = None
        self._is_outdated = True  # what is known of the last sweep: it may have been begun elsewhere

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
        self.plan = plan
        self.trials = []
        self._records.clear()
        self._start(digits, own_digits, workers)

    @property
    def missing(self) -> int:
        """How many experiments `go_on` would train; 0 where that cannot be."""
        if self.is_sweeping or not self._records or any(trial.state == "training" for trial in self.trials):
            return 0
        return sum(not is_done(trial) for trial in self.trials)

    def go_on(self, digits: Digits, own_digits: int, workers: int) -> None:
        """Train those experiments that have not come to their own end; some are `missing`."""
        self._start(digits, own_digits, workers)

    def look_back(self) -> None:
        """Show the sweep that was begun last, if none was begun here; it is looked up in a job."""
        if self.is_sweeping or not self._is_outdated or self._looking is not None:
            return

        def work(handle: JobHandle) -> "KeptSweep | None":
            from mnist_lab.runs.sweep_rows import read_kept_sweep

            return read_kept_sweep(self._store, lambda: handle.is_cancelled)

        self._looking = Job(self, work, self._on_looked, self._on_not_read)
        self._looking.start()

    def forget(self) -> None:
        """Show none, as in a lab that was just opened; none is being swept now."""
        self.plan, self.trials, self._is_outdated = None, [], True
        self._records.clear()
        self._tell_steered()

    def _on_looked(self, kept: "KeptSweep | None") -> None:
        self._looking, self._is_outdated = None, kept is None or bool(kept.training)
        if kept is None or self.is_sweeping:
            return
        self.plan, self.is_from_before = kept.record.plan, True
        self._records.append(kept.record)
        self.trials = [kept_trial(result, kept.training.get(result.index)) for result in kept.results]
        self._tell_steered()

    def _on_not_read(self, error: Exception) -> None:
        self._looking, self._is_outdated = None, False
        self.problem.emit(translation.sentence(error))

    def _start(self, digits: Digits, own_digits: int, workers: int) -> None:
        from mnist_lab.runs.sweep_control import SweepControl
        from mnist_lab.runs.sweep_progress import SweepProgress

        plan, images = self.plan, len(digits.train_images)
        assert plan is not None  # whoever starts has one
        before = self.results
        done = {trial.index: trial for trial in self.trials if is_done(trial)}
        self.trials = [
            done.get(index) or SweepTrial(index, experiment, "waiting", 0, experiment.total_updates(images))
            for index, experiment in enumerate(plan.experiments)
        ]
        self.workers = workers
        self.is_paused = self.is_ending = self.is_from_before = self._is_outdated = False
        self.lost_workers = 0
        self._pace = SweepProgress(plan, digits, done)
        self._events.clear()
        self._control = control = SweepControl()
        store, run, events, records = self._store, self._run, self._events, self._records
        going_on = records[0] if records else None

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
                going_on=going_on,
                before=before,
                begun=records.append,
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
        self.trials = [trial if trial.result is not None else stopped(trial) for trial in self.trials]
        self._job = self._control = None
        self.is_paused = self.is_ending = False
        self._tell_steered()
        self.ended.emit()

    def _tell_steered(self) -> None:
        self.changed.emit()
        self.steered.emit()
