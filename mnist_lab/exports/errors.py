"""Why a run cannot be exported, in one sentence."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class ExportError(LabError):
    """A run that cannot be exported so: one sentence that says what would be right."""


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system says while `path` is written into an `ExportError`.

    Raises:
        ExportError: what is done in here failed.
    """
    try:
        yield
    except OSError as error:
        raise _explained(path, error) from error


def _explained(path: Path, error: OSError) -> ExportError:
    reason = error.strerror or error
    if error.errno in _FULL:
        return ExportError(
            QT_TRANSLATE_NOOP(
                "errors", "“{path}” cannot be written ({reason}): make room there, or name a file on another disk."
            ),
            path=path,
            reason=reason,
        )
    return ExportError(
        QT_TRANSLATE_NOOP("errors", "“{path}” cannot be written ({reason}): name a file in another folder."),
        path=path,
        reason=reason,
    )
