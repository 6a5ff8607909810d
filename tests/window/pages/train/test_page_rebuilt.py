"""What is typed on the Train page, and how one looks at its run, outlives the page."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QDoubleSpinBox, QSpinBox

from mnist_lab.window.pages.train.curve_plot import CurvePlot
from mnist_lab.window.pages.train.hidden_layers import HiddenLayers
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.pictures.weight_tiles import WeightTiles
from tests.window.conftest import Driver
from tests.window.rebuilding import difference, page_picture, rebuild


def type_into(driver: Driver, name: str, text: str) -> None:
    field = driver.find(QSpinBox, name)
    field.setFocus()
    field.selectAll()
    driver.qtbot.keyClicks(field, text)


def notices(driver: Driver) -> list[str]:
    return [notice.text for notice in driver.window.findChildren(Notice) if notice.isVisible()]


def test_a_text_that_is_no_number_stays_as_it_is_typed(driver: Driver) -> None:
    type_into(driver, "hiddenUnits", "51264")
    experiment, problem, said = driver.window.lab.draft.experiment, driver.window.lab.draft.problem, notices(driver)
    assert "too large" in problem
    rebuild(driver)
    field = driver.find(QSpinBox, "hiddenUnits")
    assert field.text() == "51264"
    assert field.hasFocus()
    assert driver.window.lab.draft.problem == problem
    assert driver.window.lab.draft.experiment == experiment
    assert notices(driver) == said
    driver.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == str(experiment.hidden_units[0])
    assert driver.window.lab.draft.problem == ""
    rebuild(driver)
    assert driver.find(QSpinBox, "hiddenUnits").text() == str(experiment.hidden_units[0])


def test_what_was_refused_is_still_told(driver: Driver) -> None:
    type_into(driver, "batchSize", "0")
    driver.find(QAbstractButton, "startButton").setFocus()
    said = notices(driver)
    assert any(text.endswith("128 stays.") for text in said)
    rebuild(driver)
    assert notices(driver) == said
    assert driver.find(QSpinBox, "batchSize").text() == "128"
    assert driver.window.lab.draft.problem == ""


def test_a_page_that_is_only_left_for_another_puts_nothing_back(driver: Driver) -> None:
    type_into(driver, "hiddenUnits", "51264")
    driver.window.show_page_named("dataPage")
    driver.window.show_page_named("trainPage")
    assert driver.find(QSpinBox, "hiddenUnits").text() == "16"
    assert driver.window.lab.draft.problem == ""


def test_settings_that_wait_for_another_optimizer_and_another_layer(driver: Driver) -> None:
    choice = driver.find(QComboBox, "optimizer")
    driver.click("moreSettings")
    choice.setCurrentIndex(choice.findData("sgd_momentum"))
    driver.find(QDoubleSpinBox, "optimizer_momentum").setValue(0.5)
    choice.setCurrentIndex(choice.findData("adam"))
    driver.click("addLayerButton")
    driver.find(QSpinBox, "hiddenUnits2").setValue(33)
    driver.click("removeLayerButton")
    before = page_picture(driver)
    rebuild(driver)
    assert not difference(before, page_picture(driver))
    driver.click("addLayerButton")
    layers = driver.window.findChild(HiddenLayers)
    assert layers is not None
    assert layers.units == (16, 33)
    again = driver.find(QComboBox, "optimizer")
    again.setCurrentIndex(again.findData("sgd_momentum"))
    assert driver.window.lab.draft.experiment.optimizer_settings == {"momentum": 0.5}
    assert driver.find(QDoubleSpinBox, "optimizer_momentum").value() == 0.5


@pytest.mark.keras
def test_how_one_looks_at_a_run_and_not_at_the_next(driver: Driver) -> None:
    driver.click("startButton")
    driver.wait_for_end()
    driver.find(QCheckBox, "lossLogScale").setChecked(True)
    driver.find(QCheckBox, "accuracyCloseUp").setChecked(True)
    driver.press("lossPlot", Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Plus)
    driver.press("weightTilesField", Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Plus)
    loss = driver.find(CurvePlot, "lossPlot")
    readout, ranges = loss.readout, loss.getViewBox().viewRange()
    assert "batch 3" in readout
    before = page_picture(driver)
    rebuild(driver)
    again, tiles = driver.find(CurvePlot, "lossPlot"), driver.find(WeightTiles, "weightTiles")
    assert again is not loss
    assert again.is_zoomed
    np.testing.assert_allclose(again.getViewBox().viewRange(), ranges)
    assert again.readout == readout
    assert driver.find(CurvePlot, "accuracyPlot").readout.split("·")[:2] == readout.split("·")[:2]
    assert (tiles.field.selected, tiles.field.zoom) == (2, 2)
    assert not difference(before, page_picture(driver))
    driver.click("startButton")
    driver.wait_for_end()
    assert not again.is_zoomed
    assert "batch 3 " not in again.readout
    assert again.is_log, "that is a view option"


def test_slow_motion_is_shown_as_it_is(driver: Driver) -> None:
    driver.find(QComboBox, "slowMotion").setCurrentIndex(2)
    assert driver.window.lab.live.slow_motion == 30
    rebuild(driver)
    assert driver.find(QComboBox, "slowMotion").currentText() == "30 updates a second"
    assert driver.window.lab.live.slow_motion == 30
