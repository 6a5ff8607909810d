"""Signed bars show numbers on both sides of zero."""

import numpy as np
import pytest

from mnist_lab.window import theme
from mnist_lab.window.widgets.signed_bars import SignedBars


@pytest.fixture
def bars(qtbot) -> SignedBars:
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


def test_a_verdict_has_those_of_right_and_wrong(qtbot) -> None:
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
