"""What a newcomer sees who opens the lab for the first time and presses Start."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.app import create_window
from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Finished
from mnist_lab.runs.run import Run, State
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from mnist_lab.window.state import first_run
from mnist_lab.window.widgets.basic.notice import Notice
from tests.window.conftest import SMALL, Driver
from tests.window.rebuilding import rebuild

pytestmark = pytest.mark.keras
SAID = "Only this first run is slowed down."
SMALL_SCREEN = (1092, 614 - 40)
"""1366×768 at 125 %, under the title bar, in logical pixels."""


def newcomer(qtbot: QtBot, experiment: Experiment | None = None) -> Driver:
    window = create_window("starter", experiment)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.lab.digits is not None)
    return Driver(qtbot, window)


def _settled_places(driver: Driver) -> list[QRect]:
    """Where the two columns are, once the layout of each inner widget has reached the outer ones: a few rounds."""
    for _ in range(5):
        QApplication.processEvents()
    return [driver.find(QWidget, name).geometry() for name in ("settingsArea", "picturesArea")]


def test_the_first_run_can_be_watched_until_one_wants_full_speed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """In small: which run is slowed down, and how far, is tested with `FirstRun`."""

    def speed(_run: Run) -> int:
        return 16

    monkeypatch.setattr(first_run, "watchable_speed", speed)
    driver = newcomer(qtbot, SMALL)
    lab, switch = driver.window.lab, driver.find(QAbstractButton, "accuracyCloseUp")
    place = switch.mapTo(driver.window, QPoint())
    assert SAID not in driver.text("trainingStatus")
    assert not driver.find(QAbstractButton, "fullSpeedButton").isVisible()
    driver.click("startButton")
    driver.wait(lambda: SAID in driver.text("trainingStatus"))
    status = driver.find(QLabel, "trainingStatus")
    driver.window.resize(*SMALL_SCREEN)
    QApplication.processEvents()
    for plot in (driver.find(CurvePlot, name) for name in ("lossPlot", "accuracyPlot")):
        assert plot.viewport().visibleRegion().boundingRect() == plot.viewport().rect(), "whole, with its x axis"
    assert status.height() <= 2 * status.fontMetrics().lineSpacing()
    places = _settled_places(driver)
    lab.draft.set_experiment(SMALL.changed(seed=3, batch_size=64))
    assert driver.find(Notice, "nextRunNotice").text.startswith("For the next run: batch size, seed.")
    assert _settled_places(driver) == places
    lab.draft.set_experiment(SMALL)
    driver.window.resize(1280, 800)
    QApplication.processEvents()
    assert driver.find(QComboBox, "slowMotion").currentText() == "16 updates a second"
    assert switch.mapTo(driver.window, QPoint()) == place, "nothing moved"
    rebuild(driver)
    assert driver.find(QComboBox, "slowMotion").currentText() == "16 updates a second"
    driver.press("fullSpeedButton", Qt.Key.Key_Space)
    assert not driver.find(QAbstractButton, "fullSpeedButton").isVisible()
    assert driver.find(QComboBox, "slowMotion").currentText() == "off"
    assert driver.window.focusWidget().objectName() == "pauseButton"
    driver.wait_for_end()
    assert lab.run.state is State.FINISHED
    assert SAID not in driver.text("trainingStatus")
    assert (lab.live.slow_first, lab.live.slow_motion) == (None, None), "the next run is fast"


@pytest.mark.acceptance
def test_it_lasts_about_ten_seconds_and_the_next_one_a_moment(qtbot: QtBot) -> None:
    driver = newcomer(qtbot)
    for least, most in ((9, 15), (0, 3)):
        driver.click("startButton")
        driver.wait_for_end()
        outcome = driver.window.lab.run.outcome
        assert isinstance(outcome, Finished)
        assert least <= outcome.training_seconds <= most
