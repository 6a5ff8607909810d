"""The Draw page: a hand draws, the real network answers, while it trains and afterwards."""

import gzip
import json
import logging
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QTabWidget

from mnist_lab.data.digits import Digits
from mnist_lab.data.sources import load_starter
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.control import Control
from mnist_lab.runs.run import State
from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.pictures.pixel_picture import PixelPicture
from tests.conftest import SHARED_DATA
from tests.window.conftest import SMALL, Driver
from tests.window.pad import LEFT, SEVEN, Pad
from tests.window.pages.draw.tools import received

pytestmark = pytest.mark.keras
_logger = logging.getLogger(__name__)
CHAPTER = Experiment()
"""512 hidden units, five epochs."""
LONG = Experiment(hidden_units=(16,), epochs=10_000)
LOOKED_AT = SMALL.changed(epochs=20)
"""A run that is slowed down until it was drawn on."""
EMPTY = (0.0,) * 10
SIZES = (0.35, 0.6, 0.9)
"""Sides of a digit as shares of the pad's."""
PLACES = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.5, 0.5))
"""The four corners and the centre: shares of the room that a digit leaves to the right and below."""
EDGE = 0.03
"""What is left free at the pad's edge, as a share of its side: half the pen's width."""


def _train(driver: Driver) -> None:
    driver.click("trainNowButton")
    driver.wait_for_end()
    assert driver.window.lab.run.state is State.FINISHED


def test_without_a_network_the_page_says_so_and_offers_to_train(driver: Driver) -> None:
    pad = Pad(driver)
    assert driver.text("answerExplanation").startswith("No network yet")
    pad.draw(SEVEN)
    assert driver.find(PixelPicture, "networkInput").picture.max() > 0.5
    assert (pad.prediction, pad.bars.values) == ("–", EMPTY)
    driver.click("trainNowButton")
    driver.wait_for_end()
    assert driver.window.lab.run.state is State.FINISHED
    assert not driver.find(QAbstractButton, "trainNowButton").isVisible()
    assert pad.prediction in set("0123456789")
    assert driver.text("answerExplanation").startswith("After 64 updates")


def test_the_answer_is_the_largest_of_ten_probabilities(driver: Driver) -> None:
    _train(driver)
    pad = Pad(driver)
    assert (pad.prediction, pad.bars.values) == ("–", EMPTY)
    assert driver.text("answerExplanation").startswith("Draw something")
    pad.draw(SEVEN)
    assert sum(pad.bars.values) == pytest.approx(1, abs=1e-5)
    assert pad.prediction == str(np.argmax(pad.bars.values))
    assert all(type(value) is float for value in pad.bars.values)


