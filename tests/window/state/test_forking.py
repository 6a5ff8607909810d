"""In the window a new run goes on from a moment of another: it is looked at and kept, and goes on like any other."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.network.recording import Past
from mnist_lab.runs.run import State
from mnist_lab.window.state.lab import Lab
from tests.window.conftest import SMALL, Driver

pytestmark = pytest.mark.keras
K = 20


@pytest.fixture
def lab(driver: Driver) -> Lab:
    return driver.window.lab


def ended(driver: Driver) -> None:
    driver.wait(lambda: not driver.window.lab.live.is_training and driver.window.lab.run.number is not None)


def go_to(driver: Driver, updates: int) -> None:
    driver.window.lab.time.go_to(updates)
    driver.wait(lambda: driver.window.lab.time.is_there)


def test_continue_from_here(driver: Driver, lab: Lab, qtbot: QtBot) -> None:
    lab.start()
    ended(driver)
    parent, uncut = lab.run, lab.weights.sha256()
    go_to(driver, K)
    there = lab.time.moment
    lab.forks.begin(parent.id, there, lab.draft.experiment)
    assert lab.live.is_queued
    driver.wait(lambda: lab.run is not parent)
    assert lab.look.moment is None, "now is the new run's"
    assert lab.run.start_weights.sha256() == parent.start_weights.sha256()
    ended(driver)
    child = lab.run
    assert (child.number, child.state, child.updates, lab.weights.sha256()) == (2, State.FINISHED, 64, uncut)
    assert child.history.losses.values.tobytes() == parent.history.losses.values.tobytes()
    assert [replace(end, run_id="") for end in child.history.epochs] == [
        replace(end, run_id="") for end in parent.history.epochs
    ]
    driver.wait(lambda: (lab.shelf.rows[0].number, lab.shelf.rows[0].state) == (2, "finished"))
    row = lab.shelf.rows[0]
    assert (row.parent_id, row.parent_update, row.updates) == (parent.id, K, 64)
    assert lab.store.load(child.id).facts.past == (Past(K, SMALL),)

    # With another rate and more epochs; stopped, and gone on with.
    lab.draft.set_experiment(SMALL.changed(learning_rate=0.01, epochs=200))
    lab.forks.begin(parent.id, there, lab.draft.experiment)
    driver.wait(lambda: lab.run is not child and lab.run.updates > 100)
    assert [(change.update, change.learning_rate) for change in lab.run.rate_changes] == [(K, 0.01)]
    assert lab.run.learning_rate == 0.01
    with qtbot.waitSignal(lab.problem) as told:
        lab.forks.begin(parent.id, there, SMALL)
    assert "stop it first" in told.args[0]
    lab.live.stop()
    ended(driver)
    stopped = lab.run.updates
    lab.step()
    driver.wait(lambda: lab.live.is_paused and lab.run.updates == stopped + 1)
    lab.live.stop()
    ended(driver)
    assert lab.store.load(lab.run.id).updates == stopped + 1

    # What cannot be is said, and the run that is looked at stays.
    before = lab.run
    with qtbot.waitSignal(lab.problem) as told:
        lab.forks.begin(parent.id, there, SMALL.changed(hidden_units=(5,)))
    assert "cannot change" in told.args[0]
    assert lab.run is before
    assert not lab.live.is_training
