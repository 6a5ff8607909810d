"""The index: one row for each run file, so that a list of a thousand runs opens none of them.

It holds nothing that the files do not hold: whatever is wrong with it, it is thrown away and made again from them.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np

from mnist_lab.experiment import Experiment
from mnist_lab.files.sqlite_errors import SqliteFileError, Trouble, busy
from mnist_lab.files.sqlite_file import SqliteKind, connect, immediate
from mnist_lab.runs.errors import StoreError, store_errors
from mnist_lab.runs.facts import DataFacts, RunRow
from mnist_lab.runs.run_reader import adapter

_INDEX = SqliteKind(
    application_id=0x4D4C5249,  # "MLRI"
    schemas={
        1: (
            "CREATE TABLE entries (id TEXT NOT NULL, is_deleted INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,"
            " json TEXT NOT NULL, crc32 INTEGER NOT NULL, PRIMARY KEY (id, is_deleted)) WITHOUT ROWID",
            "CREATE TABLE counter (id INTEGER PRIMARY KEY, last INTEGER NOT NULL, crc32 INTEGER NOT NULL)",
        )
    },
)
_UNUSABLE = (Trouble.EMPTY, Trouble.DAMAGED, Trouble.FOREIGN, Trouble.NEWER)
_LOCK_SECONDS = 20.0


Key = tuple[str, bool]
"""A run's id, and whether it lies in the bin."""


@dataclass(frozen=True, eq=False)
class Entry:
    """A run as the index knows it.

    Attributes:
        row: what a list shows.
        is_deleted: whether its file lies in the bin.
        mtime_ns: when the file was written last, as the system told when it was read.
    """

    row: RunRow
    is_deleted: bool
    mtime_ns: int

    @property
    def key(self) -> Key:
        """What tells it from all others."""
        return self.row.id, self.is_deleted


class RunIndex:
    """The index of one folder of runs; every call opens and closes it, so any thread may call.

    Attributes:
        lock_path: a file whose lock is held while the index is written; it stays.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` holds the run files; it need not exist."""
        self._path = folder / "index.sqlite"
        self.lock_path = folder / "index-lock"  # no run has a lock of that name

    def entries(self, run_id: str | None = None) -> list[Entry] | None:
        """All entries, or those of one run; None where there is no index that can be used."""
        question = "SELECT id, is_deleted, mtime_ns, json, crc32 FROM entries"
        values = () if run_id is None else (run_id,)
        try:
            with store_errors(self._path), closing(connect(self._path, _INDEX)) as connection:
                rows = connection.execute(f"{question} WHERE id = ?" if values else question, values).fetchall()
                return [_entry(*row) for row in rows]
        except (StoreError, ValueError, TypeError, KeyError):
            return None  # whoever asks reads the files instead

    def renew(self, read: Callable[[], Mapping[Key, Entry | None]]) -> None:
        """Write the entries that `read` finds, and forget those that it finds gone.

        Nobody else writes the index while files are read: so nothing older ever takes the place of what is newer.

        Raises:
            StoreError: the index cannot be written.
        """
        with self._alone():
            found = read()
            with self._open() as connection, immediate(connection):
                connection.executemany("DELETE FROM entries WHERE id = ? AND is_deleted = ?", found)
                rows = [_values(entry) for entry in found.values() if entry is not None]
                connection.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", rows)

    @contextmanager
    def new_number(self, highest: Callable[[], int]) -> Iterator[int]:
        """A number that was never given before; no other process gets one until the caller has used it.

        Args:
            highest: the highest number of all run files; asked where the index does not know.

        Raises:
            StoreError: the index cannot be written.
        """
        with self._alone():
            with self._open() as connection, immediate(connection):
                row = connection.execute("SELECT last, crc32 FROM counter").fetchone()
                is_known = row is not None and row[1] == _sum(row[0])
                number = (row[0] if is_known else highest()) + 1
                connection.execute("INSERT OR REPLACE INTO counter VALUES (0, ?, ?)", (number, _sum(number)))
            yield number

    def throw_away(self) -> None:
        """Remove an index that cannot be used, unless another process has made a new one.

        Raises:
            StoreError: it cannot be removed.
        """
        with self._alone():
            if self.entries() is None:
                self._remove()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The index, made anew where it cannot be used; only for who is alone."""
        with store_errors(self._path):
            try:
                connection = connect(self._path, _INDEX, create=True)
            except SqliteFileError as error:
                if error.trouble not in _UNUSABLE:
                    raise
                self._remove()
                connection = connect(self._path, _INDEX, create=True)
            with closing(connection):
                yield connection

    def _remove(self) -> None:
        with store_errors(self._path):
            for path in (self._path, self._path.with_name(f"{self._path.name}-journal")):
                path.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else makes, removes or writes the index meanwhile."""
        from filelock import FileLock, Timeout  # here: it takes 30 ms, and the window opens without it

        lock = FileLock(self.lock_path, thread_local=False)
        with store_errors(self.lock_path):
            try:
                lock.acquire(timeout=_LOCK_SECONDS, poll_interval=0.01)
            except Timeout as error:
                raise busy(self._path) from error
        try:
            yield
        finally:
            lock.release()


def _values(entry: Entry) -> tuple[str, int, int, str, int]:
    row, error = entry.row, entry.row.error
    told = {name: getattr(row, name) for name in _PLAIN} | {
        "created": row.created.isoformat(),
        "experiment": None if row.experiment is None else row.experiment.model_dump_json(),
        "data": None if row.data is None else adapter(DataFacts).dump_json(row.data).decode(),
        "curve": row.curve.astype("<f4").tobytes().hex(),
    }
    if error is not None:
        trouble = None if error.trouble is None else error.trouble.name
        values = {name: value if isinstance(value, int | float) else str(value) for name, value in error.values.items()}
        told["error"] = {"template": error.template, "trouble": trouble, "values": values}
    text = json.dumps(told)
    return (
        row.id,
        int(entry.is_deleted),
        entry.mtime_ns,
        text,
        _sum(row.id, int(entry.is_deleted), entry.mtime_ns, text),
    )


def _entry(run_id: str, is_deleted: int, mtime_ns: int, text: str, sum_: int) -> Entry:
    """Raises ValueError, TypeError or KeyError where the index is damaged."""
    if _sum(run_id, is_deleted, mtime_ns, text) != sum_:
        raise ValueError("an entry has changed")
    told = json.loads(text)
    error = told.pop("error", None)
    if error is not None:
        trouble = None if error["trouble"] is None else Trouble[error["trouble"]]
        error = StoreError(error["template"], trouble=trouble, **error["values"])
    row = RunRow(
        id=run_id,
        created=datetime.fromisoformat(told.pop("created")),
        experiment=_experiment(told.pop("experiment")),
        data=_data(told.pop("data")),
        curve=np.frombuffer(bytes.fromhex(told.pop("curve")), "<f4").astype(np.float32),
        error=error,
        **told,
    )
    return Entry(row, bool(is_deleted), mtime_ns)


_PLAIN = tuple(
    field.name
    for field in fields(RunRow)
    if field.name not in ("id", "created", "experiment", "data", "curve", "error")
)


def _sum(*values: object) -> int:
    """A checksum, which SQLite has none of."""
    return crc32(repr(values).encode())


@lru_cache(maxsize=4096)
def _experiment(text: str | None) -> Experiment | None:
    return None if text is None else Experiment.model_validate_json(text)


@lru_cache(maxsize=1024)
def _data(text: str | None) -> DataFacts | None:
    return None if text is None else adapter(DataFacts).validate_json(text)
