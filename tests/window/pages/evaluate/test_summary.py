"""What the column at the left of the Evaluate page says of a network's answers, by numbers worked out by hand."""

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mnist_lab.inspection.evaluation import Evaluation
from mnist_lab.studies.examined import Examined
from mnist_lab.window.pages.evaluate.digit_bars import DigitBars
from mnist_lab.window.pages.evaluate.summary import Summary
from mnist_lab.window.widgets.basic.stat_card import StatCard


@pytest.fixture
def summary(qtbot: QtBot) -> Summary:
    summary = Summary()
    qtbot.addWidget(summary)
    return summary


def _examined(*wrong: int, each: int = 10, updates: int = 1) -> Examined:
    """`each` images of every digit; each digit in `wrong` has one more of its images taken for another."""
    labels = np.repeat(np.arange(10, dtype=np.uint8), each)
    answers = labels.copy()
    for digit in set(wrong):
        places = np.flatnonzero(labels == digit)[: wrong.count(digit)]
        answers[places] = (digit + 1) % 10
    images = np.zeros((len(labels), 28, 28), np.uint8)
    return Examined(images, Evaluation(labels, np.eye(10, dtype=np.float32)[answers], updates))


@pytest.mark.parametrize(
    ("wrong", "says", "marked"),
    [
        ((8, 8, 3), "Hardest: the digit 8; of its 10 images 2 are not recognised.", 8),
        ((8, 3), "Hardest: 3, 8, each with 90.0\u00a0% recognised.", None),
        ((), "", None),
    ],
)
def test_the_hardest_digit_is_named_and_all_that_tie(
    summary: Summary, wrong: tuple[int, ...], says: str, marked: int | None
) -> None:
    summary.show_examined(_examined(*wrong))
    assert summary.findChild(QLabel, "weakestDigit").text() == says
    assert summary.findChild(DigitBars, "perDigitAccuracy").marked == marked


def test_an_accuracy_has_one_place_and_its_interval_says_what_it_holds(summary: Summary) -> None:
    summary.show_examined(_examined(*[digit for digit in range(10) for _ in range(7)], each=100))
    assert summary.findChild(StatCard, "testAccuracy").value == "93.0\u00a0%"
    assert summary.findChild(QLabel, "accuracyInterval").text() == (
        "930 of 1,000 test images after 1 update. 95\u00a0% interval: 91.2 to 94.4\u00a0%."
        " In 95 of 100 such samples of test images, the sample's interval holds the true share."
    )
