"""Training without a window: a progress bar and a line an epoch for a person, one JSON object for a script."""

import json
import math
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from mnist_lab.data.digits import Digits
from mnist_lab.data.sources import FullSetMissing, lab_cache_file, load
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.download import download_full
from mnist_lab.network.events import (
    Diverged,
    EpochEnd,
    Event,
    Failed,
    Finished,
    Prepared,
    Preparing,
    Stopped,
    Updates,
)
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

DONE = 0
INTERRUPTED = 130

Publish = Callable[[Event], None]
Job = Callable[[Publish, Control], None]
"""Trains in the calling thread and publishes what happens, as `network.trainer.train` does."""

CHOICES = ("auto", "starter", "full")
"""Data that are asked for by a word; anything else is a path."""

_STAGES = {
    "importing": "Importing Keras",
    "building": "Building the network",
    "compiling": "Compiling the training step",
}


class DivergedError(LabError):
    """A run whose loss left the finite numbers."""


def train_in_terminal(experiment: Experiment, data_choice: str, as_json: bool) -> int:
    """Load the digits, train, tell the result on stdout.

    Args:
        experiment: what to train.
        data_choice: as `data.sources.load` takes it; "full" is downloaded if it is not on this computer.
        as_json: one JSON object (see `result_as_json`) is all that stdout gets; else lines for a person.

    Returns:
        the exit status: 0 done, 130 interrupted by Ctrl-C.

    Raises:
        LabError: the data cannot be had, the network cannot be built, or the run diverged.
    """
    console = Console(stderr=as_json, highlight=False, markup=False, emoji=False)
    console.quiet = as_json and not console.is_terminal
    digits = _load(data_choice, console)
    if data_choice == "auto":
        sys.stderr.write(_describe(digits, data_choice) + "\n")
    else:
        console.print(_describe(digits, data_choice), soft_wrap=True)

    def job(publish: Publish, control: Control) -> None:
        from mnist_lab.network.trainer import train

        train(experiment, digits, publish, control)

    tell = partial(result_as_json, data_choice=data_choice) if as_json else result_in_words
    return follow(job, experiment, console, lambda report, finished: tell(report, finished, digits))


def follow(job: Job, experiment: Experiment, console: Console, tell: Callable[["RunReport", Finished], str]) -> int:
    """Run `job`, show on `console` what it publishes, write what `tell` makes of a finished run to stdout.

    Returns and raises as `train_in_terminal` does.
    """
    control = Control()
    with _progress_bar(console) as progress:
        report = RunReport(experiment, progress)
        with _stopped_by_ctrl_c(control, lambda: report.prepared is not None):
            job(report.receive, control)
    match report.last:
        case Finished() as finished:
            sys.stdout.write(tell(report, finished) + "\n")
            return DONE
        case Stopped(updates):
            console.print(f"Stopped after {updates:,} gradient updates.")
            return INTERRUPTED
        case Diverged() as diverged:
            raise _explain_divergence(diverged, experiment)
        case Failed(error):
            raise error
        case _:
            raise RuntimeError("the run ended without saying how")


class RunReport:
    """Shows the events of a run as they come and keeps those that the result is told from.

    Attributes:
        experiment: what is trained.
        prepared: what the network is, or None while it is being built.
        epochs: every epoch measured so far.
        last: how the run ended, or None while it goes on.
    """

    def __init__(self, experiment: Experiment, progress: Progress) -> None:
        self.experiment = experiment
        self._progress = progress
        self._task = progress.add_task("", total=None, numbers="")
        self._stage = ""
        self.prepared: Prepared | None = None
        self.epochs: list[EpochEnd] = []
        self.last: Stopped | Finished | Diverged | Failed | None = None

    def receive(self, event: Event) -> None:
        """Take the next event of the run."""
        match event:
            case Preparing(stage):
                self._show_stage(_STAGES[stage])
            case Prepared():
                self.prepared = event
                self._progress.update(self._task, total=event.total_updates, description=self._epoch(1))
            case Updates():
                self._show_updates(event)
            case EpochEnd():
                self.epochs.append(event)
                self._show_epoch(event)
            case Stopped() | Finished() | Diverged() | Failed():
                self.last = event
            case _:
                pass  # pauses: nothing in the terminal asks for one

    def _epoch(self, epoch: int) -> str:
        return f"Epoch {epoch}/{self.experiment.epochs}"

    def _show_stage(self, stage: str) -> None:
        """Name a stage once: the bar shows it where there is one, a line where there is none."""
        if stage == self._stage:
            return
        self._stage = stage
        self._progress.update(self._task, description=stage)
        if self._progress.disable:
            self._progress.console.print(f"{stage} ...", soft_wrap=True)

    def _show_updates(self, event: Updates) -> None:
        completed = event.first + len(event.losses)
        speed = f"{completed / event.training_seconds:,.0f}/s" if event.training_seconds > 0 else ""
        self._progress.update(
            self._task, completed=completed, numbers=f"batch loss {_short(event.losses[-1])}  {speed}"
        )

    def _show_epoch(self, event: EpochEnd) -> None:
        validated_on = "test" if self.experiment.validation == "test" else "held-out"
        self._progress.console.print(
            f"{self._epoch(event.epoch)}: "
            f"loss {_short(event.train_loss)}, accuracy {event.train_accuracy:.2%}; "
            f"{validated_on} loss {_short(event.validation_loss)}, accuracy {event.validation_accuracy:.2%}",
            soft_wrap=True,
        )
        following = min(event.epoch + 1, self.experiment.epochs)
        self._progress.update(self._task, description=self._epoch(following))


