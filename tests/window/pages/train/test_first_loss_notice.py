"""The first loss is told once there is one, and told anew for another run."""

from typing import Any

import numpy as np
from pytestqt.qtbot import QtBot

from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Begun, Updates
from mnist_lab.runs.run import Run
from mnist_lab.window.pages.train.first_loss_notice import FirstLossNotice
from tests.inspection.networks import network
from tests.network.runs import made_up_digits

DIGITS = made_up_digits(20, 5)


def begun(*losses: float, **fields: Any) -> Run:
    run = Run(Experiment(**fields), DIGITS)
    run.receive(Begun(network(784, 4, 10)))
    if losses:
        run.receive(Updates(0, np.array(losses, np.float32), np.zeros(len(losses), np.float32), 0.1))
    return run


def test_it_follows_the_run_and_keeps_its_room(qtbot: QtBot) -> None:
    notice = FirstLossNotice()
    qtbot.addWidget(notice)
    notice.show_run(begun())
    assert notice.text == ""
    assert notice.sizePolicy().retainSizeWhenHidden()
    run = begun(2.4)
    notice.show_run(run)
    assert notice.text == "First batch: loss 2.400. Ten equally likely answers have ln 10 = 2.303: a good start."
    run.receive(Updates(1, np.full(1, 9.0, np.float32), np.zeros(1, np.float32), 0.1))
    notice.show_run(run)
    assert notice.text.startswith("First batch: loss 2.400.")
    notice.show_run(begun())
    assert notice.text == ""
    notice.show_run(run)
    assert notice.text.startswith("First batch: loss 2.400.")
    notice.show_run(begun(15.0, initial_weights="large"))
    assert "far above the ln 10 = 2.303" in notice.text
    run = begun(0.1)
    run.begins_trained = True
    notice.show_run(run)
    assert notice.text == "", "a network that has learned already is no good or bad start"
