"""The Evaluate page: its numbers are the network's, and each of them leads to the images behind it."""

import sys
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QScrollArea, QSlider, QWidget
from threadpoolctl import threadpool_info, threadpool_limits

from mnist_lab.experiment import Experiment
from mnist_lab.inspection import maps
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.runs.run import State
from mnist_lab.studies import layer_map
from mnist_lab.window import theme
from mnist_lab.window.pages.evaluate.confusion_matrix import DIGITS
from mnist_lab.window.pages.evaluate.digit_bars import DigitBars
from mnist_lab.window.pages.evaluate.point_map import PointMap
from mnist_lab.window.pages.evaluate.share_plot import SharePlot
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.stat_card import StatCard
from mnist_lab.window.widgets.fields.number_fields import WholeNumberBox
from mnist_lab.window.widgets.pictures.pixel_picture import PixelPicture
from tests.window.conftest import LAPTOP
from tests.window.pages.evaluate.looker import ANSWERS, CERTAINTY, LEFT, MAP, ROBUSTNESS, Looker, templates


def test_without_a_network_the_page_says_so_and_offers_to_train(looker: Looker) -> None:
    driver = looker.driver
    assert driver.text("evaluateState").startswith("No network yet")
    assert driver.find(StatCard, "testAccuracy").value == "–"
    for tab in (CERTAINTY, ROBUSTNESS, MAP, ANSWERS):
        looker.tab(tab)
        assert not driver.window.grab().isNull()
    assert looker.matrix.counts is None
    driver.window.activateWindow()
    looker.matrix.setFocus()
    driver.wait(lambda: driver.text("confusionReadout").count("read the next one") == 1)
    assert not driver.find(QAbstractButton, "measureButton").isEnabled()
    assert driver.find(QComboBox, "mapLayer").currentText() == "no network yet"
    low, high = driver.find(SharePlot, "thresholdPlot").getViewBox().viewRange()[0]
    assert low < 0 < 100 < high < 110, "the axis of a threshold is in per cent, also before there are curves"


def test_the_longest_caption_of_a_picture_has_room(looker: Looker) -> None:
    longest = theme.fonts.widest(theme.fonts.font("small"), "8→9 > 99.9\u00a0%")
    assert longest <= looker.grid.picture_rect(0).width()


def test_nothing_in_the_column_moves_when_the_scroll_bar_comes(looker: Looker) -> None:
    column, card = looker.driver.find(QScrollArea, "evaluateArea"), looker.driver.find(StatCard, "testAccuracy")
    looker.driver.wait(lambda: column.verticalScrollBar().maximum() == 0)
    width = card.width()
    looker.driver.window.resize(looker.driver.window.width(), 420)
    looker.driver.wait(column.verticalScrollBar().isVisible)
    for _ in range(3):  # a layout may ask for another
        QApplication.processEvents()
    assert card.width() == width


def test_numbers_are_those_of_the_network(looker: Looker) -> None:
    looker.look_at(templates(looker))
    expected = looker.expected()
    assert 0.5 < expected.accuracy < 0.95
    assert looker.driver.find(StatCard, "testAccuracy").value == f"{100 * expected.accuracy:.1f}\u00a0%"
    low, high = expected.interval()
    assert f"{100 * low:.1f} to {100 * high:.1f}\u00a0%" in looker.driver.text("accuracyInterval")
    assert "In 95 of 100 such samples" in looker.driver.text("accuracyInterval")
    assert looker.counts.sum() == 1000 == len(expected.labels)
    np.testing.assert_array_equal(looker.counts, expected.confusion())
    np.testing.assert_allclose(looker.driver.find(DigitBars, "perDigitAccuracy").values, expected.per_digit())
    np.testing.assert_array_equal(looker.grid.indices, expected.mistakes())


