"""Signed bars show numbers on both sides of zero."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.pages.weights.signed_bars import SignedBars


@pytest.fixture
def bars(qtbot: QtBot) -> SignedBars:
    bars = SignedBars(["a", "b"])
    qtbot.addWidget(bars)
    bars.resize(300, 60)
    bars.show()
    return bars


def colours(bars: SignedBars) -> set[str]:
    image = bars.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_positive_and_negative_have_the_colours_of_weights(bars: SignedBars) -> None:
    bars.set_values([0.5, -0.25])
    assert {theme.LIGHT.positive, theme.LIGHT.negative} <= colours(bars)
    assert bars.accessibleDescription() == "a: +0.5, b: −0.25"
    bars.set_values([0.5, 0.0])
    assert theme.LIGHT.negative not in colours(bars)


def test_a_verdict_has_those_of_right_and_wrong(qtbot: QtBot) -> None:
    bars = SignedBars(["a", "b"], is_verdict=True)
    qtbot.addWidget(bars)
    bars.resize(300, 60)
    bars.set_values([0.5, -0.25])
    assert {theme.LIGHT.right, theme.LIGHT.wrong} <= colours(bars)


@pytest.mark.parametrize("values", [(), (0.0, 0.0), (np.nan, np.inf), (1e-30, -3e38)])
def test_any_numbers_can_be_shown(bars: SignedBars, values: tuple[float, ...]) -> None:
    bars.set_values(values)
    assert not bars.grab().isNull()


def test_another_count_is_refused(bars: SignedBars) -> None:
    with pytest.raises(ValueError, match="2 numbers"):
        bars.set_values([1.0])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((0.17, -0.2143), ("+0.170", "−0.214")),
        ((12.34, -0.04), ("+12.3", "−0.0")),
        ((1.0, -2.0), ("+1", "−2")),
        ((0.0, 0.0), ("0", "0")),
        ((0.0, 0.25), ("0.00", "+0.25")),
        ((1.2e17, -3.4e16), ("+1.2 × 10¹⁷", "−3.4 × 10¹⁶")),
        ((np.nan, 0.5), ("–", "+0.5")),
    ],
)
def test_numbers_stand_digit_below_digit(bars: SignedBars, values: tuple[float, ...], words: tuple[str, ...]) -> None:
    bars.set_values(values)
    assert bars.words == words


def test_long_numbers_have_the_room_they_need(bars: SignedBars) -> None:
    before = bars.minimumSizeHint().width()
    bars.set_values([-1.2e17, 3.4e16])
    needed = theme.fonts.widest(theme.fonts.font("small"), "−1.2 × 10¹⁷") - theme.fonts.widest(
        theme.fonts.font("small"), "−0.0000"
    )
    assert needed > 0
    assert bars.minimumSizeHint().width() == pytest.approx(before + needed, abs=1)
