"""The tiles of the Train page show the weights, or what training has changed in them, and say what colours mean."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from mnist_lab.inspection.edits import ScaleUnit, edited
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.window.pages.train.run_tiles import RunTiles
from mnist_lab.window.pages.train.train_look import TrainLook
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.pictures.weight_tiles import WeightTiles
from tests.window.conftest import SMALL, Driver


def network(updates: int, kernel: np.ndarray) -> NetworkWeights:
    return NetworkWeights((DenseWeights(kernel, np.zeros(kernel.shape[1], np.float32)),), "relu", updates)


KERNEL = np.random.default_rng(0).normal(0, 0.1, (784, 6)).astype(np.float32)
CHANGE = np.zeros((784, 6), np.float32)
CHANGE[100, 2] = 0.012
CHANGE[200, 4] = -0.007
START, NOW = network(0, KERNEL), network(9, KERNEL + CHANGE)


@pytest.fixture
def look() -> TrainLook:
    return TrainLook()


def make(qtbot: QtBot, look: TrainLook) -> RunTiles:
    tiles = RunTiles(look)
    qtbot.addWidget(tiles)
    tiles.resize(700, 260)
    with qtbot.waitActive(tiles):
        tiles.show()
        tiles.activateWindow()
    return tiles


def tiles_of(part: RunTiles) -> WeightTiles:
    tiles = part.findChild(WeightTiles, "weightTiles")
    assert tiles is not None
    return tiles


def test_an_earlier_moment_has_a_scale_of_its_own(qtbot: QtBot, look: TrainLook) -> None:
    """By that of the end it would be blank where the weights have grown; on the way forward nothing is rescaled."""
    part = make(qtbot, look)
    tiles = tiles_of(part)
    middle, end = network(50, 3 * KERNEL), network(100, 20 * KERNEL)
    for shown, times in ((START, 1), (end, 20), (middle, 3), (START, 1), (middle, 3), (network(60, KERNEL), 3)):
        part.show_weights(shown, START)
        assert tiles.limit == pytest.approx(times * np.abs(KERNEL).max(), rel=0.05)


def test_the_change_since_the_start_has_its_own_scale_and_words(qtbot: QtBot, look: TrainLook) -> None:
    part = make(qtbot, look)
    tiles = tiles_of(part)
    caption, switch = part.findChild(QLabel, "tilesCaption"), part.findChild(QCheckBox, "tilesShowChange")
    part.show_weights(NOW, START)
    assert "excites" in caption.text()
    assert tiles.limit > 0.3
    tiles.select(2)
    switch.setFocus()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    assert caption.text() == "Orange: training has raised this weight; blue: it has lowered it."
    np.testing.assert_allclose(tiles.field.kernel, CHANGE, atol=1e-7)
    assert tiles.limit == pytest.approx(0.012)
    assert tiles.field.selected == 2
    tiles.field.setFocus()
    assert tiles.readout.startswith("unit 2 · changes from 0.0000 to +0.0120")
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().center() / 2)
    assert not switch.isChecked()
    np.testing.assert_array_equal(tiles.field.kernel, NOW.layers[0].kernel)
    assert tiles.limit > 0.3


def test_at_the_start_nothing_has_changed(qtbot: QtBot, look: TrainLook) -> None:
    look.shows_change = True
    tiles = make(qtbot, look)
    tiles.show_weights(START, START)
    assert not tiles_of(tiles).field.kernel.any()
    assert tiles_of(tiles).limit == 0
    caption = tiles.findChild(QLabel, "tilesCaption")
    assert caption.text() == "No weight of layer 1 has changed since the start."
    tiles.show_weights(NOW, START)
    assert caption.text() == "Orange: training has raised this weight; blue: it has lowered it."


def test_a_part_that_is_built_anew_shows_what_was_shown(qtbot: QtBot, look: TrainLook) -> None:
    first = make(qtbot, look)
    first.show_weights(NOW, START)
    first.findChild(QCheckBox, "tilesShowChange").setChecked(True)
    again = make(qtbot, look)
    again.show_weights(NOW, START)
    assert again.findChild(QCheckBox, "tilesShowChange").isChecked()
    np.testing.assert_array_equal(tiles_of(again).field.kernel, tiles_of(first).field.kernel)
    assert again.findChild(QLabel, "tilesCaption").text() == first.findChild(QLabel, "tilesCaption").text()
    again.clear()
    assert tiles_of(again).field.units == 0


@pytest.mark.keras
@pytest.mark.experiment(SMALL.changed(epochs=1))
def test_all_of_the_page_is_of_the_run_while_a_kept_network_is_looked_at(driver: Driver) -> None:
    """Nothing of an edited copy is drawn into the run's own units; the page says whose they are, and leads on."""
    lab, notice = driver.window.lab, driver.find(Notice, "lookedRun")
    driver.click("startButton")
    driver.wait_for_end()
    tiles = driver.find(WeightTiles, "weightTiles")
    weights = lab.weights
    assert weights is not None
    lab.keep_network("my cut net", edited(weights, [ScaleUnit(0, 2, 0.0)]))
    assert notice.text.startswith(
        "Curves and units are of run 1. Network and other pages show the kept network “my cut net”."
    )
    assert "Hatched" not in driver.text("tilesCaption")
    tiles.select(2)
    tiles.field.setFocus()
    assert "switched off" not in tiles.readout
    notice.link_activated.emit("run")
    assert lab.look.chosen is None
    assert not notice.isVisible()
