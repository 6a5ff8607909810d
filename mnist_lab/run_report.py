"""What the events of a run add up to: shown as they come, then told in words or as JSON."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich.progress import Progress

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.events import (
    Begun,
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
from mnist_lab.studies.first_loss import first_loss

CHOICES = ("auto", "starter", "full")
"""Data that are asked for by a word; anything else is a path."""

_STAGES = {
    "importing": "Importing Keras",
    "building": "Building the network",
    "moving": "Making the moved copies",
    "compiling": "Compiling the training step",
}


@dataclass(frozen=True)
class KeptAs:
    """Where a run is found again.

    Attributes:
        run_id: its id.
        number: its number.
    """

    run_id: str
    number: int


class RunReport:
    """Shows the events of a run as they come and keeps those that the result is told from.

    Attributes:
        experiment: what is trained.
        prepared: what the network is, or None while it is being built.
        epochs: every epoch measured so far.
        last: how the run ended, or None while it goes on.
        weights: those at the end, or None before.
    """

    def __init__(self, experiment: Experiment, progress: Progress, epochs: Sequence[EpochEnd] = ()) -> None:
        """`epochs` are those that a run has behind it that goes on."""
        self.experiment = experiment
        self._progress = progress
        self._task = progress.add_task("", total=None, numbers="")
        self._stage = ""
        self._start: NetworkWeights | None = None
        self.prepared: Prepared | None = None
        self.epochs = list(epochs)
        self.last: Stopped | Finished | Diverged | Failed | None = None
        self.weights: NetworkWeights | None = None

    def receive(self, event: Event) -> None:
        """Take the next event of the run."""
        match event:
            case Preparing(stage):
                self._show_stage(_STAGES[stage])
            case Begun(weights):
                self._start = weights
            case Prepared():
                self.prepared = event
                self._progress.update(self._task, total=event.total_updates, description=self._next_epoch())
            case Updates():
                if event.first == 0:
                    self._show_first_loss(float(event.losses[0]))
                self._show_updates(event)
            case EpochEnd():
                self.epochs.append(event)
                self._show_epoch(event)
            case Stopped() | Finished() | Diverged() | Failed():
                self.last = event
            case _:
                pass  # pauses, which nothing in the terminal asks for

    def _epoch(self, epoch: int) -> str:
        return f"Epoch {epoch}/{self.experiment.epochs}"

    def _next_epoch(self) -> str:
        return self._epoch(min(len(self.epochs) + 1, self.experiment.epochs))

    def _show_stage(self, stage: str) -> None:
        """Name a stage once: the bar shows it where there is one, a line where there is none."""
        if stage == self._stage:
            return
        self._stage = stage
        self._progress.update(self._task, description=stage)
        if self._progress.disable:
            self._progress.console.print(f"{stage} ...", soft_wrap=True)

    def _show_first_loss(self, loss: float) -> None:
        if self._start is not None:
            sentences = first_loss(self.experiment, self._start, loss)
            self._progress.console.print(" ".join(sentence.text() for sentence in sentences), soft_wrap=True)

    def _show_updates(self, event: Updates) -> None:
        completed = event.first + len(event.losses)
        speed = f"{completed / event.training_seconds:,.0f}/s" if event.training_seconds > 0 else ""
        self._progress.update(
            self._task, completed=completed, numbers=f"batch loss {short_loss(event.losses[-1])}  {speed}"
        )

    def _show_epoch(self, event: EpochEnd) -> None:
        self._progress.console.print(
            f"{self._epoch(event.epoch)}: "
            f"while learning {loss_and_accuracy(event.train_loss, event.train_accuracy)}; "
            f"then training {loss_and_accuracy(event.train_loss_after, event.train_accuracy_after)}; "
            f"{new_digits(self.experiment)} {loss_and_accuracy(event.validation_loss, event.validation_accuracy)}",
            soft_wrap=True,
        )
        self._progress.update(self._task, description=self._next_epoch())


def result_in_words(
    report: RunReport,
    finished: Finished,
    digits: Digits,
    kept: KeptAs | None = None,
    may_know: Sequence[str] = (),
    taken_over: tuple[int, float] = (0, 0.0),
) -> str:
    """Tell a finished run in four lines, and in a fifth where it is kept.

    Of `may_know` see `RunFacts`; `taken_over` are updates, and training seconds, that it has from its parent.
    """
    last, rate = report.epochs[-1], _rate(finished, taken_over)
    known = "; some of them it may have learned before" if "test" in may_know else ""
    seconds = finished.training_seconds - taken_over[1]
    own = f", {finished.updates - taken_over[0]:,} of them its own," if taken_over[0] else ""
    speed = f", {rate:,.0f} a second" if rate is not None else ""
    return (
        f"Test loss {short_loss(finished.test_loss)}, test accuracy {in_percent(finished.test_accuracy)} "
        f"({len(digits.test_labels):,} images{known})\n"
        f"Training loss {short_loss(finished.train_loss_after)}, "
        f"training accuracy {in_percent(finished.train_accuracy_after)} "
        f"({last.train_sample:,} of the images it trained on; the same weights, without dropout)\n"
        f"While learning, in the last epoch: accuracy {in_percent(finished.train_accuracy)} "
        f"(of weights that were still changing)\n"
        f"{counted(finished.updates, 'gradient update')}{own} in {seconds:.1f} s{speed}"
        + (f"\nKept as run {kept.number:,}" if kept is not None else "")
    )


def result_as_json(
    report: RunReport,
    finished: Finished,
    digits: Digits,
    kept: KeptAs | None = None,
    may_know: Sequence[str] = (),
    taken_over: tuple[int, float] = (0, 0.0),
    *,
    data_choice: str,
) -> str:
    """Tell a finished run as one JSON object.

    Accuracies are shares from 0 to 1. `samples` is the number of images an epoch trains on; `data` is "full" or
    "starter", or the path that was asked for; `training_seconds` is spent in gradient updates alone;
    `train_accuracy` is the mean over the last epoch, while learning; `train_accuracy_after` and `train_loss_after` are
    measured with the last weights, without dropout, on `train_sample` of the images trained on;
    `weights_sha256` is over the bytes of all kernels and biases (see `NetworkWeights.sha256`); `run_id` and
    `run_number` are null where the run is not kept; `may_know` names the images, "test" or "held_out", of which it may
    have learned some before. A number that is not finite is null: JSON has no word for it.
    """
    assert report.prepared is not None  # a run cannot finish before
    result = {
        "test_accuracy": finite(finished.test_accuracy),
        "test_loss": finite(finished.test_loss),
        "train_accuracy": finite(finished.train_accuracy),
        "train_accuracy_after": finite(finished.train_accuracy_after),
        "train_loss_after": finite(finished.train_loss_after),
        "train_sample": report.epochs[-1].train_sample,
        "gradient_updates": finished.updates,
        "updates_per_epoch": report.prepared.updates_per_epoch,
        "samples": report.prepared.samples,
        "test_samples": len(digits.test_labels),
        "may_know": list(may_know),
        "data": digits.kind if data_choice in CHOICES else digits.origin,
        "data_kind": digits.kind,
        "data_origin": digits.origin,
        "training_seconds": finished.training_seconds,
        "updates_per_second": _rate(finished, taken_over),
        "parameters": report.prepared.parameters,
        "compile_seconds": report.prepared.compile_seconds,
        "weights_sha256": report.weights.sha256() if report.weights is not None else None,
        "run_id": kept.run_id if kept is not None else None,
        "run_number": kept.number if kept is not None else None,
        "experiment": report.experiment.model_dump(mode="json"),
        "history": [epoch_numbers(epoch) for epoch in report.epochs],
    }
    return json.dumps(result, allow_nan=False)


def epoch_numbers(epoch: EpochEnd) -> dict[str, float | None]:
    """All that an epoch was measured at, by the names of `EpochEnd`, as JSON has it."""
    is_no_number = ("run_id", "weights_sha256")
    return {name: finite(value) for name, value in asdict(epoch).items() if name not in is_no_number}


def counted(count: int, name: str, total: str = "") -> str:
    """Write a number with what it counts: "1 epoch", "2 epochs", with a `total` "1 of 2 epochs"."""
    return f"{count:,}{total} {name}{'' if count == 1 and not total else 's'}"


def _rate(finished: Finished, taken_over: tuple[int, float]) -> float | None:
    """Its own gradient updates a second, or None where the clock saw no time pass."""
    updates, seconds = finished.updates - taken_over[0], finished.training_seconds - taken_over[1]
    return updates / seconds if seconds > 0 else None


def short_loss(loss: float) -> str:
    """Write a loss with four decimals; one that has run away with three digits and a power of ten."""
    return f"{loss:.4f}" if loss < 10_000 else f"{loss:.2e}"


def in_percent(share: float) -> str:
    """Write a share of 1 as 93.1 %."""
    return f"{100 * share:.1f} %"


def loss_and_accuracy(loss: float, accuracy: float) -> str:
    """Tell both; whose they are stands before."""
    return f"loss {short_loss(loss)}, accuracy {in_percent(accuracy)}"


def new_digits(experiment: Experiment) -> str:
    """What the digits are called that each epoch is measured on and does not learn from: as in the window."""
    return "test" if experiment.validation == "test" else "held-out"


def finite(value: float) -> float | None:
    """The number, or None where it is not finite: JSON has no word for that."""
    return value if math.isfinite(value) else None
