"""`range-test`: learning rates tried on a clone in the terminal."""

import json
import sys

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from mnist_lab.commands import RangeTestCommand
from mnist_lab.network.control import KERAS_LOCK
from mnist_lab.network.range_test import RateLosses, rate_losses
from mnist_lab.run_report import finite
from mnist_lab.studies.rate_range import RateRange, rate_range, with_rates_as
from mnist_lab.terminal import DONE, console_for, describe, load_digits


def run_range_test(command: RangeTestCommand) -> int:
    """Try the rates, print the range and why; returns the exit status.

    Raises:
        LabError: the data cannot be had, or the network cannot be built.
    """
    console = console_for(command.as_json)
    digits = load_digits(command.data, console)
    console.print(describe(digits, command.data), soft_wrap=True)
    columns = (TextColumn("Trying learning rates"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress, KERAS_LOCK:
        task = progress.add_task("", total=None)
        tested = rate_losses(
            command.experiment,
            digits,
            progress=lambda done, planned: progress.update(task, completed=done, total=planned),
        )
    assert tested is not None  # nobody gives it up here
    found = rate_range(tested)
    sys.stdout.write((_as_json(found, tested) if command.as_json else _in_words(found)) + "\n")
    return DONE


def _reason(found: RateRange) -> str:
    return " ".join(one.template.format(**with_rates_as("{:.2g}".format, one)) for one in found.reasons)


def _in_words(found: RateRange) -> str:
    if not found.is_found:
        return _reason(found)
    return (
        f"Learning rates from {found.lowest:.2g} to {found.highest:.2g}; try {found.suggested:g}.\n{_reason(found)}\n"
        "It holds for this network, optimizer and batch size; another optimizer has another range."
    )


def _as_json(found: RateRange, tested: RateLosses) -> str:
    """One JSON object: the range, or nulls where none was found; every rate tried, with its batch's own loss."""
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
    }
    return json.dumps(result, allow_nan=False)
