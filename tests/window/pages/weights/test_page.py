"""The Weights page: units and layers of a real network, by mouse and keyboard, and which tab computes."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLabel, QStackedWidget

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.forward import scaled
from mnist_lab.inspection.scaled_images import ScaledImages
from mnist_lab.inspection.units import UnitActivity, order_by_activity, order_by_digit, order_by_norm, unit_activity
from mnist_lab.studies import cases
from mnist_lab.studies.edited_copy import EditJudge
from mnist_lab.window.pages.weights.histogram_picture import HistogramPicture
from mnist_lab.window.pages.weights.layer_plot import LayerPlot
from mnist_lab.window.pages.weights.signed_bars import SignedBars
from mnist_lab.window.pages.weights.units_section import UnitsSection
from mnist_lab.window.state.drawing import Drawing
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from mnist_lab.window.widgets.pictures.tile_mosaic import limit_of
from mnist_lab.window.widgets.pictures.weight_tiles import WeightTiles
from mnist_lab.work import JobHandle
from tests.window.conftest import Driver
from tests.window.pages.weights.steps import (
    EDIT,
    LAYERS,
    TWO_LAYERS,
    UNITS,
    UPDATE,
    open_page,
    open_unit,
    order_of,
    settle,
    train,
)

pytestmark = pytest.mark.keras


def test_without_a_network_the_page_offers_to_train_one(driver: Driver) -> None:
    open_page(driver)
    assert driver.text("weightsStatus").startswith("No network yet")
    for tab in (UNITS, LAYERS, UPDATE, EDIT):
        open_page(driver, tab)
        assert not driver.window.grab().isNull()
    assert not driver.find(QAbstractButton, "nextUpdateButton").isEnabled()
    assert not driver.find(QAbstractButton, "applyEditButton").isEnabled()
    driver.click("trainNowForWeightsButton")
    driver.wait_for_end()
    assert driver.text("weightsStatus") == "After 64 updates: 784 → 16 → 10, relu."
    assert not driver.find(QAbstractButton, "trainNowForWeightsButton").isVisible()


def test_a_unit_that_is_clicked_opens_with_all_its_numbers(driver: Driver) -> None:
    weights = train(driver)
    open_page(driver)
    open_unit(driver, 5)
    settle(driver)
    kernel, bias = weights.layers[0].kernel[:, 5], weights.layers[0].bias[5]
    picture = driver.find(MatrixPicture, "unitPicture")
    np.testing.assert_array_equal(picture.values, kernel.reshape(28, 28))
    assert picture.limit == driver.find(WeightTiles, "unitTiles").limit
    np.testing.assert_allclose(driver.find(SignedBars, "outgoingWeights").values, weights.layers[1].kernel[5])
    digits = driver.window.lab.looked.digits
    images = scaled(digits.test_images)
    activity = unit_activity(weights, 0, images, lambda: False)
    assert driver.find(PictureGrid, "mostExciting").indices.tolist() == activity.strongest_of(5).tolist()
    never = driver.find(PictureGrid, "neverExciting").indices
    assert (images[never] @ kernel + bias <= 1e-5).all()
    assert f"{100 * activity.dead_share[5]:.1f}\u00a0%" in driver.text("unitPictureFacts")
    driver.qtbot.mouseMove(picture, picture.cell_rect(3, 3).center().toPoint())
    driver.qtbot.mouseMove(picture, picture.cell_rect(9, 11).center().toPoint())
    assert picture.readout.startswith("row 9, column 11 · ")


def says(driver: Driver, words: str) -> bool:
    return any(words in label.text() for label in driver.window.findChildren(QLabel) if label.isVisible())


def test_units_stand_in_the_order_that_was_chosen(driver: Driver) -> None:
    weights = train(driver)
    open_page(driver)
    choice, field = driver.find(QComboBox, "unitOrder"), driver.find(WeightTiles, "unitTiles").field
    choice.setCurrentIndex(choice.findData("drawing"))
    assert field.order is None
    assert says(driver, "The pad is empty")
    image = np.random.default_rng(3).random((28, 28), np.float32)
    driver.window.lab.set_drawing(Drawing(image))
    assert says(driver, "Orange: ink at this pixel excites the unit")
    expected = {
        "norm": order_by_norm(weights, 0),
        "drawing": order_by_activity(weights, 0, image.reshape(784)),
        7: order_by_digit(weights, 0, 7),
    }
    for data, order in expected.items():
        choice.setCurrentIndex(choice.findData(data))
        assert order_of(field) == order.tolist(), data
    choice.setCurrentIndex(choice.findData("drawing"))
    other = image[::-1].copy()
    driver.window.lab.set_drawing(Drawing(other))
    assert order_of(field) == order_by_activity(weights, 0, other.reshape(784)).tolist()
    choice.setCurrentIndex(choice.findData("index"))
    assert field.order is None


def test_the_switch_shows_what_training_changed(driver: Driver) -> None:
    weights = train(driver)
    open_page(driver)
    open_unit(driver, 2)
    driver.qtbot.mouseClick(driver.find(QCheckBox, "showChange"), Qt.MouseButton.LeftButton)
    assert says(driver, "Orange: training has raised this weight")
    start = driver.window.lab.run.start_weights
    change = weights.layers[0].kernel - start.layers[0].kernel
    np.testing.assert_array_equal(driver.find(WeightTiles, "unitTiles").field.kernel, change)
    np.testing.assert_array_equal(driver.find(MatrixPicture, "unitPicture").values, change[:, 2].reshape(28, 28))
    tiles = driver.find(WeightTiles, "unitTiles")
    driver.qtbot.mouseMove(tiles.field, tiles.field.tile_rect(2).center().toPoint())
    assert tiles.readout.startswith("change ")
    assert (change[0] == 0).all()  # a pixel that no training image inks never moves


@pytest.mark.experiment(TWO_LAYERS)
def test_layers_are_matrices_with_named_axes_and_histograms(driver: Driver) -> None:
    open_page(driver, LAYERS)
    weights = train(driver)
    settle(driver)
    choice, matrix = driver.find(QComboBox, "layerChoice"), driver.find(MatrixPicture, "layerMatrix")
    histogram = driver.find(HistogramPicture, "layerHistogram")
    for layer in range(3):
        choice.setCurrentIndex(layer)
        np.testing.assert_array_equal(matrix.values, weights.layers[layer].kernel.T)
        assert histogram.histogram.now.sum() == weights.layers[layer].kernel.size
        assert histogram.histogram.mean == pytest.approx(float(weights.layers[layer].kernel.mean()), abs=1e-6)
        assert len(histogram.words) == 2
    matrix.point((4, 6))
    assert matrix.readout.startswith("output digit 4, layer 2, unit 6 · ")
    strength, inactive = driver.find(LayerPlot, "strengthPlot"), driver.find(LayerPlot, "inactivePlot")
    samples = driver.window.lab.inspections.samples
    assert len(samples) > 1
    assert strength.updates.tolist() == [sample.updates for sample in samples]
    low, high = strength.getViewBox().viewRange()[0]
    assert low < 0 < strength.updates[-1] < high, "the first and the last dot are whole"
    assert (len(strength.lines), len(inactive.lines)) == (3, 2)
    np.testing.assert_array_equal(inactive.lines[1].values, [sample.inactive[1] for sample in samples])


@pytest.mark.experiment(Experiment(hidden_units=(12,), epochs=1, optimizer="sgd", learning_rate=5.0))
def test_nothing_of_a_run_stands_as_the_next_ones(driver: Driver) -> None:
    """Layers and tiles of a run with large weights, and then a run that begins elsewhere and does not move."""
    lab = driver.window.lab
    train(driver)
    open_page(driver, LAYERS)
    strength, tiles = driver.find(LayerPlot, "strengthPlot"), driver.find(WeightTiles, "weightTiles")
    driver.wait(lambda: strength.updates[-1:].tolist() == [lab.run.updates])
    driver.window.show_page_named("trainPage")
    assert tiles.limit > 1
    driver.window.show_page_named("dataPage")
    first = lab.run
    lab.draft.set_experiment(lab.draft.experiment.changed(learning_rate=0.0))
    lab.start()
    lab.live.pause()
    driver.wait(lambda: lab.run is not first and lab.live.is_paused and lab.weights is not None)
    open_page(driver, LAYERS)
    assert not strength.lines or strength.updates[-1] <= lab.weights.updates
    settle(driver)
    assert len(strength.updates) <= 1 + lab.weights.updates
    driver.window.show_page_named("trainPage")
    assert tiles.limit == limit_of(lab.weights.layers[0].kernel) < 1
    lab.start()
    driver.wait_for_end()
    open_page(driver, LAYERS)
    driver.wait(lambda: strength.updates[-1:].tolist() == [lab.run.updates])
    for line in strength.lines:
        np.testing.assert_allclose(line.values, line.values[0], rtol=1e-5, err_msg="a rate of 0 changes nothing")


def test_only_the_tab_that_is_seen_computes(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a network that trains anew while one looks; and nothing at all once another page is seen."""
    computed: list[str] = []
    _note_calls(monkeypatch, computed, cases, "ask_unit", "compare", "explain")
    _note_calls(monkeypatch, computed, EditJudge, "judge")
    for tab, expected in {UNITS: "ask_unit", LAYERS: "compare", UPDATE: "explain", EDIT: "judge"}.items():
        open_page(driver, tab)
        computed.clear()
        train(driver)
        settle(driver)
        assert set(computed) == {expected}
    driver.window.show_page(0)
    computed.clear()
    train(driver)
    settle(driver)
    assert computed == []


