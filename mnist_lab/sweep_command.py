"""`sweep`: experiments of a file, trained several at a time in the terminal, kept, and told from the best down."""

import sys
import time
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from mnist_lab.commands import SweepCommand
from mnist_lab.data.digits import Digits
from mnist_lab.runs.local_pool import LocalPool, default_workers
from mnist_lab.runs.ray_pool import RayPool
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_control import SweepControl
from mnist_lab.runs.sweep_estimate import SweepEstimate, check_disk, estimate_sweep, measured_speed
from mnist_lab.runs.sweep_events import SweepEvent, SweepResult, TrialEnded, TrialProgress, WorkerLost
from mnist_lab.runs.sweep_names import trial_name
from mnist_lab.runs.sweep_plan import SweepPlan, read_sweep
from mnist_lab.runs.sweep_pool import Pool
from mnist_lab.runs.sweep_progress import SweepProgress
from mnist_lab.runs.sweeping import run_sweep
from mnist_lab.sweep_report import (
    duration,
    estimate_in_words,
    plan_as_json,
    plan_in_words,
    results_as_json,
    results_in_words,
    trial_in_words,
)
from mnist_lab.terminal import DONE, INTERRUPTED, ProblemOnce, console_for, describe, load_digits, stopped_by_ctrl_c


def sweep_in_terminal(command: SweepCommand) -> int:
    """Read the file, say what it will take, train all, tell the result on stdout.

    Returns:
        the exit status: 0 done, also where a trial diverged or failed; 130 interrupted by Ctrl-C, with what was trained
        kept and told.

    Raises:
        LabError: the file or the data are not right, there is no room, or no worker can be had.
    """
    console, plan = console_for(command.as_json), read_sweep(command.file)
    digits, store = load_digits(plan.data, console), RunStore()
    console.print(describe(digits, plan.data), soft_wrap=True)
    pool = _pool(command, plan)
    try:
        if command.cluster is not None:  # how many it trains at a time is known only now
            pool.start(digits)
        estimate = _estimated(plan, digits, store, pool, console)
        console.print(estimate_in_words(plan, estimate), soft_wrap=True)
        if command.is_dry:
            sys.stdout.write((plan_as_json(plan, estimate) if command.as_json else plan_in_words(plan)) + "\n")
            return DONE
        check_disk(estimate, store.free_bytes)
        control, clock = SweepControl(), _Clock(time.monotonic())
        results = _followed(plan, digits, store, pool, control, console, clock)
    finally:
        pool.stop()
    if command.as_json:
        told = results_as_json(plan, estimate, results, time.monotonic() - clock.begun, clock.start_seconds)
    else:
        told = results_in_words(results, plan.varied)
    sys.stdout.write(told + "\n")
    if control.is_cancelled:
        console.print("Stopped. What was trained is kept.", soft_wrap=True)
        return INTERRUPTED
    return DONE


def _pool(command: SweepCommand, plan: SweepPlan) -> Pool:
    """Who trains; not started."""
    if command.cluster is not None:
        return RayPool(command.cluster, command.token, problem=ProblemOnce())
    return LocalPool(min(command.workers or default_workers(plan.experiments), len(plan.experiments)))


def _estimated(plan: SweepPlan, digits: Digits, store: RunStore, pool: Pool, console: Console) -> SweepEstimate:
    """By kept runs; where none tells how fast this computer is, a short trial does: the workers are started then."""
    rows, is_here = store.refresh(), isinstance(pool, LocalPool)
    processors = None if is_here else pool.workers  # in a cluster each worker has its own
    estimate = estimate_sweep(plan, digits, rows, pool.workers, processors=processors)
    if estimate.seconds is not None:
        return estimate
    console.print(f"Measuring how fast {'this computer' if is_here else 'the cluster'} is ...", soft_wrap=True)
    pool.start(digits)
    return estimate_sweep(plan, digits, rows, pool.workers, measured_speed(pool, plan), processors=processors)


@dataclass
class _Clock:
    """When the sweep began, and how long it took until the first update was told; None: none was."""

    begun: float
    start_seconds: float | None = None


def _followed(
    plan: SweepPlan,
    digits: Digits,
    store: RunStore,
    pool: Pool,
    control: SweepControl,
    console: Console,
    clock: _Clock,
) -> tuple[SweepResult, ...]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[numbers]}"),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        report = _Report(plan, digits, progress, clock)
        with stopped_by_ctrl_c(_Cancelling(control), lambda: report.has_begun):
            return run_sweep(
                plan,
                digits,
                store,
                workers=pool.workers,
                publish=report.receive,
                control=control,
                pool=pool,
                problem=ProblemOnce(),
            )


class _Cancelling:
    """Lets Ctrl-C cancel a sweep."""

    def __init__(self, control: SweepControl) -> None:
        self._control = control

    @property
    def is_stopped(self) -> bool:
        """Whether it was asked to end."""
        return self._control.is_cancelled

    def stop(self) -> None:
        """Ask it."""
        self._control.cancel()


class _Report:
    """Shows a sweep as it goes on.

    Attributes:
        has_begun: whether any network was begun.
    """

    def __init__(self, plan: SweepPlan, digits: Digits, progress: Progress, clock: _Clock) -> None:
        self._plan = plan
        self._clock = clock
        self._progress = progress
        self._so_far = SweepProgress(plan, digits)
        self._task: Any = progress.add_task("Starting the workers", total=None, numbers="")
        self.has_begun = False

    def receive(self, event: SweepEvent) -> None:
        """Take the next event."""
        now, so_far, count = time.monotonic(), self._so_far, len(self._plan.experiments)
        so_far.receive(event, now)
        self.has_begun = True
        if isinstance(event, TrialProgress) and self._clock.start_seconds is None:
            self._clock.start_seconds = now - self._clock.begun
        console = self._progress.console
        if isinstance(event, TrialEnded) and event.result.updates:
            line = trial_in_words(event.result, self._plan.varied)
            console.print(f"{so_far.ended:,}/{count:,} {line}", soft_wrap=True)
        if isinstance(event, WorkerLost):
            name = trial_name(self._plan.experiments[event.index], self._plan.varied)
            console.print(f"{name}: its process ended unexpectedly.", soft_wrap=True)
        left = so_far.seconds_left(now)
        numbers = f"{so_far.ended:,} of {count:,}" + ("" if not left else f", about {duration(left)} left")
        self._progress.update(self._task, description="Sweep", total=1.0, completed=so_far.share, numbers=numbers)