def result_in_words(report: RunReport, finished: Finished, digits: Digits) -> str:
    """Tell a finished run in two lines."""
    rate = _rate(finished)
    speed = f", {rate:,.0f} a second" if rate is not None else ""
    return (
        f"Test loss {_short(finished.test_loss)}, test accuracy {finished.test_accuracy:.2%} "
        f"({len(digits.test_labels):,} images)\n"
        f"{finished.updates:,} gradient updates in {finished.training_seconds:.1f} s{speed}"
    )


def result_as_json(report: RunReport, finished: Finished, digits: Digits, data_choice: str) -> str:
    """Tell a finished run as one JSON object.

    Accuracies are shares from 0 to 1. `samples` is the number of images an epoch trains on; `data` is "full" or
    "starter", or the path that was asked for; `training_seconds` is spent in gradient updates alone. A number
    that is not finite is null: JSON has no word for it.
    """
    assert report.prepared is not None  # a run cannot finish before
    result = {
        "test_accuracy": _finite(finished.test_accuracy),
        "test_loss": _finite(finished.test_loss),
        "train_accuracy": _finite(finished.train_accuracy),
        "gradient_updates": finished.updates,
        "updates_per_epoch": report.prepared.updates_per_epoch,
        "samples": report.prepared.samples,
        "test_samples": len(digits.test_labels),
        "data": digits.kind if data_choice in CHOICES else digits.origin,
        "data_kind": digits.kind,
        "data_origin": digits.origin,
        "training_seconds": finished.training_seconds,
        "updates_per_second": _rate(finished),
        "parameters": report.prepared.parameters,
        "compile_seconds": report.prepared.compile_seconds,
        "experiment": report.experiment.model_dump(mode="json"),
        "history": [{name: _finite(value) for name, value in asdict(epoch).items()} for epoch in report.epochs],
    }
    return json.dumps(result, allow_nan=False)


def _rate(finished: Finished) -> float | None:
    """Gradient updates a second, or None where the clock saw no time pass."""
    return finished.updates / finished.training_seconds if finished.training_seconds > 0 else None


def _short(loss: float) -> str:
    """Write a loss with four decimals; one that has run away with three digits and a power of ten."""
    return f"{loss:.4f}" if loss < 10_000 else f"{loss:.2e}"


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _explain_divergence(diverged: Diverged, experiment: Experiment) -> DivergedError:
    return DivergedError(
        QT_TRANSLATE_NOOP(
            "errors",
            "At gradient update {update} the loss became {loss}: the run left the finite numbers; "
            "try a learning rate well below {rate}.",
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
def _stopped_by_ctrl_c(control: Control, is_training: Callable[[], bool]) -> Iterator[None]:
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


def _load(choice: str, console: Console) -> Digits:
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


def _describe(digits: Digits, data_choice: str) -> str:
    """Say which digits are used, and why these where the lab chose."""
    name = {"full": "all of MNIST", "starter": "the starter set", "own": digits.origin}[digits.kind]
    images = f"{len(digits.train_labels):,} training and {len(digits.test_labels):,} test images"
    reason = ""
    if data_choice == "auto" and digits.kind == "starter":
        reason = "; all of MNIST is not on this computer yet, --data full downloads it"
    return f"Data: {name} ({images}){reason}."
