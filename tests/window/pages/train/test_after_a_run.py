"""What a learner meets when a run is over: the same once more, another start, more of it, or none of it."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QDoubleSpinBox, QSpinBox, QWidget

from mnist_lab.experiment import LIMITS
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.run import State
from mnist_lab.runs.store import RunStore
from mnist_lab.window.pages.train.choice_words import with_next_seed
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from mnist_lab.window.shell.banner import Banner
from mnist_lab.window.widgets.basic.notice import Notice
from tests.network.runs import made_up_digits
from tests.window.conftest import SMALL, Driver
from tests.window.rebuilding import assert_looks_the_same, rebuild

pytestmark = pytest.mark.keras
BUTTONS = ("startAgainButton", "newStartButton", "goOnButton")


def _told(driver: Driver) -> list[tuple[str, str]]:
    return [(driver.find(QAbstractButton, name).text(), driver.text(f"{name}Sentence")) for name in BUTTONS]


def _is_listed(driver: Driver) -> bool:
    return driver.find(QAbstractButton, "forgetButton").isEnabled()


def test_the_same_again_another_start_and_more_of_it(driver: Driver) -> None:
    lab = driver.window.lab
    assert not driver.find(QWidget, "startAgainButton").isVisible()
    assert not driver.find(QCheckBox, "previousRun").isEnabled()
    driver.click("startButton")
    driver.wait_for_end()
    first, losses = lab.run, lab.run.history.losses.values.copy()
    driver.wait(lambda: driver.text("runName") == "Run 1")
    assert _told(driver) == [
        ("Start again", "Same start, same curve."),
        ("New random start", "Same settings, seed 1."),
        ("Go on: 2 more epochs", "Same network, trained further."),
    ]
    sha256 = first.start_weights.sha256()
    start = driver.find(QAbstractButton, "startHash")
    assert not start.isVisible(), "there is nothing to compare it with"

    driver.find(QSpinBox, "batchSize").setValue(64)
    driver.find(QDoubleSpinBox, "learningRate").setValue(0.5)
    driver.click("startAgainButton")
    assert driver.find(QSpinBox, "batchSize").value() == 128, "the form has what is trained"
    assert "You had set others: learning rate, batch size." in driver.find(Notice, "problemNotice").text
    driver.wait(lambda: lab.run is not first)
    driver.wait_for_end()
    again = lab.run
    driver.click("acceptOfferButton")
    assert lab.draft.experiment == first.experiment.changed(batch_size=64, learning_rate=0.5)
    assert driver.find(QSpinBox, "batchSize").value() == 64
    lab.draft.set_experiment(again.experiment)
    np.testing.assert_array_equal(again.history.losses.values, losses)
    assert again.start_weights.sha256() == sha256
    assert start.isVisible()
    for name in ("lossPlot", "accuracyPlot"):
        assert "pale behind it: run 1." in driver.find(CurvePlot, name).accessibleDescription()

    driver.click("newStartButton")
    assert driver.find(QSpinBox, "seed").value() == 1
    assert not driver.window.findChild(Banner).isVisible(), "nothing that was entered is gone"
    driver.wait(lambda: lab.run is not again)
    driver.wait_for_end()
    other = lab.run
    assert other.experiment == first.experiment.changed(seed=1)
    assert other.start_weights.sha256() != sha256

    driver.find(QSpinBox, "epochs").setValue(3)
    assert _told(driver)[2][0] == "Go on: 3 more epochs"
    driver.click("goOnButton")
    driver.wait_for_end()
    assert lab.run is other
    assert [end.epoch for end in other.history.epochs] == [1, 2, 3, 4, 5]
    assert other.state is State.FINISHED
    assert [(row.number, row.epochs_done) for row in RunStore().rows()] == [(3, 5), (2, 2), (1, 2)]
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_F10)
    driver.wait(lambda: other.updates == 5 * 32 + 1 and other.state is State.PAUSED)
    assert not driver.find(QWidget, "goOnButton").isVisible(), "it is live: Resume goes on"
    driver.click("stopButton")
    driver.wait_for_end()
    assert _told(driver)[2][0] == "Go on: to epoch 6"
    driver.press("previousRun", Qt.Key.Key_Space)
    assert "pale" not in driver.find(CurvePlot, "lossPlot").accessibleDescription()
    assert_looks_the_same(driver)
    driver.press("previousRun", Qt.Key.Key_Space)
    assert "pale behind it: run 2." in driver.find(CurvePlot, "lossPlot").accessibleDescription()
    assert_looks_the_same(driver)


def test_a_forgotten_run_is_gone_until_that_is_taken_back(driver: Driver) -> None:
    lab = driver.window.lab
    driver.click("startButton")
    driver.wait_for_end()
    run = lab.run
    driver.wait(lambda: _is_listed(driver))
    lab.shelf.rename(run.id, "narrow")
    assert driver.text("runName") == "Run 1 “narrow”"
    driver.click("forgetButton")
    assert lab.look.source_id == ""
    assert driver.text("trainingStatus").startswith("Not started.")
    assert driver.text("runName") == ""
    assert not driver.find(QWidget, "startAgainButton").isVisible()
    assert "Empty" in driver.find(CurvePlot, "lossPlot").accessibleDescription()
    driver.wait(lambda: not RunStore().rows())
    driver.click("acceptOfferButton")
    driver.wait(lambda: lab.run is not None and not lab.is_computing)
    assert (lab.run.id, lab.run.updates) == (run.id, 64)
    assert driver.text("runName") == "Run 1 “narrow”"
    assert _told(driver)[2] == ("Go on: 2 more epochs", "Same network, trained further.")
    driver.click("goOnButton")
    driver.wait(lambda: lab.run.updates == 128)
    driver.wait_for_end()
    assert [end.epoch for end in lab.run.history.epochs] == [1, 2, 3, 4]
    driver.click("newStartButton")
    driver.wait(lambda: lab.run.id != run.id)
    driver.wait_for_end()
    other = lab.run
    lab.open_run(run.id)
    driver.wait(lambda: lab.run.id == run.id and _is_listed(driver))
    driver.click("forgetButton")
    assert lab.run is other, "the run that was trained last"
    assert "pale" not in driver.find(CurvePlot, "lossPlot").accessibleDescription()


def test_why_a_run_is_not_kept_stays_to_be_read(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_others: object) -> None:
        raise StoreError("The disk is full: make room.")

    notice = driver.find(Notice, "notKeptNotice")
    with monkeypatch.context() as patch:
        patch.setattr(RunStore, "begin", refuse)
        driver.click("stepButton")
        driver.wait(lambda: "Training goes on, but this run is not kept yet" in notice.text)
        assert not driver.window.findChild(Banner).isVisible(), "one sentence stands once"
        driver.window.lab.problem.emit("Something else is wrong.")
        driver.click("startButton")
        driver.wait_for_end()
    driver.wait(lambda: notice.text == "The disk is full: make room. The run has ended, and it is not kept.")
    assert notice.isVisible()
    assert not driver.window.findChild(Banner).isVisible(), "one sentence stands once, and none that is older"
    assert driver.text("runName") == ""
    assert not driver.find(QAbstractButton, "forgetButton").isEnabled()
    rebuild(driver)
    assert driver.find(Notice, "notKeptNotice").isVisible()
    driver.click("startAgainButton")
    driver.wait(lambda: not driver.find(Notice, "notKeptNotice").isVisible())
    driver.wait_for_end()
    assert "the run before" in driver.find(CurvePlot, "lossPlot").accessibleDescription()


def test_other_digits_and_another_rate_are_told(driver: Driver) -> None:
    lab = driver.window.lab
    driver.click("stepButton")
    driver.wait(lambda: lab.run is not None and lab.run.state is State.PAUSED)
    lab.draft.set_experiment(lab.draft.experiment.changed(learning_rate=0.01))
    driver.click("startButton")
    driver.wait_for_end()
    assert _told(driver)[0] == ("Start again", "Same start, the first rate throughout.")
    lab.supply.digits = made_up_digits(100, 20)
    lab.supply.changed.emit()
    assert [words for _, words in _told(driver)[:2]] == 2 * ["Other digits are in use now."]
    assert [driver.find(QAbstractButton, name).isEnabled() for name in BUTTONS] == [False, False, True]


def test_after_the_last_seed_comes_the_first() -> None:
    last = SMALL.changed(seed=int(LIMITS["seed"].maximum))
    assert with_next_seed(last).seed == 0
    assert with_next_seed(SMALL).seed == 1
