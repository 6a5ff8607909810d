"""Ten shares are drawn as long as they are, and said in words."""

import math

import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.pages.evaluate.digit_bars import DigitBars


@pytest.fixture
def bars(qtbot: QtBot) -> DigitBars:
    bars = DigitBars()
    qtbot.addWidget(bars)
    bars.resize(300, 200)
    return bars


def _lengths(bars: DigitBars, colour: str) -> list[int]:
    image = bars.grab().toImage()
    middles = [int((digit + 0.5) * image.height() / 10) for digit in range(10)]
    return [sum(image.pixelColor(x, y).name() == colour for x in range(image.width())) for y in middles]


def test_lengths_are_true_and_the_marked_one_stands_out(bars: DigitBars) -> None:
    bars.set_values([1.0, 0.5, 0.25, *[1.0] * 7], marked=2)
    usual, marked = _lengths(bars, theme.current().border), _lengths(bars, theme.current().accent)
    assert usual[1] == pytest.approx(usual[0] / 2, abs=3)
    assert marked[2] == pytest.approx(usual[0] / 4, abs=3)
    assert sum(marked) == marked[2]


def test_what_is_not_known_has_no_bar_and_no_words(bars: DigitBars) -> None:
    assert bars.accessibleDescription() == "Nothing yet"
    bars.set_values([0.5, math.nan, *[0.0] * 8])
    assert bars.accessibleDescription().startswith("0: 50.0\u00a0%, 2: 0.0\u00a0%")
    assert _lengths(bars, theme.current().border)[1:] == [0] * 9
    bars.set_values(None)
    assert all(math.isnan(value) for value in bars.values)


def test_ten_are_needed(bars: DigitBars) -> None:
    with pytest.raises(ValueError, match="ten shares are needed, 3 were given"):
        bars.set_values([0.1, 0.2, 0.3])
