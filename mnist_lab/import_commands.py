"""`runs import`: runs and networks from files, in the terminal."""

import json
import sys
from pathlib import Path

from mnist_lab.commands import ImportCommand
from mnist_lab.imports import import_file
from mnist_lab.lab_file.importing import ImportedRun, ImportNote
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP

DONE = 0


def import_runs(command: ImportCommand) -> int:
    """Take in what the files hold, and tell what has become of each; returns the exit status.

    Raises:
        LabError: a file cannot be read, or something in one was not taken in; what stands before it was.
    """
    store = RunStore()
    told: list[tuple[Path, ImportedRun]] = []
    own_digits = 0
    for path in command.files:
        imported = import_file(store, path)
        told += [(path, run) for run in imported.runs]
        own_digits += imported.own_digits
        if not command.as_json:
            for run in imported.runs:
                if run.is_listed:
                    sys.stdout.write(f"{run.note}\n")
    if command.as_json:
        runs = [_as_json(path, run) for path, run in told]
        sys.stdout.write(json.dumps({"runs": runs, "own_digits": own_digits}) + "\n")
    elif own_digits:
        sys.stdout.write(f"{own_digits:,} {'digit' if own_digits == 1 else 'digits'} more among your own.\n")
    others = [run.note for _, run in told if not run.is_listed]
    if others:
        raise _not_taken_in(others)
    return DONE


def _as_json(path: Path, run: ImportedRun) -> dict[str, object]:
    """`standing` is how it stood here before: “new” where it was taken in now, “same” where it was here already."""
    return {
        "file": str(path),
        "id": run.id,
        "number": run.here.number or None,
        "standing": run.here.standing,
        "note": str(run.note),
    }


def _not_taken_in(notes: list[ImportNote]) -> ImportNote:
    if len(notes) == 1:
        return notes[0]
    return ImportNote(
        QT_TRANSLATE_NOOP("errors", "{first} And so with {count} more."), first=notes[0], count=len(notes) - 1
    )
