"""A network that was kept is there next time, whatever its name, and can be looked at instead of the run's."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.data.places import lab_home
from mnist_lab.inspection.network_file import read_network
from mnist_lab.window.pages.network_chooser import NetworkChooser
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Subject
from mnist_lab.window.state.network_shelf import NetworkShelf
from tests.inspection.test_network_file import network
from tests.window.conftest import Driver


def wait_for_jobs(qtbot: QtBot, owner: QObject) -> None:
    qtbot.waitUntil(lambda: not owner.findChildren(Job))


def test_it_is_there_next_time(qtbot: QtBot, settings_folder: Path) -> None:
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
def test_any_name_makes_a_file_in_the_lab_s_own_folder(name: str, qtbot: QtBot, settings_folder: Path) -> None:
    kept = NetworkShelf(QObject()).keep(name, network(2))
    assert kept is not None
    assert kept.path.parent == lab_home() / "networks"
    assert kept.path.is_file()


def test_the_same_name_twice_makes_two(qtbot: QtBot, settings_folder: Path) -> None:
    shelf = NetworkShelf(QObject())
    first, second = network(2), network(2)
    shelf.keep("one", first)
    shelf.keep("One", second)
    assert [kept.name for kept in shelf.networks] == ["one", "One 2"]


def test_two_windows_keep_each_other_s_networks(qtbot: QtBot, settings_folder: Path) -> None:
    one, other = NetworkShelf(QObject()), NetworkShelf(QObject())
    first, second = one.keep("mine", network(2)), other.keep("mine", network(3))
    assert first is not None
    assert second is not None
    assert first.path != second.path
    assert read_network(first.path).layers[0].kernel.shape[1] == 2


def test_a_damaged_file_is_told_and_the_others_are_there(qtbot: QtBot, settings_folder: Path) -> None:
    owner = QObject()
    NetworkShelf(owner).keep("good", network(2))
    (lab_home() / "networks" / "bad.npz").write_bytes(b"nonsense")
    shelf = NetworkShelf(owner)
    with qtbot.waitSignals([shelf.changed, shelf.problem]):
        shelf.load()
    assert [kept.name for kept in shelf.networks] == ["good"]
    wait_for_jobs(qtbot, owner)


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
    assert lab.run_weights is None
    assert lab.trained is not None
    assert lab.trained is lab.trained, "one object as long as nothing changes"
    assert any(Subject.WEIGHTS in subjects for subjects in told)
    assert chooser.currentText() == "mine"
    driver.qtbot.keyClick(chooser, "T")  # “The run's network”
    assert lab.weights is None


def test_a_new_run_is_looked_at_itself(driver: Driver) -> None:
    lab = driver.window.lab
    lab.keep_network("mine", network(4))
    lab.start()
    driver.wait_for_end()
    assert lab.chosen is None
    assert lab.weights is lab.run_weights
    assert lab.run is not None
    assert lab.run.start_weights is not None
    assert lab.run.start_weights.updates == 0
    assert lab.update is not None
    assert lab.update.after.updates == lab.run.total_updates, "the last update of the run was looked at"
    samples = lab.inspections.samples
    driver.wait(lambda: bool(samples or lab.inspections.samples))
    lab.inspections.evaluation.watch(True)
    driver.wait(lambda: lab.inspections.evaluation.is_current)
    evaluation = lab.inspections.evaluation.value
    assert evaluation is not None
    assert evaluation.accuracy == pytest.approx(lab.run.outcome.test_accuracy)  # type: ignore[union-attr]