def test_a_tab_that_was_left_computes_no_more(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waited for the work at hand is dropped with the last look at it."""
    go_on, asked, ask_unit = threading.Event(), [], cases.ask_unit

    def ask_later(case: cases.UnitCase, scaled_images: ScaledImages, handle: JobHandle) -> UnitActivity:
        asked.append(case.weights.updates)
        go_on.wait(60)
        return ask_unit(case, scaled_images, handle)

    monkeypatch.setattr(cases, "ask_unit", ask_later)
    lab, one_more = driver.window.lab, driver.window.findChild(QAction, "stepAction")
    one_more.trigger()
    driver.wait(lambda: lab.weights is not None and lab.weights.updates == 1)
    open_page(driver, UNITS)
    driver.wait(lambda: bool(asked))
    one_more.trigger()
    driver.wait(lambda: lab.weights.updates == 2)
    open_page(driver, LAYERS)
    go_on.set()
    settle(driver)
    assert asked == [1]
    open_page(driver, UNITS)
    settle(driver)
    assert asked == [1, 2]


def _note_calls(monkeypatch: pytest.MonkeyPatch, notes: list[str], owner: object, *names: str) -> None:
    """Write down the name of each of these functions whenever it is called."""

    def noting(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def note(*arguments: object) -> object:
            notes.append(name)
            return function(*arguments)

        return note

    for name in names:
        monkeypatch.setattr(owner, name, noting(name, getattr(owner, name)))


def test_a_tile_of_the_train_page_opens_its_unit_here(driver: Driver) -> None:
    driver.window.lab.start()
    driver.wait_for_end()
    driver.window.show_page_named("trainPage")
    tiles = driver.find(WeightTiles, "weightTiles")
    assert isinstance(tiles, WeightTiles)
    for _ in range(5):
        driver.qtbot.keyClick(tiles.field, Qt.Key.Key_Right)
    driver.qtbot.keyClick(tiles.field, Qt.Key.Key_Return)
    pages = driver.find(QStackedWidget, "pages")
    assert isinstance(pages, QStackedWidget)
    assert pages.currentWidget().objectName() == "weightsPage"
    section = driver.window.findChild(UnitsSection)
    assert section is not None
    assert section.unit == 5


def test_no_part_of_the_page_knows_the_lab() -> None:
    parts = Path(__file__).resolve().parents[4] / "mnist_lab" / "window" / "pages" / "weights"
    texts = [path.read_text(encoding="utf-8") for path in parts.glob("*.py") if path.name != "page.py"]
    assert len(texts) > 5
    assert not any("state.lab" in text for text in texts)
