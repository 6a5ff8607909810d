"""A network that was kept is there next time, whatever its name, and can be looked at instead of the run's."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.data.places import lab_home
from mnist_lab.inspection.network_file import read_network, write_network
from mnist_lab.window.pages.network_chooser import NetworkChooser
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.network_shelf import NetworkShelf
from mnist_lab.window.state.subjects import Subject
from tests.files.archives import break_packing, mark_encrypted, npy_header, write_archive
from tests.inspection.test_network_file import network
from tests.window.conftest import Driver


def wait_for_jobs(qtbot: QtBot, owner: QObject) -> None:
    qtbot.waitUntil(lambda: not owner.findChildren(Job))


def test_it_is_there_next_time(qtbot: QtBot) -> None:
    owner = QObject()
    shelf = NetworkShelf(owner)
    weights = network(4)
    with qtbot.waitSignal(shelf.changed):
        kept = shelf.keep("without unit 3", weights)
    assert kept is not None
    again = NetworkShelf(owner)
    with qtbot.waitSignal(again.changed):
        again.load()
    (found,) = again.networks
    assert found.name == "without unit 3"
    assert found.weights.layers[0].kernel.tobytes() == weights.layers[0].kernel.tobytes()
    wait_for_jobs(qtbot, owner)


@pytest.mark.parametrize("name", ["../../evil", "a/b", "", "  ", "x" * 500, "Ähnlich", "con:*?"])
def test_any_name_makes_a_file_in_the_lab_s_own_folder(name: str, qtbot: QtBot) -> None:
    kept = NetworkShelf(QObject()).keep(name, network(2))
    assert kept is not None
    assert kept.path.parent == lab_home() / "networks"
    assert kept.path.is_file()


def test_the_same_name_twice_makes_two(qtbot: QtBot) -> None:
    shelf = NetworkShelf(QObject())
    first, second = network(2), network(2)
    shelf.keep("one", first)
    shelf.keep("One", second)
    assert [kept.name for kept in shelf.networks] == ["one", "One 2"]


def test_two_windows_keep_each_other_s_networks(qtbot: QtBot) -> None:
    one, other = NetworkShelf(QObject()), NetworkShelf(QObject())
    first, second = one.keep("mine", network(2)), other.keep("mine", network(3))
    assert first is not None
    assert second is not None
    assert first.path != second.path
    assert read_network(first.path).layers[0].kernel.shape[1] == 2


def put_nonsense(path: Path) -> None:
    path.write_bytes(b"nonsense")


def put_unpackable(path: Path) -> None:
    write_network(path, network(2))
    break_packing(path, "kernel_0")


def put_encrypted(path: Path) -> None:
    write_network(path, network(2))
    mark_encrypted(path)


def put_digits(path: Path) -> None:
    write_archive(path, {"x_train": np.zeros((2, 28, 28), np.uint8)})


def put_bomb(path: Path) -> None:
    write_network(path, network(2))
    header = npy_header((784, 10**6))
    write_archive(path, {"activation": np.array("relu"), "updates": np.array(1), "kernel_0": header, "bias_0": header})


def put_pipe(path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with a name here")
    os.mkfifo(path)


@pytest.mark.parametrize(
    "put", [put_nonsense, put_unpackable, put_encrypted, put_digits, put_bomb, put_pipe, Path.mkdir]
)
def test_a_file_that_is_no_network_is_named_and_the_others_are_there(put: Callable[[Path], None], qtbot: QtBot) -> None:
    owner = QObject()
    NetworkShelf(owner).keep("good", network(2))
    NetworkShelf(owner).keep("a good one", network(2))
    put(lab_home() / "networks" / "bad.npz")
    shelf = NetworkShelf(owner)
    told: list[str] = []
    shelf.problem.connect(told.append)
    with qtbot.waitSignals([shelf.changed, shelf.problem]):
        shelf.load()
    assert [kept.name for kept in shelf.networks] == ["a good one", "good"]
    wait_for_jobs(qtbot, owner)
    (sentence,) = told
    assert "bad.npz" in sentence
    assert "did not expect" not in sentence


def test_a_folder_that_cannot_be_listed_is_told(qtbot: QtBot, lab_home: Path) -> None:
    lab_home.mkdir()
    (lab_home / "networks").write_text("no folder")
    owner = QObject()
    shelf = NetworkShelf(owner)
    with qtbot.waitSignal(shelf.problem) as told:
        shelf.load()
    wait_for_jobs(qtbot, owner)
    assert "networks” cannot be read (Not a directory): allow it" in told.args[0]


def test_what_killed_labs_left_is_removed(qtbot: QtBot) -> None:
    owner = QObject()
    NetworkShelf(owner).keep("good", network(2))
    left = lab_home() / "networks" / "good.npz.abcd1234.part"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    shelf = NetworkShelf(owner)
    with qtbot.waitSignal(shelf.changed):
        shelf.load()
    wait_for_jobs(qtbot, owner)
    assert not left.exists()


def test_what_cannot_be_written_is_told(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MNIST_LAB_HOME", str(tmp_path / "file" / "home"))
    shelf = NetworkShelf(QObject())
    with qtbot.waitSignal(shelf.problem) as told:
        assert shelf.keep("one", network(2)) is None
    assert "one.npz" in told.args[0]
    assert not shelf.networks


def test_a_kept_network_is_looked_at_until_the_run_is_chosen_again(driver: Driver) -> None:
    lab = driver.window.lab
    chooser = NetworkChooser(lab, "chooser")
    driver.qtbot.addWidget(chooser)
    chooser.show()
    told: list[frozenset[Subject]] = []
    lab.changed.connect(told.append)
    kept = network(4)
    assert lab.weights is None
    lab.keep_network("mine", kept)
    assert lab.weights is kept
    assert lab.look.run_weights is None
    assert lab.looked is not None
    assert lab.looked is lab.looked, "one object as long as nothing changes"
    assert any(Subject.WEIGHTS in subjects for subjects in told)
    assert chooser.currentText() == "mine"
    driver.qtbot.keyClick(chooser, "T")  # “The run's network”
    assert lab.weights is None


def test_a_new_run_is_looked_at_itself(driver: Driver) -> None:
    lab = driver.window.lab
    lab.keep_network("mine", network(4))
    lab.start()
    driver.wait_for_end()
    assert lab.look.chosen is None
    assert lab.weights is lab.look.run_weights
    assert lab.run is not None
    assert lab.run.start_weights is not None
    assert lab.run.start_weights.updates == 0
    assert lab.look.update is not None
    assert lab.look.update.after.updates == lab.run.total_updates, "the last update of the run was looked at"
    samples = lab.inspections.samples
    driver.wait(lambda: bool(samples or lab.inspections.samples))
    lab.inspections.evaluation.watch(True)
    driver.wait(lambda: lab.inspections.evaluation.is_current)
    evaluation = lab.inspections.evaluation.value
    assert evaluation is not None
    assert evaluation.accuracy == pytest.approx(lab.run.outcome.test_accuracy)
