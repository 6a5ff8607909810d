"""Training without a window: a progress bar and a line an epoch for a person, one JSON object for a script."""

import math
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from os.path import exists
from types import FrameType
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from mnist_lab.arguments import PROGRAM
from mnist_lab.commands import ResumeCommand, TrainCommand
from mnist_lab.data.digits import Digits
from mnist_lab.data.sources import FullSetMissing, is_full_at_hand, lab_cache_file, load
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.download import download_full
from mnist_lab.network.events import Diverged, EpochEnd, Event, Failed, Finished, Stopped
from mnist_lab.run_report import KeptAs, RunReport, result_as_json, result_in_words
from mnist_lab.runs.facts import DataFacts, KeptRun
from mnist_lab.runs.finding import find_row
from mnist_lab.runs.keeper import RunKeeper
from mnist_lab.runs.kept_training import KeptTraining
from mnist_lab.runs.opening import made_again
from mnist_lab.runs.resuming import check_can_go_on, check_digits, other_versions
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

DONE = 0
INTERRUPTED = 130

Publish = Callable[[Event], None]
Job = Callable[[Publish, Control], None]
"""Trains in the calling thread and publishes what happens, as `network.trainer.train` does."""


class Stoppable(Protocol):
    """What can be stopped from another thread: `Control`, for instance."""

    @property
    def is_stopped(self) -> bool:
        """Whether it was asked to end."""

    def stop(self) -> None:
        """Ask it."""


class DivergedError(LabError):
    """A run whose loss left the finite numbers."""


def train_in_terminal(command: TrainCommand) -> int:
    """Load the digits, train, tell the result on stdout.

    Returns:
        the exit status: 0 done, 130 interrupted by Ctrl-C.

    Raises:
        LabError: the data cannot be had, the network cannot be built, or the run diverged.
    """
    console, choice = console_for(command.as_json), command.data
    digits = load_digits(choice, console)
    if choice == "auto" or digits.was_binary:  # what the lab decided itself
        sys.stderr.write(describe(digits, choice) + "\n")
    else:
        console.print(describe(digits, choice), soft_wrap=True)
    keeper = RunKeeper(RunStore(), command.experiment, digits, problem=ProblemOnce()) if command.is_kept else None
    training = KeptTraining(command.experiment, digits, keeper, command.is_plain)
    return train_kept(training, choice, console, command.as_json)


def resume_in_terminal(command: ResumeCommand) -> int:
    """Go on with a run that was interrupted or stopped, exactly where its newest snapshot was taken.

    Returns and raises as `train_in_terminal` does, and LabError where that run cannot go on.
    """
    console, store = console_for(command.as_json), RunStore()
    row = find_row(store.refresh(), command.run)
    if row.error is not None:
        raise row.error
    kept = store.load(row.id)
    check_can_go_on(kept)
    experiment, data = kept.experiment, kept.facts.data
    assert experiment is not None  # as was checked
    assert data is not None
    choice, digits = load_again(kept, data, console)
    writer = store.resume(row.id)
    halt = writer.halt()
    others = ", ".join(f"{one.name} {one.began_with} (here {one.here})" for one in other_versions(kept))
    if others:
        sys.stderr.write(f"The run began with other versions: {others}. It goes on close to what it would have been.\n")
    console.print(
        f"Run {writer.number:,} goes on after {halt.updates:,} of its {kept.total_updates:,} gradient updates.",
        soft_wrap=True,
    )
    training = KeptTraining(
        experiment,
        digits,
        RunKeeper(store, experiment, digits, run_id=row.id, resumed=writer, problem=ProblemOnce()),
        is_plain=not kept.facts.runtime.get("xla", True),
        halt=halt,
        changes=writer.changes_ahead,
        epochs=writer.kept().epochs,
    )
    return train_kept(training, choice, console, command.as_json)


def load_again(kept: KeptRun, data: DataFacts, console: Console) -> tuple[str, Digits]:
    """The digits of a kept run, and how they are asked for.

    Raises:
        StoreError: they are others now.
        DataError: they cannot be read.
    """
    is_elsewhere = data.kind == "own" or (data.kind == "full" and not is_full_at_hand() and exists(data.origin))
    choice = data.origin if is_elsewhere else data.kind
    digits = made_again(data, load_digits(choice, console))
    check_digits(kept, data, digits)
    return choice, digits


def console_for(as_json: bool) -> Console:
    """Where a person is told how it goes on; JSON has stdout to itself."""
    console = Console(stderr=as_json, highlight=False, markup=False, emoji=False)
    console.quiet = as_json and not console.is_terminal
    return console


class ProblemOnce:
    """Says in one line why a run is not kept; once, as the end of the run tells whether it is."""

    def __init__(self) -> None:
        self._is_told = False

    def __call__(self, error: LabError | None) -> None:
        """Take in why it is not kept; None: it is again."""
        if error is not None and not self._is_told:
            self._is_told = True
            sys.stderr.write(" ".join(str(error).split()) + "\n")


