"""What is exported, under which names, and what stands in the way; no window."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.exports.formats import FORMATS
from mnist_lab.exports.report import MOST_RUNS
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.store import RunStore
from mnist_lab.window.export_choice import ExportChoice
from tests.runs.kept import keep


@pytest.fixture
def row() -> RunRow:
    store = RunStore()
    keep(store)
    (kept,) = store.rows()
    return kept


def _rows(row: RunRow, count: int) -> tuple[RunRow, ...]:
    return tuple(replace(row, number=number, id=str(number)) for number in range(1, count + 1))


def test_files_are_named_after_numbers_and_moments(row: RunRow) -> None:
    assert ExportChoice((row,)).stem == "run-1"
    assert ExportChoice((row,), 312).stem == "run-1-update-312"
    assert ExportChoice((replace(row, kind="network", number=9),)).stem == "network-9"
    assert ExportChoice(_rows(row, 2)).stem == "runs-1-2"
    assert ExportChoice(_rows(row, 9)).stem == "runs-1-2-3-4-5-6-and-more"


def test_one_run_is_a_file_several_are_a_folder_of_them_and_a_report_compares_them(row: RunRow) -> None:
    one, several, folder = ExportChoice((row,)), ExportChoice(_rows(row, 2)), Path("exported")
    for kind, form in FORMATS.items():
        assert one.needs_folder(kind) == (not form.ending)
        assert several.needs_folder(kind) == (kind not in ("html", "lab"))
        assert one.targets(kind, folder) == [(row, folder)]
        if several.needs_folder(kind) and form.ending:
            names = [path.name for _row, path in several.targets(kind, folder)]
            assert names == [f"run-1{form.ending}", f"run-2{form.ending}"]
    assert several.is_together("html")
    assert not one.is_together("html")
    assert [path for _row, path in several.targets("tensorboard", folder)] == [folder, folder]


def test_a_network_is_no_curve_and_a_comparison_has_its_bounds(row: RunRow) -> None:
    network = ExportChoice((replace(row, kind="network"),))
    assert {kind for kind in FORMATS if network.can_be(kind)} == {
        kind for kind, form in FORMATS.items() if form.of_networks
    }
    assert ExportChoice(_rows(row, MOST_RUNS)).can_be("html")
    assert not ExportChoice(_rows(row, MOST_RUNS + 1)).can_be("html")
    assert ExportChoice(_rows(row, MOST_RUNS + 1)).can_be("csv")


def test_what_nobody_was_asked_about_is_in_the_way(row: RunRow, tmp_path: Path) -> None:
    one, several = ExportChoice((row,)), ExportChoice(_rows(row, 2))
    chosen = tmp_path / "curves.csv"
    chosen.write_text("the dialog has asked about it")
    assert one.in_the_way("csv", chosen) is None
    beside = tmp_path / "curves-epochs.csv"
    beside.write_text("mine")
    assert one.in_the_way("csv", chosen) == beside
    assert several.in_the_way("npz", tmp_path) is None
    (tmp_path / "run-2.npz").write_text("mine")
    assert several.in_the_way("npz", tmp_path) == tmp_path / "run-2.npz"
    assert several.in_the_way("tensorboard", tmp_path) is None


def test_a_form_of_the_whole_run_is_given_no_moment(row: RunRow) -> None:
    choice = ExportChoice((row,), 5)
    for kind, form in FORMATS.items():
        assert choice.moment(kind) == (5 if form.has_moments else None)


def test_networks_are_told_from_runs_in_the_store_as_well() -> None:
    store = RunStore()
    layer = DenseWeights(np.ones((784, 10), np.float32), np.zeros(10, np.float32))
    store.keep_network("mine", NetworkWeights((layer,), "relu", 7))
    (network,) = store.rows()
    assert ExportChoice((network,)).stem == f"network-{network.number}"
