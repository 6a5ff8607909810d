"""`race`: experiments of a file, trained turn by turn in the terminal and told side by side."""

import json
import sys
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from mnist_lab.commands import RaceCommand
from mnist_lab.experiment import FIELD_NAMES, Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.control import Control
from mnist_lab.network.events import (
    Begun,
    Diverged,
    EpochEnd,
    Event,
    Failed,
    Finished,
    Prepared,
    Stopped,
    Updates,
)
from mnist_lab.run_report import finite, in_percent, loss_and_accuracy, new_digits, short_loss
from mnist_lab.runs.experiment_list import read_list
from mnist_lab.runs.race_estimate import RaceEstimate, estimate_race
from mnist_lab.runs.race_rules import (
    LEAST_RACERS,
    MOST_RACERS,
    differing_batches,
    differing_start,
    next_race_number,
    racer_names,
)
from mnist_lab.runs.racing import KeptRace, kept_race, unkept_race
from mnist_lab.runs.store import RunStore
from mnist_lab.sweep_report import duration
from mnist_lab.terminal import DONE, INTERRUPTED, ProblemOnce, console_for, describe, load_digits, stopped_by_ctrl_c

_SHOWN_OF_HASH = 12


def race_in_terminal(command: RaceCommand) -> int:
    """Read the file, let the experiments race, tell the result on stdout.

    Returns:
        the exit status: 0 done, also where a racer diverged; 130 interrupted by Ctrl-C.

    Raises:
        LabError: the file, the data or an experiment is not right.
    """
    console = console_for(command.as_json)
    listed = read_list(command.file, least=LEAST_RACERS, most=MOST_RACERS)
    digits = load_digits(listed.data, console)
    console.print(describe(digits, listed.data), soft_wrap=True)
    store = RunStore() if command.is_kept else None
    rows = () if store is None else store.refresh()
    console.print(outlook_in_words(estimate_race(listed.experiments, digits, rows)), soft_wrap=True)
    if store is not None:
        number = next_race_number(row.name for row in (*rows, *store.deleted_rows()))
        race = kept_race(store, number, listed.experiments, digits, command.fairness, problem=ProblemOnce())
    else:
        race = unkept_race(listed.experiments, digits, command.fairness)
    report = _raced(race, console)
    if any(isinstance(racer.last, Stopped) for racer in report.racers):
        console.print("Stopped." + (" What was trained is kept." if race.keepers else ""), soft_wrap=True)
        return INTERRUPTED
    sys.stdout.write((_as_json(report, command) if command.as_json else _in_words(report)) + "\n")
    return DONE


def _raced(race: KeptRace, console: Console) -> "_Report":
    control, names = Control(), racer_names(race.experiments)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[numbers]}"),
    )
    try:
        with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
            report = _Report(race, names, progress)
            with stopped_by_ctrl_c(control, report.has_begun):
                race.train(report.receive, control)
    finally:
        race.close()
    for racer, runner in zip(report.racers, race.racers, strict=True):
        racer.weights = runner.control.take_weights()
    for racer, keeper in zip(report.racers, race.keepers, strict=False):
        racer.run_id, racer.run_number = (keeper.run_id, keeper.number) if keeper.number is not None else (None, None)
    return report


@dataclass
class _Told:
    """What is known of one racer."""

    name: str
    experiment: Experiment
    task: Any
    start_sha256: str = ""
    total: int = 0
    updates: int = 0
    loss: float = float("nan")
    seconds: float = 0.0
    epochs: list[EpochEnd] = field(default_factory=list)
    last: Finished | Stopped | Diverged | Failed | None = None
    weights: NetworkWeights | None = None
    run_id: str | None = None
    run_number: int | None = None


