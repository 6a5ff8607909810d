"""A kept run is looked at in place of the one that goes on, which goes on all the same, and goes on itself exactly."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.app import create_window
from mnist_lab.experiment import Experiment
from mnist_lab.runs.run import State
from mnist_lab.runs.store import RunStore
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.basic.notice import Notice
from tests.inspection.test_network_file import network
from tests.window.conftest import SMALL, Driver

pytestmark = pytest.mark.keras
LONG = SMALL.changed(epochs=10_000)
ONE_MORE = SMALL.changed(epochs=3)


def _train(driver: Driver, lab: Lab, experiment: Experiment) -> str:
    """Train a run to its end; return the hash of its network."""
    before = lab.live.run
    lab.draft.set_experiment(experiment)
    lab.start()
    driver.wait(lambda: lab.live.run is not before and not lab.live.is_training)
    return lab.weights.sha256()


def test_a_live_run_goes_on_while_another_is_looked_at_which_then_goes_on_exactly(driver: Driver) -> None:
    lab, notice = driver.window.lab, driver.find(Notice, "lookedRun")
    uncut = _train(driver, lab, ONE_MORE)
    _train(driver, lab, SMALL)
    short = lab.run
    assert (short.number, lab.live.is_kept, lab.would_lose_network) == (2, True, False)
    lab.draft.set_experiment(LONG)
    lab.start()
    driver.wait(lambda: lab.live.run is not short and lab.live.run.updates > 0 and len(lab.shelf.rows) == 3)
    assert lab.shelf.rows[0].state == "running"
    lab.open_run(short.id)
    driver.wait(lambda: lab.run.id == short.id)
    assert lab.run is not short, "it was read from the store"
    assert (lab.run.updates, lab.run.state, lab.weights.updates) == (64, State.FINISHED, 64)
    settings = "Run 2: hidden units 16 · RMSprop · rate 0.001 · batch size 128 · epochs 2 · seed 0."
    assert notice.text.startswith(f"{settings}\u2002<a "), "the form has other epochs"
    notice.link_activated.emit("copy")
    assert lab.draft.experiment == SMALL
    assert notice.text.startswith("You look at run 2.\u2002<a ")
    driver.click("acceptOfferButton")
    assert lab.draft.experiment == LONG
    assert notice.text.startswith(settings)
    assert "Back to the run that goes on" in notice.text
    updates = lab.live.run.updates
    driver.wait(lambda: lab.live.run.updates > updates + 100)
    assert lab.weights.updates == 64, "its copies do not get in between"
    assert driver.text("networkLabel") == "Run 2's network at update 64: 784-16-10"
    lab.go_on_with(short.id)
    assert "stop it first" in driver.find(Notice, "problemNotice").text
    assert lab.run.id == short.id
    notice.link_activated.emit("back")
    assert lab.run is lab.live.run
    assert lab.weights.updates > 0
    assert not notice.isVisible()
    lab.open_run(short.id)
    driver.wait(lambda: lab.run.id == short.id)
    driver.click("stopButton")
    driver.wait(lambda: not lab.live.is_training)
    assert "Back to run 3" in notice.text
    lab.step()
    driver.wait(lambda: lab.live.is_paused and lab.run.updates == 65)
    assert (lab.run.experiment, lab.run.state) == (ONE_MORE, State.PAUSED)
    assert not notice.isVisible(), "now this is the run that goes on"
    lab.go_on()
    driver.wait(lambda: not lab.live.is_training)
    assert (lab.run.number, lab.run.state, lab.run.updates) == (2, State.FINISHED, 96)
    assert len(lab.run.history.epochs) == 3
    assert lab.weights.sha256() == uncut
    assert RunStore().network_weights(short.id).sha256() == uncut
    (kept,) = [row for row in RunStore().rows() if row.number == 2]
    assert (kept.state, kept.updates, kept.experiment) == ("finished", 96, ONE_MORE)


def test_a_run_that_was_cut_off_goes_on_by_the_offer_of_the_next_start(driver: Driver, qtbot: QtBot) -> None:
    lab = driver.window.lab
    uncut = _train(driver, lab, SMALL)
    lab.live.set_slow_motion(20)
    lab.start()
    driver.wait(lambda: lab.run.number == 2 and lab.run.updates >= 5)
    lab.live.pause()
    lab.live.set_slow_motion(None)
    driver.window.close()
    cut, updates = lab.run.id, lab.run.updates
    writer = RunStore().resume(cut)
    writer.set_experiment(SMALL)  # the first thing that is written takes its end away: as if it had been killed
    writer.close()
    window = create_window("starter", SMALL, paced=False)
    qtbot.addWidget(window)
    window.show()
    again = Driver(qtbot, window)
    accept = again.find(QAbstractButton, "acceptOfferButton")
    again.wait(lambda: accept.isVisible() and window.lab.digits is not None)
    told = again.find(Notice, "problemNotice").text
    assert told == f"1 run was interrupted: run 2, after {updates} of 64 gradient updates."
    again.click("acceptOfferButton")
    again.wait(lambda: window.lab.run is not None and window.lab.run.state is State.FINISHED)
    again.wait(lambda: not window.lab.live.is_training)
    assert (window.lab.run.id, window.lab.run.experiment) == (cut, SMALL), "it got no epoch more"
    assert window.lab.weights.sha256() == uncut
    window.close()


def test_a_kept_edit_is_a_child_of_the_run_that_it_was_made_from(driver: Driver) -> None:
    lab = driver.window.lab
    _train(driver, lab, SMALL)
    run = lab.run
    lab.keep_network("mine", network(4))
    mine = lab.look.chosen.id
    driver.wait(lambda: any(row.id == mine for row in lab.shelf.rows))
    row = lab.shelf.row(mine)
    assert (row.parent_id, row.experiment, row.kind) == (run.id, SMALL, "network")
    lab.open_run(run.id)
    assert lab.look.chosen is None
    lab.open_run(mine)
    assert lab.look.source_id == mine
    lab.shelf.delete([mine])
    assert lab.look.chosen is None, "what is kept no more is looked at no more"
    lab.look_at_nothing()
    assert (lab.run, lab.weights, lab.looked, lab.live.can_go_on) == (None, None, None, False)
    driver.wait(lambda: not lab.is_computing)


def test_the_offer_after_a_copy_to_the_form_goes_with_the_next_run(driver: Driver) -> None:
    lab, notice = driver.window.lab, driver.find(Notice, "lookedRun")
    banner = driver.find(QWidget, "problemBanner")
    _train(driver, lab, SMALL)
    first = lab.run.id
    _train(driver, lab, ONE_MORE)
    lab.open_run(first)
    driver.wait(lambda: lab.run.id == first)
    notice.link_activated.emit("copy")
    assert banner.isVisible()
    driver.click("startButton")
    driver.wait(lambda: lab.live.run.number == 3 and lab.live.run.updates > 0)
    assert lab.run is lab.live.run
    assert not banner.isVisible()
    driver.wait(lambda: not lab.live.is_training)
