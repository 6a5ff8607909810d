"""Run files and indexes of which bytes have changed: whatever is read from them is what was written, or a sentence."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import Batch, KeptRun
from mnist_lab.runs.store import RunStore
from tests.runs.conftest import MEMORY
from tests.runs.kept import keep, snapshot_at, told

_SUITE, _ACCEPTANCE = 20, 3_000
"""Examples."""

Change = tuple[float, bytes]
"""Where, as a share of the file's length, and what stands there."""

_CHANGES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8
)
_HEADER = st.lists(st.tuples(st.floats(0, 0.003), st.binary(min_size=1, max_size=4)), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, KeptRun]:
    """A home with one run, and what it holds."""
    home = tmp_path_factory.mktemp("home")
    store = RunStore(home)
    return home, store.load(keep(store, name="a name").id)


def _changed(path: Path, changes: Sequence[Change], length: float) -> None:
    data = bytearray(path.read_bytes())
    for where, new in changes:
        at = int(where * len(data))
        data[at : at + len(new)] = new
    path.write_bytes(data[: int(length * len(data))])


def _has_same(kept: KeptRun, original: KeptRun) -> None:
    for name in ("facts", "name", "note", "experiment", "rate_changes", "epochs", "outcome", "snapshots", "state"):
        assert getattr(kept, name) == getattr(original, name), name
    for name in ("losses", "accuracies", "seconds_at"):
        np.testing.assert_array_equal(getattr(kept, name), getattr(original, name))


def _look_at_changed_run(original: tuple[Path, KeptRun], changes: Sequence[Change], length: float) -> None:
    home, whole = original
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        store = RunStore(Path(shutil.copytree(home, Path(folder) / "home")))
        path = store.folder / f"{whole.facts.id}.run"
        _changed(path, changes, length)
        (row,) = store.refresh()
        is_whole = store.check(row.id) == []
        try:
            _has_same(store.load(row.id), whole)
        except StoreError:
            assert not is_whole
        for kept in whole.snapshots:
            try:
                assert store.snapshot(row.id, kept.updates).hashes == snapshot_at(kept.updates).hashes
            except StoreError:
                assert not is_whole
        try:
            store.rename(row.id, "another")
            writer = store.resume(row.id)
        except StoreError:
            assert not is_whole
        else:
            halt = writer.halt()
            writer.write(Batch([told(halt.updates, 30 - halt.updates)]))
            writer.close()
            np.testing.assert_array_equal(store.load(row.id).losses, np.arange(30, dtype=np.float32))
            epoch = whole.losses[halt.updates - 10 : halt.updates]
            np.testing.assert_array_equal(halt.losses, epoch)
        store.delete(row.id)


@settings(max_examples=_SUITE)
@given(changes=_CHANGES, length=st.just(1.0) | st.floats(0, 1))
def test_a_changed_run_file_never_lies(original: tuple[Path, KeptRun], changes: list[Change], length: float) -> None:
    _look_at_changed_run(original, changes, length)


@pytest.mark.acceptance
@settings(max_examples=_ACCEPTANCE)
@given(changes=_CHANGES, length=st.just(1.0) | st.floats(0, 1))
def test_thousands_of_changed_run_files(original: tuple[Path, KeptRun], changes: list[Change], length: float) -> None:
    _look_at_changed_run(original, changes, length)


@settings(max_examples=_SUITE)
@given(changes=_CHANGES, length=st.just(1.0) | st.floats(0, 1))
def test_a_changed_index_is_made_again(original: tuple[Path, KeptRun], changes: list[Change], length: float) -> None:
    home, whole = original
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        store = RunStore(Path(shutil.copytree(home, Path(folder) / "home")))
        _changed(store.folder / "index.sqlite", changes, length)
        rows = store.rows()
        for row in (*rows, *store.refresh()):
            assert (row.id, row.number, row.name, row.best_accuracy) == (whole.facts.id, 1, "a name", 0.75)
        assert len(store.rows()) == 1
        assert keep(store).number == 2
        assert [row.number for row in store.rows()] == [2, 1]


def test_a_journal_of_nothing_harms_nothing(store: RunStore) -> None:
    run_id = keep(store).id
    (store.folder / f"{run_id}.run-journal").write_bytes(b"odd" * 4096)
    assert store.check(run_id) == []