def test_undo_and_clear_and_ctrl_z(driver: Driver) -> None:
    _train(driver)
    pad = Pad(driver)
    undo, clear = (driver.find(QAbstractButton, name) for name in ("undoButton", "clearButton"))
    assert not undo.isEnabled()
    assert not clear.isEnabled()
    pad.draw(SEVEN)
    one_stroke = pad.bars.values
    pad.draw((((0.2, 0.5), (0.8, 0.5)),))
    assert pad.bars.values != one_stroke
    driver.click("undoButton")
    assert pad.bars.values == one_stroke
    driver.click("clearButton")
    assert (pad.prediction, pad.bars.values) == ("–", EMPTY)
    assert not clear.isEnabled()
    pad.canvas.setFocus()
    driver.qtbot.keyClick(pad.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pad.bars.values == one_stroke
    driver.qtbot.keyClick(pad.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (pad.prediction, pad.bars.values) == ("–", EMPTY)


@pytest.mark.experiment(LONG)
def test_a_frozen_drawing_is_answered_anew_while_the_network_trains(driver: Driver) -> None:
    pad = Pad(driver)
    pad.draw(SEVEN)
    driver.click("trainNowButton")
    seen: dict[int, tuple[float, ...]] = {}

    def look() -> bool:
        weights = driver.window.lab.weights
        if weights is not None:
            assert f"After {weights.updates:,} updates" in driver.text("answerExplanation")
            seen[weights.updates] = pad.bars.values
        return len(seen) >= 4

    driver.wait(look)
    assert driver.window.lab.live.is_training
    assert len(set(seen.values())) == len(seen)
    assert max(seen) > 0


def _weights_without_a_window(experiment: Experiment, digits: Digits) -> NetworkWeights:
    from mnist_lab.network.trainer import train

    control = Control()
    train(experiment, digits, lambda _event: None, control)
    weights = control.take_weights()
    assert weights is not None
    return weights


@pytest.mark.experiment(LOOKED_AT)
def test_looking_and_drawing_do_not_change_what_is_learned(driver: Driver) -> None:
    expected = _weights_without_a_window(LOOKED_AT, load_starter())
    driver.window.show_page_named("trainPage")
    speed = driver.find(QComboBox, "slowMotion")
    speed.setCurrentIndex(speed.count() - 1)  # until it was drawn on while it trained, however busy the machine is
    pad = Pad(driver)
    driver.click("trainNowButton")
    driver.wait(lambda: driver.window.lab.run is not None)
    drawn_at: set[int] = set()
    tabs = driver.find(QTabWidget, "drawTabs")
    while driver.window.lab.live.is_training:
        driver.window.show_page_named("trainPage")
        QApplication.processEvents()
        driver.window.show_page_named("drawPage")
        pad.draw(SEVEN)
        tabs.setCurrentIndex(len(drawn_at) % tabs.count())
        QApplication.processEvents()
        driver.click("moveLeftButton")
        driver.click("randomDigitButton")
        if (
            not driver.window.lab.inspections.evaluation.is_current
            and driver.find(QAbstractButton, "nextMistakeButton").isEnabled()
        ):
            driver.click("nextMistakeButton")
        drawn_at.add(driver.window.lab.run.updates)
        if len(drawn_at) > 5:
            speed.setCurrentIndex(0)
    assert len(drawn_at) > 5
    assert driver.window.lab.run.state is State.FINISHED
    for layer, other in zip(driver.window.lab.weights.layers, expected.layers, strict=True):
        np.testing.assert_array_equal(layer.kernel, other.kernel)
        np.testing.assert_array_equal(layer.bias, other.bias)


def test_the_answer_is_computed_without_keras(driver: Driver) -> None:
    _train(driver)
    pad = Pad(driver)
    modules: set[str] = set()

    def note(frame: FrameType, _event: str, _argument: object) -> None:
        modules.add(frame.f_globals.get("__name__", ""))

    sys.setprofile(note)  # of this thread alone
    try:
        pad.draw(SEVEN)
    finally:
        sys.setprofile(None)
    assert "mnist_lab.inspection.forward" in modules
    assert not [name for name in modules if name.split(".")[0] in ("keras", "tensorflow")]


@pytest.mark.experiment(CHAPTER)
def test_bars_follow_every_move_of_the_mouse(driver: Driver) -> None:
    _train(driver)
    pad = Pad(driver)
    side = pad.canvas.side
    path = [(0.5 + 0.3 * np.sin(turn), 0.5 - 0.4 * np.cos(turn)) for turn in np.linspace(0.1, 6.2, 120)]
    points = [QPoint(round(x * side), round(y * side)) for x, y in path]
    answers = []
    QTest.mousePress(pad.canvas, LEFT, pos=points[0])
    QApplication.processEvents()
    for point in points[1:]:
        QTest.mouseMove(pad.canvas, point)
        QApplication.processEvents()  # the repaint that shows the bars
        answers.append(pad.bars.values)
    QTest.mouseRelease(pad.canvas, LEFT, pos=points[-1])
    assert len(set(answers)) > 100


def _pen_digits(count: int) -> list[dict[str, Any]]:
    path: Path = SHARED_DATA / "pen_strokes.json.gz"
    if not path.exists():
        pytest.skip("the recorded pen strokes are not in ../shared/data")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        digits = json.load(file)
    chosen = np.random.default_rng(7).choice(len(digits), count, replace=False)
    return [digits[index] for index in chosen]


def _share_recognised(pad: Pad, count: int) -> float:
    """Draw real people's digits, in turn at each of the sizes and places, and read the answers off the page."""
    ways = [(size, place) for size in SIZES for place in PLACES]
    right = np.zeros((len(SIZES), len(PLACES)), int)
    for number, digit in enumerate(_pen_digits(count)):
        size, place = ways[number % len(ways)]
        corner = EDGE + np.array(place) * (1 - 2 * EDGE - size)
        pad.draw([corner + size * np.array(stroke) for stroke in digit["strokes"]])
        is_right = pad.prediction == str(digit["label"])
        right[SIZES.index(size), PLACES.index(place)] += is_right
        pad.driver.click("clearButton")
    _logger.info("recognised %d of %d; by size %s, by place %s", right.sum(), count, right.sum(1), right.sum(0))
    return float(right.sum() / count)


@pytest.mark.experiment(CHAPTER)
def test_digits_of_real_hands_are_recognised(driver: Driver) -> None:
    """The small sample: three digits for each size and place, after training on the starter set alone."""
    _train(driver)
    assert _share_recognised(Pad(driver), 45) >= 0.78


@pytest.mark.acceptance
@pytest.mark.timeout(900)
@pytest.mark.experiment(CHAPTER)
def test_digits_of_real_hands_are_recognised_after_training_on_all_of_mnist(driver: Driver, mnist_file: Path) -> None:
    """Run with: python -m uv run pytest --acceptance tests/window/pages/draw/test_page.py -k all_of_mnist."""
    driver.window.lab.supply.open(mnist_file)
    driver.wait(lambda: driver.window.lab.digits.kind == "full")
    _train(driver)
    assert _share_recognised(Pad(driver), 600) >= 0.92


def _draw_even(pad: Pad, strokes: list[np.ndarray], corner: tuple[int, int], divisor: int) -> None:
    """Draw with the mouse; all coordinates are even pixels of the pad, so that their halves are pixels, too."""
    for stroke in strokes:
        points = [QPoint(*(int(part) for part in corner + point // divisor)) for point in stroke]
        QTest.mousePress(pad.canvas, LEFT, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(pad.canvas, point)
        QTest.mouseRelease(pad.canvas, LEFT, pos=points[-1])


def test_half_as_large_in_any_corner_is_the_same_to_the_network(driver: Driver) -> None:
    pad = Pad(driver)
    side = int(pad.canvas.side) // 2 * 2
    for digit in _pen_digits(4):
        strokes = [2 * np.rint(0.42 * side * np.array(stroke)).astype(int) for stroke in digit["strokes"]]
        _draw_even(pad, strokes, (side // 20, side // 20), 1)
        large = np.rint(255 * received(pad))
        driver.click("clearButton")
        extent = max(stroke.max() for stroke in strokes) // 2 + 1
        for corner in ((0, 0), (side - extent, 0), (0, side - extent), (side - extent, side - extent)):
            _draw_even(pad, strokes, corner, 2)
            small = np.rint(255 * received(pad))
            assert np.mean(np.abs(small - large) <= 1) >= 0.99, (digit["label"], corner)
            driver.click("clearButton")


@pytest.mark.experiment(SMALL.changed(optimizer="sgd", learning_rate=1000.0, activation="linear"))
def test_weights_that_overflow_have_no_answer_and_say_so(driver: Driver) -> None:
    driver.click("trainNowButton")
    driver.wait_for_end()
    Pad(driver).draw(SEVEN)
    weights = driver.window.lab.weights
    huge = tuple(DenseWeights(np.full_like(layer.kernel, 3e38), layer.bias) for layer in weights.layers)
    driver.window.lab.look.run_weights = NetworkWeights(huge, weights.activation, weights.updates)
    driver.window.lab.changed.emit(frozenset({Subject.WEIGHTS}))
    assert driver.text("prediction") == "–"
    assert "overflowed" in driver.text("answerExplanation")
    assert Pad(driver).bars.values == EMPTY


def test_undo_goes_on_by_keyboard_after_clear_was_clicked(driver: Driver) -> None:
    driver.window.show_page_named("drawPage")
    pad = Pad(driver)
    pad.draw(SEVEN)
    driver.click("clearButton")
    driver.qtbot.keyClick(driver.window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not driver.find(DrawCanvas, "drawCanvas").is_empty


def test_the_value_of_a_pixel_under_the_pointer_is_told(driver: Driver) -> None:
    driver.window.show_page_named("drawPage")
    Pad(driver).draw(SEVEN)
    picture = driver.find(PixelPicture, "networkInput")
    explanation = driver.text("networkInputCaption")
    picture.setFocus()
    driver.qtbot.keyClick(picture, Qt.Key.Key_Right)
    assert driver.text("networkInputCaption") not in ("", explanation)
