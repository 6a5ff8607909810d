"""SQLite files are opened the one safe way, made whole, and refused in one sentence where they are not ours."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from mnist_lab.files.sqlite_errors import SqliteFileError, Trouble, explained
from mnist_lab.files.sqlite_file import SqliteKind, connect, immediate, version_of

KIND = SqliteKind(
    4711, {1: ("CREATE TABLE words (word TEXT)",), 2: ("CREATE TABLE words (word TEXT UNIQUE)",)}, longest_value=1000
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder with % and ä" / "words.sqlite"


@contextlib.contextmanager
def opened(path: Path, kind: SqliteKind = KIND, *, create: bool = True) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(connect(path, kind, create=create, busy_seconds=0)) as connection:
        yield connection


def trouble_with(path: Path, kind: SqliteKind = KIND) -> Trouble:
    with pytest.raises(SqliteFileError) as raised, opened(path, kind, create=False):
        pass
    assert str(path) in str(raised.value)
    return raised.value.trouble


def test_a_file_is_made_once_and_is_safe(path: Path) -> None:
    with opened(path) as connection, immediate(connection):
        connection.execute("INSERT INTO words VALUES ('a')")
    with opened(path) as connection:
        assert connection.execute("SELECT word FROM words").fetchall() == [("a",)]
        assert version_of(connection) == 2
        pragmas = ("journal_mode", "synchronous", "trusted_schema", "cell_size_check")
        values = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
        assert values == ["delete", 2, 0, 1]
        assert connection.isolation_level is None


def test_an_older_version_is_let_through_as_it_is(path: Path) -> None:
    with opened(path, SqliteKind(4711, {1: KIND.schemas[1]})):
        pass
    with opened(path) as connection:
        assert version_of(connection) == 1


def test_a_transaction_is_done_as_a_whole_or_not_at_all(path: Path) -> None:
    with opened(path) as connection:
        with pytest.raises(sqlite3.IntegrityError), immediate(connection):
            connection.executemany("INSERT INTO words VALUES (?)", [("a",), ("a",)])
        assert not connection.in_transaction
        assert connection.execute("SELECT count(*) FROM words").fetchone() == (0,)
        with pytest.raises(SqliteFileError) as raised, explained(path), immediate(connection):
            connection.execute("INSERT INTO words VALUES (?)", ("a" * 2000,))
    assert raised.value.trouble is Trouble.DAMAGED, "no file of this kind holds so long a text"


def test_whoever_waits_too_long_is_told(path: Path) -> None:
    told = pytest.raises(SqliteFileError, match="try again in a moment")
    with opened(path) as first, opened(path) as other, immediate(first), told as raised, explained(path):
        other.execute("BEGIN IMMEDIATE")
    assert raised.value.trouble is Trouble.BUSY


def test_what_is_no_file_of_this_kind_is_told_apart(path: Path) -> None:
    assert trouble_with(path) is Trouble.MISSING
    path.parent.mkdir()
    path.touch()
    assert trouble_with(path) is Trouble.EMPTY
    path.write_bytes(b"words " * 1000)
    assert trouble_with(path) is Trouble.DAMAGED
    path.unlink()
    path.mkdir()
    assert trouble_with(path) is Trouble.NO_FILE
    path.rmdir()
    with opened(path, SqliteKind(7, KIND.schemas)):
        pass
    assert trouble_with(path) is Trouble.FOREIGN
    path.unlink()
    with opened(path, SqliteKind(4711, {3: KIND.schemas[2]})):
        pass
    assert trouble_with(path) is Trouble.NEWER
    with pytest.raises(SqliteFileError), opened(Path("nul\0byte")):
        pass


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW seen AS SELECT 1",
        "CREATE TRIGGER shot AFTER INSERT ON words BEGIN DELETE FROM words; END",
        "CREATE TABLE more (a)",
        "CREATE INDEX odd ON words (abs(word))",
        "ALTER TABLE words ADD COLUMN more AS (abs(word))",
        "DROP TABLE words",
    ],
)
def test_a_file_with_anything_of_its_own_is_foreign(path: Path, statement: str) -> None:
    with opened(path) as connection:
        connection.execute(statement)
    assert trouble_with(path) is Trouble.FOREIGN


def test_what_sqlite_adds_for_itself_is_not_foreign(path: Path) -> None:
    with opened(path) as connection:
        connection.execute("INSERT INTO words VALUES ('a')")
        connection.execute("ANALYZE")
    with opened(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_stat%'").fetchall()


def test_an_odd_file_that_looks_like_ours_but_for_a_damaged_page_is_damaged(path: Path) -> None:
    with opened(path) as connection:
        connection.executemany("INSERT INTO words VALUES (?)", [(f"{number:0900}",) for number in range(50)])
    content = bytearray(path.read_bytes())
    content[8192:-4096] = bytes(len(content) - 8192 - 4096)
    path.write_bytes(content)
    with pytest.raises(SqliteFileError) as raised, opened(path) as connection, explained(path):
        connection.execute("SELECT word FROM words").fetchall()
    assert raised.value.trouble is Trouble.DAMAGED
