"""A lab that is killed while it trains: the next one offers to go on, and does so with the same bits."""

import os
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from mnist_lab.app import create_window
from mnist_lab.runs.run import State
from mnist_lab.runs.store import RunStore
from mnist_lab.window.widgets.basic.notice import Notice
from tests.conftest import REPOSITORY
from tests.window.conftest import SIZE, Driver
from tests.window.lab_to_be_killed import EXPERIMENT

pytestmark = [pytest.mark.keras, pytest.mark.acceptance]
KILLED_AT = 100
"""Updates: in the fourth epoch."""


def _train_and_kill() -> None:
    line = [sys.executable, "-m", "tests.window.lab_to_be_killed"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(line, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            reached = next((int(said) for said in process.stdout if int(said) >= KILLED_AT), 0)
        finally:
            process.kill()
    assert KILLED_AT <= reached < 192


@pytest.mark.timeout(120)
def test_a_lab_killed_while_it_trains_goes_on_to_the_same_network(qtbot: QtBot) -> None:
    _train_and_kill()
    window = create_window("starter", paced=False)
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.show()
    driver = Driver(qtbot, window)
    lab = window.lab
    driver.wait(lambda: driver.find(QAbstractButton, "acceptOfferButton").isVisible())
    told = driver.find(Notice, "problemNotice").text
    assert told.startswith("1 run was interrupted: run 1, after ")
    assert driver.find(QAbstractButton, "acceptOfferButton").text() == "&Go on"
    driver.wait(lambda: lab.digits is not None)
    driver.click("acceptOfferButton")
    driver.wait(lambda: lab.run is not None and lab.run.state is State.FINISHED)
    driver.wait_for_end()
    cut = lab.run
    assert (cut.number, cut.experiment, cut.updates) == (1, EXPERIMENT, 192)
    losses, sha256 = cut.history.losses.values.copy(), lab.weights.sha256()
    (row,) = RunStore().rows()
    assert (row.state, row.updates) == ("finished", 192)
    driver.click("startAgainButton")
    driver.wait(lambda: lab.run is not cut)
    driver.wait_for_end()
    assert lab.run.history.losses.values.tobytes() == losses.tobytes()
    assert lab.weights.sha256() == sha256
    assert {RunStore().network_weights(row.id).sha256() for row in RunStore().rows()} == {sha256}
