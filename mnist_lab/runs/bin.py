"""The bin: runs that were deleted and can be brought back, in a folder of their own."""

import os
from contextlib import suppress
from pathlib import Path

from mnist_lab.files.atomic import rename_aside
from mnist_lab.runs.errors import StoreError, no_such_run, store_errors
from mnist_lab.runs.run_file import SUFFIX, RunFile
from mnist_lab.runs.run_writer import remove_files
from mnist_lab.words import QT_TRANSLATE_NOOP


def move_to_bin(path: Path, bin_folder: Path) -> None:
    """Move the file of a run whose lock is held.

    Raises:
        StoreError: it cannot be moved.
    """
    with store_errors(path):
        if not os.path.lexists(path):
            raise no_such_run(path.stem)
        bin_folder.mkdir(exist_ok=True)
        target = bin_folder / path.name
        if os.path.lexists(target):  # the same run once more, from elsewhere
            rename_aside(target)
        _move(path, target)


def move_back(run_id: str, bin_folder: Path, target: Path) -> None:
    """Move a file from the bin to `target`.

    Raises:
        StoreError: it cannot be moved, or is not there.
    """
    path = bin_folder / f"{run_id}{SUFFIX}"
    with store_errors(path):
        if not os.path.lexists(path):
            raise no_such_run(run_id)
        if os.path.lexists(target):
            raise StoreError(
                QT_TRANSLATE_NOOP("errors", "This run is in the list, too: delete it there to bring back the other."),
            )
        _move(path, target)


def remove(run_id: str, bin_folder: Path) -> None:
    """Remove the file of a run whose lock is held from the bin, for good.

    Raises:
        StoreError: it cannot be removed, or is not there.
    """
    path = bin_folder / f"{run_id}{SUFFIX}"
    with store_errors(path):
        if not os.path.lexists(path):
            raise no_such_run(run_id)
    remove_files(path)


def _move(path: Path, target: Path) -> None:
    """The lock of the run is held, and a journal that a killed process left is worked off first."""
    with suppress(StoreError), store_errors(path), RunFile(path):
        pass  # a damaged file is moved as it is, with its journal
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists():
        os.replace(journal, target.with_name(f"{target.name}-journal"))
    os.replace(path, target)
