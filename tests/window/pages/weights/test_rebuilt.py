"""The Weights page is thrown away and built again: units, layer, update and edited copy are as they were."""

from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QListWidget,
    QSpinBox,
    QTabBar,
)

from mnist_lab.inspection.units import order_by_digit
from mnist_lab.window.pages.weights.histogram_picture import HistogramPicture
from mnist_lab.window.pages.weights.layer_plot import LayerPlot
from mnist_lab.window.pages.weights.signed_bars import SignedBars
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from mnist_lab.window.widgets.pictures.weight_tiles import WeightTiles
from tests.window.conftest import Driver
from tests.window.pages.weights.steps import (
    EDIT,
    LAYERS,
    SGD,
    TWO_LAYERS,
    UNITS,
    UPDATE,
    open_page,
    open_unit,
    settle,
    train,
)

pytestmark = pytest.mark.keras


def rebuild(driver: Driver) -> None:
    driver.window.rebuild()
    driver.wait(lambda: driver.find(QTabBar, "weightsTabs").isVisible())
    settle(driver)


def _stands_at(driver: Driver, updates: int) -> bool:
    """Whether the run waits there and its weights have come too: they travel apart from what is told of it."""
    lab = driver.window.lab
    is_waiting = lab.live.is_paused and lab.run is not None and lab.run.updates == updates
    return is_waiting and lab.weights is not None and lab.weights.updates == updates


def take_steps(driver: Driver, count: int) -> None:
    """Train so many batches, and let the run wait."""
    lab = driver.window.lab
    for _ in range(count):
        before = 0 if lab.run is None else lab.run.updates
        lab.step()
        driver.wait(partial(_stands_at, driver, before + 1))


@pytest.mark.experiment(SGD)
def test_the_order_of_units_is_that_of_the_moment_it_was_chosen(driver: Driver) -> None:
    take_steps(driver, 1)
    open_page(driver, UNITS)
    choice = driver.find(QComboBox, "unitOrder")
    choice.setCurrentIndex(choice.findData(7))
    open_unit(driver, 11)
    driver.qtbot.keyClick(driver.find(WeightTiles, "unitTiles").field, Qt.Key.Key_Home)
    tiles = driver.find(WeightTiles, "unitTiles")
    assert tiles.field.order is not None
    order, selected, limit = tiles.field.order.tolist(), tiles.field.selected, tiles.limit
    assert selected == order[0] != 11
    take_steps(driver, 30)
    assert driver.window.lab.weights is not None
    assert order_by_digit(driver.window.lab.weights, 0, 7).tolist() != order, "else the order says nothing"
    rebuild(driver)
    tiles = driver.find(WeightTiles, "unitTiles")
    assert tiles.field.order is not None
    assert (tiles.field.order.tolist(), tiles.field.selected) == (order, selected)
    assert tiles.limit >= limit
    assert driver.find(QComboBox, "unitOrder").currentData() == 7
    kernel = driver.window.lab.weights.layers[0].kernel
    np.testing.assert_array_equal(driver.find(MatrixPicture, "unitPicture").values, kernel[:, 11].reshape(28, 28))
    driver.window.lab.live.stop()
    driver.wait_for_end()


def test_the_change_since_the_start_stays_shown_on_its_own_scale(driver: Driver) -> None:
    train(driver)
    open_page(driver, UNITS)
    whole = driver.find(WeightTiles, "unitTiles").limit
    driver.click("showChange")
    tiles = driver.find(WeightTiles, "unitTiles")
    kernel, limit = tiles.field.kernel, tiles.limit
    assert limit != whole
    rebuild(driver)
    tiles = driver.find(WeightTiles, "unitTiles")
    assert driver.find(QCheckBox, "showChange").isChecked()
    np.testing.assert_array_equal(tiles.field.kernel, kernel)
    assert tiles.limit == limit