def test_each_cell_opens_as_many_images_as_it_says(looker: Looker) -> None:
    looker.look_at(templates(looker))
    expected = looker.expected()
    for row in range(DIGITS):
        for column in range(DIGITS):
            looker.click_cell(row, column)
            assert len(looker.grid.indices) == looker.counts[row, column]
            np.testing.assert_array_equal(looker.grid.indices, expected.cell(row, column))
    looker.driver.click("allMistakesButton")
    np.testing.assert_array_equal(looker.grid.indices, expected.mistakes())
    looker.driver.find(QComboBox, "confusionUnit").setCurrentIndex(1)
    assert looker.matrix.normalisation == "row"


def test_a_cell_by_keys_then_an_image_to_the_pad(looker: Looker) -> None:
    looker.look_at(templates(looker))
    driver, counts = looker.driver, looker.counts.copy()
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
    assert driver.find(WholeNumberBox, "testDigitNumber").value() == index


def test_the_threshold_says_what_it_costs_and_brings(looker: Looker) -> None:
    looker.look_at(templates(looker))
    looker.tab(CERTAINTY)
    curve, slider = looker.expected().threshold_curve(), looker.driver.find(QSlider, "confidenceThreshold")
    slider.setFocus()
    looker.driver.qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert "answers 1,000 of 1,000 test images" in looker.driver.text("thresholdReadout")
    for _ in range(60):
        looker.driver.qtbot.keyClick(slider, Qt.Key.Key_Right)
    words = looker.driver.text("thresholdReadout")
    assert f"answers {round(curve.coverage[60] * 1000):,} of 1,000" in words
    assert f"{100 * curve.accuracy[60]:.1f}\u00a0% of them right" in words
    plot = looker.driver.find(SharePlot, "thresholdPlot")
    looker.driver.qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert slider.value() == 61
    looker.driver.qtbot.keyClick(plot, Qt.Key.Key_End)
    assert "answers none" in looker.driver.text("thresholdReadout") or curve.coverage[100] > 0


def test_robustness_is_measured_when_its_tab_is_opened_and_a_digit_shows_it(looker: Looker) -> None:
    looker.look_at(templates(looker))
    driver = looker.driver
    looker.tab(ROBUSTNESS)
    assert driver.find(QAbstractButton, "measureButton").text() == "Cancel"
    driver.wait(lambda: driver.find(QAbstractButton, "measureButton").text() == "Measure again")
    plots = [driver.find(SharePlot, f"{name}Plot") for name in ("shift", "rotation", "noise", "thickness", "inversion")]
    for plot in plots:
        values = plot.curves[0].values
        assert np.isfinite(values).all()
        assert values[plot.places.tolist().index(0)] == pytest.approx(looker.expected().accuracy)
    plots[0].setFocus()
    for _ in range(4):
        driver.qtbot.keyClick(plots[0], Qt.Key.Key_Right)
    before = driver.find(PixelPicture, "exampleBefore").picture
    after = driver.find(PixelPicture, "exampleAfter").picture
    assert before is not None
    assert after is not None
    assert any(np.allclose(after, np.roll(before, 3, axis), atol=1e-6) for axis in (0, 1)) or any(
        np.allclose(after, np.roll(before, -3, axis), atol=1e-6) for axis in (0, 1)
    )
    assert driver.text("exampleWords").startswith("Shift 3: “")
    assert "no way to say" in driver.text("noiseWords")
    driver.window.resize(*LAPTOP)
    button = driver.find(QAbstractButton, "openExampleButton")
    noise, inversion = driver.find(QWidget, "noiseWords"), driver.find(SharePlot, "inversionPlot")
    driver.wait(lambda: noise.mapToGlobal(QPoint()).y() > inversion.mapToGlobal(QPoint()).y())
    driver.wait(lambda: button.visibleRegion().contains(button.rect()))  # in sight; the noise is below the curves
    driver.window.resize(1366, 768)
    driver.wait(lambda: noise.mapToGlobal(QPoint()).y() < inversion.mapToGlobal(QPoint()).y())
    driver.wait(lambda: noise.visibleRegion().contains(noise.rect()))  # beside them where there is room
    driver.click("openExampleButton")
    picture = looker.taken()
    assert picture.label == looker.lab.digits.test_labels[0]
    driver.click("openNoiseButton")
    assert looker.taken().label is None


