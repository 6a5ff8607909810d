"""A network that was kept is a row of the shelf, there next time, and can be looked at instead of the run's."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.store import RunStore
from mnist_lab.window.pages.network_chooser import NetworkChooser
from mnist_lab.window.state.network_shelf import NetworkShelf
from mnist_lab.window.state.run_shelf import RunShelf
from mnist_lab.window.state.subjects import Subject
from tests.inspection.test_network_file import network
from tests.runs import kept
from tests.window.conftest import Driver

Make = Callable[[], NetworkShelf]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    """Makes a window's kept networks over the store of this home; their threads end with the test."""
    owner = QObject()

    def make_one() -> NetworkShelf:
        shelf = RunShelf(RunStore(), owner)
        return NetworkShelf(shelf, shelf)

    yield make_one
    for shelf in owner.findChildren(RunShelf):
        shelf.end()


def _shelf(networks: NetworkShelf) -> RunShelf:
    shelf = networks.parent()
    assert isinstance(shelf, RunShelf)
    return shelf


def test_it_is_there_next_time_and_read_when_it_is_first_chosen(make: Make, qtbot: QtBot) -> None:
    weights, networks = network(4), make()
    with qtbot.waitSignal(networks.changed):
        made = networks.keep("without unit 3", weights, "a" * 32, 7)
    qtbot.waitUntil(lambda: any(row.id == made.id for row in _shelf(networks).rows))
    assert networks.networks == (made,), "the very object that is looked at"
    again = make()
    with qtbot.waitSignal(again.changed):
        _shelf(again).refresh()
    (found,) = again.networks
    assert (found.id, found.name, found.weights) == (made.id, "without unit 3", None)
    (row,) = _shelf(again).rows
    assert (row.kind, row.parent_id, row.parent_update) == ("network", "a" * 32, 7)
    read: list[NetworkWeights | None] = []
    again.with_weights(found, lambda loaded: read.append(loaded.weights))
    qtbot.waitUntil(lambda: bool(read))
    assert read[0] is not None
    assert read[0].sha256() == weights.sha256()
    again.with_weights(again.networks[0], lambda loaded: read.append(loaded.weights))
    assert read[1] is read[0], "once is enough"


@pytest.mark.parametrize("name", ["../../evil", "a/b", "", "  ", "x" * 500, "Ähnlich", "con:*?"])
def test_any_name_can_be_kept(name: str, make: Make, qtbot: QtBot) -> None:
    networks = make()
    told: list[str] = []
    _shelf(networks).problem.connect(told.append)
    made = networks.keep(name, network(2))
    assert made.name == (name.strip()[:60] or "network")
    qtbot.waitUntil(lambda: [row.name for row in _shelf(networks).rows] == [made.name])
    assert not told


def test_the_same_name_twice_makes_two(make: Make) -> None:
    networks = make()
    networks.keep("one", network(2))
    networks.keep("One", network(2))
    assert [one.name for one in networks.networks] == ["one", "One 2"]


def test_another_name_and_deletion_reach_the_networks(make: Make, qtbot: QtBot) -> None:
    networks = make()
    made, shelf = networks.keep("one", network(2)), _shelf(networks)
    qtbot.waitUntil(lambda: bool(shelf.rows))
    shelf.rename(made.id, "other")
    (renamed,) = networks.networks
    assert (renamed.id, renamed.name, renamed.weights) == (made.id, "other", made.weights)
    shelf.delete([made.id])
    assert networks.networks == ()
    shelf.undo()
    qtbot.waitUntil(lambda: [one.name for one in networks.networks] == ["other"])


def test_what_cannot_be_written_is_told_and_stays_for_now(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_others: object) -> None:
        raise StoreError("The disk is full: make room.")

    monkeypatch.setattr(RunStore, "keep_network", refuse)
    networks = make()
    with qtbot.waitSignal(_shelf(networks).problem) as told:
        made = networks.keep("one", network(2))
    assert told.args == ["The disk is full: make room."]
    assert networks.networks == (made,)


def test_a_kept_network_is_looked_at_until_the_run_is_chosen_again(driver: Driver) -> None:
    lab = driver.window.lab
    chooser = NetworkChooser(lab, "chooser")
    driver.qtbot.addWidget(chooser)
    chooser.show()
    told: list[frozenset[Subject]] = []
    lab.changed.connect(told.append)
    weights = network(4)
    assert lab.weights is None
    lab.keep_network("mine", weights)
    assert lab.weights is weights
    assert lab.look.run_weights is None
    assert lab.looked is not None
    assert lab.looked is lab.looked, "one object as long as nothing changes"
    assert any(Subject.WEIGHTS in subjects for subjects in told)
    assert chooser.currentText() == "mine"
    lab.shelf.rename(lab.look.chosen.id, "my own")
    driver.wait(lambda: chooser.currentText() == "my own")
    assert lab.weights is weights
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


def test_a_run_is_no_network_to_choose(make: Make, qtbot: QtBot) -> None:
    kept.keep(RunStore())
    networks = make()
    _shelf(networks).refresh()
    qtbot.waitUntil(lambda: bool(_shelf(networks).rows))
    assert networks.networks == ()
