"""Networks of earlier versions join the store, file by file: none is lost, none comes twice."""

import os
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.inspection.network_file import write_network
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.takeover import take_over_networks
from tests.inspection.networks import network

NETWORK = network(784, 5, 10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "networks"


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    return RunStore(tmp_path / "home")


def test_each_is_taken_over_once_and_its_file_stays_under_another_name(folder: Path, store: RunStore) -> None:
    assert take_over_networks(folder, store) == (0, [])
    assert not store.folder.exists()
    for name in ("edited", "ä 2"):
        write_network(folder / f"{name}.npz", NETWORK)
    content = (folder / "edited.npz").read_bytes()
    assert take_over_networks(folder, store) == (2, [])
    rows = store.rows()
    assert sorted((row.kind, row.name) for row in rows) == [("network", "edited"), ("network", "ä 2")]
    for row in rows:
        again = store.network_weights(row.id)
        assert (again.activation, again.updates) == (NETWORK.activation, NETWORK.updates)
        for layer, other in zip(again.layers, NETWORK.layers, strict=True):
            assert np.array_equal(layer.kernel, other.kernel)
            assert np.array_equal(layer.bias, other.bias)
    assert sorted(os.listdir(folder)) == ["edited.npz.taken-over", "ä 2.npz.taken-over"]
    assert take_over_networks(folder, store) == (0, [])
    (folder / "edited.npz").write_bytes(content)  # as after a power cut between the two
    assert take_over_networks(folder, store) == (0, [])
    assert len(store.refresh()) == 2
    store.delete(next(row.id for row in rows if row.name == "edited"))
    (folder / "edited.npz").write_bytes(content)
    assert take_over_networks(folder, store) == (0, [])
    assert [row.name for row in store.refresh()] == ["ä 2"], "what was deleted since does not come back"


def test_the_file_stays_while_what_was_kept_of_it_is_damaged(folder: Path, store: RunStore) -> None:
    write_network(folder / "good.npz", NETWORK)
    content = (folder / "good.npz").read_bytes()
    take_over_networks(folder, store)
    (folder / "good.npz").write_bytes(content)
    (run_id,) = (row.id for row in store.rows())
    path = store.folder / f"{run_id}.run"
    kept = bytearray(path.read_bytes())
    kept[-2000:] = bytes(2000)
    path.write_bytes(kept)
    count, (problem,) = take_over_networks(folder, store)
    assert (count, "is among your runs, but damaged there" in str(problem)) == (0, True)
    assert (folder / "good.npz").read_bytes() == content
    store.delete(run_id)
    assert take_over_networks(folder, store) == (1, [])
    assert store.check(run_id) == []


def test_a_bad_file_stays_is_named_and_hides_no_other(folder: Path, store: RunStore) -> None:
    write_network(folder / "good.npz", NETWORK)
    (folder / "bad.npz").write_bytes(b"no network")
    (folder / "a folder.npz").mkdir()
    (folder / "notes.txt").write_text("not looked at")
    count, problems = take_over_networks(folder, store)
    assert count == 1
    assert [name in str(problem) for name, problem in zip(("a folder", "bad"), problems, strict=True)] == [True, True]
    assert sorted(os.listdir(folder)) == ["a folder.npz", "bad.npz", "good.npz.taken-over", "notes.txt"]


def test_where_nothing_can_be_kept_the_file_stays(folder: Path, tmp_path: Path) -> None:
    write_network(folder / "good.npz", NETWORK)
    (tmp_path / "file").write_text("in the way")
    count, (problem,) = take_over_networks(folder, RunStore(tmp_path / "file"))
    assert count == 0
    assert str(tmp_path / "file") in str(problem)
    assert (folder / "good.npz").exists()
    count, (problem,) = take_over_networks(tmp_path / "file", RunStore(tmp_path / "home"))
    assert "cannot be read" in str(problem)


def test_a_file_that_cannot_be_renamed_is_taken_over_all_the_same(
    folder: Path, store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_network(folder / "good.npz", NETWORK)

    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        _count, (problem,) = take_over_networks(folder, store)
    assert "is among your runs now, but the file cannot be renamed (Permission denied)" in str(problem)
    assert [row.name for row in store.rows()] == ["good"]
    assert take_over_networks(folder, store) == (0, [])
    assert not (folder / "good.npz").exists()
