"""The bars of an optimizer's inner state spell their numbers as one would say them."""

import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.descent.curve.inner_state import StateBars


@pytest.mark.parametrize(
    ("value", "words"),
    [(30.0, "30"), (-2.0, "−2"), (0.5, "0.5000"), (0.0, "0.0000"), (1e12, "1.00 × 10¹²"), (float("inf"), "–")],
)
def test_what_is_whole_has_no_decimals(qtbot: QtBot, value: float, words: str) -> None:
    bars = StateBars()
    qtbot.addWidget(bars)
    bars.set_bars((("Updates t", value, 40.0),))
    assert bars.accessibleDescription() == f"Updates t {words}"
