"""Curves as tables: what a spreadsheet reads are the run's own numbers."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.exports.errors import ExportError
from mnist_lab.exports.formats import export
from mnist_lab.exports.tables import EPOCH_COLUMNS, UPDATE_COLUMNS
from mnist_lab.network.events import Diverged, Updates
from mnist_lab.runs.facts import Batch
from mnist_lab.runs.store import RunStore
from mnist_lab.work import Cancelled
from tests.runs.kept import DATA, EXPERIMENT, keep, snapshot_at


def read(path: Path) -> tuple[list[str], list[list[str]]]:
    """Names and cells, as the csv module reads what RFC 4180 has."""
    text = path.read_bytes().decode("utf-8")
    assert text.count("\r\n") == text.count("\n") > 0
    names, *rows = csv.reader(text.splitlines(), strict=True)
    assert {len(row) for row in rows} <= {len(names)}
    return names, rows


@pytest.fixture
def store() -> RunStore:
    return RunStore()


def test_each_update_and_each_epoch_is_a_row(store, tmp_path):
    run_id = keep(store).id
    exported = export(store, run_id, tmp_path / "deep" / "run.csv")
    assert exported.paths == (tmp_path / "deep" / "run.csv", tmp_path / "deep" / "run-epochs.csv")
    assert exported.remarks == ()
    kept = store.load(run_id)
    names, rows = read(exported.paths[0])
    assert tuple(names) == UPDATE_COLUMNS
    update, epoch, loss, accuracy, rate = zip(*rows, strict=True)
    assert [int(cell) for cell in update] == list(range(1, 21))
    assert [int(cell) for cell in epoch] == [1] * 10 + [2] * 10
    assert np.array_equal(np.array(loss, np.float32), kept.losses)
    assert np.array_equal(np.array(accuracy, np.float32), kept.accuracies)
    assert [float(cell) for cell in rate] == [0.001] * 12 + [0.01] * 8, "changed before the thirteenth update"
    names, rows = read(exported.paths[1])
    assert tuple(names) == EPOCH_COLUMNS
    assert len(rows) == 2
    for end, row in zip(kept.epochs, rows, strict=True):
        assert [float(cell) for cell in row] == [getattr(end, name) for name in EPOCH_COLUMNS]


def test_what_is_no_number_is_an_empty_cell_and_no_bit_is_lost(store, tmp_path):
    losses = np.array([1 / 3, 1e-38, 3.4028235e38, np.inf, np.nan], np.float32)
    writer = store.begin(EXPERIMENT, DATA)
    writer.write(Batch([Updates(0, losses, np.full(5, 0.1, np.float32), 1.0)], outcome=Diverged(3, math.inf, 3)))
    writer.close()
    _, rows = read(export(store, writer.id, tmp_path / "run.csv").paths[0])
    assert [row[2] for row in rows[3:]] == ["", ""]
    assert np.array_equal(np.array([row[2] for row in rows[:3]], np.float32), losses[:3])
    assert {row[3] for row in rows} == {"0.1"}, "as short as it can be"


def test_a_moment_has_what_was_told_until_then(store, tmp_path):
    run_id = keep(store).id
    first, second = export(store, run_id, tmp_path / "run.csv", update=10).paths
    assert (len(read(first)[1]), len(read(second)[1])) == (10, 1)
    with pytest.raises(ExportError, match=r"has no update 21: choose one from 0 \(its start\) to 20"):
        export(store, run_id, tmp_path / "run.csv", update=21)
    with pytest.raises(ExportError, match="has no gradient update there yet"):
        export(store, run_id, tmp_path / "run.csv", update=0)


def test_a_run_that_goes_on_says_so(store, tmp_path):
    writer = store.begin(EXPERIMENT, DATA)
    writer.write(Batch([Updates(0, np.ones(3, np.float32), np.ones(3, np.float32), 1.0)], snapshot=snapshot_at(0)))
    exported = export(store, writer.id, tmp_path / "run.csv")
    assert [str(remark) for remark in exported.remarks] == ["Run 1 still goes on: this is what it was after update 3."]
    assert len(read(exported.paths[0])[1]) == 3
    writer.close()


def test_nothing_is_written_for_nobody(store, tmp_path):
    run_id = keep(store).id
    with pytest.raises(Cancelled):
        export(store, run_id, tmp_path / "run.csv", is_wanted=lambda: False)
    assert list(tmp_path.glob("*.csv")) == []
