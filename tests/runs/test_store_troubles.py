"""What a home can be that a store does not wish for: full, read-only, missing, moved, shared, in another time."""

import errno
import os
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from mnist_lab.files.sqlite_errors import Trouble
from mnist_lab.runs import catalogue, index, making
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.index import Entry, RunIndex
from mnist_lab.runs.rows import entry_of
from mnist_lab.runs.run_lock import RunLock
from mnist_lab.runs.store import RunStore
from tests.conftest import REPOSITORY
from tests.runs.kept import DATA, EXPERIMENT, keep


def _child(*arguments: object, prefix: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
    command = [*prefix, sys.executable, "-m", *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=REPOSITORY, stdout=pipe, stderr=pipe, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of files")
def test_a_full_disk_is_one_sentence_and_may_pass(home: Path) -> None:
    with _child("tests.runs.small_disk", home, "limit") as process:
        _, errors = process.communicate()
    assert process.returncode == 0, errors


@pytest.mark.skipif(sys.platform != "linux", reason="a small file system of one's own is Linux's")
def test_a_small_file_system_fills_up_and_becomes_read_only(tmp_path: Path) -> None:
    mount = f'mount -t tmpfs -o size=1m none "{tmp_path}" && exec "$@"'
    prefix = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh")
    if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    with _child("tests.runs.small_disk", tmp_path, "tmpfs", prefix=prefix) as process:
        _, errors = process.communicate()
    assert process.returncode == 0, errors


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_cannot_be_written_is_shown(home: Path) -> None:
    store = RunStore(home)
    run_id = keep(store).id
    paths = [store.folder, *store.folder.iterdir()]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        for again in (store, RunStore(home)):
            assert [row.id for row in again.refresh()] == [run_id]
            assert again.check(run_id) == []
            with pytest.raises(StoreError) as raised:
                again.begin(EXPERIMENT, DATA)
            assert raised.value.trouble is Trouble.REFUSED
    finally:
        store.folder.chmod(0o755)


def test_a_refusal_names_the_folder_and_not_a_file_of_the_labs_own(
    store: RunStore, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    run_id = keep(store).id
    monkeypatch.setattr(RunLock, "take", refuse)
    for attempt in (lambda: store.begin(EXPERIMENT, DATA), lambda: store.resume(run_id), lambda: store.delete(run_id)):
        with pytest.raises(StoreError) as raised:
            attempt()
        said = f"“{home / 'runs'}” cannot be opened or written (Permission denied): allow it, or "
        assert str(raised.value) == f"{said}let MNIST_LAB_HOME name another folder."


def test_a_home_that_can_be_no_folder_is_cured_by_another_one(home: Path) -> None:
    home.parent.mkdir(exist_ok=True)
    (home.parent / "file").touch()
    for impossible, reason in ((home.parent / "file" / "home", "Not a directory"), (home / ("x" * 300), "too long")):
        with pytest.raises(StoreError, match=rf"{reason}\): allow it, or let MNIST_LAB_HOME name another folder\.$"):
            RunStore(impossible).begin(EXPERIMENT, DATA)


def test_an_index_that_another_process_writes_for_long_is_busy_and_not_forbidden(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = keep(store).id
    monkeypatch.setattr(index, "_LOCK_SECONDS", 0.05)
    with FileLock(store.catalogue.index.lock_path), pytest.raises(StoreError) as raised:
        store.begin(EXPERIMENT, DATA)
    path = store.folder / "index.sqlite"
    said = f"Another window or program has been writing “{path}” for a while: try again in a moment."
    assert (raised.value.trouble, str(raised.value)) == (Trouble.BUSY, said)
    assert [row.id for row in store.refresh()] == [run_id]
    assert keep(store).number == 2


def test_runs_are_listed_where_no_index_can_be_written(store: RunStore, home: Path) -> None:
    run_id = keep(store).id
    (store.folder / "index.sqlite").unlink()
    (store.folder / "index.sqlite").mkdir()
    assert [row.id for row in store.refresh()] == [row.id for row in store.rows()] == [run_id]
    with pytest.raises(StoreError, match="no ordinary file"):
        store.begin(EXPERIMENT, DATA)
    assert not list(store.folder.glob("*.new")) + list(store.folder.glob("[0-9a-f]*.lock"))
    (store.folder / "index.sqlite").rmdir()
    assert keep(store).number == 2
    assert [row.number for row in store.refresh()] == [row.number for row in RunStore(home).rows()] == [2, 1]


def test_what_no_index_can_hold_is_listed_all_the_same(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (keep(store).id for _ in range(3))

    def refuse(*_: object) -> None:
        raise StoreError("No.")

    with monkeypatch.context() as patch:
        patch.setattr(RunIndex, "renew", refuse)
        store.rename(first, "renamed")
        store.delete(second)
        os.truncate(store.folder / f"{third}.run", 5000)
        for rows in (store.rows(), store.refresh()):
            assert [(row.number, row.name) for row in rows] == [(3, ""), (1, "renamed")]
        assert rows[0].state == "damaged"
    store.refresh()
    again = RunStore(store.folder.parent)
    assert [(row.number, row.name) for row in again.rows()] == [(3, ""), (1, "renamed")]
    assert [row.number for row in again.deleted_rows()] == [2]


def test_what_no_index_can_hold_of_one_run_outlasts_the_reading_of_another(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two threads read one run each; the one that began first ends last."""
    first, second = (keep(store).id for _ in range(2))

    def refuse(*_: object) -> None:
        raise StoreError("No.")

    def interrupted(path: Path, *arguments: Any) -> Entry:
        if path.stem == first:
            monkeypatch.setattr(catalogue, "entry_of", entry_of)
            store.rename(second, "two")
        return entry_of(path, *arguments)

    monkeypatch.setattr(RunIndex, "renew", refuse)
    monkeypatch.setattr(catalogue, "entry_of", interrupted)
    store.rename(first, "one")
    assert [row.name for row in store.rows()] == ["two", "one"]


def test_a_home_need_not_be_there(tmp_path: Path) -> None:
    store = RunStore(tmp_path / "deep" / "home")
    assert store.rows() == store.refresh() == store.deleted_rows() == []
    assert store.used_bytes == 0
    assert store.free_bytes > 0
    assert not (tmp_path / "deep").exists()
    writer = store.begin(EXPERIMENT, DATA)
    shutil.rmtree(tmp_path / "deep")
    with pytest.raises(StoreError, match="There is no file"):
        writer.set_experiment(EXPERIMENT)
    assert store.refresh() == []
    writer.close()


def test_a_home_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    store = RunStore(tmp_path / "home")
    assert store.rows() == []
    for write in (lambda: store.begin(EXPERIMENT, DATA), store.refresh):
        with pytest.raises(StoreError, match="home") as raised:
            write()
        assert raised.value.trouble is Trouble.REFUSED


def test_a_home_may_move(store: RunStore, home: Path) -> None:
    first, second = keep(store).id, keep(store).id
    store.delete(second)
    moved = RunStore(Path(shutil.move(home, home.with_name(f"{home.name} ümzug 2"))))
    try:
        assert [row.id for row in moved.rows()] == [row.id for row in moved.refresh()] == [first]
        assert moved.check(first) == []
        moved.restore(second)
        assert keep(moved).number == 3
    finally:
        shutil.move(moved.folder.parent, home)


def test_two_processes_never_get_the_same_number(store: RunStore, home: Path) -> None:
    with _child("tests.runs.begin_runs", home, 8) as process:
        process.stdout.readline()
        for count in range(8):
            keep(store, 2)
            if count == 4:
                (store.folder / "index.sqlite").unlink(missing_ok=True)  # lost in the middle of it
        _, errors = process.communicate()
    assert process.returncode == 0, errors
    assert [row.number for row in store.refresh()] == list(range(16, 0, -1))


def test_any_thread_may_use_the_store(store: RunStore) -> None:
    begun = threading.Barrier(4)

    def work(index: int) -> None:
        begun.wait()
        run_id = keep(store, 4).id
        store.rename(run_id, f"of thread {index}")
        store.rows()
        store.refresh()
        writer = store.resume(run_id)
        store.set_note(run_id, "resumed")
        writer.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    rows = store.rows()
    assert sorted(row.number for row in rows) == [1, 2, 3, 4]
    assert {row.name for row in rows} == {f"of thread {index}" for index in range(4)}
    assert all(store.check(row.id) == [] and row.note == "resumed" for row in rows)


def test_the_clock_may_be_set_back(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    first = keep(store).id

    class Earlier:
        @staticmethod
        def now(zone: tzinfo) -> datetime:
            return datetime(2001, 1, 1, tzinfo=zone)

    monkeypatch.setattr(making, "datetime", Earlier)
    second = keep(store).id
    assert [row.id for row in store.rows()] == [second, first]
    assert store.rows()[0].created == datetime(2001, 1, 1, tzinfo=UTC)
    store.rename(first, "later")
    long_ago = (datetime.now() - timedelta(days=9000)).timestamp()
    path = store.folder / f"{first}.run"
    path.write_bytes(path.read_bytes()[:-5000])
    os.utime(path, (long_ago, long_ago))
    assert [row.state for row in store.refresh()] == ["finished", "damaged"]
