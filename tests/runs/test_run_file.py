"""A run's file: made by earlier and later labs, by others, and by nobody in their right mind."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.run_file import RUN_FILE, checksum
from mnist_lab.runs.store import RunStore
from tests.runs import make_version_1
from tests.runs.kept import batches, keep


@pytest.fixture
def of_version_1(store: RunStore) -> Path:
    """The file of version 1 in the store."""
    store.folder.mkdir()
    return Path(shutil.copy(make_version_1.PATH, store.folder / f"{make_version_1.ID}.run"))


def _version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _is_of_version_1(store: RunStore) -> bool:
    kept = store.load(make_version_1.ID)
    np.testing.assert_array_equal(kept.losses, np.arange(15, dtype=np.float32))
    assert store.check(make_version_1.ID) == []
    return (kept.facts.number, kept.note, kept.is_starred, len(kept.epochs)) == (7, "kept", True, 1)


def test_a_file_of_version_1_is_read_as_it_is(store: RunStore, of_version_1: Path) -> None:
    content = of_version_1.read_bytes()
    assert [row.name for row in store.refresh()] == ["of version 1"]
    assert _is_of_version_1(store)
    assert of_version_1.read_bytes() == content
    assert keep(store).number == 8


def test_what_writes_to_it_brings_it_to_this_version(store: RunStore, of_version_1: Path) -> None:
    store.rename(make_version_1.ID, "now of this")
    assert _version(of_version_1) == RUN_FILE.version == 2
    assert store.rows()[0].name == "now of this"
    assert _is_of_version_1(store)
    writer = store.resume(make_version_1.ID)
    for batch in batches()[3:]:
        writer.write(batch)
    writer.close()
    assert store.load(make_version_1.ID).updates == 20
    assert store.check(make_version_1.ID) == []
    assert sorted(path.name for path in store.folder.iterdir()) == sorted(
        [of_version_1.name, "index.sqlite", "index-lock"]
    )


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    store: RunStore, of_version_1: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = of_version_1.read_bytes()

    def full(_: object) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("mnist_lab.runs.run_file.checksum", full)
    with pytest.raises(StoreError, match="No space left"):
        store.rename(make_version_1.ID, "never")
    monkeypatch.undo()
    assert of_version_1.read_bytes() == content
    assert os.listdir(store.folder) == [of_version_1.name]
    assert _is_of_version_1(store)


def test_copies_of_killed_migrations_go(store: RunStore, of_version_1: Path) -> None:
    copy = of_version_1.with_name(f"{of_version_1.name}.before")
    copy.touch()
    store.refresh()
    assert copy.exists()
    store.rename(make_version_1.ID, "now of this")
    copy.touch()
    store.refresh()
    assert not copy.exists()


# Files that are not as they should be: each becomes one row with a sentence, and hides nothing


def _sql(*statements: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return change


def _with_sum(table: str, key: str, json: str) -> Callable[[Path], None]:
    """A text that was changed by someone who knows the checksums."""

    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"UPDATE {table} SET json = ? WHERE rowid = ?", (json, int(key)))
            connection.execute(
                "UPDATE sums SET crc32 = ? WHERE place = ?", (checksum((int(key), json)), f"{table}/{key}/")
            )
            connection.commit()

    return change


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _as_link_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def _in_wal_mode(path: Path) -> None:
    _sql("PRAGMA journal_mode=WAL", "PRAGMA user_version=99")(path)


_HARMS: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "is damaged"),
    "text": (lambda path: path.write_text("epoch,loss\n1,0.5\n" * 100), "is damaged"),
    "zeros": (lambda path: path.write_bytes(bytes(20_000)), "is damaged"),
    "cut off": (_cut, "is damaged"),
    "newer": (_sql("PRAGMA user_version=99"), "newer MNIST Lab"),
    "version 0": (_sql("PRAGMA user_version=0"), "is damaged"),
    "another program's": (_sql("PRAGMA application_id=7"), "is no file of MNIST Lab's"),
    "newer in WAL mode": (_in_wal_mode, "newer MNIST Lab"),
    "trigger": (
        _sql("CREATE TRIGGER t AFTER INSERT ON numbers BEGIN DELETE FROM numbers; END"),
        "its tables are not the lab's",
    ),
    "view": (
        _sql("ALTER TABLE facts RENAME TO f", "CREATE VIEW facts AS SELECT * FROM f"),
        "its tables are not the lab's",
    ),
    "odd table": (_sql("CREATE TABLE extra (a)"), "its tables are not the lab's"),
    "computed column": (
        _sql("ALTER TABLE numbers ADD COLUMN c AS (zeroblob(1000000000))"),
        "its tables are not the lab's",
    ),
    "index of an expression": (
        _sql("CREATE INDEX i ON numbers (abs(seconds))"),
        "its tables are not the lab's",
    ),
    "virtual table": (_sql("CREATE VIRTUAL TABLE r USING rtree(a, b, c)"), "its tables are not the lab's"),
    "changed number": (_sql("UPDATE numbers SET seconds = 9 WHERE first = 7"), "a row of “numbers” has changed"),
    "changed loss": (
        _sql("UPDATE numbers SET losses = zeroblob(length(losses)) WHERE first = 7"),
        "a row of “numbers” has changed",
    ),
    "no numbers": (_sql("DELETE FROM numbers"), "a row of “numbers” is missing"),
    "a number's row missing": (
        _sql("DELETE FROM numbers WHERE first = 7", "DELETE FROM sums WHERE place = 'numbers/7/'"),
        "the numbers after update 7 are not whole",
    ),
    "one row too many": (_sql("INSERT INTO changes VALUES (7, 1, 0.1)"), "a row of “changes” has changed"),
    "no facts": (_sql("DELETE FROM facts", "DELETE FROM sums WHERE place = 'facts/0/'"), "“facts” is empty"),
    "words for numbers": (_sql("UPDATE numbers SET losses = 'many'"), "a row of “numbers” has changed"),
    "no text": (_sql("UPDATE facts SET json = CAST(x'FFFE' AS TEXT)"), "is damaged"),
    "deep JSON": (_with_sum("facts", "0", "[" * 100_000), "a row of “facts” makes no sense"),
    "other JSON": (_with_sum("present", "0", "[1, 2]"), "a row of “present” makes no sense"),
    "unknown setting": (
        _with_sum("present", "0", '{"name": "", "note": "", "is_starred": false, "experiment": {"colour": 1}}'),
        "a row of “present” makes no sense",
    ),
    "unknown end": (_with_sum("outcome", "0", '{"kind": "exploded"}'), "its end makes no sense"),
    "epoch behind its numbers": (
        _with_sum(
            "epochs",
            "2",
            '{"epoch": 2, "updates": 99, "train_loss": 1, "train_accuracy": 1, "validation_loss": 1, '
            '"validation_accuracy": 1, "train_loss_after": 1, "train_accuracy_after": 1, "train_sample": 1}',
        ),
        "its epochs do not fit its numbers",
    ),
    "a folder": (_as_folder, "is no ordinary file"),
    "a link to nothing": (_as_link_to_nothing, "There is no file"),
}
if hasattr(os, "mkfifo"):
    _HARMS["a pipe"] = (_as_pipe, "is no ordinary file")


@pytest.mark.parametrize(("harm", "sentence"), _HARMS.values(), ids=_HARMS)
def test_a_file_that_cannot_be_used_is_one_sentence(
    store: RunStore, harm: Callable[[Path], object], sentence: str
) -> None:
    whole, bad = keep(store).id, keep(store).id
    path = store.folder / f"{bad}.run"
    harm(path)
    rows = store.refresh()
    assert [(row.id, row.state) for row in rows] == [(bad, "damaged"), (whole, "finished")]
    assert sentence in rows[0].problem
    assert rows[0].number == 2  # as it was known
    with pytest.raises(StoreError, match=sentence):
        store.load(bad)
    with pytest.raises(StoreError, match=sentence):
        store.resume(bad)
    for change in (lambda: store.snapshot(bad), lambda: store.rename(bad, "name")):
        with suppress(StoreError):  # some of it may be whole
            change()
    assert store.check(whole) == []

    store.delete(bad)
    assert [row.id for row in store.refresh()] == [whole]
    assert [row.state for row in store.deleted_rows()] == ["damaged"]
    store.restore(bad)
    assert len(store.refresh()) == 2
    (store.folder / "index.sqlite").unlink()
    assert sorted(row.state for row in store.refresh()) == ["damaged", "finished"]
    assert keep(store).number >= 2  # the numbers that can be read are not given again


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_for_a_journal_is_not_waited_for(store: RunStore) -> None:
    run_id = keep(store).id
    os.mkfifo(store.folder / f"{run_id}.run-journal")
    for use in (store.load, store.resume, store.snapshot, lambda run_id: store.rename(run_id, "name")):
        with pytest.raises(StoreError, match="is no ordinary file"):
            use(run_id)
