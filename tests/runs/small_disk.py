"""A store on a disk that fills up, in a process of its own: `python -m tests.runs.small_disk HOME HOW`.

HOW is "tmpfs": HOME is a file system of a megabyte, which then becomes one that cannot be written; or "limit": the
system lets no file of this process grow beyond 300 kB. Ends with status 0 if all is as it should be.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mnist_lab.files.sqlite_errors import Trouble
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import Batch
from mnist_lab.runs.run_writer import RunWriter
from mnist_lab.runs.store import RunStore
from tests.runs.kept import DATA, EXPERIMENT, keep, snapshot_at, told


def main(home: Path, how: str) -> None:
    if how == "tmpfs":
        filler = home / "filler"
        filler.write_bytes(bytes(600_000))
        _fill_up(home, {Trouble.FULL}, filler.unlink)
        subprocess.run(["mount", "-o", "remount,ro", str(home)], check=True)
        _look_only(home)
    else:
        _fill_up(home, {Trouble.FULL, Trouble.FAILED}, _limit(300_000))


def _limit(most: int) -> Callable[[], None]:
    """Let no file grow beyond that; returns what takes it back."""
    import resource  # not on Windows
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that it is an error, and not the end
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _fill_up(home: Path, troubles: set[Trouble | None], free: Callable[[], object]) -> None:
    store = RunStore(home)
    first = keep(store).id
    writer = store.begin(EXPERIMENT, DATA)
    error = _write_until_full(writer)
    assert error.trouble in troubles, error
    for _ in range(3):  # trying again harms nothing
        error = _write_until_full(writer)
    written = writer.updates
    assert store.load(writer.id).updates == written
    assert store.check(writer.id) == store.check(first) == []
    assert {row.number for row in store.refresh()} == {1, 2}

    free()
    writer.write(Batch([told(written, 1000)], snapshot=snapshot_at(written)))
    writer.close()
    assert store.load(writer.id).updates == written + 1000
    assert store.check(writer.id) == []
    assert [row.number for row in store.refresh()] == [2, 1]


def _write_until_full(writer: RunWriter) -> StoreError:
    for _ in range(1000):
        try:
            writer.write(Batch([told(writer.updates, 1000)], snapshot=snapshot_at(writer.updates)))
        except StoreError as error:
            return error
    raise AssertionError("the disk never was full")


def _look_only(home: Path) -> None:
    store = RunStore(home)
    rows = store.refresh()
    assert [row.number for row in rows] == [2, 1]
    assert store.check(rows[0].id) == []
    assert store.network_weights(rows[1].id).updates == 20
    for change in (
        lambda: store.begin(EXPERIMENT, DATA),
        lambda: store.rename(rows[0].id, "name"),
        lambda: store.delete(rows[0].id),
        lambda: store.resume(rows[0].id),
    ):
        with pytest.raises(StoreError) as raised:
            change()
        assert raised.value.trouble is Trouble.REFUSED, raised.value
    assert len(store.rows()) == 2


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
