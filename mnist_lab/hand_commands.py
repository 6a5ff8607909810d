"""`runs judge`: how a kept run's network reads digits that a person wrote."""

import json

import numpy as np
from numpy.typing import NDArray

from mnist_lab.commands import RunsCommand
from mnist_lab.data.hand_digit import images_of, labels_of
from mnist_lab.data.hand_file import read_hand
from mnist_lab.inspection.forward import answers
from mnist_lab.run_report import in_percent
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.store import RunStore

_MOST_TOLD = 20  # mistakes, one a line


def judged(store: RunStore, row: RunRow, command: RunsCommand) -> list[str]:
    """Let the newest network of a run, or a kept network, read digits: lines that tell how many it recognises.

    With `command.as_json` it is one JSON object: accuracy, a share of 1; count; the labels that the file gives and the
    answers in the same order, null where the network's numbers overflow.

    Raises:
        DataError: the file of the digits cannot be used.
        StoreError: the run cannot be read, or no network of it is kept.
    """
    if row.error is not None:
        raise row.error
    assert command.digits is not None  # the command line demands it
    digits = read_hand(command.digits)
    weights = store.network_weights(row.id)
    labels, answered = labels_of(digits), answers(weights, images_of(digits))
    if not command.as_json:
        return _in_words(f"{row.kind.capitalize()} {row.number:,}", weights.updates, labels, answered)
    told = {
        "run_id": row.id,
        "run_number": row.number,
        "update": weights.updates,
        "accuracy": float((answered == labels).mean()),
        "count": len(digits),
        "labels": labels.tolist(),
        "answers": [answer if answer >= 0 else None for answer in answered.tolist()],
    }
    return [json.dumps(told, allow_nan=False)]


def _in_words(named: str, updates: int, labels: NDArray[np.uint8], answered: NDArray[np.intp]) -> list[str]:
    wrong = np.flatnonzero(answered != labels)
    right, count = len(labels) - len(wrong), len(labels)
    lines = [f"{named} after update {updates:,} recognises {right:,} of {count:,} digits: {in_percent(right / count)}"]
    for place in wrong[:_MOST_TOLD].tolist():
        answer = str(answered[place]) if answered[place] >= 0 else "nothing: its numbers overflow"
        lines.append(f"Digit {place + 1:,} shows {labels[place]}, and it answers {answer}")
    more = len(wrong) - _MOST_TOLD
    return [*lines, f"... and {more:,} more mistakes; --json tells every answer"] if more > 0 else lines
