"""Answers of two networks are computed for whoever wants them last."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.data.digits import Digits
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.runs.errors import no_such_run
from mnist_lab.window.pages.runs.confusion_work import ConfusionWork
from mnist_lab.window.state.background import Job


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def zeros(_run_id: str) -> NetworkWeights:
    return NetworkWeights((DenseWeights(np.zeros((784, 10), np.float32), np.zeros(10, np.float32)),), "relu", 0)


def test_only_the_newest_pair_is_told(owner: QObject, qtbot: QtBot, starter: Digits) -> None:
    work, may_go_on = ConfusionWork(owner), threading.Event()

    def slowly(run_id: str) -> NetworkWeights:
        may_go_on.wait()
        return zeros(run_id)

    work.want(("1", "2"), starter, slowly)
    work.want(("1", "3"), starter, zeros)
    qtbot.waitUntil(lambda: work.pair is not None)
    may_go_on.set()
    qtbot.waitUntil(lambda: not owner.findChildren(Job))
    assert work.pair is not None
    assert work.pair.ids == ("1", "3")
    assert work.pair.right == (100, 100)


def test_what_cannot_be_read_is_said(owner: QObject, qtbot: QtBot, starter: Digits) -> None:
    work = ConfusionWork(owner)

    def refuse(run_id: str) -> NetworkWeights:
        raise no_such_run(run_id)

    with qtbot.waitSignal(work.changed):
        work.want(("1", "2"), starter, refuse)
    assert work.problem == "No run “1” is kept here: choose one of the list of runs."
    with qtbot.waitSignal(work.changed):
        work.want(("1", "2"), starter, zeros)
    assert work.problem == ""
    qtbot.waitUntil(lambda: not owner.findChildren(Job))
