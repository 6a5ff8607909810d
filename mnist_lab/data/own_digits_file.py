"""The file of a person's own digits: SQLite, one row a digit; what cannot be read is set aside.

So saving one takes the same time however many there are, two windows of the lab lose none of each other's, and nothing
that was once saved is ever overwritten by something that did not know it.
"""

import contextlib
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mnist_lab.data import own_digits_json, own_digits_rows
from mnist_lab.data.digits import DataError
from mnist_lab.data.own_digits import MOST_DIGITS, OwnDigit, OwnDigits
from mnist_lab.data.own_digits_sentences import UnusableError, damaged, newer, too_large, unreadable, unsaved
from mnist_lab.data.places import lab_home
from mnist_lab.files.aside import mark_taken_over, rename_database_aside
from mnist_lab.files.atomic import name_aside
from mnist_lab.files.errors import DamageError
from mnist_lab.files.sqlite_errors import SqliteFileError, Trouble, explained
from mnist_lab.files.sqlite_file import SqliteKind, connect, immediate
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_BYTES = 64 * 1024**2
"""How much all digits may take in the file."""

KIND = SqliteKind(
    application_id=0x4D4C_4F44,  # “MLOD”: own digits of the MNIST Lab
    schemas={
        1: (
            "CREATE TABLE digits (number INTEGER PRIMARY KEY, identifier TEXT NOT NULL UNIQUE, label INTEGER NOT NULL,"
            " image BLOB NOT NULL, stroke_lengths BLOB, points BLOB)",
            "CREATE TABLE revision (one INTEGER PRIMARY KEY CHECK (one = 1), token TEXT NOT NULL)",
        )
    },
    longest_value=512 * 1024,  # a digit of MOST_POINTS points, each a stroke of its own, takes 401 kB
)
"""`number` counts up as they are saved; `token` is another after each change. Strokes: how many points each has
(uint32) and all points, x and y (float64), little-endian; NULL for a digit that came as a picture."""

_BUSY_SECONDS = 2.0
"""The window waits for it; another window's change takes milliseconds."""


@dataclass(frozen=True, eq=False)
class Kept:
    """The digits in the file, as they were at one moment.

    Attributes:
        own: the digits.
        token: the revision that they are of; "" where there is no file.
    """

    own: OwnDigits = field(default_factory=OwnDigits)
    token: str = ""


Change = Callable[[OwnDigits], OwnDigits]


def usual_path() -> Path:
    """Where the lab keeps the own digits."""
    return lab_home() / "own_digits.sqlite"


def former_path() -> Path:
    """Where earlier versions kept them."""
    return lab_home() / "own_digits.json"


def read(path: Path) -> Kept:
    """What `change` put into `path`; none if there is no such file.

    A file that is damaged, too large, or of a newer lab is set aside: renamed, so that the next `change` keeps it.

    Raises:
        DataError: one sentence on why it cannot be read and where it is now.
    """
    try:
        with contextlib.closing(connect(path, KIND)) as connection, _one_state(connection, path):
            return _read(connection)
    except UnusableError as error:
        raise error.told(path, rename_database_aside) from error
    except SqliteFileError as error:
        if error.trouble in (Trouble.MISSING, Trouble.EMPTY):  # or another window is making it
            return Kept()
        if error.trouble is Trouble.NO_FILE:
            raise DataError(error.template, **error.values) from error
        unusable = _unusable(error)
        if unusable is not None:
            raise unusable.told(path, rename_database_aside) from error
        raise unreadable(path, error.reason) from error


def change(path: Path, known: Kept, make: Change) -> Kept:
    """Put `make(what is in the file)` into the file, as a whole or not at all, and give what is there then.

    `known` spares reading where nobody else has changed the file since; where the file is gone or cannot be read (it is
    set aside, as `read` does), the digits that are known are written anew.

    Raises:
        DataError: one sentence on why it is not saved; or what `make` raises.
    """
    try:
        try:
            return _change(path, known, make)
        except UnusableError:
            rename_database_aside(path)
        except SqliteFileError as error:
            if error.trouble is not Trouble.NO_FILE and _unusable(error) is None:
                raise
            rename_database_aside(path)
        return _change(path, known, make)
    except SqliteFileError as error:
        raise unsaved(path, error.reason) from error
    except OSError as error:
        raise unsaved(path, error.strerror or error) from error


def set_aside(path: Path) -> tuple[Kept, OwnDigits, Path]:
    """Empty the file, with a copy of it beside; gives what is there then, the digits that were, and the copy.

    Raises:
        DataError: one sentence on why it is not done; nothing is lost.
    """
    try:
        with (
            contextlib.closing(connect(path, KIND, create=True, busy_seconds=_BUSY_SECONDS)) as connection,
            explained(path),
        ):
            while True:
                token, copy = _token(connection), name_aside(path)
                connection.execute("VACUUM INTO ?", (copy.absolute().as_uri(),))
                with immediate(connection):
                    if _token(connection) == token:
                        before = _read(connection).own
                        _write_rows(connection, before, OwnDigits())
                        return Kept(OwnDigits(), _renew(connection)), before, copy
                copy.unlink()  # another window has kept one meanwhile: copy that, too
    except UnusableError as error:
        raise error.told(path, rename_database_aside) from error
    except SqliteFileError as error:
        raise unsaved(path, error.reason) from error


