"""The Keras program of a run as a script and as a notebook; that it tells the truth is tested in tests/mirror."""

from pathlib import Path

import nbformat
import numpy as np
import pytest

from mnist_lab.exports.errors import ExportError
from mnist_lab.exports.formats import export
from mnist_lab.runs.store import RunStore
from tests.exports.whole import keep_whole
from tests.mirror.files import opened
from tests.network.runs import SMALL, made_up_digits
from tests.runs.forked import Runs
from tests.runs.kept import keep


@pytest.fixture
def store() -> RunStore:
    return RunStore()


def test_it_is_that_of_the_run_up_to_the_moment(store, tmp_path):
    run_id = keep_whole(store).id
    exported = export(store, run_id, tmp_path / "run.py")
    assert exported.paths == (tmp_path / "run.py",)
    assert "trains without XLA, and run 1 was trained with it" in str(exported.remarks[-1])
    text = exported.paths[0].read_text(encoding="utf-8")
    compile(text, "run.py", "exec")
    assert "from keras import Input, layers, models" in text
    assert "rates = {12: 0.01}" in text
    earlier = export(store, run_id, tmp_path / "earlier.py", update=10).paths[0].read_text(encoding="utf-8")
    assert "rates" not in earlier, "changed later on"
    assert export(store, run_id, tmp_path / "again.py").paths[0].read_text(encoding="utf-8") == text


def test_a_notebook_has_the_same_lines(store, tmp_path):
    run_id = keep_whole(store).id
    script = export(store, run_id, tmp_path / "run.py").paths[0].read_text(encoding="utf-8")
    path = export(store, run_id, tmp_path / "run.ipynb").paths[0]
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    lines = [line for cell in notebook.cells if cell.cell_type == "code" for line in cell.source.splitlines()]
    assert [line for line in script.splitlines() if line and not line.startswith("#")] == [
        line for line in lines if line
    ]


@pytest.mark.keras
def test_what_it_reads_is_written_beside_it(store, tmp_path):
    runs = Runs(store, opened(made_up_digits(), tmp_path / "own.npz"))
    child = runs.fork(runs.run(SMALL), 15, optimizer="adam")
    path, start = tmp_path / "out" / "run.py", tmp_path / "out" / "run_start.npz"
    exported = export(store, child.facts.id, path)
    assert exported.paths == (path, start)
    assert f"“{start}”" in str(exported.remarks[0])
    assert len(exported.remarks) == 1, "it was trained without XLA"
    assert str(start) in path.read_text(encoding="utf-8")
    with np.load(start) as arrays:
        assert arrays["hidden_1/kernel"].shape == (784, 12)
    notebook = path.with_suffix(".ipynb")
    assert export(store, child.facts.id, notebook, may_replace=False).paths == (notebook, start), "it is the same file"
    path.unlink()
    start.write_bytes(b"mine")
    with pytest.raises(ExportError, match=r"run_start\.npz” is there already"):
        export(store, child.facts.id, path, may_replace=False)
    assert not Path(path).exists()


def test_without_its_digits_there_is_none(store, tmp_path):
    with pytest.raises(ExportError, match="The digits that run 1 was trained on are not here"):
        export(store, keep(store).id, tmp_path / "run.py")
