"""SQLite files of the lab: opened the one safe way, made whole, and refused in one sentence where they are not ours.

Python's own SQLite may be one that can corrupt a database in WAL mode: these have a rollback journal, which is also
right on network homes. A file that somebody else made may hold triggers, views or columns that compute: a file is only
used if its tables are exactly those that the lab itself made, and nothing else is in it.
"""

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mnist_lab.files.errors import DamageError
from mnist_lab.files.sqlite_errors import SqliteFileError, Trouble, damaged, explained, foreign, no_file, refused
from mnist_lab.words import QT_TRANSLATE_NOOP

BUSY_SECONDS = 10.0
"""How long a transaction waits for another process that writes; the lab's own transactions take milliseconds."""

_MOST_OBJECTS = 100
"""Tables and indices that are looked at in a file; the lab's have a handful."""

_SQLITES_OWN = frozenset({("table", "sqlite_sequence"), ("table", "sqlite_stat1"), ("table", "sqlite_stat4")})


@dataclass(frozen=True)
class SqliteKind:
    """One kind of SQLite file.

    Attributes:
        application_id: what tells it from the files of other programs, 1 to 2³¹ − 1.
        schemas: for each version that can be read (from 1 on), the statements that make its tables and indices, each
            as SQLite keeps it: `CREATE TABLE name (…)`, without `IF NOT EXISTS` and without a semicolon. The highest
            version is the one that is made.
        longest_value: bytes that a row may have.
    """

    application_id: int
    schemas: Mapping[int, tuple[str, ...]]
    longest_value: int = 1024**2

    @property
    def version(self) -> int:
        """The newest version, which is the one that is made."""
        return max(self.schemas)


def connect(
    path: Path,
    kind: SqliteKind,
    *,
    create: bool = False,
    busy_seconds: float = BUSY_SECONDS,
    one_thread: bool = True,
) -> sqlite3.Connection:
    """Open a file of this kind; the caller closes the connection.

    Transactions are the caller's business: nothing is begun by itself (see `immediate`).

    Args:
        path: the file; never open it in another way while a connection may be open: closing any other descriptor of
            it frees the locks that SQLite holds.
        kind: what it must be; of any version in `kind.schemas` (see `version_of`).
        create: make it, and its folder, if it is not there or empty; of the newest version.
        busy_seconds: how long to wait for another process.
        one_thread: only the thread that opened it may use it; without, the caller sees to it that only one at a time
            does.

    Raises:
        SqliteFileError: it is none, cannot be used, or cannot be made.
    """
    with explained(path):
        _check_ordinary(path, create=create)
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}",  # rw reads where writing is not allowed
            timeout=busy_seconds,
            isolation_level=None,
            check_same_thread=one_thread,
            uri=True,
        )
        try:
            _prepare(connection, kind)
            if create:
                _make_if_empty(connection, kind)
            with _reading(connection):
                _check(connection, path, kind)
        except BaseException:
            connection.close()
            raise
    return connection


def version_of(connection: sqlite3.Connection) -> int:
    """The version of an open file, as its `user_version` tells it."""
    return int(_value(connection, "PRAGMA user_version"))


@contextlib.contextmanager
def immediate(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that may write from its first moment on: all of it is done, or nothing.

    Raises:
        sqlite3.Error: it cannot be begun or committed; see `explained`.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite has taken some failures back already
            connection.execute("ROLLBACK")
        raise


def _check_ordinary(path: Path, *, create: bool) -> None:
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        if not create:
            raise SqliteFileError(
                Trouble.MISSING, QT_TRANSLATE_NOOP("errors", "There is no file “{path}”."), path=path
            ) from error
        path.parent.mkdir(parents=True, exist_ok=True)
        return
    except ValueError as error:  # a NUL in its name
        raise refused(path, error) from error
    if not stat.S_ISREG(status.st_mode):  # SQLite would wait for what a pipe may send
        raise no_file(path)
    journal = path.with_name(f"{path.name}-journal")  # what a killed process has left, which SQLite reads first
    if os.path.lexists(journal) and not stat.S_ISREG(os.lstat(journal).st_mode):
        raise no_file(journal)


def _prepare(connection: sqlite3.Connection, kind: SqliteKind) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, kind.longest_value)
    for pragma in (
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "mmap_size=0",
        "journal_mode=DELETE",
        "synchronous=FULL",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _make_if_empty(connection: sqlite3.Connection, kind: SqliteKind) -> None:
    if not _is_empty(connection):
        return
    with immediate(connection):
        if not _is_empty(connection):  # another process was quicker
            return
        connection.execute(f"PRAGMA application_id={kind.application_id}")
        connection.execute(f"PRAGMA user_version={kind.version}")
        for statement in kind.schemas[kind.version]:
            connection.execute(statement)


def _is_empty(connection: sqlite3.Connection) -> bool:
    """Whether nothing was ever made in it; its pages do not tell: a transaction that may write has one at once."""
    return not any(_value(connection, f"PRAGMA {mark}") for mark in ("schema_version", "application_id"))


@contextlib.contextmanager
def _reading(connection: sqlite3.Connection) -> Iterator[None]:
    """One state of the file for several questions."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _check(connection: sqlite3.Connection, path: Path, kind: SqliteKind) -> None:
    if _value(connection, "PRAGMA application_id") != kind.application_id:
        if _is_empty(connection):
            raise damaged(path, DamageError(QT_TRANSLATE_NOOP("errors", "it is empty")), Trouble.EMPTY)
        raise foreign(path, DamageError(QT_TRANSLATE_NOOP("errors", "another program made it")))
    version = version_of(connection)
    if version > kind.version:
        raise SqliteFileError(
            Trouble.NEWER,
            QT_TRANSLATE_NOOP(
                "errors",
                "“{path}” is of a newer MNIST Lab (its version is {version}, this lab reads {known}): use the newer "
                "lab to open it.",
            ),
            path=path,
            reason=DamageError(QT_TRANSLATE_NOOP("errors", "it is of a newer MNIST Lab")),
            version=version,
            known=kind.version,
        )
    if version not in kind.schemas:
        reason = DamageError(QT_TRANSLATE_NOOP("errors", "its version is {version}"), version=version)
        raise damaged(path, reason)
    rows = connection.execute(f"SELECT type, name, sql FROM sqlite_master LIMIT {_MOST_OBJECTS + 1}").fetchall()
    # What makes no statement is an index that SQLite made for a table's own sake.
    statements = [sql for type_, name, sql in rows if sql is not None and (type_, name) not in _SQLITES_OWN]
    if sorted(map(str, statements)) != sorted(kind.schemas[version]):
        raise foreign(path, DamageError(QT_TRANSLATE_NOOP("errors", "its tables are not the lab's")))


def _value(connection: sqlite3.Connection, question: str) -> Any:
    return connection.execute(question).fetchone()[0]
