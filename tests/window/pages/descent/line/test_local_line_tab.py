"""The local line, used with mouse and keys."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider
from pytestqt.qtbot import QtBot

from mnist_lab.descent.functions import FUNCTIONS, Function, Reals, function_of
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.line.error_picture import ErrorPicture
from mnist_lab.window.pages.descent.line.line_picture import LinePicture
from mnist_lab.window.pages.descent.line.local_line_tab import LocalLineTab
from mnist_lab.window.pages.descent.line.rounding_view import RoundingView
from tests.window.conftest import LAPTOP
from tests.window.pages.descent.host import Host, line_tab

_LineHost = Host[LocalLineTab]


@pytest.fixture
def host(qtbot: QtBot) -> _LineHost:
    host = Host(qtbot, line_tab)
    host.click("lineCard6")  # all at once
    return host


def _lifted(shift: float, x: Reals) -> Reals:
    return x * x + shift


def _choose(host: _LineHost, identifier: str) -> None:
    index = [function.identifier for function in FUNCTIONS].index(identifier)
    host.find(QComboBox, "lineFunction").setCurrentIndex(index)


def test_all_pictures_have_room_on_a_small_laptop(host: _LineHost) -> None:
    """The curve beside the others, as high as both."""
    width, height = (room - of_the_window for room, of_the_window in zip(LAPTOP, (128, 102), strict=True))
    assert host.tab.layout().minimumHeightForWidth(width) <= height
    assert host.tab.minimumSizeHint().width() <= width
    assert host.find(LinePicture, "linePicture").height() > host.find(ErrorPicture, "errorPicture").height()


def _place(host: _LineHost, x: float, epsilon: float) -> None:
    host.type_number("lineX", f"{x}")
    host.type_number("lineEpsilon", f"{epsilon}")


def test_the_error_of_the_bowl_is_epsilon_squared(host: _LineHost) -> None:
    _place(host, 1.5, 0.5)
    assert host.tab.model.line.error == pytest.approx(0.25, abs=1e-12)
    texts = {name: host.text(f"line{name}") for name in ("Value", "Slope", "True", "Predicted", "Error", "Relative")}
    assert texts == {
        "Value": "2.25",
        "Slope": "3",
        "True": "4",
        "Predicted": "3.75",
        "Error": "0.25",
        "Relative": "0.5",
    }


def test_the_point_is_dragged_along_and_epsilon_stays(host: _LineHost) -> None:
    line = host.tab.model.line
    host.drag("linePicture", (line.x, line.y), (-1.0, 1.0))
    assert host.tab.model.line.x == pytest.approx(-1.0, abs=0.03)
    assert host.tab.model.line.epsilon == line.epsilon
    assert "negative: increase x" in host.text("lineDirection")


def test_the_second_handle_sets_epsilon_of_either_sign(host: _LineHost) -> None:
    _place(host, 0.5, 1.0)
    line = host.tab.model.line
    host.drag("linePicture", (1.5, line.true), (-1.0, 1.0))
    assert host.tab.model.line.x == 0.5
    assert host.tab.model.line.epsilon == pytest.approx(-1.5, abs=0.03)


def test_keys_move_both_handles(host: _LineHost) -> None:
    _place(host, 0.0, 1.0)
    host.press("linePicture", Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert host.tab.model.line.x == pytest.approx(0.12)
    host.press("linePicture", Qt.Key.Key_Left, shift=True)
    assert host.tab.model.line.epsilon == pytest.approx(0.94)


def test_the_microscope_shrinks_epsilon_and_the_gap_with_its_square(host: _LineHost) -> None:
    _place(host, 1.0, 1.0)
    host.find(QSlider, "lineZoom").setFocus()
    for _press in range(10):
        host.qtbot.keyClick(host.find(QSlider, "lineZoom"), Qt.Key.Key_Right)
    assert host.tab.model.line.epsilon == pytest.approx(0.1, rel=1e-3)
    assert host.tab.model.line.error == pytest.approx(0.01, rel=2e-3)
    host.press("linePicture", Qt.Key.Key_Minus)
    assert host.tab.model.line.epsilon == pytest.approx(10**-0.9, rel=1e-3)


def test_at_zero_the_absolute_value_has_no_slope(host: _LineHost) -> None:
    _choose(host, "absolute_value")
    line = host.tab.model.line
    host.drag("linePicture", (line.x, line.y), (0.004, 0.0))
    assert host.tab.model.line.x == 0.0
    assert host.text("lineSlope") == "no slope here"
    assert host.text("linePredicted") == "–"
    assert "There is no slope at x = 0" in host.notice("lineJudgement").text
    assert "No slope here" in host.find(ErrorPicture, "errorPicture").readout


def test_on_a_straight_piece_there_is_no_gap(host: _LineHost) -> None:
    _choose(host, "absolute_value")
    _place(host, 1.0, 0.5)
    assert host.text("lineError") == "0"
    assert host.notice("lineJudgement").severity == "good"


def test_a_step_is_a_trusted_epsilon_until_the_rate_is_too_large(host: _LineHost) -> None:
    _place(host, 2.0, 1.0)
    host.click("lineIsStep")
    host.type_number("lineRate", "0.1")
    assert host.tab.model.line.epsilon == pytest.approx(-0.4)
    assert host.notice("lineJudgement").severity == "good"
    host.type_number("lineRate", "0.9")
    assert host.notice("lineJudgement").severity == "warning"
    host.type_number("lineRate", "0.25")
    host.click("lineTakeStep")
    assert host.tab.model.line.x == pytest.approx(1.0)
    assert host.tab.model.line.epsilon == pytest.approx(-0.5)


def test_an_epsilon_by_hand_is_no_step(host: _LineHost) -> None:
    _place(host, 2.0, 1.0)
    host.click("lineIsStep")
    host.type_number("lineEpsilon", "0.3")
    assert not host.find(QAbstractButton, "lineIsStep").isChecked()
    assert host.tab.model.line.epsilon == 0.3


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.identifier)
def test_every_function_is_shown_in_both_themes(host: _LineHost, function: Function) -> None:
    _choose(host, function.identifier)
    assert host.tab.model.line.x == function.start
    for palette in (theme.DARK, theme.LIGHT):
        for widget in (host.tab.findChildren(ErrorPicture)[0],):
            widget.set_palette(palette)
        assert not host.window.grab().isNull()


def test_a_curve_of_the_network_is_offered_and_replaced(host: _LineHost) -> None:
    bowl = function_of("bowl")
    choice = host.find(QComboBox, "lineFunction")
    for shift in (1.0, 2.0):
        lifted = replace(
            bowl, identifier="network", f=partial(_lifted, shift), domain=(-1.0, 1.0), start=0.5, second_derivative=None
        )
        host.tab.add_function(lifted)
        assert choice.count() == len(FUNCTIONS) + 1
        choice.setCurrentIndex(len(FUNCTIONS))
        assert host.tab.model.line.y == pytest.approx(0.25 + shift)


def test_the_card_shows_the_rounding_of_float32(qtbot: QtBot) -> None:
    host = Host(qtbot, RoundingView)
    single = [host.text(f"rounding{row}Single") for row in range(1, 6)]
    assert np.allclose([float(text) for text in single], [3.5, 3.4013, 3.409, 3.338, 4.768], atol=6e-4)
    assert host.text("rounding5Double") == "3.4000"
