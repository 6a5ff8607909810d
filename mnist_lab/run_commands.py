"""`runs`: the kept runs told in words or as JSON, moved to the lab's bin and back, and checked."""

import json
import sys
from typing import Any

from mnist_lab import experiment_text
from mnist_lab.commands import RunsCommand
from mnist_lab.data.places import lab_home
from mnist_lab.hand_commands import judged
from mnist_lab.moment_commands import written_weights
from mnist_lab.network.events import Diverged, Finished
from mnist_lab.run_list import data_in_words, list_in_words, parent_in_words
from mnist_lab.run_report import counted, epoch_numbers, finite, in_percent, loss_and_accuracy, new_digits, short_loss
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import DataFacts, KeptRun, RunRow
from mnist_lab.runs.family import Families
from mnist_lab.runs.finding import find_row, matching_rows
from mnist_lab.runs.settings_told import all_settings
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP

DONE = 0


def run_command(command: RunsCommand) -> int:
    """Do what `runs …` asks for; returns the exit status.

    Raises:
        StoreError: there is no such run, it cannot be read or moved, or files are damaged.
        DataError: the digits to be judged cannot be used.
        LabError: a network cannot be made again, or not be written.
    """
    store = RunStore()
    match command.action:
        case "list":
            return _list(store, command.as_json)
        case "show":
            return _show(store, command)
        case "delete":
            row = listed(store, command.run)
            store.delete(row.id)
            return _say(f"{named(row)} is in the lab's bin; “runs restore {handle_of(row)}” brings it back.")
        case "restore":
            row = _deleted(store, command.run)
            store.restore(row.id)
            return _say(f"{named(row)} is back.")
        case "check":
            return _check(store)
        case "judge":
            return _say("\n".join(judged(store, listed(store, command.run), command)))
        case "weights":
            return _say("\n".join(written_weights(store, listed(store, command.run), command)))


def _say(text: str) -> int:
    sys.stdout.write(text + "\n")
    return DONE


def handle_of(row: RunRow) -> str:
    """What names it on a command line."""
    return str(row.number) if row.number else row.id


def named(row: RunRow) -> str:
    """The run as a sentence calls it."""
    kind = "Run" if row.kind == "run" else "Network"
    return f"{kind} {row.number:,}" + (f" “{row.name}”" if row.name else "") if row.number else f"The file {row.id}"


def listed(store: RunStore, text: str) -> RunRow:
    """The run of the list that is meant; one in the bin is told."""
    rows = store.refresh()
    if not matching_rows(rows, text):
        for row in matching_rows(store.deleted_rows(), text):
            words = QT_TRANSLATE_NOOP("errors", "{run} is in the lab's bin: “runs restore {handle}” brings it back.")
            raise StoreError(words, run=named(row), handle=handle_of(row))
    return find_row(rows, text)


def _deleted(store: RunStore, text: str) -> RunRow:
    """The run in the bin that is meant; one of the list is told."""
    listed, deleted = store.refresh(), store.deleted_rows()
    if not matching_rows(deleted, text):
        for row in matching_rows(listed, text):
            words = QT_TRANSLATE_NOOP("errors", "{run} is not in the lab's bin: “runs” lists it.")
            raise StoreError(words, run=named(row))
    return find_row(deleted, text)


# The list


def _list(store: RunStore, as_json: bool) -> int:
    rows = store.refresh()
    if as_json:
        return _say(json.dumps([_row_as_json(row) for row in rows], allow_nan=False))
    if not rows:
        return _say(f"No run is kept in {lab_home()} yet: “train” keeps its run, and so does the window.")
    return _say("\n".join(list_in_words(rows, Families(rows, store.deleted_rows()))))


def _row_as_json(row: RunRow) -> dict[str, Any]:
    """What a list tells of a run; accuracies from 0 to 1, null where there is none."""
    return {
        "id": row.id,
        "number": row.number or None,
        "kind": row.kind,
        "name": row.name,
        "note": row.note,
        "starred": row.is_starred,
        "date": row.created.isoformat(),
        "state": row.state,
        "experiment": row.experiment.model_dump(mode="json") if row.experiment is not None else None,
        "data": _data_as_json(row.data),
        "epochs_done": row.epochs_done,
        "updates_done": row.updates,
        "total_updates": row.total_updates,
        "best_accuracy": row.best_accuracy,
        "best_epoch": row.best_epoch,
        "last_accuracy": row.last_accuracy,
        "train_accuracy_after": row.train_accuracy_after,
        "test_accuracy": row.test_accuracy,
        "test_loss": None if row.test_loss is None else finite(row.test_loss),
        "training_seconds": row.training_seconds,
        "parent": {"id": row.parent_id, "update": row.parent_update} if row.parent_id else None,
        "bytes": row.bytes,
        "problem": row.problem or None,
    }


def _data_as_json(data: DataFacts | None) -> dict[str, Any] | None:
    if data is None:
        return None
    return {
        "kind": data.kind,
        "origin": data.origin,
        "fingerprint": data.fingerprint,
        "train_images": data.train_images,
        "test_images": data.test_images,
        "own_digits": data.own_digits,
        "hand": None if data.hand is None else {"digits": data.hand.count, "copies": data.hand.copies},
    }


# One run


