"""The Evaluate page: its numbers are the network's, and each of them leads to the images behind it."""

import sys

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QSlider, QTabWidget, QWidget

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.evaluation import Evaluation, evaluate
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.runs.run import State
from mnist_lab.window import theme
from mnist_lab.window.pages.draw.pad_picture import PadPicture
from mnist_lab.window.pages.evaluate.confusion_matrix import DIGITS, ConfusionMatrix
from mnist_lab.window.pages.evaluate.point_map import PointMap
from mnist_lab.window.pages.evaluate.share_plot import SharePlot
from mnist_lab.window.widgets.basic.stat_card import StatCard
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from mnist_lab.window.widgets.pictures.pixel_picture import PixelPicture
from tests.window.conftest import Driver

LEFT = Qt.MouseButton.LeftButton
ANSWERS, CERTAINTY, ROBUSTNESS, MAP = range(4)


class Looker:
    """Looks at a network on the Evaluate page, without a run where none is needed."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.lab = driver.window.lab
        driver.window.show_page_named("evaluatePage")
        driver.window.resize(1280, 800)

    def look_at(self, weights: NetworkWeights) -> None:
        """Keep a network, which chooses it, and wait until all its answers are there."""
        self.lab.keep_network("looked at", weights)
        self.driver.wait(lambda: self.lab.inspections.evaluation.is_current)

    def expected(self) -> Evaluation:
        digits = self.lab.looked.digits
        result = evaluate(self.lab.weights, digits.test_images, digits.test_labels, lambda: False)
        assert result is not None
        return result

    def tab(self, index: int) -> None:
        bar = self.driver.find(QTabWidget, "evaluateTabs").tabBar()
        self.driver.qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(index).center())

    def taken(self) -> PadPicture:
        """What was laid on the pad last; the page that was left for it is shown again."""
        pages = self.driver.window.findChild(QWidget, "pages")
        assert pages.currentWidget().objectName() == "drawPage"
        canvas = self.driver.find(QWidget, "drawCanvas")
        self.driver.window.show_page_named("evaluatePage")
        return canvas.picture

    @property
    def matrix(self) -> ConfusionMatrix:
        return self.driver.find(ConfusionMatrix, "confusionMatrix")

    @property
    def grid(self) -> PictureGrid:
        return self.driver.find(PictureGrid, "answersGallery")

    def click_picture(self, place: int) -> None:
        """Click a picture of the first rows."""
        self.driver.qtbot.mouseClick(self.grid.viewport(), LEFT, pos=self.grid.picture_rect(place).center())


@pytest.fixture
def looker(driver: Driver) -> Looker:
    return Looker(driver)


def _templates(looker: Looker, spread: float = 4.0) -> NetworkWeights:
    """A network without training: each unit looks for the mean picture of one digit. Right for about two in three."""
    digits = looker.lab.digits
    means = np.stack(
        [digits.train_images[digits.train_labels == digit].mean(axis=0).ravel() / 255 for digit in range(DIGITS)],
        axis=1,
    ).astype(np.float32)
    bias = (-(means**2).sum(axis=0) / 2).astype(np.float32)
    hidden = DenseWeights(np.eye(784, dtype=np.float32), np.zeros(784, np.float32))
    output = DenseWeights(means * np.float32(spread / 10), bias * np.float32(spread / 10))
    return NetworkWeights((hidden, output), "relu", 42)


def test_without_a_network_the_page_says_so_and_offers_to_train(looker: Looker) -> None:
    driver = looker.driver
    assert driver.text("evaluateState").startswith("No network yet")
    assert driver.find(StatCard, "testAccuracy").value == "–"
    for tab in (CERTAINTY, ROBUSTNESS, MAP, ANSWERS):
        looker.tab(tab)
        assert not driver.window.grab().isNull()
    assert looker.matrix.counts is None
    assert not driver.find(QAbstractButton, "measureButton").isEnabled()
    assert driver.find(QComboBox, "mapLayer").currentText() == "no network yet"
    low, high = driver.find(SharePlot, "thresholdPlot").getViewBox().viewRange()[0]
    assert low < 0 < 100 < high < 110, "the axis of a threshold is in per cent, also before there are curves"


def test_the_longest_caption_of_a_picture_has_room(looker: Looker) -> None:
    longest = theme.fonts.widest(theme.fonts.font("small"), "8→9 > 99.9 %")
    assert longest <= looker.grid.picture_rect(0).width()


def test_numbers_are_those_of_the_network(looker: Looker) -> None:
    looker.look_at(_templates(looker))
    expected = looker.expected()
    assert 0.5 < expected.accuracy < 0.95
    assert looker.driver.find(StatCard, "testAccuracy").value == f"{100 * expected.accuracy:.2f} %"
    low, high = expected.interval()
    assert f"{100 * low:.2f} to {100 * high:.2f} %" in looker.driver.text("accuracyInterval")
    assert looker.matrix.counts.sum() == 1000 == len(expected.labels)
    np.testing.assert_array_equal(looker.matrix.counts, expected.confusion())
    np.testing.assert_allclose(looker.driver.find(QWidget, "perDigitAccuracy").values, expected.per_digit())
    np.testing.assert_array_equal(looker.grid.indices, expected.mistakes())


def test_each_cell_opens_as_many_images_as_it_says(looker: Looker) -> None:
    looker.look_at(_templates(looker))
    expected = looker.expected()
    for row in range(DIGITS):
        for column in range(DIGITS):
            place = looker.matrix.cell_rect(row, column).center().toPoint()
            looker.driver.qtbot.mouseClick(looker.matrix, LEFT, pos=place)
            assert len(looker.grid.indices) == looker.matrix.counts[row, column]
            np.testing.assert_array_equal(looker.grid.indices, expected.cell(row, column))
    looker.driver.click("allMistakesButton")
    np.testing.assert_array_equal(looker.grid.indices, expected.mistakes())
    looker.driver.find(QComboBox, "confusionUnit").setCurrentIndex(1)
    assert looker.matrix.normalisation == "row"


def test_a_cell_by_keys_then_an_image_to_the_pad(looker: Looker) -> None:
    looker.look_at(_templates(looker))
    driver, counts = looker.driver, looker.matrix.counts.copy()
    np.fill_diagonal(counts, 0)
    row, column = divmod(int(counts.argmax()), DIGITS)
    driver.window.activateWindow()
    looker.matrix.setFocus()
    for key, times in ((Qt.Key.Key_Down, row), (Qt.Key.Key_Right, column)):
        for _ in range(times):
            driver.qtbot.keyClick(looker.matrix, key)
    total = looker.expected().confusion()[row].sum()
    assert driver.text("confusionReadout").startswith(f"{row} taken for {column}: {counts[row, column]} of {total}")
    driver.qtbot.keyClick(looker.matrix, Qt.Key.Key_Return)
    index = int(looker.grid.indices[1])
    looker.click_picture(1)
    picture = looker.taken()
    assert (picture.label, picture.origin) == (row, f"Test digit {index:,}")


def test_the_threshold_says_what_it_costs_and_brings(looker: Looker) -> None:
    looker.look_at(_templates(looker))
    looker.tab(CERTAINTY)
    curve, slider = looker.expected().threshold_curve(), looker.driver.find(QSlider, "confidenceThreshold")
    slider.setFocus()
    looker.driver.qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert "answers 1,000 of 1,000 test images" in looker.driver.text("thresholdReadout")
    for _ in range(60):
        looker.driver.qtbot.keyClick(slider, Qt.Key.Key_Right)
    words = looker.driver.text("thresholdReadout")
    assert f"answers {round(curve.coverage[60] * 1000):,} of 1,000" in words
    assert f"{100 * curve.accuracy[60]:.2f} % of them right" in words
    plot = looker.driver.find(SharePlot, "thresholdPlot")
    looker.driver.qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert slider.value() == 61
    looker.driver.qtbot.keyClick(plot, Qt.Key.Key_End)
    assert "answers none" in looker.driver.text("thresholdReadout") or curve.coverage[100] > 0


def test_robustness_is_measured_when_its_tab_is_opened_and_a_digit_shows_it(looker: Looker) -> None:
    looker.look_at(_templates(looker))
    driver = looker.driver
    looker.tab(ROBUSTNESS)
    assert driver.find(QAbstractButton, "measureButton").text() == "Cancel"
    driver.wait(lambda: driver.find(QAbstractButton, "measureButton").text() == "Measure again")
    plots = [driver.find(SharePlot, f"{name}Plot") for name in ("shift", "rotation", "noise", "thickness", "inversion")]
    for plot in plots:
        values = plot.curves[0].values
        assert np.isfinite(values).all()
        assert values[list(plot.places).index(0)] == pytest.approx(looker.expected().accuracy)
    plots[0].setFocus()
    for _ in range(4):
        driver.qtbot.keyClick(plots[0], Qt.Key.Key_Right)
    before = driver.find(PixelPicture, "exampleBefore").picture
    after = driver.find(PixelPicture, "exampleAfter").picture
    assert any(np.allclose(after, np.roll(before, 3, axis), atol=1e-6) for axis in (0, 1)) or any(
        np.allclose(after, np.roll(before, -3, axis), atol=1e-6) for axis in (0, 1)
    )
    assert "Shift, 3 pixels" in driver.text("exampleWords")
    assert "no way to say" in driver.text("noiseWords")
    driver.click("openExampleButton")
    picture = looker.taken()
    assert picture.label == looker.lab.digits.test_labels[0]
    driver.click("openNoiseButton")
    assert looker.taken().label is None


def test_a_measurement_can_be_cancelled_and_is_forgotten_with_its_tab(looker: Looker) -> None:
    looker.look_at(_templates(looker))
    driver = looker.driver
    looker.tab(ROBUSTNESS)
    driver.click("measureButton")
    assert "Cancelled before the end" in driver.text("robustnessStatus")
    assert driver.find(QAbstractButton, "measureButton").text() == "Measure again"
    driver.click("measureButton")
    looker.tab(ANSWERS)
    driver.wait(lambda: not looker.lab.is_computing)
    looker.tab(ROBUSTNESS)
    driver.wait(lambda: driver.find(QAbstractButton, "measureButton").text() == "Measure again")
    assert "Cancelled" not in driver.text("robustnessStatus")


def test_the_map_shows_any_layer_and_opens_images(looker: Looker) -> None:
    looker.look_at(_templates(looker))
    driver = looker.driver
    looker.tab(MAP)
    point_map, layers = driver.find(PointMap, "pointMap"), driver.find(QComboBox, "mapLayer")
    driver.wait(lambda: len(point_map.points) == 1000)
    assert layers.count() == 3
    assert layers.currentIndex() == 1
    first = point_map.points
    layers.setCurrentIndex(2)
    driver.wait(lambda: len(point_map.points) == 1000 and point_map.points is not first)
    point = point_map.place_of(700).toPoint()
    driver.qtbot.mouseMove(point_map.viewport(), point)
    pointed = point_map.pointed
    shown = driver.find(PixelPicture, "mapPicture").picture
    np.testing.assert_allclose(shown * 255, looker.lab.digits.test_images[pointed], atol=1e-3)
    assert driver.text("mapReadout").startswith(f"Test digit {pointed:,}: a {looker.lab.digits.test_labels[pointed]}")
    driver.qtbot.mouseClick(point_map.viewport(), LEFT, pos=point)
    assert looker.taken().origin == f"Test digit {pointed:,}"


def test_t_sne_without_its_library_is_told_in_a_sentence(looker: Looker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "threadpoolctl", None)
    looker.look_at(_templates(looker))
    looker.tab(MAP)
    looker.driver.find(QComboBox, "mapMethod").setCurrentIndex(1)
    notice = looker.driver.find(QWidget, "mapNotice")
    looker.driver.wait(lambda: "scikit-learn" in notice.text)
    looker.driver.find(QComboBox, "mapMethod").setCurrentIndex(0)
    looker.driver.wait(lambda: len(looker.driver.find(PointMap, "pointMap").points) == 1000)
    assert notice.text == ""


def test_own_digits_are_examined_and_shown(looker: Looker) -> None:
    looker.look_at(_templates(looker))
    driver, digits = looker.driver, looker.lab.digits
    for index in range(4):
        assert looker.lab.own_digits.add(digits.test_images[index].copy(), int(digits.test_labels[index]), None)
    right = int(looker.expected().right[:4].sum())
    driver.wait(lambda: driver.text("ownAccuracy").startswith(f"{right} of 4 digits you drew"))
    driver.click("showOwnDigits")
    assert sorted(looker.grid.indices) == [0, 1, 2, 3]
    index = int(looker.grid.indices[0])
    looker.click_picture(0)
    assert looker.taken().origin == f"My digit {index}"
    driver.qtbot.mouseClick(looker.matrix, LEFT, pos=looker.matrix.cell_rect(1, 1).center().toPoint())
    assert not driver.find(QAbstractButton, "showOwnDigits").isChecked()
    assert len(looker.grid.indices) == looker.matrix.counts[1, 1]


def test_a_network_without_numbers_says_how_many_images_have_no_answer(looker: Looker) -> None:
    weights = _templates(looker)
    kernel = weights.layers[0].kernel.copy()
    kernel[400, 0] = np.nan
    looker.look_at(NetworkWeights((DenseWeights(kernel, weights.layers[0].bias), weights.layers[1]), "relu", 1))
    driver, missing = looker.driver, looker.expected().unanswered_count
    assert missing == 1000
    assert driver.find(QWidget, "missingAnswers").text.startswith("1,000 of 1,000 images have no answer")
    assert looker.matrix.counts.sum() == 0
    assert len(looker.grid.indices) == 1000
    looker.tab(CERTAINTY)
    assert "answers none" in driver.text("thresholdReadout")
    looker.tab(MAP)
    driver.wait(lambda: "overflowed" in driver.find(QWidget, "mapNotice").text)


@pytest.mark.keras
@pytest.mark.experiment(Experiment(hidden_units=(16,), epochs=3))
def test_it_is_examined_while_it_learns_and_at_its_end(looker: Looker) -> None:
    driver = looker.driver
    driver.click("trainToEvaluateButton")
    driver.wait(lambda: looker.matrix.counts is not None)
    driver.wait_for_end()
    assert looker.lab.run.state is State.FINISHED
    driver.wait(lambda: looker.lab.inspections.evaluation.is_current)
    QApplication.processEvents()
    updates = looker.lab.run.updates
    assert f"after {updates:,} updates" in driver.find(QLabel, "accuracyInterval").text()
    assert looker.matrix.counts.sum() == 1000
    accuracy = float(driver.find(StatCard, "testAccuracy").value.split()[0])
    assert accuracy == pytest.approx(100 * looker.lab.run.history.epochs[-1].validation_accuracy, abs=0.11)
