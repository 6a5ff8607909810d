"""What the learner may change of a kept run: its name, a note on it, its star."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from mnist_lab.runs import run_file
from mnist_lab.runs.errors import StoreError, store_errors
from mnist_lab.runs.facts import as_text
from mnist_lab.runs.run_file import RunFile
from mnist_lab.runs.run_reader import as_json, read_present
from mnist_lab.words import QT_TRANSLATE_NOOP

LONGEST_NAME, LONGEST_NOTE = 200, 10_000


def checked_name(name: str) -> str:
    """The name without blanks around it.

    Raises:
        StoreError: it is too long.
    """
    return _checked(name.strip(), LONGEST_NAME)


def checked_note(note: str) -> str:
    """The note as it is.

    Raises:
        StoreError: it is too long.
    """
    return _checked(note, LONGEST_NOTE)


def change(path: Path, **fields: Any) -> None:
    """Replace some fields of a run's `Present`.

    Raises:
        StoreError: the file cannot be written, or is damaged.
    """
    with store_errors(path), RunFile(path, write=True) as file, file.writing():
        file.put(run_file.PRESENT, 0, as_json(replace(read_present(file), **fields)))


def _checked(text: str, longest: int) -> str:
    if len(text) > longest:
        raise StoreError(
            QT_TRANSLATE_NOOP("errors", "This text has {length:,} characters: {longest:,} are the most that are kept."),
            length=len(text),
            longest=longest,
        )
    return as_text(text)
