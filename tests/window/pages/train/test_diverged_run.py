"""A run that diverged, and a hint, lead to the range test, with the run's own settings."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QStackedWidget, QTabBar

from mnist_lab.experiment import Experiment
from mnist_lab.runs.run import State
from mnist_lab.window.pages.run_hints import RunHints
from mnist_lab.window.state.hinting import Hint, Hinting
from mnist_lab.window.state.offer import Offer
from tests.window.conftest import SMALL, Driver

_RUNS_AWAY = Experiment(hidden_units=(24,), epochs=1, optimizer="sgd", learning_rate=1000.0, activation="linear")


def test_the_hint_opens_it(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hinting, "hints", (Hint("range_test", {"points": 6.8, "rate": 1.0}),))
    hints = RunHints(driver.window.lab, "raised")
    driver.qtbot.addWidget(hints)
    assert hints.line is not None
    assert "fallen by up to 6.8 percentage points" in hints.line.says
    assert hints.line.action == "Range test"
    hints.acted.emit()
    assert driver.find(QStackedWidget, "pages").currentWidget().objectName() == "experimentsPage"
    assert driver.window.focusWidget().objectName() == "rangeTestStart"


@pytest.mark.keras
@pytest.mark.experiment(_RUNS_AWAY)
def test_the_range_test_is_one_click_away(driver: Driver) -> None:
    lab = driver.window.lab
    offers: list[Offer] = []
    lab.offered.connect(offers.append)
    assert not driver.find(QAbstractButton, "gapRangeTestButton").isVisible()
    driver.click("startButton")
    driver.wait_for_end()
    assert lab.run is not None
    assert lab.run.state is State.DIVERGED
    lab.draft.set_experiment(SMALL)
    driver.click("gapRangeTestButton")
    assert driver.find(QStackedWidget, "pages").currentWidget().objectName() == "experimentsPage"
    bar = driver.find(QTabBar, "experimentsTabBar")
    assert bar.tabText(bar.currentIndex()) == "Range test"
    assert driver.window.focusWidget().objectName() == "rangeTestStart"
    assert driver.find(QLabel, "rangeTestAnswer").text() == "Not tested yet."
    assert lab.draft.experiment == _RUNS_AWAY
    offers[-1].accept()
    assert lab.draft.experiment == SMALL
