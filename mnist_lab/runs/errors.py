"""Why a run cannot be kept or read, in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mnist_lab.files.errors import FileError
from mnist_lab.files.sqlite_errors import SqliteFileError, Trouble, explained
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError


class StoreError(LabError):
    """Something that keeps a run from being kept or read: one sentence.

    Attributes:
        trouble: of which kind it is, where a file is to blame; None: something else is.
    """

    def __init__(self, template: str, *, trouble: Trouble | None = None, **values: object) -> None:
        super().__init__(template, **values)
        self.trouble = trouble


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn what goes wrong with the file or folder `path` into a `StoreError`.

    Raises:
        StoreError: what is done in here failed.
    """
    try:
        with explained(path):
            yield
    except FileError as error:
        trouble = error.trouble if isinstance(error, SqliteFileError) else Trouble.DAMAGED
        raise StoreError(error.template, trouble=trouble, **error.values) from error


def no_such_run(run_id: str) -> StoreError:
    """What to say where nothing of that id is kept."""
    return StoreError(
        QT_TRANSLATE_NOOP("errors", "No run “{id}” is kept here: choose one of the list of runs."),
        trouble=Trouble.MISSING,
        id=run_id,
    )
