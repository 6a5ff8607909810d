"""The bars are as long as the numbers say, and say so in words too."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from mnist_lab.window import theme
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars

SEVEN = [0.01, 0, 0.0001, 0.02, 0, 0, 0, 0.9, 0, 0.0699]


@pytest.fixture
def bars(qtbot) -> ProbabilityBars:
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    bars.resize(300, 220)
    return bars


def bar_lengths(bars: ProbabilityBars, colour: str) -> list[int]:
    image = bars.grab().toImage()
    middles = [int((digit + 0.5) * image.height() / 10) for digit in range(10)]
    return [sum(image.pixelColor(x, y).name() == colour for x in range(image.width())) for y in middles]


def test_without_an_answer_all_values_are_zero(bars: ProbabilityBars) -> None:
    assert bars.values == (0.0,) * 10
    assert bars.winner is None
    assert bars.accessibleDescription() == "No answer yet"
    bars.set_values(SEVEN)
    bars.set_values(None)
    assert list(bars.values) == [0.0] * 10
    assert bars.winner is None
    assert sum(bar_lengths(bars, theme.current().accent)) == 0


def test_winner_stands_out_and_lengths_are_true(bars: ProbabilityBars, qapp: QApplication) -> None:
    for palette in (theme.DARK, theme.LIGHT):
        theme.apply(qapp, palette)
        bars.set_values(SEVEN)
        accents, others = bar_lengths(bars, palette.accent), bar_lengths(bars, palette.border)
        track = bar_lengths(bars, palette.line)
        assert [digit for digit in range(10) if accents[digit]] == [7]
        assert accents[7] / (accents[7] + track[7]) == pytest.approx(0.9, abs=0.03)
        assert others[9] / (others[9] + track[9]) == pytest.approx(0.07, abs=0.03)
        assert others[1] == 0


def test_words_begin_with_the_winner(bars: ProbabilityBars) -> None:
    bars.set_values(np.array(SEVEN, np.float32))
    assert bars.winner == 7
    assert bars.values == pytest.approx(SEVEN)
    told = ("7: 90.0\u00a0%", "9: 7.0\u00a0%", "3: 2.0\u00a0%", "0: 1.0\u00a0%", "2: < 0.1\u00a0%")
    assert bars.accessibleDescription().startswith(", ".join(told))


def test_a_wrong_answer_and_the_right_digit_are_told_apart_by_colour_by_a_mark_and_in_words(
    bars: ProbabilityBars, qapp: QApplication
) -> None:
    for palette in (theme.DARK, theme.LIGHT):
        theme.apply(qapp, palette)
        bars.set_values(SEVEN, 9)
        wrong, right = bar_lengths(bars, palette.wrong), bar_lengths(bars, palette.right)
        assert [digit for digit in range(10) if wrong[digit]] == [7]
        assert [digit for digit in range(10) if right[digit]] == [9]
        assert sum(bar_lengths(bars, palette.accent)) == 0
        marked = bars.grab().toImage()
        assert [bars.verdict_on(digit) for digit in (7, 9, 3)] == ["wrong", "right", None]
        assert bars.accessibleDescription().startswith("It says 7; right is 9. 7: 90.0\u00a0%, 9: 7.0\u00a0%")
        bars.set_values(SEVEN, 7)
        assert bar_lengths(bars, palette.right)[7] > 100
        assert bars.verdict_on(9) is None
        assert bars.accessibleDescription().startswith("7: 90.0\u00a0%")
        bars.set_values(SEVEN)
        plain = bars.grab().toImage()
        assert plain.size() == marked.size()
        room = round(bars.width() / 40)  # what stands before the digits: nothing without a mark
        rows = range(marked.height())
        blank = plain.pixelColor(1, 1)
        assert all(plain.pixelColor(x, y) == blank for x in range(room) for y in rows)
        for digit in (7, 9):
            row = range(digit * marked.height() // 10, (digit + 1) * marked.height() // 10)
            assert any(marked.pixelColor(x, y) != blank for x in range(room) for y in row)
        assert all(value == 0 for value in bar_lengths(bars, palette.right))


def test_without_an_answer_nothing_is_right_or_wrong(bars: ProbabilityBars) -> None:
    bars.set_values(None, 3)
    assert bars.verdict_on(3) is None
    assert bars.accessibleDescription() == "No answer yet"


def test_certainty_is_not_rounded_up(bars: ProbabilityBars) -> None:
    bars.set_values([0.9999, *[0.0] * 9])
    assert bars.accessibleDescription().startswith("0: > 99.9\u00a0%")
    bars.set_values([1.0, *[0.0] * 9])
    assert bars.accessibleDescription().startswith("0: 100.0\u00a0%")


def test_other_than_ten_values_are_refused(bars: ProbabilityBars) -> None:
    with pytest.raises(ValueError, match="ten probabilities are needed, 9 were given"):
        bars.set_values([0.1] * 9)


def test_values_that_are_no_numbers_are_shown_as_such(bars: ProbabilityBars) -> None:
    bars.set_values([np.nan] * 10)
    assert bars.winner is None
    assert not bars.grab().isNull()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "0.0\u00a0%"),
        (0.0001, "< 0.1\u00a0%"),
        (0.984, "98.4\u00a0%"),
        (0.9996, "> 99.9\u00a0%"),
        (1.0, "100.0\u00a0%"),
        (float("nan"), "–"),
    ],
)
def test_a_share_is_spelled_for_others_too(value: float, words: str) -> None:
    assert ProbabilityBars.spell(value) == words
