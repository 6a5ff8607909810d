"""One run, one SQLite file: its tables, and how rows are written to them and read from them.

What comes from a file is used only once it was looked at: each value has its column's type, each row its checksum, no
row is missing, and no more is read than the file can hold. (SQLite itself has no checksums.) What the rows mean is told
by `run_reader` and `run_writer`.
"""

import itertools
import sqlite3
import struct
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mnist_lab.files.errors import DamageError
from mnist_lab.files.sqlite_errors import SqliteFileError, damaged, explained
from mnist_lab.files.sqlite_file import SqliteKind, connect, immediate, version_of
from mnist_lab.words import QT_TRANSLATE_NOOP

SUFFIX = ".run"
COPY_SUFFIX = ".before"
"""Of the copy, `<id>.run.before`, that stands by while a file of an earlier version is brought to this one."""

PART_BYTES = 64 * 1024**2
"""A snapshot is cut into parts of this size: a row may not be larger than SQLite can hold."""

_LEAST_ROW_BYTES = 4
"""Of a row in a file; so a file of a given size has no more than so many."""

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """A table of a run's file.

    Attributes:
        name: its name.
        columns: names and types (int, float, str, bytes), the keys first.
        keys: how many of them are keys.
    """

    name: str
    columns: tuple[tuple[str, type], ...]
    keys: int = 1

    @property
    def names(self) -> str:
        """The columns' names, with commas between them."""
        return ", ".join(name for name, _ in self.columns)

    @property
    def key_names(self) -> str:
        """The keys' names, with commas between them."""
        return ", ".join(name for name, _ in self.columns[: self.keys])

    @property
    def statement(self) -> str:
        """What makes it, exactly as SQLite keeps it."""
        columns = [f"{name} {_SQL_TYPES[type_]} NOT NULL" for name, type_ in self.columns]
        if self.keys == 1:
            columns[0] = f"{self.columns[0][0]} INTEGER PRIMARY KEY"
        else:
            columns.append(f"PRIMARY KEY ({self.key_names})")
        return f"CREATE TABLE {self.name} ({', '.join(columns)})"


_SQL_TYPES: dict[type, str] = {int: "INTEGER", float: "REAL", str: "TEXT", bytes: "BLOB"}

FACTS = Table("facts", (("id", int), ("json", str)))
"""One row: `RunFacts`."""
PRESENT = Table("present", (("id", int), ("json", str)))
"""One row, what may change later: name, note, star, experiment."""
NUMBERS = Table("numbers", (("first", int), ("seconds", float), ("losses", bytes), ("accuracies", bytes)))
"""A row a second: the first update's index, the training seconds at the end, little-endian float32."""
EPOCHS = Table("epochs", (("epoch", int), ("json", str)))
CHANGES = Table("changes", (("id", int), ("rate_update", int), ("learning_rate", float)))
SNAPSHOTS = Table("snapshots", (("updates", int), ("json", str)))
PARTS = Table("parts", (("updates", int), ("part", int), ("data", bytes)), keys=2)
"""The bytes of the snapshots: `Snapshot.to_bytes()`, cut."""
OUTCOME = Table("outcome", (("id", int), ("json", str)))
"""One row once the run has ended."""

TABLES = (FACTS, PRESENT, NUMBERS, EPOCHS, CHANGES, SNAPSHOTS, PARTS, OUTCOME)

_SUMS = "CREATE TABLE sums (place TEXT PRIMARY KEY, crc32 INTEGER NOT NULL) WITHOUT ROWID"
"""Since version 2: a checksum for each row of every other table; `place` is its table and its keys."""

_SUMS_SINCE = 2
_VERSION_1 = tuple(table.statement for table in TABLES)

RUN_FILE = SqliteKind(
    application_id=0x4D4C5231,  # "MLR1"
    schemas={1: _VERSION_1, 2: (*_VERSION_1, _SUMS)},
    longest_value=PART_BYTES + 1024**2,
)


