"""A hint is one quiet line: why it is said, what can be done about it, and the way to be rid of it."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QDoubleSpinBox, QFrame, QLabel, QWidget

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.window.widgets.basic.hint_strip import HintStrip
from mnist_lab.window.widgets.basic.notice import Notice
from tests.window.conftest import SMALL, Driver
from tests.window.rebuilding import rebuild

pytestmark = [
    pytest.mark.keras,
    pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard"),  # for what lies over all
]
TOO_HIGH = "The learning rate is too high"


def _train(driver: Driver, experiment: Experiment) -> str:
    lab = driver.window.lab
    before = lab.run
    lab.draft.set_experiment(experiment)
    driver.click("startButton")
    driver.wait(lambda: lab.run is not before)
    driver.wait_for_end()
    driver.wait(lambda: not lab.is_computing)
    return lab.run.id


def _title(driver: Driver) -> str:
    """What the line says; "" where there is none."""
    strip = driver.find(HintStrip, "hintStrip")
    return driver.text("hintTitle") if strip.isVisible() else ""


def _places(driver: Driver) -> list[QRect]:
    return [driver.find(QWidget, name).geometry() for name in ("lossPlot", "weightTiles", "startAgainButton")]


def test_a_bad_rate_is_told_explained_and_put_right_and_what_was_there_comes_back(driver: Driver) -> None:
    lab, rate = driver.window.lab, driver.find(QDoubleSpinBox, "learningRate")
    good = _train(driver, SMALL)
    assert _title(driver) == "", "a usual run has none"
    places = _places(driver)
    bad = _train(driver, SMALL.changed(learning_rate=3.0))
    assert _title(driver) == TOO_HIGH
    assert _places(driver) == places, "nothing has moved"

    explanation, text = driver.find(QFrame, "hintExplanation"), driver.find(QLabel, "hintExplanationText")
    driver.click("hintWhyButton")
    assert explanation.isVisible()
    assert text.text().startswith("The loss jumps instead of falling: with a learning rate of 3 ")
    assert "Try 0.001." in text.text()
    assert "**Descent**" in text.text()
    driver.qtbot.keyClick(explanation, Qt.Key.Key_Escape)
    assert not explanation.isVisible()

    apply = driver.find(QAbstractButton, "hintActButton")
    assert apply.toolTip() == "Sets learning rate to 0.001 in the form. Undo brings back what stands there now."
    driver.press("hintActButton", Qt.Key.Key_Space)
    assert rate.value() == 0.001
    assert not apply.isEnabled()
    assert driver.window.focusWidget().objectName() == "startButton", "what comes next"
    assert "Set in the form: learning rate 0.001." in driver.find(Notice, "problemNotice").text
    driver.click("acceptOfferButton")
    assert rate.value() == 3.0
    assert apply.isEnabled()
    rebuild(driver)
    assert _title(driver) == TOO_HIGH

    lab.open_run(good)
    driver.wait(lambda: lab.run.id == good)
    assert _title(driver) == ""
    lab.open_run(bad)
    driver.wait(lambda: lab.run.id == bad)
    driver.wait(lambda: not lab.is_computing)
    assert _title(driver) == TOO_HIGH
    driver.press("hintCloseButton", Qt.Key.Key_Space)
    assert _title(driver) == ""
    assert driver.window.focusWidget().objectName() == "startButton"
    lab.open_run(good)
    driver.wait(lambda: lab.run.id == good)
    lab.open_run(bad)
    driver.wait(lambda: lab.run.id == bad)
    rebuild(driver)
    assert _title(driver) == "", "for this run it was put away"

    _train(driver, SMALL.changed(learning_rate=3.0))
    assert _title(driver) == TOO_HIGH, "for another it was not"
    switch = driver.window.findChild(QAction, "hintsAction")
    assert switch.isChecked()
    switch.trigger()
    assert _title(driver) == ""
    kept = lab.views.to_keep()["Hints"]["hints"]
    assert kept == {"is_on": False, "put_away": [f"{bad} rate_too_high"]}
    rebuild(driver)
    assert _title(driver) == ""
    switch = driver.window.findChild(QAction, "hintsAction")
    assert not switch.isChecked()
    switch.trigger()
    assert _title(driver) == TOO_HIGH


@pytest.mark.experiment(SMALL.changed(epochs=10_000, learning_rate=3.0))
def test_a_run_that_goes_on_has_a_better_rate_at_once(driver: Driver) -> None:
    lab = driver.window.lab
    driver.click("startButton")
    driver.wait(lambda: _title(driver) == TOO_HIGH)
    assert lab.run is not None
    act = driver.find(QAbstractButton, "hintActButton")
    assert "Sets learning rate to 0.001 in the form and in this run." in act.toolTip()
    driver.click("hintActButton")
    assert lab.run.learning_rate == 0.001
    driver.click("acceptOfferButton")
    assert lab.run.learning_rate == 3.0
    driver.click("hintActButton")
    driver.click("stopButton")
    driver.wait_for_end()
    before = lab.run
    driver.click("startButton")
    driver.wait(lambda: lab.run is not before and lab.run.updates > 0)
    assert not driver.find(QAbstractButton, "acceptOfferButton").isVisible(), "that one began with it"
    assert (lab.draft.experiment.learning_rate, lab.run.learning_rate) == (0.001, 0.001)
    driver.click("stopButton")
    driver.wait_for_end()


@pytest.fixture
def mislabelled(starter: Digits, tmp_path: Path) -> Path:
    """The starter set, of whose test images half of the nines are called four."""
    labels = starter.test_labels.copy()
    nines = np.flatnonzero(labels == 9)
    labels[nines[::2]] = 4
    path = tmp_path / "mislabelled.npz"
    np.savez(
        path,
        x_train=starter.train_images,
        y_train=starter.train_labels,
        x_test=starter.test_images,
        y_test=labels,
    )
    return path


@pytest.mark.experiment(SMALL.changed(epochs=6))
def test_two_digits_that_are_mixed_up_are_shown(driver: Driver, mislabelled: Path) -> None:
    lab = driver.window.lab
    before = lab.digits
    lab.supply.load(str(mislabelled))
    driver.wait(lambda: lab.digits is not before)
    _train(driver, lab.draft.experiment)
    assert _title(driver) == "Two digits it mixes up"
    act = driver.find(QAbstractButton, "hintActButton")
    assert (act.text(), act.toolTip()) == (
        "Show me",
        "Opens Evaluate with the pictures of 4 that it takes for 9.",
    )
    driver.click("hintActButton")
    driver.wait(lambda: "of 4 taken for 9" in driver.text("galleryHeading"))
    QApplication.processEvents()
    assert driver.find(QWidget, "confusionMatrix").isVisible()
