"""The naive way is built again: what was probed, chosen and measured stays, and what goes on goes on."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTabBar

from mnist_lab.experiment import Experiment
from mnist_lab.window.pages.descent.naive.weight_picker import WeightPicker
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.stat_card import StatCard
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox, WholeNumberBox
from mnist_lab.window.widgets.plots.xy_plot import XyPlot
from tests.window.conftest import Driver
from tests.window.rebuilding import assert_looks_the_same, rebuild

TINY = Experiment(hidden_units=(2,), epochs=1)
CHAPTER = Experiment()
CURVE, NAIVE = 0, 4


def _open(driver: Driver, stage: int) -> None:
    driver.window.show_page_named("descentPage")
    driver.find(QTabBar, "descentTabs").setCurrentIndex(NAIVE)
    driver.click(f"naiveStage{stage}")


def _train(driver: Driver) -> None:
    driver.window.lab.start()
    driver.wait_for_end()


def _verdict(driver: Driver, name: str) -> str:
    return driver.find(Notice, name).text


def test_the_probes_of_the_card_stay(driver: Driver) -> None:
    _open(driver, 1)
    driver.press("cardKnob", Qt.Key.Key_PageUp)
    driver.click("cardProbe")
    driver.press("cardKnob", Qt.Key.Key_PageDown, Qt.Key.Key_PageDown)
    driver.click("cardProbe")
    driver.press("cardReveal", Qt.Key.Key_Space)
    driver.press("cardKnob", Qt.Key.Key_Left)
    assert_looks_the_same(driver)
    assert driver.find(StatCard, "cardMove").value == "−0.05"
    driver.click("cardProbe")
    assert driver.find(StatCard, "cardPasses").value == "3"
    driver.click("cardAgain")
    assert_looks_the_same(driver)
    assert driver.find(StatCard, "cardPasses").value == "0"


@pytest.mark.keras
@pytest.mark.experiment(TINY)
def test_the_chosen_weight_its_curve_and_the_part_looked_at_stay(driver: Driver) -> None:
    _train(driver)
    _open(driver, 2)
    driver.find(WholeNumberBox, "naiveUnit").setValue(1)
    driver.find(RealNumberBox, "naiveReach").setValue(2.0)
    driver.press("naiveWeights", Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Return)
    driver.wait(lambda: not driver.window.lab.is_computing)
    points = driver.find(XyPlot, "naiveLossPlot").points("loss")
    assert_looks_the_same(driver)
    assert driver.find(WeightPicker, "naiveWeights").chosen == (12, 14)
    plot = driver.find(XyPlot, "naiveLossPlot")
    np.testing.assert_array_equal(plot.points("loss"), points)
    driver.press("naiveLossPlot", Qt.Key.Key_Plus)
    assert plot.is_zoomed
    assert_looks_the_same(driver)
    assert driver.find(XyPlot, "naiveLossPlot").is_zoomed


@pytest.mark.keras
@pytest.mark.experiment(TINY)
@pytest.mark.parametrize("is_seen", [True, False])
def test_a_curve_on_its_way_to_the_descent_tab_arrives_there_once(driver: Driver, is_seen: bool) -> None:
    _train(driver)
    _open(driver, 2)
    driver.wait(lambda: driver.find(QAbstractButton, "naiveTake").isEnabled())
    gallery = driver.find(QComboBox, "descentFunction")
    before = gallery.count()
    driver.click("naiveTake")
    if not is_seen:  # then there is no Descent page when it arrives
        driver.window.show_page_named("dataPage")
    rebuild(driver)
    driver.wait(lambda: not driver.window.lab.is_computing)
    driver.window.show_page_named("descentPage")
    driver.wait(lambda: driver.find(QComboBox, "descentFunction").count() == before + 1)
    rebuild(driver)
    assert driver.find(QComboBox, "descentFunction").count() == before + 1
    assert driver.find(QAbstractButton, "naiveTake").isEnabled()


@pytest.mark.keras
@pytest.mark.experiment(TINY)
def test_the_sweeps_result_stays(driver: Driver) -> None:
    _train(driver)
    _open(driver, 3)
    amount = driver.find(QComboBox, "sweepAmount")
    amount.setCurrentIndex(amount.findData(100))
    driver.find(QComboBox, "sweepScheme").setCurrentIndex(1)
    driver.click("sweepStart")
    driver.wait(lambda: "same bytes" in driver.text("sweepProof"))
    assert_looks_the_same(driver)
    assert driver.find(StatCard, "sweepPasses").value == "101"
    assert driver.find(QComboBox, "sweepAmount").currentData() == 100
    assert len(driver.find(XyPlot, "sweepPlot").points("slopes")[0]) == 100


@pytest.mark.keras
@pytest.mark.experiment(CHAPTER)
@pytest.mark.parametrize("is_seen", [True, False])
def test_a_sweep_goes_on_and_can_be_stopped_from_the_new_page(driver: Driver, is_seen: bool) -> None:
    lab = driver.window.lab
    lab.step()
    driver.wait(lambda: lab.live.is_paused and lab.weights is not None)
    _open(driver, 3)
    driver.click("sweepStart")
    rebuild(driver)
    assert not driver.find(QAbstractButton, "sweepStart").isEnabled()
    driver.wait(lambda: " left" in _verdict(driver, "sweepVerdict"))
    passes = driver.find(StatCard, "sweepPasses").value
    if not is_seen:
        driver.window.show_page_named("dataPage")
    rebuild(driver)
    driver.window.show_page_named("descentPage")
    assert " left" in _verdict(driver, "sweepVerdict")
    driver.wait(lambda: driver.find(StatCard, "sweepPasses").value != passes)
    driver.click("sweepStop")
    driver.wait(lambda: "same bytes" in driver.text("sweepProof"))
    done = int(_verdict(driver, "sweepVerdict").split()[0].replace(",", ""))
    assert driver.find(StatCard, "sweepPasses").value == f"{2 * done:,}"
    assert driver.find(QAbstractButton, "sweepStart").isEnabled()
    lab.live.stop()
    driver.wait_for_end()


@pytest.mark.keras
@pytest.mark.experiment(TINY)
def test_a_race_that_goes_on_ends_in_the_new_page(driver: Driver) -> None:
    _train(driver)
    _open(driver, 4)
    driver.find(WholeNumberBox, "racePasses").setValue(60)
    driver.find(RealNumberBox, "raceRate").setValue(0.2)
    driver.click("raceStart")
    rebuild(driver)
    driver.wait(lambda: _verdict(driver, "raceVerdict").startswith("Loss lowered"))
    driver.find(WholeNumberBox, "racePasses").setValue(100)  # of the next race: the axis is that of the last one
    assert_looks_the_same(driver)
    assert driver.find(WholeNumberBox, "racePasses").value() == 100
    assert driver.find(XyPlot, "racePlot").points("gradient")[0][-1] == 60