class RunFile:
    """An open run file; a context manager, for the thread that opened it.

    Attributes:
        path: where it is.
        is_current: whether it is of this version.
    """

    def __init__(self, path: Path, *, create: bool = False, write: bool = False) -> None:
        """Open `path`.

        Args:
            path: the file.
            create: make it if it is not there.
            write: bring a file of an earlier version to this one; a file that is only read stays as it is.

        Raises:
            SqliteFileError: it cannot be opened or made, or is no such file.
        """
        self.path = path
        self._connection = connect(path, RUN_FILE, create=create)
        try:
            with explained(path):
                if write and version_of(self._connection) < RUN_FILE.version:
                    migrate(self._connection, path)
                self.is_current = version_of(self._connection) == RUN_FILE.version
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> "RunFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def writing(self) -> AbstractContextManager[None]:
        """A transaction that is done as a whole or not at all."""
        return immediate(self._connection)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One and the same state of the file for several reads, whatever another process writes meanwhile."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def put(self, table: Table, *row: object) -> None:
        """Write a row, in place of the one with the same keys if there is one."""
        put(self._connection, table, row)

    def remove(self, table: Table, condition: str, *values: object) -> None:
        """Remove the rows that meet an SQL condition, for instance "updates >= ?"."""
        where = f"FROM {table.name} WHERE {condition}"
        keys = self._connection.execute(f"SELECT {table.key_names} {where}", values).fetchall()
        places = [(_place(table, key),) for key in keys]
        self._connection.executemany("DELETE FROM sums WHERE place = ?", places)
        self._connection.execute(f"DELETE {where}", values)

    def rows(self, table: Table, first_key: int | None = None) -> Iterator[Row]:
        """The rows of a table in the order of their keys, each looked at; or those with that first key.

        Raises:
            SqliteFileError: one has changed, or is missing.
        """
        most_bytes = self.path.stat().st_size
        sums = self._sums(table, first_key, most_bytes // _LEAST_ROW_BYTES) if self.is_current else None
        where = "" if first_key is None else f"WHERE {table.columns[0][0]} = ?"
        question = f"SELECT {table.names} FROM {table.name} {where} ORDER BY {table.key_names}"
        for row in self._connection.execute(question, () if first_key is None else (first_key,)):
            most_bytes -= max(_LEAST_ROW_BYTES, sum(len(value) for value in row if isinstance(value, bytes | str)))
            if most_bytes < 0:
                raise self.damaged(DamageError(QT_TRANSLATE_NOOP("errors", "it claims to hold more than it can")))
            if [type(value) for value in row] != [type_ for _, type_ in table.columns] or (
                sums is not None and sums.pop(_place(table, row), None) != checksum(row)
            ):
                raise self.damaged(
                    DamageError(QT_TRANSLATE_NOOP("errors", "a row of “{table}” has changed"), table=table.name)
                )
            yield row
        if sums:
            raise self.damaged(
                DamageError(QT_TRANSLATE_NOOP("errors", "a row of “{table}” is missing"), table=table.name)
            )

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        return int(self._connection.execute(f"SELECT COUNT(*) FROM {table.name}").fetchone()[0])

    def only(self, table: Table) -> Row | None:
        """The one row of a table that has one or none."""
        rows = list(itertools.islice(self.rows(table), 2))
        if len(rows) > 1:
            raise self.damaged(DamageError(QT_TRANSLATE_NOOP("errors", "“{table}” has two rows"), table=table.name))
        return rows[0] if rows else None

    def damaged(self, reason: DamageError) -> SqliteFileError:
        """What to say of this file."""
        return damaged(self.path, reason)

    def problems(self) -> list[str]:
        """What SQLite itself finds wrong with the file, in its own words."""
        found = self._connection.execute("PRAGMA integrity_check(10)").fetchall()
        return [str(row[0]) for row in found if row[0] != "ok"]

    def _sums(self, table: Table, first_key: int | None, most: int) -> dict[str, int]:
        start = f"{table.name}/" if first_key is None else f"{table.name}/{first_key}/"
        end = start[:-1] + chr(ord("/") + 1)
        found = self._connection.execute("SELECT place, crc32 FROM sums WHERE place >= ? AND place < ?", (start, end))
        sums = dict(itertools.islice(found, most + 1))
        if len(sums) > most:
            raise self.damaged(DamageError(QT_TRANSLATE_NOOP("errors", "it claims to hold more than it can")))
        return sums


def put(connection: sqlite3.Connection, table: Table, row: Row) -> None:
    """Write a row and its checksum, in place of the one with the same keys if there is one."""
    places = ", ".join("?" for _ in row)
    connection.execute(f"INSERT OR REPLACE INTO {table.name} ({table.names}) VALUES ({places})", row)
    connection.execute("INSERT OR REPLACE INTO sums (place, crc32) VALUES (?, ?)", (_place(table, row), checksum(row)))


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an open file of an earlier version to this one, as a whole or not at all; a copy stands by meanwhile.

    Raises:
        sqlite3.Error, OSError: it cannot be done; the file is as it was.
    """
    copy = path.with_name(f"{path.name}{COPY_SUFFIX}")
    copy.unlink(missing_ok=True)  # of an earlier attempt that was killed
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
        connection.execute("BEGIN EXCLUSIVE")
        if version_of(connection) < _SUMS_SINCE:  # another process may have been quicker
            connection.execute(_SUMS)
            for table in TABLES:
                rows = connection.execute(f"SELECT {table.names} FROM {table.name}")
                sums = ((_place(table, row), checksum(row)) for row in rows)
                connection.executemany("INSERT INTO sums (place, crc32) VALUES (?, ?)", sums)
            connection.execute(f"PRAGMA user_version={RUN_FILE.version}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        copy.unlink(missing_ok=True)


def checksum(row: Row) -> int:
    """CRC-32 over the values of a row, each with its type and length."""
    sum_ = 0
    for value in row:
        match value:
            case bytes():
                data = value
            case float():
                data = struct.pack("<d", value)
            case _:
                data = str(value).encode()
        sum_ = zlib.crc32(data, zlib.crc32(f"{type(value).__name__}:{len(data)}:".encode(), sum_))
    return sum_


def _place(table: Table, row: Row) -> str:
    return f"{table.name}/{''.join(f'{key}/' for key in row[: table.keys])}"
