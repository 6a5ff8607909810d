"""The Weights page as a person meets it: opened, trained for, and read."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window.pages import PAGES
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from mnist_lab.window.widgets.pictures.tile_field import TileField
from mnist_lab.window.widgets.pictures.weight_tiles import WeightTiles
from tests.window.conftest import Driver

INDEX = [spec.object_name for spec in PAGES].index("weightsPage")
UNITS, LAYERS, UPDATE, EDIT = range(4)
SGD = Experiment(hidden_units=(16,), epochs=10_000, optimizer="sgd", learning_rate=0.05)
DROPOUT = Experiment(hidden_units=(12, 8), epochs=1, dropout=0.3)
TWO_LAYERS = Experiment(hidden_units=(12, 8), epochs=1)


def open_page(driver: Driver, tab: int = UNITS) -> None:
    driver.window.show_page(INDEX)
    bar = driver.find(QTabBar, "weightsTabs")
    driver.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(tab).center())
    assert bar.currentIndex() == tab


def train(driver: Driver) -> NetworkWeights:
    driver.window.lab.start()
    driver.wait_for_end()
    assert driver.window.lab.weights is not None
    return driver.window.lab.weights


def settle(driver: Driver) -> None:
    driver.wait(lambda: not driver.window.lab.is_computing)


def copied(weights: NetworkWeights) -> list[bytes]:
    return [array.tobytes() for layer in weights.layers for array in (layer.kernel, layer.bias)]


def order_of(field: TileField) -> list[int]:
    """The units in the order in which they stand, where it is not by number."""
    assert field.order is not None
    return [int(unit) for unit in field.order]


def values_of(picture: MatrixPicture) -> NDArray[np.floating]:
    assert picture.values is not None
    return picture.values


def open_unit(driver: Driver, unit: int) -> None:
    field = driver.find(WeightTiles, "unitTiles").field
    driver.qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=field.tile_rect(unit).center().toPoint())