def train_kept(
    training: KeptTraining, data_choice: str, console: Console, as_json: bool, may_know: Sequence[str] = ()
) -> int:
    """Train, and tell what came out; returns and raises as `train_in_terminal` does. Of `may_know` see `RunFacts`."""
    told = partial(result_as_json, data_choice=data_choice) if as_json else result_in_words

    def tell(report: RunReport, finished: Finished) -> str:
        number, keeper = training.kept_number, training.keeper
        kept = KeptAs(keeper.run_id, number) if keeper is not None and number is not None else None
        return told(report, finished, training.digits, kept, may_know, training.taken_over)

    def tell_stopped() -> str:
        number = training.kept_number
        return "" if number is None else f" Kept as run {number:,}: “{PROGRAM} train --resume {number}” goes on."

    try:
        return follow(training.train, training.experiment, console, tell, tell_stopped, training.epochs)
    finally:
        if training.keeper is not None:
            training.keeper.close()  # also where it never came to train


def follow(
    job: Job,
    experiment: Experiment,
    console: Console,
    tell: Callable[[RunReport, Finished], str],
    tell_stopped: Callable[[], str] = lambda: "",
    epochs: Sequence[EpochEnd] = (),
) -> int:
    """Run `job`, show on `console` what it publishes, write what `tell` makes of a finished run to stdout.

    Args:
        job: trains.
        experiment: what it trains.
        console: for a person.
        tell: what there is to say of a finished run.
        tell_stopped: what there is to add of a stopped one.
        epochs: those that the run has behind it.

    Returns and raises as `train_in_terminal` does.
    """
    control = Control()
    with _progress_bar(console) as progress:
        report = RunReport(experiment, progress, epochs)
        with stopped_by_ctrl_c(control, lambda: report.prepared is not None):
            job(report.receive, control)
        report.weights = control.take_weights()
    match report.last:
        case Finished() as finished:
            sys.stdout.write(tell(report, finished) + "\n")
            return DONE
        case Stopped(updates):
            console.print(f"Stopped after {updates:,} gradient updates.{tell_stopped()}", soft_wrap=True)
            return INTERRUPTED
        case Diverged() as diverged:
            raise _explain_divergence(diverged, experiment)
        case Failed(error):
            raise error
        case _:
            raise RuntimeError("the run ended without saying how")


def _explain_divergence(diverged: Diverged, experiment: Experiment) -> DivergedError:
    return DivergedError(
        QT_TRANSLATE_NOOP(
            "errors",
            "At gradient update {update} the loss became {loss}: the run left the finite numbers; "
            "try a learning rate well below {rate}, or let “range-test” find one.",
        ),
        update=f"{diverged.update + 1:,}",
        loss="NaN" if math.isnan(diverged.loss) else "infinite",
        rate=f"{experiment.learning_rate:g}",
    )


def _progress_bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[numbers]}"),
        TimeRemainingColumn(compact=True),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )


@contextmanager
def stopped_by_ctrl_c(control: Stoppable, is_training: Callable[[], bool]) -> Iterator[None]:
    """Let the first Ctrl-C end training after the chunk at hand; while preparing, or again, end at once."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        at_once = control.is_stopped or not is_training()
        control.stop()
        if at_once:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def load_digits(choice: str, console: Console) -> Digits:
    """Load the digits; all of MNIST is fetched first if it was asked for and is not on this computer."""
    try:
        return load(choice)
    except FullSetMissing as missing:
        reason = missing.__cause__ or "All of MNIST is not on this computer yet."
        console.print(f"{reason} Downloading it ...", soft_wrap=True)
    _download(console)
    return load(choice)


def _download(console: Console) -> None:
    """Fetch all of MNIST into the lab's own cache; Ctrl-C ends it."""
    columns = (TextColumn("Downloading MNIST"), BarColumn(), DownloadColumn(), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("", total=None)
        download_full(
            lab_cache_file(),
            lambda done, total: progress.update(task, completed=done, total=total),
            lambda: False,
        )


def describe(digits: Digits, data_choice: str) -> str:
    """Say which digits are used, and why these where the lab chose."""
    name = {"full": "all of MNIST", "starter": "the starter set", "own": digits.origin}[digits.kind]
    images = f"{len(digits.train_labels):,} training and {len(digits.test_labels):,} test images"
    reason = ""
    if data_choice == "auto" and digits.kind == "starter":
        reason = "; all of MNIST is not on this computer yet, --data full downloads it"
    if digits.was_binary:
        reason += "; their largest pixel is 1, so 0 and 1 are taken as 0 and 255"
    return f"Data: {name} ({images}){reason}."
