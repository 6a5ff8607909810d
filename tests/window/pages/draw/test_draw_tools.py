"""The Draw page's tools: pictures from anywhere, changes, skipped steps, a look inside, and one's own digits."""

from pathlib import Path
from typing import Any

import numpy as np
import PySide6
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QSlider, QSpinBox, QTabWidget

from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.window import dialogs
from mnist_lab.window.pages.draw.inside_tab import InsideTab
from mnist_lab.window.pages.draw.signed_picture import SignedPicture
from mnist_lab.window.pages.draw.unit_bars import UnitBars
from mnist_lab.window.state.drawing import PictureToOpen
from mnist_lab.window.widgets.fields.typed_numbers import read_real
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from mnist_lab.window.widgets.pictures.pixel_picture import PixelPicture
from tests.window.conftest import Driver
from tests.window.pad import LEFT, SEVEN, Pad

ANSWER, PREPARING, INSIDE, SOFTMAX, OWN = range(5)


@pytest.fixture
def pad(driver: Driver) -> Pad:
    """The Draw page with a network nobody trained: drawn at random, always the same."""
    generator = np.random.default_rng(5)
    layers = tuple(
        DenseWeights(generator.normal(0, 0.1, (inputs, units)).astype(np.float32), np.full(units, 0.01, np.float32))
        for inputs, units in ((784, 40), (40, 12), (12, 10))
    )
    driver.window.lab.keep_network("random", NetworkWeights(layers, "relu", 3))
    return Pad(driver)


def _turn_to(pad: Pad, tab: int) -> None:
    pad.driver.find(QTabWidget, "drawTabs").setCurrentIndex(tab)
    QApplication.processEvents()


def _received(pad: Pad) -> np.ndarray:
    return pad.driver.find(PixelPicture, "networkInput").picture


def _press(pad: Pad, name: str) -> None:
    """Switch a box as the keyboard does."""
    box = pad.driver.find(QCheckBox, name)
    assert box.isEnabled(), name
    pad.driver.qtbot.keyClick(box, Qt.Key.Key_Space)