def take_over(former: Path, path: Path) -> int:
    """Add the digits of an earlier version's file to `path`, and rename that file; gives how many came.

    Digits that are there already stay as they are; without such a file nothing happens.

    Raises:
        DataError: one sentence on why the file cannot be taken over; unless it cannot be read, it stays as it is.
    """
    try:
        before = own_digits_json.read(former)
    except FileNotFoundError:
        return 0
    kept = read(path)
    now = change(path, kept, lambda own: own.joined(before))
    try:
        mark_taken_over(former)
    except OSError as error:  # they are taken over; next time each of them is known
        raise unsaved(former, error.strerror or error) from error
    return len(now.own) - len(kept.own)


def _change(path: Path, known: Kept, make: Change) -> Kept:
    with (
        contextlib.closing(connect(path, KIND, create=True, busy_seconds=_BUSY_SECONDS)) as connection,
        explained(path),
        immediate(connection),
    ):
        token = _token(connection)
        in_file = OwnDigits() if not token else known.own if token == known.token else _read(connection).own
        after = make(in_file if token else known.own)
        if token and after is in_file:
            return Kept(after, token)
        try:
            _write_rows(connection, in_file, after)
        except sqlite3.IntegrityError as error:  # there are rows of which the file's own list does not know
            raise damaged(error) from error
        _check_size(connection)
        return Kept(after, _renew(connection))


def _write_rows(connection: sqlite3.Connection, before: OwnDigits, after: OwnDigits) -> None:
    there = {digit.identifier for digit in before}
    stays = {digit.identifier for digit in after}
    connection.executemany("DELETE FROM digits WHERE identifier = ?", ((gone,) for gone in there - stays))
    connection.executemany(
        "INSERT INTO digits (identifier, label, image, stroke_lengths, points) VALUES (?, ?, ?, ?, ?)",
        (own_digits_rows.row_of(digit) for digit in after if digit.identifier not in there),
    )


def _check_size(connection: sqlite3.Connection) -> None:
    size = _used_bytes(connection)
    if size > MOST_BYTES:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "Your own digits take {size:,.0f} MB, {most:,.0f} MB is the most: remove some to save the others.",
            ),
            size=size / 1e6,
            most=MOST_BYTES / 1e6,
        )


def _used_bytes(connection: sqlite3.Connection) -> int:
    pages, free, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


@contextlib.contextmanager
def _one_state(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """The file as it is at one moment."""
    with explained(path):
        connection.execute("BEGIN")
        yield


def _token(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT token FROM revision").fetchone()
    return "" if row is None else str(row[0])


def _renew(connection: sqlite3.Connection) -> str:
    token = uuid.uuid4().hex
    connection.execute("INSERT OR REPLACE INTO revision VALUES (1, ?)", (token,))
    return token


def _read(connection: sqlite3.Connection) -> Kept:
    """Everything in the file.

    Raises:
        UnusableError: it is not as `change` writes it.
    """
    if _used_bytes(connection) > MOST_BYTES:
        raise too_large(MOST_BYTES)
    digits: list[OwnDigit] = []
    size = 0  # of a damaged file, many rows may share their bytes
    for number, *row in connection.execute(
        "SELECT number, identifier, label, image, stroke_lengths, points FROM digits ORDER BY number LIMIT ?",
        (MOST_DIGITS + 1,),
    ):
        size += sum(len(part) for part in row if isinstance(part, bytes))
        if size > MOST_BYTES or len(digits) == MOST_DIGITS:
            raise damaged(DamageError(QT_TRANSLATE_NOOP("errors", "it lists more than digits and strokes have")))
        try:
            digits.append(own_digits_rows.digit_of(*row))
        except ValueError as error:
            raise damaged(
                DamageError(QT_TRANSLATE_NOOP("errors", "row {number}: {problem}"), number=number, problem=error)
            ) from error
    try:
        return Kept(OwnDigits(tuple(digits)), _token(connection))
    except ValueError as error:  # SQLite's index of them is damaged, or was made elsewhere
        raise damaged(error) from error


def _unusable(error: SqliteFileError) -> UnusableError | None:
    """What to say of a file that is to be set aside; None for one that is only out of reach now."""
    match error.trouble:
        case Trouble.DAMAGED | Trouble.FOREIGN:
            return damaged(error.reason)
        case Trouble.NEWER:
            return newer(error.values["version"], KIND.version)
    return None
