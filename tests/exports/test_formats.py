"""The forms in which runs leave the lab: what all of them keep to, and where they may be written."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.exports.errors import ExportError
from mnist_lab.exports.formats import FORMATS, export, kind_of
from mnist_lab.inspection.network_file import read_network
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.one_line_parser import OneLineParser
from mnist_lab.run_arguments import add_runs
from mnist_lab.runs.store import RunStore
from tests.exports.whole import keep_whole

pytestmark = pytest.mark.keras


@pytest.fixture
def store() -> RunStore:
    return RunStore()


def test_an_ending_tells_the_form():
    for key, form in FORMATS.items():
        if form.ending:
            assert kind_of(Path(f"some.thing{form.ending.upper()}")) == key
        assert form.files(Path(f"name{form.ending}"))[0] == Path(f"name{form.ending}")
    for name in ("run.txt", "run", ".csv"):
        with pytest.raises(ExportError) as caught:
            kind_of(Path(name))
        assert all(form.ending in str(caught.value) for form in FORMATS.values())


def test_help_names_every_form(capsys):
    parser = OneLineParser()
    add_runs(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["export", "--help"])
    told = capsys.readouterr().out
    assert [form.ending for form in FORMATS.values() if form.ending not in told] == []


def test_weights_are_what_the_store_has(store, tmp_path):
    run_id = keep_whole(store).id
    exported = export(store, run_id, tmp_path / "run.npz")
    assert exported.moment.updates == 20
    network = read_network(tmp_path / "run.npz")
    assert network.sha256() == store.network_weights(run_id).sha256() == exported.moment.weights.sha256()


def test_of_a_kept_network_only_what_it_has(store, tmp_path):
    layer = DenseWeights(np.ones((784, 10), np.float32), np.zeros(10, np.float32))
    run_id = store.keep_network("mine", NetworkWeights((layer,), "relu", 7))
    for kind, form in FORMATS.items():
        path = tmp_path / f"network{form.ending}"
        if form.of_networks:
            assert export(store, run_id, path).paths == (path,)
        else:
            with pytest.raises(ExportError, match=r"is a kept network without a run: it can be written as \.npz"):
                export(store, run_id, path, kind=kind)


FILES = [kind for kind, form in FORMATS.items() if form.ending]


@pytest.mark.parametrize("kind", FILES)
def test_a_bad_place_is_one_sentence_and_leaves_nothing(kind, store, tmp_path, monkeypatch):
    run_id, form = keep_whole(store).id, FORMATS[kind]
    (tmp_path / f"folder{form.ending}").mkdir()
    (tmp_path / "file").touch()
    for name, says in {
        f"folder{form.ending}": "is a folder",
        f"file/run{form.ending}": "cannot be written",
        "run.txt": "does not end in",
    }.items():
        with pytest.raises(ExportError, match=says):
            export(store, run_id, tmp_path / name, kind=kind)
    target = tmp_path / "new" / f"run{form.ending}"
    with full_disk(monkeypatch), pytest.raises(ExportError, match="make room there"):
        export(store, run_id, target, kind=kind)
    assert list(target.parent.iterdir()) == []


def test_a_bad_folder_is_one_sentence_and_leaves_nothing(store, tmp_path, monkeypatch):
    run_id = keep_whole(store).id
    (tmp_path / "file").touch()
    for name, says in {"file": "is a file: name a folder", "file/logs": "cannot be written"}.items():
        with pytest.raises(ExportError, match=says):
            export(store, run_id, tmp_path / name, kind="tensorboard")
    with full_disk(monkeypatch), pytest.raises(ExportError, match="make room there"):
        export(store, run_id, tmp_path / "logs", kind="tensorboard")
    assert [path for path in tmp_path.joinpath("logs").rglob("*") if path.is_file()] == []


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        yield


@pytest.mark.parametrize("kind", FILES)
def test_nothing_is_replaced_unless_it_may_be(kind, store, tmp_path):
    run_id, form = keep_whole(store).id, FORMATS[kind]
    path = tmp_path / f"run{form.ending}"
    for file in form.files(path):
        file.write_text("mine")
        with pytest.raises(ExportError, match="is there already: name another, or add --force"):
            export(store, run_id, path, may_replace=False)
        assert file.read_text() == "mine"
        export(store, run_id, path)
        assert file.read_bytes() != b"mine"
        for written in form.files(path):
            written.unlink()