def _scan(folder: Path, *, is_inverted: bool = False) -> Path:
    """A grey picture of a seven on paper, as a file."""
    pixels = np.full((120, 90), 230, np.uint8)
    pixels[20:30, 20:70] = 20
    for row in range(30, 100):
        pixels[row, 66 - row // 3 : 74 - row // 3] = 20
    pixels = 255 - pixels if is_inverted else pixels
    image = QImage(pixels.tobytes(), 90, 120, 90, QImage.Format.Format_Grayscale8).copy()
    path = folder / "seven.png"
    assert image.save(str(path))
    return path


def test_a_test_digit_by_number_is_what_the_network_receives(pad: Pad) -> None:
    digits = pad.driver.window.lab.digits
    number = pad.driver.find(QSpinBox, "testDigitNumber")
    number.setFocus()
    number.selectAll()
    pad.driver.qtbot.keyClicks(number, "12")
    pad.driver.qtbot.keyClick(number, Qt.Key.Key_Return)
    np.testing.assert_array_equal(_received(pad), digits.test_images[12] / np.float32(255))
    assert f"Test digit 12 is a {digits.test_labels[12]}" in pad.driver.text("answerExplanation")
    assert pad.driver.window.lab.drawing.label == digits.test_labels[12]
    pad.driver.click("randomDigitButton")
    assert (_received(pad).reshape(-1, 784) * 255 == digits.test_images.reshape(-1, 784)).all(axis=1).sum() <= 1
    pad.draw((((0.5, 0.1), (0.5, 0.2)),))
    assert pad.driver.window.lab.drawing.label is None


def test_the_next_mistake_is_one(pad: Pad) -> None:
    lab = pad.driver.window.lab
    seen = []
    for _ in range(3):
        before = pad.driver.text("answerExplanation")
        pad.driver.click("nextMistakeButton")
        pad.driver.wait(lambda before=before: pad.driver.text("answerExplanation") != before)
        assert pad.driver.text("answerExplanation").endswith("wrong.")
        seen.append(pad.canvas.picture.origin)
    assert len(set(seen)) == 3
    lab.keep_network("another", lab.weights)
    assert not lab.inspections.evaluation.is_pending, "nobody waits for another network's mistakes"


def test_another_page_sends_a_picture(pad: Pad) -> None:
    lab = pad.driver.window.lab
    pad.draw(SEVEN)
    pad.driver.window.show_page_named("trainPage")
    picture = lab.digits.test_images[4]
    lab.navigator.open("drawPage", PictureToOpen(picture, 5, "test digit 4"))
    assert pad.canvas.isVisible()
    np.testing.assert_array_equal(np.rint(lab.drawing.image * 255), picture)
    assert lab.drawing.label == 5
    pad.driver.click("undoButton")
    assert len(pad.canvas.strokes) == 1


def test_moving_turning_and_noise_are_taken_back_one_by_one(pad: Pad) -> None:
    pad.draw(SEVEN)
    drawn = _received(pad).copy()
    pad.driver.click("moveRightButton")
    pad.driver.click("moveDownButton")
    np.testing.assert_array_equal(_received(pad)[1:, 1:], drawn[:-1, :-1])
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
    np.testing.assert_array_equal(_received(pad), drawn)


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
    usual = _received(pad).copy()
    width = pad.driver.find(QSlider, "penWidth")
    width.setValue(50)
    np.testing.assert_array_equal(_received(pad), usual)
    _turn_to(pad, PREPARING)
    _press(pad, "penStep")
    assert _received(pad).sum() > 1.5 * usual.sum()


def test_each_skipped_step_says_how_the_answer_changes(pad: Pad) -> None:
    pad.draw([0.3 * np.array(stroke) for stroke in SEVEN])
    _turn_to(pad, PREPARING)
    usual = pad.bars.values
    for name in ("pen", "box", "centre", "scale"):
        without = pad.driver.text(f"{name}StepAnswer")
        assert without.startswith("Without it: ")
        _press(pad, f"{name}Step")
        largest = int(np.argmax(pad.bars.values))
        assert without == f"Without it: {largest} ({pad.bars.spell(pad.bars.values[largest])})"
        assert f"As the switches stand: {largest}" in pad.driver.text("preparingSentence")
        _press(pad, f"{name}Step")
        assert pad.bars.values == usual


def test_a_digit_of_the_set_is_prepared_again_only_on_wish(pad: Pad) -> None:
    pad.driver.click("randomDigitButton")
    as_it_is = _received(pad).copy()
    _turn_to(pad, PREPARING)
    assert not pad.driver.find(QCheckBox, "boxStep").isEnabled()
    _press(pad, "prepareAnew")
    assert pad.driver.find(QCheckBox, "boxStep").isEnabled()
    assert (_received(pad) != as_it_is).any()


@pytest.mark.parametrize("is_inverted", [False, True])
def test_a_file_is_opened_and_can_be_inverted_and_cropped(
    pad: Pad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_inverted: bool
) -> None:
    path = _scan(tmp_path, is_inverted=is_inverted)
    monkeypatch.setattr(dialogs, "ask_for_picture", lambda _parent: path)
    pad.driver.click("openPictureButton")
    pad.driver.wait(lambda: pad.canvas.picture is not None)
    invert, crop = pad.driver.find(QCheckBox, "invertPicture"), pad.driver.find(QCheckBox, "cropPicture")
    assert (invert.isChecked(), crop.isChecked()) == (is_inverted, True)
    cut = pad.canvas.picture
    assert 0.7 < np.flatnonzero(cut.ink.any(axis=1)).size / len(cut.ink) < 0.75  # 20 of 28
    _press(pad, "cropPicture")
    pad.driver.wait(lambda: pad.canvas.picture is not cut)
    assert len(pad.canvas.picture.ink) == 120
    pad.driver.click("undoButton")
    assert pad.canvas.picture is cut
    assert crop.isChecked()


def test_a_copied_picture_is_pasted(pad: Pad, tmp_path: Path) -> None:
    QApplication.clipboard().setImage(QImage(str(_scan(tmp_path))))
    pad.driver.qtbot.keyClick(pad.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    pad.driver.wait(lambda: pad.canvas.picture is not None)
    assert _received(pad).max() == 1
    problems: list[str] = []
    pad.driver.window.lab.problem.connect(problems.append)
    QApplication.clipboard().setText("seven")
    pad.driver.click("pastePictureButton")
    assert "No picture was copied" in problems[0]


def test_a_dropped_file_lies_on_the_pad_and_one_that_is_no_picture_is_refused_in_words(
    pad: Pad, tmp_path: Path
) -> None:
    problems: list[str] = []
    pad.driver.window.lab.problem.connect(problems.append)
    _drop(pad, _scan(tmp_path))
    pad.driver.wait(lambda: pad.canvas.picture is not None)
    text = tmp_path / "notes.txt"
    text.write_text("seven", encoding="utf-8")
    _drop(pad, text)
    pad.driver.wait(lambda: bool(problems))
    assert "cannot be read as a picture" in problems[0]
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


def _number(pad: Pad, name: str) -> float:
    value = read_real(pad.driver.text(name).replace("−", "-").replace("+", ""))
    assert value is not None, pad.driver.text(name)
    return value


def _evidence_adds_up(pad: Pad) -> None:
    total = _number(pad, "evidenceProducts") + _number(pad, "evidenceBias")
    assert total == pytest.approx(_number(pad, "evidenceTotal"), abs=2e-5)
    assert _number(pad, "evidenceTotal") == pytest.approx(_number(pad, "evidenceOwn"), abs=1e-4)


def test_a_clicked_bar_shows_the_evidence_for_its_unit(pad: Pad) -> None:
    pad.draw(SEVEN)
    _turn_to(pad, INSIDE)
    assert pad.driver.text("evidenceHeading").startswith(f"For the digit {pad.prediction}")
    _evidence_adds_up(pad)
    first = pad.driver.find(UnitBars, "layerBars1")
    pad.driver.qtbot.mouseClick(first.viewport(), LEFT, pos=QPoint(30, 40))
    assert "Hidden layer 1" in pad.driver.text("evidenceHeading")
    _evidence_adds_up(pad)
    picture = pad.driver.find(SignedPicture, "evidencePicture")
    assert picture.isVisible()
    assert picture.picture.sum(dtype=np.float64) == pytest.approx(_number(pad, "evidenceProducts"), abs=1e-4)
    for name in ("layerBars2", "layerBars3"):
        bars = pad.driver.find(UnitBars, name)
        bars.setFocus()
        pad.driver.qtbot.keyClick(bars, Qt.Key.Key_Right)
        _evidence_adds_up(pad)
        assert pad.driver.find(UnitBars, "evidenceBars").isVisible()
    inside = pad.driver.window.findChild(InsideTab)
    assert inside.chosen == (2, bars.selected)


def test_the_softmax_follows_the_temperature(pad: Pad) -> None:
    pad.draw(SEVEN)
    _turn_to(pad, SOFTMAX)
    sharp = _number(pad, "softmaxTotal")
    slider = pad.driver.find(QSlider, "softmaxTemperature")
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert _number(pad, "softmaxTotal") > sharp
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert 1 <= _number(pad, "softmaxTotal") < sharp


def test_own_digits_are_saved_judged_removed_and_put_back(pad: Pad) -> None:
    lab = pad.driver.window.lab
    _turn_to(pad, OWN)
    save = pad.driver.find(QAbstractButton, "saveDigitButton")
    pad.draw(SEVEN)
    assert not save.isEnabled()
    label = pad.driver.find(QComboBox, "ownLabel")
    label.setCurrentIndex(label.findData(7))
    pad.driver.click("saveDigitButton")
    assert not save.isEnabled()
    own = lab.own_digits.own
    assert own.labels.tolist() == [7]
    np.testing.assert_array_equal(own.images[0], np.rint(255 * _received(pad)))
    np.testing.assert_allclose(own.digits[0].strokes[0], SEVEN[0], atol=1 / pad.canvas.side)
    share = "100.0 %" if pad.prediction == "7" else "0.0 %"
    pad.driver.wait(lambda: share in pad.driver.text("ownAccuracy"))
    before = len(lab.digits.train_images)
    _press(pad, "useOwnDigits")
    assert len(lab.digits.train_images) == before + 1
    pad.driver.click("clearButton")
    gallery = pad.driver.find(PictureGrid, "ownDigits")
    gallery.setFocus()
    pad.driver.qtbot.keyClick(gallery, Qt.Key.Key_Return)
    assert len(pad.canvas.strokes) == 1
    pad.driver.click("removeDigitButton")
    assert len(lab.own_digits.own) == 0
    assert len(lab.digits.train_images) == before
    pad.driver.click("putBackButton")
    assert lab.own_digits.own.labels.tolist() == [7]