@pytest.mark.experiment(TWO_LAYERS)
def test_the_layer_its_curves_and_where_one_looks_closer_stay(driver: Driver) -> None:
    open_page(driver, LAYERS)
    train(driver)
    settle(driver)
    driver.find(QComboBox, "layerChoice").setCurrentIndex(0)
    driver.press("strengthPlot", Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    plot = driver.find(LayerPlot, "strengthPlot")
    ranges, updates = plot.getViewBox().viewRange(), plot.updates.tolist()
    words = driver.find(HistogramPicture, "layerHistogram").words
    assert len(updates) > 1
    rebuild(driver)
    plot = driver.find(LayerPlot, "strengthPlot")
    assert driver.find(QComboBox, "layerChoice").currentIndex() == 0
    assert plot.getViewBox().viewRange() == ranges
    assert plot.updates.tolist() == updates
    assert driver.find(HistogramPicture, "layerHistogram").words == words
    driver.press("strengthPlot", Qt.Key.Key_0)
    assert plot.getViewBox().viewRange() != ranges


@pytest.mark.experiment(SGD)
def test_the_update_that_was_looked_at_stays(driver: Driver) -> None:
    open_page(driver, UPDATE)
    take_steps(driver, 1)
    driver.wait(lambda: driver.find(QAbstractButton, "nextUpdateButton").isEnabled())
    known = driver.window.lab.look.update
    driver.click("nextUpdateButton")
    driver.wait(lambda: driver.window.lab.look.update is not known)
    settle(driver)
    driver.find(QSpinBox, "updateUnit").setValue(3)
    facts, values = driver.text("updateFacts"), driver.find(MatrixPicture, "updateGradient").values
    assert values is not None
    rebuild(driver)
    assert driver.find(QSpinBox, "updateUnit").value() == 3
    assert driver.text("updateFacts") == facts != ""
    np.testing.assert_array_equal(driver.find(MatrixPicture, "updateGradient").values, values)
    driver.window.lab.live.stop()
    driver.wait_for_end()


def test_an_edited_copy_stays_with_its_history_and_its_form(driver: Driver) -> None:
    train(driver)
    open_page(driver, EDIT)
    kind = driver.find(QComboBox, "editKind")
    kind.setCurrentIndex(kind.findData("off"))
    driver.click("applyEditButton")
    kind.setCurrentIndex(kind.findData("weight"))
    driver.find(QComboBox, "editLayer").setCurrentIndex(1)
    driver.find(QSpinBox, "editUnit").setValue(4)
    driver.find(QSpinBox, "editInput").setValue(6)
    driver.find(QDoubleSpinBox, "editAmount").setValue(0.75)
    driver.click("applyEditButton")
    driver.qtbot.keyClicks(driver.find(QLineEdit, "keptName"), "mine")
    settle(driver)
    edits, points = _edits(driver), driver.find(SignedBars, "editDigits").values
    rebuild(driver)
    assert _edits(driver) == edits
    assert len(edits) == 2
    assert driver.find(SignedBars, "editDigits").values == points
    assert driver.find(QComboBox, "editKind").currentData() == "weight"
    assert driver.find(QComboBox, "editLayer").currentIndex() == 1
    assert [driver.find(QSpinBox, name).value() for name in ("editUnit", "editInput")] == [4, 6]
    assert driver.find(QDoubleSpinBox, "editAmount").value() == 0.75
    assert driver.find(QLineEdit, "keptName").text() == "mine"
    matrix = driver.find(MatrixPicture, "editedUnit").values
    assert matrix is not None
    assert matrix.ravel()[6] == pytest.approx(0.75)
    driver.click("undoEditButton")
    assert _edits(driver) == edits[:1]
    driver.click("undoEditButton")
    assert _edits(driver) == []


def _edits(driver: Driver) -> list[str]:
    edits = driver.find(QListWidget, "editList")
    return [edits.item(row).text() for row in range(edits.count())]
