"""`runs weights`: the network of a run after any of its gradient updates, written to a file."""

import json

from mnist_lab.commands import RunsCommand
from mnist_lab.exports.formats import export
from mnist_lab.network.recording import Moment
from mnist_lab.run_report import finite
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.store import RunStore


def written_weights(store: RunStore, row: RunRow, command: RunsCommand) -> list[str]:
    """Write the network of a run after `command.update` gradient updates to `command.out`: lines that tell of it.

    With `command.as_json` it is one JSON object, with `moment_as_json` in it.

    Raises:
        StoreError: the run cannot be read, or has no such moment.
        ExportError: the file cannot be written.
        LabError: the moment cannot be replayed here.
    """
    if row.error is not None:
        raise row.error
    assert command.out is not None  # the command line demands it
    moment = export(store, row.id, command.out, update=command.update, kind="npz").moment
    assert moment is not None  # weights are some moment's
    if command.as_json:
        whose = {"run_id": row.id, "run_number": row.number, "file": str(command.out)}
        return [json.dumps(whose | moment_as_json(moment), allow_nan=False)]
    named = f"{row.kind.capitalize()} {row.number:,}"
    return [f"{named} after update {moment.updates:,} is in {command.out}: {moment_in_words(moment)}."]


def moment_as_json(moment: Moment) -> dict[str, object]:
    """Which network it is, and how sure that is.

    `weights_sha256` is as `train --json` has it; `identical` and `largest_difference` (null where it is no finite
    number) are as in `Moment`; `replayed` is false where the network is a kept one as it is.
    """
    return {
        "update": moment.updates,
        "weights_sha256": moment.weights.sha256(),
        "identical": moment.identical,
        "largest_difference": finite(moment.largest_difference),
        "replayed": moment.is_replayed,
    }


def moment_in_words(moment: Moment) -> str:
    """How sure it is that these are the weights that the run had."""
    if not moment.is_replayed:
        return "the network as it was kept"
    if moment.identical:
        return "made again, identical to the bit"
    if finite(moment.largest_difference) is None:
        return "made again, close, not identical"
    return f"made again, close, not identical (batch losses differ by up to {moment.largest_difference:.1e})"
