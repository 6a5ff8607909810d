"""Where a kept run goes on, and its file cut back to there: what comes after is trained, measured and written again.

The file is cut in the transaction that first writes something new: until then a run that was to go on is as it was.
"""

from dataclasses import dataclass, replace

import numpy as np

from mnist_lab.files.sqlite_errors import SqliteFileError, Trouble
from mnist_lab.network.events import RateChanged
from mnist_lab.network.halt import Halt
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs import run_file
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import KeptRun
from mnist_lab.runs.run_file import RunFile
from mnist_lab.runs.snapshots import read_snapshot
from mnist_lab.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True, eq=False)
class Cut:
    """Where a run goes on.

    Attributes:
        kept: the run as it is there; what stays.
        halt: what training takes to go on there; None where the caller has it.
        changes_ahead: changes of the learning rate that are cut off, to be made again, and others still to be made.
    """

    kept: KeptRun
    halt: Halt | None
    changes_ahead: tuple[RateChanged, ...]


def cut_at_snapshot(file: RunFile, kept: KeptRun) -> Cut:
    """The run as it was at its newest snapshot that is whole.

    What was told at that very update is cut off, too: an epoch's end is measured again, a rate is changed again.

    Raises:
        StoreError: it has no snapshot.
        SqliteFileError: the file cannot be read.
    """
    with file.reading():
        snapshot = _newest_whole(file, kept)
    at = snapshot.updates
    last = at if at == kept.facts.forked_at else at - 1  # where it was forked, its parent has measured
    epochs = tuple(end for end in kept.epochs if end.updates <= last)
    made = tuple(change for change in kept.rate_changes if change.update < at)
    changes = changes_from(kept, at)
    begin = epochs[-1].updates if epochs else 0
    stays = replace(_until(kept, at), epochs=epochs, rate_changes=made)
    halt = Halt(snapshot, kept.losses[begin:at], kept.accuracies[begin:at], stays.training_seconds, changes)
    return Cut(stays, halt, changes)


def changes_from(kept: KeptRun, at: int) -> tuple[RateChanged, ...]:
    """The changes of the learning rate from update `at` on: those made, and those that a fork is still to make.

    Where another rate was chosen in the place of those, they are to be made no more.
    """
    own = [(change.update, change.learning_rate) for change in kept.rate_changes]
    own = [change for change in own if change[0] >= kept.facts.forked_at]
    ahead = kept.facts.ahead
    waiting = ahead[len(own) :] if tuple(own) == ahead[: len(own)] else ()
    made = (change for change in kept.rate_changes if change.update >= at)
    return (*made, *(RateChanged(update, rate) for update, rate in waiting))


def cut_at(kept: KeptRun, at: int) -> Cut:
    """The run as it was after `at` gradient updates, with what was told there.

    Raises:
        StoreError: it has fewer.
    """
    if at > kept.updates:
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors",
                "Run {number} is kept up to update {kept:,} only and cannot go on at update {at:,}: open it from the "
                "list of runs to go on from there.",
            ),
            number=kept.facts.number,
            kept=kept.updates,
            at=at,
        )
    epochs = tuple(end for end in kept.epochs if end.updates <= at)
    changes = tuple(change for change in kept.rate_changes if change.update <= at)
    return Cut(replace(_until(kept, at), epochs=epochs, rate_changes=changes), None, ())


def apply_cut(file: RunFile, stays: KeptRun) -> None:
    """Cut the file back to what stays, within a transaction of the caller."""
    at = stays.updates
    for first, _, losses, accuracies in file.rows(run_file.NUMBERS):
        if first < at < first + len(losses) // 4:
            end = 4 * (at - first)
            file.put(run_file.NUMBERS, first, stays.training_seconds, losses[:end], accuracies[:end])
    file.remove(run_file.NUMBERS, "first >= ?", at)
    file.remove(run_file.EPOCHS, "epoch > ?", stays.epochs[-1].epoch if stays.epochs else -1)
    file.remove(run_file.CHANGES, "id >= ?", len(stays.rate_changes))
    file.remove(run_file.SNAPSHOTS, "updates > ?", at)
    file.remove(run_file.PARTS, "updates > ?", at)
    file.remove(run_file.OUTCOME, "id >= ?", 0)


def _newest_whole(file: RunFile, kept: KeptRun) -> Snapshot:
    for snapshot in reversed(kept.snapshots):
        if kept.facts.kind != "run" or snapshot.updates > kept.updates:
            continue
        try:
            return read_snapshot(file, snapshot)
        except SqliteFileError as error:  # an older one leads to the same bits
            if error.trouble is not Trouble.DAMAGED:
                raise
    raise StoreError(
        QT_TRANSLATE_NOOP(
            "errors",
            "Run {number} cannot go on: no state of its network is kept. Start a new run with its settings.",
        ),
        number=kept.facts.number,
    )


def _until(kept: KeptRun, at: int) -> KeptRun:
    """Numbers and snapshots of the first `at` updates; training seconds between two known times are in proportion."""
    known = kept.seconds_at
    seconds = kept.seconds_until(at)
    seconds_at = np.array([*known[known[:, 0] < at], *([(at, seconds)] if at else [])], np.float64).reshape(-1, 2)
    return replace(
        kept,
        state="interrupted",
        losses=kept.losses[:at],
        accuracies=kept.accuracies[:at],
        seconds_at=seconds_at,
        outcome=None,
        failure="",
        training_seconds=seconds,
        snapshots=tuple(snapshot for snapshot in kept.snapshots if snapshot.updates <= at),
    )
