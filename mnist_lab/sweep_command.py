"""`sweep`: experiments of a file, trained several at a time in the terminal, kept, and told from the best down."""

import shlex
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from mnist_lab.arguments import PROGRAM
from mnist_lab.commands import SweepCommand
from mnist_lab.runs.local_pool import LocalPool, default_workers
from mnist_lab.runs.ray_pool import RayPool
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_choices import SweepError
from mnist_lab.runs.sweep_control import SweepControl
from mnist_lab.runs.sweep_estimate import SweepEstimate, check_disk, estimate_sweep, measured_speed
from mnist_lab.runs.sweep_events import SweepEvent, SweepResult, TrialEnded, TrialProgress, WorkerLost
from mnist_lab.runs.sweep_lock import goes_on_elsewhere, is_sweep_live
from mnist_lab.runs.sweep_names import trial_name
from mnist_lab.runs.sweep_plan import read_sweep
from mnist_lab.runs.sweep_pool import Pool
from mnist_lab.runs.sweep_progress import SweepProgress
from mnist_lab.runs.sweep_rows import is_done, read_kept_sweep, with_hashes
from mnist_lab.runs.sweep_work import SweepWork
from mnist_lab.runs.sweeping import run_sweep
from mnist_lab.sweep_report import (
    duration,
    estimate_in_words,
    going_on_in_words,
    plan_as_json,
    plan_in_words,
    results_as_json,
    results_in_words,
    trial_in_words,
)
from mnist_lab.terminal import (
    DONE,
    INTERRUPTED,
    ProblemOnce,
    console_for,
    describe,
    load_again,
    load_digits,
    stopped_by_ctrl_c,
)
from mnist_lab.words import QT_TRANSLATE_NOOP

_NOTHING = SweepEstimate(0, 0, 0.0, 0, is_measured=True)
"""What a sweep takes of which nothing is missing."""


def sweep_in_terminal(command: SweepCommand) -> int:
    """Read the file, or what is kept of the last sweep, say what it will take, train all, tell the result on stdout.

    Returns:
        the exit status: 0 done, also where a trial diverged or failed; 130 interrupted by Ctrl-C, with what was trained
        kept and told.

    Raises:
        LabError: the file or the data are not right, there is no room, no worker can be had, or no sweep can go on.
    """
    console, store = console_for(command.as_json), RunStore()
    work = _begun(command.file, console) if command.file is not None else _gone_on(store, console, command.as_json)
    if not work.left.experiments:
        if command.is_dry:
            _tell_plan(command, work, _NOTHING)
        else:
            _tell(command, work, _NOTHING, work.before, 0.0)
        return DONE
    pool = _pool(command, work)
    try:
        if command.cluster is not None:  # how many it trains at a time is known only now
            pool.start(work.digits)
        estimate = _estimated(work, store, pool, console)
        console.print(estimate_in_words(work.left, estimate), soft_wrap=True)
        if command.is_dry:
            _tell_plan(command, work, estimate)
            return DONE
        check_disk(estimate, store.free_bytes)
        control, clock = SweepControl(), _Clock(time.monotonic())
        results = _followed(work, store, pool, control, console, clock)
    finally:
        pool.stop()
    _tell(command, work, estimate, results, time.monotonic() - clock.begun, clock.start_seconds)
    if control.is_cancelled:
        console.print(_stopped_in_words(command, results), soft_wrap=True)
        return INTERRUPTED
    return DONE


def _begun(file: str, console: Console) -> SweepWork:
    """All that a file describes."""
    plan = read_sweep(file)
    digits = load_digits(plan.data, console)
    console.print(describe(digits, plan.data), soft_wrap=True)
    return SweepWork(plan, digits)


