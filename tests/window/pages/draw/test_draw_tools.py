"""The Draw page's tools: changes, skipped steps, a look inside, and one's own digits."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLabel, QSlider
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.draw.signed_picture import SignedPicture
from mnist_lab.window.pages.draw.softmax_tab import SoftmaxTab
from mnist_lab.window.pages.draw.unit_bars import UnitBars
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from tests.window.pad import LEFT, SEVEN, Pad
from tests.window.pages.draw.tools import INSIDE, OWN, PREPARING, SOFTMAX, number, press, received, turn_to


def test_moving_turning_and_noise_are_taken_back_one_by_one(pad: Pad) -> None:
    pad.draw(SEVEN)
    drawn = received(pad).copy()
    pad.driver.click("moveRightButton")
    pad.driver.click("moveDownButton")
    np.testing.assert_array_equal(received(pad)[1:, 1:], drawn[:-1, :-1])
    turn, noise = pad.driver.find(QSlider, "turnPicture"), pad.driver.find(QSlider, "noisePicture")
    for _ in range(3):
        pad.driver.qtbot.keyClick(turn, Qt.Key.Key_Right)
    pad.driver.qtbot.keyClick(noise, Qt.Key.Key_Right)
    assert (turn.value(), noise.value()) == (3, 1)
    pad.driver.click("undoButton")
    assert (turn.value(), noise.value()) == (3, 0)
    pad.driver.click("undoButton")  # a slider that was moved on is one step
    assert turn.value() == 0
    pad.driver.click("undoButton")
    pad.driver.click("undoButton")
    assert pad.canvas.picture is None
    np.testing.assert_array_equal(received(pad), drawn)


def test_a_picture_moved_off_the_pad_comes_back(pad: Pad) -> None:
    pad.draw(SEVEN)
    for _ in range(30):
        pad.driver.click("moveLeftButton")
    assert pad.prediction == "–"
    for _ in range(30):
        pad.driver.click("moveRightButton")
    assert pad.prediction != "–"


def test_the_pens_width_counts_only_without_the_new_line(pad: Pad) -> None:
    pad.draw(SEVEN)
    usual = received(pad).copy()
    width = pad.driver.find(QSlider, "penWidth")
    width.setValue(50)
    np.testing.assert_array_equal(received(pad), usual)
    turn_to(pad, PREPARING)
    press(pad, "penStep")
    assert received(pad).sum() > 1.5 * usual.sum()


def test_each_skipped_step_says_how_the_answer_changes(pad: Pad) -> None:
    pad.draw([0.3 * np.array(stroke) for stroke in SEVEN])
    turn_to(pad, PREPARING)
    usual = pad.bars.values
    for name in ("pen", "box", "centre", "scale"):
        without = pad.driver.text(f"{name}StepAnswer")
        assert without.startswith("Without it: ")
        press(pad, f"{name}Step")
        largest = int(np.argmax(pad.bars.values))
        assert without == f"Without it: {largest} ({pad.bars.spell(pad.bars.values[largest])})"
        assert f"As the switches stand: {largest}" in pad.driver.text("preparingSentence")
        press(pad, f"{name}Step")
        assert pad.bars.values == usual


def test_a_digit_of_the_set_is_prepared_again_only_on_wish(pad: Pad) -> None:
    pad.driver.click("randomDigitButton")
    as_it_is = received(pad).copy()
    turn_to(pad, PREPARING)
    assert not pad.driver.find(QCheckBox, "boxStep").isEnabled()
    press(pad, "prepareAnew")
    assert pad.driver.find(QCheckBox, "boxStep").isEnabled()
    assert (received(pad) != as_it_is).any()


def _evidence_adds_up(pad: Pad) -> None:
    total = number(pad, "evidenceProducts") + number(pad, "evidenceBias")
    assert total == pytest.approx(number(pad, "evidenceTotal"), abs=2e-5)
    assert number(pad, "evidenceTotal") == pytest.approx(number(pad, "evidenceOwn"), abs=1e-4)


def test_a_clicked_bar_shows_the_evidence_for_its_unit(pad: Pad) -> None:
    pad.draw(SEVEN)
    turn_to(pad, INSIDE)
    assert pad.driver.text("evidenceHeading").startswith(f"For the digit {pad.prediction}")
    _evidence_adds_up(pad)
    first = pad.driver.find(UnitBars, "layerBars1")
    pad.driver.qtbot.mouseClick(first.viewport(), LEFT, pos=QPoint(30, 40))
    assert "Hidden layer 1" in pad.driver.text("evidenceHeading")
    _evidence_adds_up(pad)
    picture = pad.driver.find(SignedPicture, "evidencePicture")
    assert picture.isVisible()
    assert picture.picture.sum(dtype=np.float64) == pytest.approx(number(pad, "evidenceProducts"), abs=1e-4)
    for name in ("layerBars2", "layerBars3"):
        bars = pad.driver.find(UnitBars, name)
        bars.setFocus()
        pad.driver.qtbot.keyClick(bars, Qt.Key.Key_Right)
        _evidence_adds_up(pad)
        assert pad.driver.find(UnitBars, "evidenceBars").isVisible()
    assert pad.driver.text("evidenceHeading").startswith(f"For the digit {bars.selected}:")


def test_the_softmax_follows_the_temperature(pad: Pad) -> None:
    pad.draw(SEVEN)
    turn_to(pad, SOFTMAX)
    sharp = number(pad, "softmaxTotal")
    slider = pad.driver.find(QSlider, "softmaxTemperature")
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert number(pad, "softmaxTotal") > sharp
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert 1 <= number(pad, "softmaxTotal") < sharp


def test_sums_have_their_room_however_large_they_are(qtbot: QtBot) -> None:
    tab = SoftmaxTab()
    qtbot.addWidget(tab)
    tab.show_logits(np.linspace(-3, 2, 10))
    width = tab.minimumSizeHint().width()
    tab.show_logits(np.linspace(-4321.5, 123.4, 10))
    texts = [label.text() for label in tab.findChildren(QLabel)]
    assert {"−4,322", "123.4", "1.0000"} <= set(texts)
    assert tab.minimumSizeHint().width() == width


def _assert_is_said_to_be(pad: Pad, digit: int) -> None:
    """Where the answer is, and where the drawing would be kept."""
    words = pad.driver.text("answerExplanation")
    assert "our digit" in words
    assert f"the digit {digit}: right" in words or f"right is {digit}" in words
    assert pad.driver.find(QComboBox, "ownLabel").currentData() == digit
    drawing = pad.driver.window.lab.drawing
    assert drawing is not None
    assert drawing.label == digit


def test_own_digits_are_saved_judged_removed_and_put_back(pad: Pad) -> None:
    lab = pad.driver.window.lab
    turn_to(pad, OWN)
    save = pad.driver.find(QAbstractButton, "saveDigitButton")
    pad.draw(SEVEN)
    assert not save.isEnabled()
    label = pad.driver.find(QComboBox, "ownLabel")
    label.setCurrentIndex(label.findData(7))
    pad.driver.click("saveDigitButton")
    assert not save.isEnabled()
    own = lab.own_digits.own
    assert own.labels.tolist() == [7]
    np.testing.assert_array_equal(own.images[0], np.rint(255 * received(pad)))
    assert own.digits[0].strokes is not None
    np.testing.assert_allclose(own.digits[0].strokes[0], SEVEN[0], atol=1 / pad.canvas.side)
    share = "100.0\u00a0%" if pad.prediction == "7" else "0.0\u00a0%"
    pad.driver.wait(lambda: share in pad.driver.text("ownAccuracy"))
    before = len(lab.digits.train_images)
    press(pad, "useOwnDigits")
    assert len(lab.digits.train_images) == before + 1
    pad.driver.click("clearButton")
    assert label.currentData() is None, "the next drawing is not taken for a 7"
    label.setCurrentIndex(label.findData(3))
    gallery = pad.driver.find(PictureGrid, "ownDigits")
    gallery.setFocus()
    pad.driver.qtbot.keyClick(gallery, Qt.Key.Key_Return)
    assert len(pad.canvas.strokes) == 1
    _assert_is_said_to_be(pad, 7)
    pad.draw([[(0.2, 0.8), (0.3, 0.8)]])
    assert "our digit" not in pad.driver.text("answerExplanation"), "it is another drawing now"
    pad.driver.click("undoButton")
    _assert_is_said_to_be(pad, 7)
    pad.driver.click("removeDigitButton")
    assert len(lab.own_digits.own) == 0
    assert len(lab.digits.train_images) == before
    pad.driver.click("putBackButton")
    assert lab.own_digits.own.labels.tolist() == [7]
