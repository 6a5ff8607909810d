"""Why: what spoke for one digit against another, in the picture, in bars and in the sum; and wrong answers marked."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel

from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window import theme
from mnist_lab.window.pages.draw.against_choice import AgainstChoice
from mnist_lab.window.pages.draw.signed_picture import SignedPicture
from mnist_lab.window.pages.draw.unit_bars import UnitBars
from mnist_lab.window.widgets.pictures.colour_bar import ColourBar
from tests.window.pad import SEVEN, Pad
from tests.window.pages.draw.tools import ANSWER, WHY, number, press, received, turn_to

SHARES = np.array([0, 0.1, 0.4, 0, 0, 0, 0, 0.2, 0.3, 0], np.float32)


@pytest.mark.parametrize(
    ("chosen", "label", "pair"),
    [
        (None, None, (2, 8)),
        (None, 2, (2, 8)),
        (None, 7, (2, 7)),
        (None, 0, (2, 0)),
        ((7, 9), 0, (7, 9)),
    ],
)
def test_the_usual_pair_is_the_answer_and_what_is_right_or_comes_next(
    chosen: tuple[int, int] | None, label: int | None, pair: tuple[int, int]
) -> None:
    assert AgainstChoice(chosen).pair_for(SHARES, label) == pair


def _pair(pad: Pad) -> tuple[int, int]:
    first, second = (pad.driver.find(QComboBox, name).currentIndex() for name in ("againstFirst", "againstSecond"))
    return first, second


def _adds_up(pad: Pad) -> None:
    """The sum that is printed is the one of the network's own logits."""
    first, second = _pair(pad)
    weights = pad.driver.window.lab.weights
    assert weights is not None
    logits = trace(weights, received(pad).reshape(1, 784))[-1].sums[0].astype(np.float64)
    assert number(pad, "againstProducts") + number(pad, "againstBiases") == pytest.approx(
        number(pad, "againstTotal"), abs=2e-5
    )
    assert number(pad, "againstTotal") == pytest.approx(logits[first] - logits[second], abs=1e-4)
    assert number(pad, "againstOwn") == pytest.approx(logits[first] - logits[second], abs=1e-5)


def _has_colour(widget: QLabel, colour: str) -> bool:
    image = widget.grab().toImage()
    return any(image.pixelColor(x, y).name() == colour for y in range(image.height()) for x in range(image.width()))


def test_a_wrong_answer_is_marked_and_laid_against_the_right_digit(pad: Pad) -> None:
    pad.driver.click("nextMistakeButton")
    pad.driver.wait(lambda: pad.canvas.picture is not None)
    picture = pad.canvas.picture
    assert picture is not None
    answer, right = int(pad.prediction), picture.label
    assert right is not None
    assert (pad.bars.verdict_on(answer), pad.bars.verdict_on(right)) == ("wrong", "right")
    assert f"It says {answer}; right is {right} (Test digit " in pad.driver.text("answerExplanation")
    prediction = pad.driver.find(QLabel, "prediction")
    assert _has_colour(prediction, theme.current().wrong)
    turn_to(pad, WHY)
    assert _pair(pad) == (answer, right)
    _adds_up(pad)
    shown = pad.driver.find(SignedPicture, "againstPicture")
    assert shown.isVisible()
    assert shown.picture is not None
    assert float(shown.picture.sum(dtype=np.float64)) == pytest.approx(number(pad, "againstProducts"), abs=1e-4)
    assert np.count_nonzero(shown.picture[received(pad) == 0]) == 0, "paper speaks for nothing"
    assert pad.driver.find(ColourBar, "againstScale").limit == shown.limit >= np.abs(shown.picture).max()
    assert f"Orange pixels speak for {answer}, blue ones for {right}." in pad.driver.text("againstSentence")
    assert f"{answer} is ahead" in pad.driver.text("againstSentence")
    turn_to(pad, ANSWER)
    pad.draw((((0.5, 0.1), (0.5, 0.2)),))  # over it: nobody knows any more what is right
    assert pad.bars.verdict_on(right) is None
    assert not _has_colour(prediction, theme.current().wrong)


def test_the_digits_are_chosen_by_keys_and_follow_the_answer_again(pad: Pad) -> None:
    turn_to(pad, WHY)
    assert pad.driver.text("againstSentence").startswith("Draw something")
    assert pad.driver.text("againstTotal") == "–"
    pad.draw(SEVEN)
    order = [int(digit) for digit in np.argsort(-np.array(pad.bars.values), kind="stable")]
    first, second = order[:2]
    assert _pair(pad) == (first, second)
    _adds_up(pad)
    choice = pad.driver.find(QComboBox, "againstSecond")
    other = next(digit for digit in order[2:] if digit != first)
    choice.setFocus()
    pad.driver.qtbot.keyClicks(choice, str(other))
    assert _pair(pad) == (first, other)
    _adds_up(pad)
    assert not pad.driver.find(QCheckBox, "againstFollow").isChecked()
    total = number(pad, "againstTotal")
    pad.driver.find(QComboBox, "againstFirst").setCurrentIndex(other)  # the same twice would say nothing: they swap
    assert _pair(pad) == (other, first)
    assert number(pad, "againstTotal") == -total
    assert f"{first} is ahead" in pad.driver.text("againstSentence")
    pad.draw((((0.2, 0.5), (0.8, 0.5)),))
    assert _pair(pad) == (other, first), "a choice by hand stays"
    press(pad, "againstFollow")
    assert _pair(pad) == tuple(int(digit) for digit in np.argsort(-np.array(pad.bars.values), kind="stable")[:2])
    _adds_up(pad)


def test_a_pixels_part_is_read_by_keys(pad: Pad) -> None:
    pad.draw(SEVEN)
    turn_to(pad, WHY)
    picture = pad.driver.find(SignedPicture, "againstPicture")
    picture.setFocus()
    pad.driver.qtbot.keyClick(picture, Qt.Key.Key_Right)
    assert picture.readout.startswith("row 14, column 15: ")
    assert picture.readout in [label.text() for label in pad.driver.window.findChildren(QLabel)]


def test_a_curved_activation_has_no_picture_and_the_last_layers_sum_instead(pad: Pad) -> None:
    lab = pad.driver.window.lab
    assert lab.weights is not None
    lab.keep_network("curved", NetworkWeights(lab.weights.layers, "tanh", 3))
    pad.draw(SEVEN)
    turn_to(pad, WHY)
    assert pad.driver.text("againstSentence").startswith("No picture of pixels: tanh is curved")
    assert not pad.driver.find(SignedPicture, "againstPicture").isVisible()
    bars = pad.driver.find(UnitBars, "againstBars")
    assert bars.isVisible()
    assert len(bars.values) == 12
    assert float(bars.values.sum(dtype=np.float64)) == pytest.approx(number(pad, "againstProducts"), abs=1e-5)
    _adds_up(pad)