def _show(store: RunStore, command: RunsCommand) -> int:
    row = listed(store, command.run)
    if row.error is not None:
        raise row.error
    kept = store.load(row.id)
    if command.as_json:
        return _say(json.dumps(_run_as_json(row, kept, command.with_batches), allow_nan=False))
    families = Families(store.rows(), store.deleted_rows())
    return _say("\n".join(_run_in_words(row, kept, families, command.with_batches)))


def _run_as_json(row: RunRow, kept: KeptRun, with_batches: bool) -> dict[str, Any]:
    """Everything about a run; its epochs as `train --json` has them, null for what is not finite."""
    told = _row_as_json(row) | {
        "weights_sha256": kept.snapshots[-1].weights_sha256 if kept.snapshots else None,
        "weights_update": kept.snapshots[-1].updates if kept.snapshots else None,
        "rate_changes": [
            {"update": change.update, "learning_rate": change.learning_rate} for change in kept.rate_changes
        ],
        "past": [
            {"until": past.until, "experiment": past.experiment.model_dump(mode="json")} for past in kept.facts.past
        ],
        "history": [epoch_numbers(end) for end in kept.epochs],
        "diverged_at": kept.outcome.update if isinstance(kept.outcome, Diverged) else None,
        "failure": kept.failure or None,
        "versions": kept.facts.versions,
        "runtime": kept.facts.runtime,
        "snapshots": [
            {"update": snapshot.updates, "bytes": snapshot.bytes, "weights_sha256": snapshot.weights_sha256}
            for snapshot in kept.snapshots
        ],
    }
    if with_batches:
        losses = [finite(loss) for loss in kept.losses.tolist()]  # of a run that diverged
        told["batches"] = {"losses": losses, "accuracies": kept.accuracies.tolist()}
    return told


def _run_in_words(row: RunRow, kept: KeptRun, families: Families, with_batches: bool) -> list[str]:
    lines = [f"{named(row)}, {row.state}, begun {row.created.astimezone():%Y-%m-%d %H:%M} (id {row.id})"]
    if kept.experiment is not None:
        lines.append("Settings: " + all_settings(kept.experiment))
        lines.append("As text: " + experiment_text.write(kept.experiment))
    if kept.facts.data is not None:
        data = kept.facts.data
        images = f"{data.train_images:,} training and {data.test_images:,} test images"
        lines.append(f"Data: {data_in_words(data)} ({images})")
    parent = parent_in_words(row, families)
    lines += [parent[:1].upper() + parent[1:]] if parent else []
    lines += [f"Note: {row.note}"] if row.note else []
    measured_on = new_digits(kept.experiment) if kept.experiment is not None else ""
    lines += [
        f"Epoch {end.epoch}: training {loss_and_accuracy(end.train_loss_after, end.train_accuracy_after)}; "
        f"{measured_on} {loss_and_accuracy(end.validation_loss, end.validation_accuracy)}"
        + (" (best)" if end.epoch == row.best_epoch else "")
        for end in kept.epochs
    ]
    lines += [
        f"Learning rate {change.learning_rate:g} from gradient update {change.update + 1:,} on"
        for change in kept.rate_changes
    ]
    if with_batches:
        numbers = zip(kept.losses.tolist(), kept.accuracies.tolist(), strict=True)
        lines += [
            f"Update {update:,}: loss {short_loss(loss)}, accuracy {in_percent(accuracy)}"
            for update, (loss, accuracy) in enumerate(numbers, start=1)
        ]
    return lines + _end_in_words(kept)


def _end_in_words(kept: KeptRun) -> list[str]:
    lines = []
    if isinstance(kept.outcome, Finished):
        lines.append(
            f"Test loss {short_loss(kept.outcome.test_loss)}, test accuracy {in_percent(kept.outcome.test_accuracy)}"
        )
    if isinstance(kept.outcome, Diverged):
        lines.append(f"Diverged at gradient update {kept.outcome.update + 1:,}")
    if kept.failure:
        lines.append(kept.failure)
    total = f" of {kept.total_updates:,}" if kept.total_updates else ""
    seconds = f"{kept.training_seconds:.1f} s, any waits of slow motion included"  # the file does not say which
    lines.append(f"{counted(kept.updates, 'gradient update', total)} in {seconds}")
    if kept.snapshots:
        places = ", ".join(f"{snapshot.updates:,}" for snapshot in kept.snapshots)
        lines.append(f"Networks kept after update {places} ({sum(s.bytes for s in kept.snapshots) / 1e6:,.1f} MB)")
    return lines


# Checking


def _check(store: RunStore) -> int:
    """Read every file and say what is whole.

    Raises:
        StoreError: some are not.
    """
    rows = store.refresh()
    damaged = 0
    for row in rows:
        problems = [row.problem] if row.error is not None else store.check(row.id)
        damaged += bool(problems)
        _say(f"{named(row)}: {' '.join(problems) or 'whole'}")
    if not damaged:
        return _say(f"{len(rows):,} {'file' if len(rows) == 1 else 'files'}, all whole.")
    raise StoreError(
        QT_TRANSLATE_NOOP(
            "errors", "{damaged} of {count} files cannot be used as they are; “runs delete” moves one to the lab's bin."
        ),
        damaged=damaged,
        count=len(rows),
    )