def test_a_measurement_can_be_cancelled_and_goes_on_when_another_tab_is_seen(looker: Looker) -> None:
    looker.look_at(templates(looker))
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
    looker.look_at(templates(looker))
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
    assert shown is not None
    np.testing.assert_allclose(shown * 255, looker.lab.digits.test_images[pointed], atol=1e-3)
    label = looker.lab.digits.test_labels[pointed]
    assert driver.text("mapReadout").startswith(f"Test digit {pointed:,}: the digit {label}")
    driver.qtbot.mouseClick(point_map.viewport(), LEFT, pos=point)
    assert looker.taken().origin == f"Test digit {pointed:,}"


def test_t_sne_without_its_library_is_told_in_a_sentence(looker: Looker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    looker.look_at(templates(looker))
    looker.tab(MAP)
    looker.driver.find(QComboBox, "mapMethod").setCurrentIndex(1)
    notice = looker.driver.find(Notice, "mapNotice")
    looker.driver.wait(lambda: "scikit-learn" in notice.text)
    looker.driver.find(QComboBox, "mapMethod").setCurrentIndex(0)
    looker.driver.wait(lambda: len(looker.driver.find(PointMap, "pointMap").points) == 1000)
    assert notice.text == ""


def test_own_digits_are_examined_and_shown(looker: Looker) -> None:
    looker.look_at(templates(looker))
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
    looker.click_cell(1, 1)
    assert not driver.find(QAbstractButton, "showOwnDigits").isChecked()
    assert len(looker.grid.indices) == looker.counts[1, 1]


def test_a_network_without_numbers_says_how_many_images_have_no_answer(looker: Looker) -> None:
    weights = templates(looker)
    kernel = weights.layers[0].kernel.copy()
    kernel[400, 0] = np.nan
    looker.look_at(NetworkWeights((DenseWeights(kernel, weights.layers[0].bias), weights.layers[1]), "relu", 1))
    driver, missing = looker.driver, looker.expected().unanswered_count
    assert missing == 1000
    assert driver.find(Notice, "missingAnswers").text.startswith("1,000 of 1,000 images have no answer")
    assert looker.counts.sum() == 0
    assert len(looker.grid.indices) == 1000
    looker.tab(CERTAINTY)
    assert "answers none" in driver.text("thresholdReadout")
    looker.tab(MAP)
    driver.wait(lambda: "overflowed" in driver.find(Notice, "mapNotice").text)


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
    assert looker.counts.sum() == 1000
    accuracy = float(driver.find(StatCard, "testAccuracy").value.split()[0])
    assert accuracy == pytest.approx(100 * looker.lab.run.history.epochs[-1].validation_accuracy, abs=0.11)


@pytest.mark.keras
@pytest.mark.experiment(Experiment(hidden_units=(16,), epochs=10_000))
def test_a_map_leaves_the_cores_to_the_run_beside_it(looker: Looker, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []

    def pca(activations: NDArray[np.float32]) -> maps.Map:
        threads.extend(int(library["num_threads"]) for library in threadpool_info() if library["user_api"] == "blas")
        return maps.pca(activations)

    monkeypatch.setattr(layer_map, "maps", SimpleNamespace(pca=pca))
    with threadpool_limits(2, user_api="blas"):
        looker.lab.step()
        looker.driver.wait(lambda: looker.lab.weights is not None and looker.lab.weights.updates == 1)
        looker.tab(MAP)
        looker.driver.wait(lambda: len(looker.driver.find(PointMap, "pointMap").points) == 1000)
        looker.lab.live.stop()
        looker.driver.wait_for_end()
    assert threads
    assert set(threads) == {1}
