"""Files that are not used any more, and never deleted: set aside as damaged, or taken over into another file."""

import contextlib
import itertools
import os
from pathlib import Path

from mnist_lab.files.atomic import rename_aside

TAKEN_OVER = ".taken-over"


def mark_taken_over(path: Path) -> Path:
    """Rename “name.json” to “name.json.taken-over”, or with the first number that is free, and give that name.

    A file that another window has renamed already is left as it is.

    Raises:
        OSError: it cannot be renamed.
    """
    for number in itertools.count(1):
        marked = path.with_name(f"{path.name}{TAKEN_OVER}" + (f"-{number}" if number > 1 else ""))
        if not os.path.lexists(marked):
            with contextlib.suppress(FileNotFoundError):
                path.rename(marked)
            return marked
    raise AssertionError("there is always a free number")


def rename_database_aside(path: Path) -> Path:
    """Rename a SQLite file as `rename_aside` does, together with the journal of a transaction that was cut off.

    Raises:
        OSError: it cannot be renamed.
    """
    kept = rename_aside(path)
    with contextlib.suppress(FileNotFoundError):
        os.rename(f"{path}-journal", f"{kept}-journal")
    return kept
