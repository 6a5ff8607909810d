"""Why a SQLite file of the lab cannot be used: of which kind the trouble is, and one sentence."""

import contextlib
import sqlite3
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path

from mnist_lab.files.errors import DamageError, FileError
from mnist_lab.words import QT_TRANSLATE_NOOP


class Trouble(Enum):
    """What kind of thing keeps a file from being used."""

    MISSING = auto()
    """There is none."""
    EMPTY = auto()
    """Nothing was ever made in it; perhaps another process is about to."""
    DAMAGED = auto()
    FOREIGN = auto()
    """It is whole, and no file of this kind."""
    NEWER = auto()
    """It is of a lab that is newer than this one."""
    FULL = auto()
    """There is no room left."""
    REFUSED = auto()
    """The system does not let it be read or written."""
    NO_FILE = auto()
    """There is a folder, a pipe or a device in its place."""
    BUSY = auto()
    """Another process has been writing for longer than one waits."""
    FAILED = auto()
    """The disk, or something else beneath SQLite, failed."""


class SqliteFileError(FileError):
    """A file that cannot be used, in one sentence.

    Attributes:
        trouble: of which kind it is.
        reason: the same in a few words, to stand in another sentence's `{reason}`.
    """

    def __init__(self, trouble: Trouble, template: str, *, path: Path, reason: object = "", **values: object) -> None:
        super().__init__(template, path=path, reason=reason, **values)
        self.trouble = trouble
        self.reason = reason


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say of the file `path` into one sentence.

    Raises:
        SqliteFileError: what is done in here failed.
    """
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DataError) as error:
        raise _explanation(path, error) from error
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.NotSupportedError):
        raise  # mistakes of the lab's own, not of the file
    except sqlite3.DatabaseError as error:
        raise _explanation(path, error) from error
    except UnicodeDecodeError as error:  # SQLite's own sentence quotes a name that is no text
        raise damaged(path, DamageError(QT_TRANSLATE_NOOP("errors", "its tables have no names"))) from error
    except OSError as error:
        raise refused(path, error.strerror or error) from error


def damaged(path: Path, reason: object, trouble: Trouble = Trouble.DAMAGED) -> SqliteFileError:
    """What to say of a file that holds what it cannot hold; `reason` in a few words, for instance a `DamageError`."""
    return SqliteFileError(
        trouble,
        QT_TRANSLATE_NOOP("errors", "“{path}” is damaged ({reason}): put a good copy in its place if you have one."),
        path=path,
        reason=reason,
    )


_TROUBLES = {
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    sqlite3.SQLITE_FORMAT: Trouble.DAMAGED,
    sqlite3.SQLITE_TOOBIG: Trouble.DAMAGED,
    sqlite3.SQLITE_ERROR: Trouble.DAMAGED,  # of the lab's own statements: a schema that cannot be parsed
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_READONLY: Trouble.REFUSED,
    sqlite3.SQLITE_CANTOPEN: Trouble.REFUSED,
    sqlite3.SQLITE_PERM: Trouble.REFUSED,
    sqlite3.SQLITE_AUTH: Trouble.REFUSED,
}


def _explanation(path: Path, error: sqlite3.Error) -> SqliteFileError:
    # Python's own errors have no code: a text that is no UTF-8.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    match _TROUBLES.get(code, Trouble.FAILED):
        case Trouble.DAMAGED:
            return damaged(path, error)
        case Trouble.REFUSED:
            return refused(path, error)
        case Trouble.FULL:
            return SqliteFileError(
                Trouble.FULL,
                QT_TRANSLATE_NOOP("errors", "There is no room left to write “{path}”: free some, and try again."),
                path=path,
                reason=DamageError(QT_TRANSLATE_NOOP("errors", "there is no room left")),
            )
        case Trouble.BUSY:
            return busy(path)
        case trouble:
            return SqliteFileError(
                trouble,
                QT_TRANSLATE_NOOP(
                    "errors", "“{path}” cannot be read or written ({reason}): look whether the disk is whole."
                ),
                path=path,
                reason=error,
            )


def refused(path: Path, reason: object) -> SqliteFileError:
    """What to say of a file that the system does not let be used.

    All files of SQLite are in the lab's home; its name may be the very reason: too long, or below what is no folder.
    """
    return SqliteFileError(
        Trouble.REFUSED,
        QT_TRANSLATE_NOOP(
            "errors",
            "“{path}” cannot be opened or written ({reason}): allow it, or let MNIST_LAB_HOME name another folder.",
        ),
        path=path,
        reason=reason,
    )


def busy(path: Path) -> SqliteFileError:
    """What to say of a file that another process has been writing for longer than one waits."""
    return SqliteFileError(
        Trouble.BUSY,
        QT_TRANSLATE_NOOP(
            "errors", "Another window or program has been writing “{path}” for a while: try again in a moment."
        ),
        path=path,
        reason=DamageError(QT_TRANSLATE_NOOP("errors", "another window or program writes it")),
    )


def foreign(path: Path, reason: DamageError) -> SqliteFileError:
    """What to say of a file that is whole and none of the lab's."""
    return SqliteFileError(
        Trouble.FOREIGN,
        QT_TRANSLATE_NOOP("errors", "“{path}” is no file of MNIST Lab's ({reason}): put it elsewhere."),
        path=path,
        reason=reason,
    )


def no_file(path: Path) -> SqliteFileError:
    """What to say where there is a folder, a pipe or a device."""
    return SqliteFileError(
        Trouble.NO_FILE,
        QT_TRANSLATE_NOOP("errors", "“{path}” is no ordinary file: put a file in its place, or remove it."),
        path=path,
        reason=DamageError(QT_TRANSLATE_NOOP("errors", "it is no ordinary file")),
    )
