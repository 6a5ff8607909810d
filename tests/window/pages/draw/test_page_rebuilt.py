"""The Draw page is thrown away and built again: the drawing and all that was done to it are still there."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QLabel, QSlider, QSpinBox

from mnist_lab.window import dialogs
from mnist_lab.window.pages.draw import picture_importer
from mnist_lab.window.pages.draw.pad_picture import PadPicture
from mnist_lab.window.pages.draw.picture_import import read_picture
from mnist_lab.window.pages.draw.unit_bars import UnitBars
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from tests.window.pad import LEFT, SEVEN, Pad
from tests.window.pages.draw.tools import (
    ANSWER,
    INSIDE,
    OWN,
    PREPARING,
    SOFTMAX,
    WHY,
    press,
    received,
    scan,
    turn_to,
)
from tests.window.rebuilding import assert_looks_the_same, rebuild

DASH = (((0.2, 0.5), (0.8, 0.5)),)
KEYS = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Files are read only once it is set."""
    gate = threading.Event()

    def read(path: Path) -> PadPicture:
        gate.wait(60)
        return read_picture(path)

    monkeypatch.setattr(picture_importer, "read_picture", read)
    yield gate
    gate.set()


@pytest.mark.parametrize("tab", [ANSWER, WHY, PREPARING, INSIDE, SOFTMAX, OWN])
def test_what_is_seen_of_a_drawing_stays(pad: Pad, tab: int) -> None:
    pad.driver.find(QSlider, "penWidth").setValue(40)
    pad.draw(SEVEN)
    pad.driver.click("moveRightButton")
    pad.draw(DASH)
    turn_to(pad, tab)
    if tab == PREPARING:
        press(pad, "prepareAnew")
        press(pad, "centreStep")
    elif tab == WHY:
        pad.driver.find(QComboBox, "againstSecond").setCurrentIndex(3)
    elif tab == INSIDE:
        press(pad, "strongestFirst")
        bars = pad.driver.find(UnitBars, "layerBars1")
        pad.driver.qtbot.mouseClick(bars.viewport(), LEFT, pos=QPoint(30, 40))
    elif tab == SOFTMAX:
        pad.driver.find(QSlider, "softmaxTemperature").setValue(30)
    elif tab == OWN:
        pad.driver.find(QComboBox, "ownLabel").setCurrentIndex(3)
        pad.driver.click("saveDigitButton")
    assert_looks_the_same(pad.driver)


def test_strokes_can_still_be_taken_back_and_again(pad: Pad) -> None:
    pad.draw(SEVEN)
    one = pad.bars.values
    pad.draw(DASH)
    two, strokes, drawing = pad.bars.values, pad.canvas.strokes, pad.driver.window.lab.drawing
    pad.draw((((0.1, 0.1), (0.2, 0.1)),))
    pad.driver.click("undoButton")
    before, canvas = received(pad).copy(), pad.canvas
    rebuild(pad.driver)
    assert pad.canvas is not canvas
    assert all(map(np.array_equal, pad.canvas.strokes, strokes))
    np.testing.assert_array_equal(received(pad), before)
    assert drawing is not None
    pad.driver.qtbot.keyClick(pad.canvas, Qt.Key.Key_Z, KEYS | Qt.KeyboardModifier.ShiftModifier)
    assert len(pad.canvas.strokes) == 3
    for values in (two, one):
        pad.driver.click("undoButton")
        assert pad.bars.values == values
    pad.driver.click("undoButton")
    assert pad.canvas.is_empty
    assert not pad.driver.find(QAbstractButton, "undoButton").isEnabled()


def test_other_pages_are_told_of_no_new_drawing(pad: Pad) -> None:
    pad.draw(SEVEN)
    turn_to(pad, PREPARING)
    press(pad, "boxStep")
    drawing = pad.driver.window.lab.drawing
    assert drawing is not None
    rebuild(pad.driver)
    assert pad.driver.window.lab.drawing is drawing