def _gone_on(store: RunStore, console: Console, as_json: bool) -> SweepWork:
    """What the last sweep has left, on the digits of its runs; as JSON hashes of weights are told, too."""
    kept_sweep = read_kept_sweep(store)
    if kept_sweep is None:
        raise SweepError(
            QT_TRANSLATE_NOOP(
                "errors",
                "There is no sweep to go on with, or no run of it is kept any more: “{program} sweep FILE” begins one.",
            ),
            program=PROGRAM,
        )
    if kept_sweep.training or is_sweep_live(store.home):
        raise goes_on_elsewhere()
    record, before = kept_sweep.record, kept_sweep.results
    rows = {row.id: row for row in store.rows() if row.data is not None and row.error is None}
    run_id = next((one.run_id for one in before if one.run_id in rows), None)
    if run_id is None:
        raise SweepError(
            QT_TRANSLATE_NOOP(
                "errors",
                "No run of the last sweep can be read, so nothing tells on which digits it trained: “{program} sweep "
                "FILE” begins it anew.",
            ),
            program=PROGRAM,
        )
    kept = store.load(run_id)
    data = kept.facts.data
    assert data is not None  # as its row says
    choice, digits = load_again(kept, data, console)
    console.print(describe(digits, choice), soft_wrap=True)
    if as_json:
        before = with_hashes(store, before)
    work = SweepWork(record.plan, digits, data.own_digits, record, before)
    console.print(going_on_in_words(record.number, work), soft_wrap=True)
    return work


def _tell_plan(command: SweepCommand, work: SweepWork, estimate: SweepEstimate) -> None:
    if command.as_json:
        sys.stdout.write(plan_as_json(work.left, estimate) + "\n")
    elif work.left.experiments:
        sys.stdout.write(plan_in_words(work.left) + "\n")


def _tell(
    command: SweepCommand,
    work: SweepWork,
    estimate: SweepEstimate,
    results: Sequence[SweepResult],
    seconds: float,
    start_seconds: float | None = None,
) -> None:
    if command.as_json:
        told = results_as_json(work.plan, estimate, results, seconds, start_seconds)
    else:
        told = results_in_words(results, work.plan.varied)
    sys.stdout.write(told + "\n")


def _stopped_in_words(command: SweepCommand, results: Sequence[SweepResult]) -> str:
    if all(result.run_id is None for result in results):
        return "Stopped before anything was kept."
    if all(map(is_done, results)):
        return "Stopped when all was trained."
    options = {"--workers": command.workers, "--cluster": command.cluster, "--token": command.token}
    given = [word for name, value in options.items() if value is not None for word in (name, str(value))]
    again = " ".join([PROGRAM, shlex.join(["sweep", "--resume", *given])])
    return f"Stopped. What was trained is kept: “{again}” trains what is missing."


def _pool(command: SweepCommand, work: SweepWork) -> Pool:
    """Who trains; not started."""
    if command.cluster is not None:
        return RayPool(command.cluster, command.token, problem=ProblemOnce())
    experiments = work.left.experiments
    return LocalPool(min(command.workers or default_workers(experiments), len(experiments)))


def _estimated(work: SweepWork, store: RunStore, pool: Pool, console: Console) -> SweepEstimate:
    """By kept runs; where none tells how fast this computer is, a short trial does: the workers are started then."""
    plan, digits = work.left, work.digits
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
    work: SweepWork,
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
        report = _Report(work, progress, clock)
        with stopped_by_ctrl_c(_Cancelling(control), lambda: report.has_begun):
            return run_sweep(
                work.plan,
                work.digits,
                store,
                workers=pool.workers,
                publish=report.receive,
                control=control,
                pool=pool,
                own_digits=work.own_digits,
                problem=ProblemOnce(),
                going_on=work.going_on,
                before=work.before,
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

    def __init__(self, work: SweepWork, progress: Progress, clock: _Clock) -> None:
        self._plan = work.plan
        self._count = len(work.left.experiments)
        self._clock = clock
        self._progress = progress
        self._so_far = SweepProgress(work.plan, work.digits, work.done)
        self._task: Any = progress.add_task("Starting the workers", total=None, numbers="")
        self.has_begun = False

    def receive(self, event: SweepEvent) -> None:
        """Take the next event."""
        now, so_far, count = time.monotonic(), self._so_far, self._count
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