class _Report:
    """Shows the race as it goes on.

    Attributes:
        racers: in the order of the file.
    """

    def __init__(self, race: KeptRace, names: tuple[str, ...], progress: Progress) -> None:
        self._race = race
        self._progress = progress
        self.racers = [
            _Told(name, experiment, progress.add_task(name, total=None, numbers=""))
            for name, experiment in zip(names, race.experiments, strict=True)
        ]
        self._by_id = {racer.run_id: told for racer, told in zip(race.racers, self.racers, strict=True)}

    def has_begun(self) -> bool:
        """Whether all that race have their networks."""
        return all(racer.start_sha256 or racer.last for racer in self.racers)

    def receive(self, event: Event) -> None:
        """Take the next event."""
        racer = self._by_id[event.run_id]
        match event:
            case Begun(weights):
                racer.start_sha256 = weights.sha256()
                if self.has_begun():
                    self._progress.console.print(start_in_words(self._race.experiments, self.hashes), soft_wrap=True)
            case Prepared():
                self._progress.update(racer.task, total=event.total_updates)
            case Updates():
                self._show_updates(racer, event)
            case EpochEnd():
                racer.epochs.append(event)
                self._progress.console.print(
                    f"{racer.name}: epoch {event.epoch}/{racer.experiment.epochs}, {new_digits(racer.experiment)} "
                    f"{loss_and_accuracy(event.validation_loss, event.validation_accuracy)}",
                    soft_wrap=True,
                )
            case Finished() | Stopped() | Diverged() | Failed():
                racer.last = event
            case _:
                pass

    @property
    def hashes(self) -> list[str]:
        """Of the weights with which each began; "" of one that never did."""
        return [racer.start_sha256 for racer in self.racers]

    def _show_updates(self, racer: _Told, event: Updates) -> None:
        racer.updates, racer.loss = event.first + len(event.losses), float(event.losses[-1])
        racer.seconds = event.training_seconds
        self._progress.update(racer.task, completed=racer.updates, numbers=f"batch loss {short_loss(racer.loss)}")


def outlook_in_words(estimate: RaceEstimate) -> str:
    """What it will take; how long only where kept runs tell."""
    took = "" if estimate.seconds is None else f", about {duration(estimate.seconds)}"
    return f"{estimate.updates:,} gradient updates in all{took}."


def start_in_words(experiments: tuple[Experiment, ...], hashes: list[str]) -> str:
    """From which weights they start and which batches they meet."""
    seed, begun = experiments[0].seed, [one for one in hashes if one]
    if len(set(begun)) == 1:
        start = f"All start from the same weights (SHA-256 {begun[0][:_SHOWN_OF_HASH]}…)"
    else:
        why = _fields(differing_start(experiments))
        start = f"They start from the same seed, {seed}, not from the same weights ({why})"
    batches = differing_batches(experiments)
    met = f"do not meet the same batches ({_fields(batches)})" if batches else "meet the same batches"
    return f"{start} and {met}."


def _fields(names: list[str]) -> str:
    return f"different {', '.join(FIELD_NAMES[name] for name in names)}"


def _places(report: _Report) -> list[_Told]:
    """The racers, best first: by accuracy on the test images; the others behind them."""

    def key(racer: _Told) -> float:
        return -racer.last.test_accuracy if isinstance(racer.last, Finished) else 1.0

    return sorted(report.racers, key=key)


def _in_words(report: _Report) -> str:
    lines = []
    for place, racer in enumerate(_places(report), start=1):
        speed = f", {racer.updates / racer.seconds:,.0f} updates a second" if racer.seconds > 0 else ""
        kept = f", kept as run {racer.run_number:,}" if racer.run_number is not None else ""
        lines.append(f"{place}. {racer.name}: {_outcome(racer)}{speed}{kept}")
    return "\n".join(lines)


def _outcome(racer: _Told) -> str:
    match racer.last:
        case Finished() as finished:
            return f"test accuracy {in_percent(finished.test_accuracy)}, test loss {short_loss(finished.test_loss)}"
        case Diverged(update):
            return f"its loss left the finite numbers at gradient update {update + 1:,}"
        case Failed(error):
            return " ".join(str(error).split())
        case _:
            return "did not end"


def _as_json(report: _Report, command: RaceCommand) -> str:
    """One JSON object; `results` in the order of the file.

    Of a racer: its experiment, how it ended (`state`), `test_accuracy` and `test_loss` (null where it did not finish),
    `gradient_updates`, `training_seconds`, `run_id` and `run_number` (null where it is not kept), `weights_sha256` at
    the end and `start_sha256` at the start.
    """
    results = []
    for racer in report.racers:
        finished = racer.last if isinstance(racer.last, Finished) else None
        results.append(
            {
                "experiment": racer.experiment.model_dump(mode="json"),
                "name": racer.name,
                "state": type(racer.last).__name__.lower(),
                "test_accuracy": None if finished is None else finite(finished.test_accuracy),
                "test_loss": None if finished is None else finite(finished.test_loss),
                "gradient_updates": racer.updates,
                "training_seconds": racer.seconds,
                "run_id": racer.run_id,
                "run_number": racer.run_number,
                "weights_sha256": None if racer.weights is None else racer.weights.sha256(),
                "start_sha256": racer.start_sha256 or None,
            }
        )
    same = len(set(report.hashes)) == 1
    return json.dumps({"equal": command.fairness, "same_start": same, "results": results}, allow_nan=False)