def test_a_stroke_that_is_being_drawn_ends_there(pad: Pad) -> None:
    pad.driver.qtbot.mousePress(pad.canvas, LEFT, pos=QPoint(50, 50))
    pad.driver.qtbot.mouseMove(pad.canvas, QPoint(90, 90))
    rebuild(pad.driver)
    (stroke,) = pad.canvas.strokes
    np.testing.assert_array_equal(stroke, [[50, 50], [90, 90]])
    pad.driver.click("undoButton")
    assert pad.canvas.is_empty


def test_the_keyboards_pen_goes_on_from_its_place(pad: Pad) -> None:
    pad.canvas.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left):
        pad.driver.qtbot.keyClick(pad.canvas, key, Qt.KeyboardModifier.ShiftModifier)
    rebuild(pad.driver)
    assert pad.canvas.hasFocus()
    pad.driver.qtbot.keyClick(pad.canvas, Qt.Key.Key_Space)
    (stroke,) = pad.canvas.strokes
    np.testing.assert_allclose(stroke / pad.canvas.side, [[0.5 - 4 / 56, 0.5 - 8 / 56]])


def test_an_imported_picture_and_what_was_done_to_it(pad: Pad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scan(tmp_path, is_inverted=True)
    monkeypatch.setattr(dialogs, "ask_for_picture", lambda _parent: path)
    pad.driver.click("openPictureButton")
    pad.driver.wait(lambda: pad.canvas.picture is not None)
    pad.driver.click("moveRightButton")
    pad.driver.click("undoButton")
    picture = pad.canvas.picture
    rebuild(pad.driver)
    assert pad.canvas.picture is picture
    invert, crop = pad.driver.find(QCheckBox, "invertPicture"), pad.driver.find(QCheckBox, "cropPicture")
    assert (invert.isChecked(), crop.isChecked()) == (True, True)
    press(pad, "cropPicture")
    pad.driver.wait(lambda: pad.canvas.picture is not picture)
    rebuild(pad.driver)
    assert not pad.driver.find(QCheckBox, "cropPicture").isChecked()
    pad.driver.click("undoButton")
    assert pad.canvas.picture is picture
    assert pad.driver.find(QCheckBox, "cropPicture").isChecked()


@pytest.mark.parametrize("is_seen", [True, False])
def test_a_picture_that_is_still_being_read_arrives(
    pad: Pad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gate: threading.Event, is_seen: bool
) -> None:
    path = scan(tmp_path)
    monkeypatch.setattr(dialogs, "ask_for_picture", lambda _parent: path)
    pad.draw(SEVEN)
    drawing = pad.driver.window.lab.drawing
    pad.driver.click("openPictureButton")
    if not is_seen:  # then there is no Draw page when it arrives
        pad.driver.window.show_page_named("dataPage")
    rebuild(pad.driver)
    gate.set()
    pad.driver.wait(lambda: pad.driver.window.lab.drawing is not drawing)
    pad.driver.window.show_page_named("drawPage")
    QApplication.processEvents()
    assert pad.canvas.picture is not None
    assert pad.canvas.picture.origin == "seven.png"
    pad.driver.click("undoButton")
    assert len(pad.canvas.strokes) == 1


def test_a_mistake_that_is_being_looked_for_is_found(pad: Pad) -> None:
    pad.driver.click("nextMistakeButton")
    pad.driver.window.rebuild()  # no event has brought a result yet
    button = pad.driver.find(QAbstractButton, "nextMistakeButton")
    assert (button.isEnabled(), button.text()) == (True, "Looking…")
    pad.driver.wait(lambda: pad.canvas.picture is not None)
    number = pad.driver.find(QSpinBox, "testDigitNumber").value()
    rebuild(pad.driver)
    assert pad.driver.find(QSpinBox, "testDigitNumber").value() == number
    assert f"(Test digit {number:,})." in pad.driver.text("answerExplanation")
    assert pad.canvas.picture is not None
    assert pad.canvas.picture.origin == f"Test digit {number:,}"


def test_who_leaves_the_page_waits_for_no_mistake(pad: Pad) -> None:
    pad.driver.click("nextMistakeButton")
    pad.driver.window.show_page_named("dataPage")
    pad.driver.wait(lambda: not pad.driver.window.lab.inspections.evaluation.is_pending)
    pad.driver.window.show_page_named("drawPage")
    assert pad.driver.find(QAbstractButton, "nextMistakeButton").isEnabled()
    assert pad.canvas.picture is None


def test_pen_and_changes_of_the_picture_stand_where_they_stood(pad: Pad) -> None:
    pad.driver.click("randomDigitButton")
    for name, value in (("penWidth", 50), ("turnPicture", 30), ("noisePicture", 7)):
        pad.driver.find(QSlider, name).setValue(value)
    before = received(pad).copy()
    rebuild(pad.driver)
    for name, value in (("penWidth", 50), ("turnPicture", 30), ("noisePicture", 7)):
        assert pad.driver.find(QSlider, name).value() == value
    assert pad.canvas.pen_width == pytest.approx(50 / 280 * pad.canvas.side)
    np.testing.assert_array_equal(received(pad), before)
    pad.driver.click("undoButton")
    assert pad.driver.find(QSlider, "noisePicture").value() == 0
    rebuild(pad.driver)
    assert pad.driver.find(QSlider, "noisePicture").value() == 0


def test_the_unit_that_is_looked_into_and_the_input_that_is_read(pad: Pad) -> None:
    pad.draw(SEVEN)
    turn_to(pad, INSIDE)
    bars = pad.driver.find(UnitBars, "layerBars2")
    pad.driver.qtbot.mouseClick(bars.viewport(), LEFT, pos=QPoint(30, 40))
    inputs = pad.driver.find(UnitBars, "evidenceBars")
    pad.driver.qtbot.mouseClick(inputs.viewport(), LEFT, pos=QPoint(60, 40))
    heading, unit, read = pad.driver.text("evidenceHeading"), bars.selected, inputs.selected
    assert heading.startswith("Hidden layer 2")
    rebuild(pad.driver)
    assert pad.driver.text("evidenceHeading") == heading
    assert pad.driver.find(UnitBars, "layerBars2").selected == unit
    again = pad.driver.find(UnitBars, "evidenceBars")
    assert again.selected == read
    assert any(label.text().startswith(again.readout) for label in pad.driver.window.findChildren(QLabel))


def test_own_digits_keep_their_selection_and_what_was_removed(pad: Pad) -> None:
    turn_to(pad, OWN)
    label = pad.driver.find(QComboBox, "ownLabel")
    for digit in (7, 1, 4):
        label.setCurrentIndex(label.findData(digit))
        pad.draw(SEVEN)
        pad.driver.click("saveDigitButton")
    gallery = pad.driver.find(PictureGrid, "ownDigits")
    gallery.setFocus()
    pad.driver.qtbot.keyClick(gallery, Qt.Key.Key_Right)
    rebuild(pad.driver)
    assert pad.driver.find(PictureGrid, "ownDigits").selected == 1
    assert not pad.driver.find(QAbstractButton, "saveDigitButton").isEnabled(), "it is kept already"
    pad.driver.click("removeDigitButton")
    assert pad.driver.window.lab.own_digits.own.labels.tolist() == [7, 4]
    pad.driver.wait(lambda: not pad.driver.window.lab.is_computing)
    accuracy = pad.driver.text("ownAccuracy")
    assert "%" in accuracy
    rebuild(pad.driver)
    assert pad.driver.text("ownAccuracy") == accuracy
    assert pad.driver.find(PictureGrid, "ownDigits").selected == 1
    pad.driver.click("putBackButton")
    assert sorted(pad.driver.window.lab.own_digits.own.labels.tolist()) == [1, 4, 7]
    assert not pad.driver.find(QAbstractButton, "putBackButton").isEnabled()
