"""Whether something may be written where a person wants it."""

from pathlib import Path

from mnist_lab.exports.errors import ExportError, writing
from mnist_lab.words import QT_TRANSLATE_NOOP


def check_ending(path: Path, ending: str) -> None:
    """See that a file's name ends so.

    Raises:
        ExportError: it does not.
    """
    if path.suffix.lower() != ending:
        raise ExportError(
            QT_TRANSLATE_NOOP(
                "errors", "“{path}” does not end in {ending}, which is what is written: name such a file."
            ),
            path=path,
            ending=ending,
        )


def check_folder(path: Path) -> None:
    """See that a folder can be there.

    Raises:
        ExportError: a file is.
    """
    with writing(path):
        if path.exists() and not path.is_dir():
            raise ExportError(
                QT_TRANSLATE_NOOP("errors", "“{path}” is a file: name a folder, which may be a new one."), path=path
            )


def check_new(path: Path, *, may_replace: bool) -> None:
    """See that a file can be written there; one that is there only where it `may_replace` it.

    Raises:
        ExportError: it cannot.
    """
    with writing(path):
        if path.is_dir():
            raise ExportError(
                QT_TRANSLATE_NOOP("errors", "“{path}” is a folder: name a file in it, or remove it."), path=path
            )
        if not may_replace and path.exists():
            raise already_there(path)


def already_there(path: Path) -> ExportError:
    """What to say where a file may not be replaced."""
    return ExportError(
        QT_TRANSLATE_NOOP("errors", "“{path}” is there already: name another, or add --force to replace it."), path=path
    )
