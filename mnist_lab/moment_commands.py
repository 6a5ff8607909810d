"""`runs weights`: the network of a run after any of its gradient updates, written to a file."""

import json

from mnist_lab.commands import RunsCommand
from mnist_lab.files.errors import FileError
from mnist_lab.inspection.network_file import SUFFIX, write_network
from mnist_lab.network.recording import Moment
from mnist_lab.run_report import finite
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.moments import moment_of
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP


def written_weights(store: RunStore, row: RunRow, command: RunsCommand) -> list[str]:
    """Write the network of a run after `command.update` gradient updates to `command.out`: lines that tell of it.

    With `command.as_json` it is one JSON object: `weights_sha256` is as `train --json` has it; `identical` and
    `largest_difference` (null where it is no finite number) are as in `Moment`; `replayed` is false where the network
    is a kept one as it is.

    Raises:
        StoreError: the run cannot be read, or has no such moment.
        FileError: the file cannot be written.
        LabError: the moment cannot be replayed here.
    """
    if row.error is not None:
        raise row.error
    assert command.out is not None  # the command line demands it
    if command.out.suffix.lower() != SUFFIX:
        raise FileError(
            QT_TRANSLATE_NOOP("errors", "“{path}” does not end in .npz, which is what is written: name such a file."),
            path=command.out,
        )
    moment = moment_of(store, row.id, command.update)
    try:
        write_network(command.out, moment.weights)
    except OSError as error:
        raise FileError(
            QT_TRANSLATE_NOOP("errors", "“{path}” cannot be written ({reason}): name a file in another folder."),
            path=command.out,
            reason=error.strerror or error,
        ) from error
    if command.as_json:
        return [json.dumps(_as_json(row, moment, str(command.out)), allow_nan=False)]
    named = f"{row.kind.capitalize()} {row.number:,}"
    return [f"{named} after update {moment.updates:,} is in {command.out}: {_in_words(moment)}."]


def _as_json(row: RunRow, moment: Moment, path: str) -> dict[str, object]:
    return {
        "run_id": row.id,
        "run_number": row.number,
        "update": moment.updates,
        "file": path,
        "weights_sha256": moment.weights.sha256(),
        "identical": moment.identical,
        "largest_difference": finite(moment.largest_difference),
        "replayed": moment.is_replayed,
    }


def _in_words(moment: Moment) -> str:
    """How sure it is that these are the weights that the run had."""
    if not moment.is_replayed:
        return "the network as it was kept"
    if moment.identical:
        return "made again, identical to the bit"
    if finite(moment.largest_difference) is None:
        return "made again, close, not identical"
    return f"made again, close, not identical (batch losses differ by up to {moment.largest_difference:.1e})"
