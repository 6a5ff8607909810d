"""`range-test`: learning rates tried on a clone in the terminal."""

import json
import sys
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from mnist_lab.commands import RangeTestCommand
from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import KERAS_LOCK
from mnist_lab.network.range_test import RateLosses, rate_losses
from mnist_lab.network.recording import Moment
from mnist_lab.run_report import finite
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.finding import find_row
from mnist_lab.runs.fork_checks import check_is_run
from mnist_lab.runs.moments import moment_of
from mnist_lab.runs.opening import open_run
from mnist_lab.runs.store import RunStore
from mnist_lab.studies.rate_range import RateRange, rate_range, with_rates_as
from mnist_lab.terminal import DONE, console_for, describe, load_digits
from mnist_lab.words import QT_TRANSLATE_NOOP


def run_range_test(command: RangeTestCommand) -> int:
    """Try the rates, print the range and why; returns the exit status.

    Raises:
        LabError: the data cannot be had, or the network cannot be built.
    """
    console = console_for(command.as_json)
    if command.run:
        begun = _from_run(command, console)
    else:
        digits = load_digits(command.data, console)
        console.print(describe(digits, command.data), soft_wrap=True)
        begun = _Begun(command.experiment, digits)
    columns = (TextColumn("Trying learning rates"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress, KERAS_LOCK:
        task = progress.add_task("", total=None)
        tested = rate_losses(
            begun.experiment,
            begun.digits,
            None if begun.moment is None else begun.moment.snapshot,
            progress=lambda done, planned: progress.update(task, completed=done, total=planned),
        )
    assert tested is not None  # nobody gives it up here
    found = rate_range(tested)
    sys.stdout.write((_as_json(found, tested, begun.moment) if command.as_json else _in_words(found)) + "\n")
    return DONE


@dataclass(frozen=True, eq=False)
class _Begun:
    """Where it begins: with these settings and digits, untrained or at a moment of a run."""

    experiment: Experiment
    digits: Digits
    moment: Moment | None = None


def _from_run(command: RangeTestCommand, console: Console) -> _Begun:
    """At the moment of the kept run that is meant, with its own settings and digits."""
    store = RunStore()
    row = find_row(store.refresh(), command.run)
    if row.error is not None:
        raise row.error
    check_is_run(store.load(row.id))
    opened = open_run(store, row.id, ())
    if not opened.has_digits:
        raise StoreError(
            QT_TRANSLATE_NOOP("errors", "The digits that run {number} was trained on are not here: test its settings."),
            number=row.number,
        )
    moment = moment_of(store, row.id, command.update, (opened.run.digits,))
    console.print(f"Run {row.number:,} after update {moment.updates:,}", soft_wrap=True)
    return _Begun(opened.run.experiment, opened.run.digits, moment)


def _reason(found: RateRange) -> str:
    return " ".join(one.template.format(**with_rates_as("{:.2g}".format, one)) for one in found.reasons)


def _in_words(found: RateRange) -> str:
    if not found.is_found:
        return _reason(found)
    return (
        f"Learning rates from {found.lowest:.2g} to {found.highest:.2g}; try {found.suggested:g}.\n{_reason(found)}\n"
        "It holds for this network, optimizer and batch size; another optimizer has another range."
    )


def _as_json(found: RateRange, tested: RateLosses, moment: Moment | None) -> str:
    """One JSON object: the range, or nulls where none was found; every rate tried, with its batch's own loss.

    `run_id` and `update` say at which moment of a run it began; null for untrained weights.
    """
    result = {
        "found": found.is_found,
        "from": found.lowest,
        "to": found.highest,
        "suggested": found.suggested,
        "reason": _reason(found),
        "rates": tested.rates.tolist(),
        "losses": [finite(loss) for loss in tested.losses.tolist()],
        "smoothed": [finite(loss) for loss in tested.smoothed.tolist()],
        "lost_at": tested.lost_rate,
        "run_id": None if moment is None else moment.run_id,
        "update": None if moment is None else moment.updates,
    }
    return json.dumps(result, allow_nan=False)
