"""What the initial weights of a run are good for is said where they are shown, not only to who points at them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.runs.run import Run
from mnist_lab.window.pages.train.which_run import WhichRun
from tests.inspection.test_network_file import network
from tests.runs.test_gap import run_of
from tests.window.hand import Hand

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what lies over all, without a screen


def _run(number: int, start: NetworkWeights) -> Run:
    run = run_of()
    run.number, run.start_weights = number, start
    return run


def test_the_initial_weights_are_explained_compared_and_copied(qtbot: QtBot) -> None:
    line, start = WhichRun(), network(3)
    first = _run(1, start)
    qtbot.addWidget(line)
    line.show()
    hand, told = Hand(qtbot, line), line.findChild(QLabel, "startHashExplanationText")
    line.show_run(first)
    assert not hand.find(QAbstractButton, "startHash").isVisible(), "there is nothing to compare it with"
    sha256 = start.sha256()
    for before, words in (
        (None, "bit for bit."),
        (_run(7, start), "Run 7, which you looked at before, began with the same."),
        (_run(8, network(3)), "Run 8, which you looked at before, began with others."),
    ):
        line.show_run(first, before=before, can_compare=True)
        assert hand.find(QAbstractButton, "startHash").text() == "initial weights"
        hand.click("startHash")
        assert told.text().endswith(words)
        assert sha256 in told.text().replace(" ", "")
        assert QApplication.clipboard().text() == sha256
        qtbot.keyClick(told.window(), Qt.Key.Key_Escape)
