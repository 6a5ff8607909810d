"""Where pictures on the pad come from: the test set, another page, a file, the clipboard, a drop."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import PySide6
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QSpinBox

from mnist_lab.window import dialogs
from mnist_lab.window.pages.draw.picture_import import picture_in
from mnist_lab.window.state.drawing import PictureToOpen
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.fields.number_fields import WholeNumberBox
from tests.window.pad import LEFT, SEVEN, Pad
from tests.window.pages.draw.tools import press, received, scan


def test_a_test_digit_by_number_is_what_the_network_receives(pad: Pad) -> None:
    digits = pad.driver.window.lab.digits
    number = pad.driver.find(QSpinBox, "testDigitNumber")
    number.setFocus()
    number.selectAll()
    pad.driver.qtbot.keyClicks(number, "12")
    pad.driver.qtbot.keyClick(number, Qt.Key.Key_Return)
    np.testing.assert_array_equal(received(pad), digits.test_images[12] / np.float32(255))
    label, said = digits.test_labels[12], pad.driver.text("answerExplanation")
    assert f"Test digit 12 is the digit {label}: right." in said or f"right is {label} (Test digit 12)." in said
    assert pad.driver.window.lab.drawing.label == label
    pad.driver.click("randomDigitButton")
    assert (received(pad).reshape(-1, 784) * 255 == digits.test_images.reshape(-1, 784)).all(axis=1).sum() <= 1
    pad.draw((((0.5, 0.1), (0.5, 0.2)),))
    assert pad.driver.window.lab.drawing.label is None


@pytest.mark.parametrize("text", ["-5 cats", "5000", "xx"])
def test_a_number_that_no_test_digit_has_is_refused_in_words(pad: Pad, text: str) -> None:
    number, said = pad.driver.find(WholeNumberBox, "testDigitNumber"), pad.driver.find(Notice, "padComplaints")
    assert "from 0 to 999" in number.toolTip()
    side = pad.canvas.height()
    number.setFocus()
    number.selectAll()
    pad.driver.qtbot.keyClicks(number, text)
    pad.driver.qtbot.keyClick(number, Qt.Key.Key_Return)
    assert "999" in said.text
    assert said.isVisible()
    assert pad.canvas.picture is None
    assert pad.canvas.height() == side, "its room is there already"
    pad.canvas.setFocus()
    assert said.text.endswith("0 stays.")
    pad.driver.find(QAbstractButton, "randomDigitButton").setFocus()
    assert not said.isVisible()


def test_the_number_is_that_of_the_digit_on_the_pad_by_undo_and_redo_too(pad: Pad) -> None:
    number = pad.driver.find(WholeNumberBox, "testDigitNumber")
    for text in ("180", "181"):
        number.setFocus()
        number.selectAll()
        pad.driver.qtbot.keyClicks(number, text)
        pad.driver.qtbot.keyClick(number, Qt.Key.Key_Return)
    pad.driver.click("undoButton")
    assert pad.canvas.picture is not None
    assert pad.canvas.picture.origin == "Test digit 180"
    assert number.value() == 180
    pad.canvas.redo()
    assert number.value() == 181


def test_the_next_mistake_is_one(pad: Pad) -> None:
    lab = pad.driver.window.lab
    explanation = partial(pad.driver.text, "answerExplanation")
    seen, origins = {explanation()}, set()
    for _ in range(3):
        pad.driver.click("nextMistakeButton")
        pad.driver.wait(lambda: explanation() not in seen)
        focused = pad.driver.window.focusWidget()
        assert focused is not None
        assert focused.objectName() == "nextMistakeButton", "the keyboard stays"
        assert f"It says {pad.prediction}; right is " in explanation()
        seen.add(explanation())
        assert pad.canvas.picture is not None
        origins.add(pad.canvas.picture.origin)
    assert len(origins) == 3
    assert lab.weights is not None
    lab.keep_network("another", lab.weights)
    assert not lab.inspections.evaluation.is_pending, "nobody waits for another network's mistakes"


def test_another_page_sends_a_picture(pad: Pad) -> None:
    lab = pad.driver.window.lab
    pad.draw(SEVEN)
    pad.driver.window.show_page_named("trainPage")
    picture = lab.digits.test_images[4]
    lab.navigator.open("drawPage", PictureToOpen(picture, 5, "test digit 4", 4))
    assert pad.canvas.isVisible()
    np.testing.assert_array_equal(np.rint(lab.drawing.image * 255), picture)
    assert lab.drawing.label == 5
    assert pad.driver.find(WholeNumberBox, "testDigitNumber").value() == 4
    pad.driver.click("undoButton")
    assert len(pad.canvas.strokes) == 1


@pytest.mark.parametrize("is_inverted", [False, True])
def test_a_file_is_opened_and_can_be_inverted_and_cropped(
    pad: Pad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_inverted: bool
) -> None:
    path = scan(tmp_path, is_inverted=is_inverted)
    monkeypatch.setattr(dialogs, "ask_for_picture", lambda _parent: path)
    pad.driver.click("openPictureButton")
    pad.driver.wait(lambda: pad.canvas.picture is not None)
    invert, crop = pad.driver.find(QCheckBox, "invertPicture"), pad.driver.find(QCheckBox, "cropPicture")
    assert (invert.isChecked(), crop.isChecked()) == (is_inverted, True)
    cut = pad.canvas.picture
    assert 0.7 < np.flatnonzero(cut.ink.any(axis=1)).size / len(cut.ink) < 0.75  # 20 of 28
    press(pad, "cropPicture")
    pad.driver.wait(lambda: pad.canvas.picture is not cut)
    assert len(pad.canvas.picture.ink) == 120
    pad.driver.click("undoButton")
    assert pad.canvas.picture is cut
    assert crop.isChecked()


def test_a_copied_picture_is_pasted(pad: Pad, tmp_path: Path) -> None:
    QApplication.clipboard().setImage(QImage(str(scan(tmp_path))))
    pad.driver.qtbot.keyClick(pad.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    pad.driver.wait(lambda: pad.canvas.picture is not None)
    assert received(pad).max() == 1
    problems: list[str] = []
    pad.driver.window.lab.problem.connect(problems.append)
    QApplication.clipboard().setText("seven")
    pad.driver.click("pastePictureButton")
    assert "No picture was copied" in problems[0]
    assert picture_in(None) is None  # as long as nothing was copied at all, some systems have no data either


def test_a_dropped_file_lies_on_the_pad_and_one_that_is_no_picture_is_refused_in_words(
    pad: Pad, tmp_path: Path
) -> None:
    problems: list[str] = []
    pad.driver.window.lab.problem.connect(problems.append)
    _drop(pad, scan(tmp_path))
    pad.driver.wait(lambda: pad.canvas.picture is not None)
    text = tmp_path / "notes.txt"
    text.write_text("seven", encoding="utf-8")
    _drop(pad, text)
    pad.driver.wait(lambda: bool(problems))
    assert "notes.txt” is no picture that the lab reads" in problems[0]
    assert pad.canvas.picture.origin == "seven.png"


def _drop(pad: Pad, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, buttons, keys = Qt.DropAction.CopyAction, LEFT, Qt.KeyboardModifier.NoModifier
    point: Any = QPointF if PySide6.__version_info__ >= (6, 12) else QPoint  # from then on whole pixels are deprecated
    enter = QDragEnterEvent(point(50, 50), copy, data, buttons, keys)
    QApplication.sendEvent(pad.canvas, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(pad.canvas, QDropEvent(QPointF(50, 50), copy, data, buttons, keys))
