"""The hidden floor: places that were met stay, and nothing else tells which curve it is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QTabBar
from pytestqt.qtbot import QtBot

from mnist_lab.descent.basins import basin_strip
from mnist_lab.descent.functions import FUNCTIONS, Function, function_of
from mnist_lab.descent.path import descend
from mnist_lab.descent.update_rules import rule_of
from mnist_lab.window.pages.descent.curve.curve_tab import CurveTab
from mnist_lab.window.pages.descent.curve.curve_view import CurveView
from mnist_lab.window.pages.descent.curve.hidden_floor import HiddenFloor, lowest_met
from mnist_lab.window.pages.descent.curve.stability_ruler import StabilityRuler
from tests.window.pages.descent.host import Host, curve_tab

BOWL = function_of("bowl")
SECRET = replace(
    BOWL,
    label="Another",
    formula="6.25 + 5·(x − 2.5) + 3·(x − 2.5)²·(x + 1)",
    f=lambda x: 6.25 + 5 * (x - 2.5) + 3 * (x - 2.5) ** 2 * (x + 1),
    derivative=lambda x: 5 + 6 * (x - 2.5) * (x + 1) + 3 * (x - 2.5) ** 2,
    second_derivative=None,
    teaches="Something else.",
)
"""Has the bowl's height and slope at the bowl's start, and nothing else in common with it."""


class Hidden(Host[CurveTab]):
    @property
    def curve(self) -> CurveView:
        return self.find(CurveView, "descentCurve")

    @property
    def met(self) -> list[float]:
        return [round(float(x), 6) for x in self.curve.floor.x]

    def hide(self) -> None:
        self.press("descentHiddenFloor", Qt.Key.Key_Space)

    def show_results(self, place: int) -> None:
        bar = self.find(QTabBar, "descentResults")
        self.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())

    def look(self, function: Function) -> QImage:
        """All of the tab with that function on it, its basins known."""
        self.tab.model.offer(function)
        self.tab.show_basins(basin_strip(function, rule_of("sgd"), 0.1))
        QApplication.processEvents()
        return self.window.grab().toImage()


@pytest.fixture
def host(qtbot: QtBot) -> Hidden:
    return Hidden(qtbot, curve_tab)


@pytest.mark.parametrize("results", range(4))
def test_two_curves_look_alike_where_they_are_not_met(host: Hidden, results: int) -> None:
    host.show_results(results)
    host.press("descentFollow")  # the keyboard at one place
    assert host.look(BOWL) != host.look(SECRET)
    host.find(QCheckBox, "descentHiddenFloor").click()
    assert host.look(BOWL) == host.look(SECRET)
    host.find(QCheckBox, "descentHiddenFloor").click()
    assert host.look(BOWL) != host.look(SECRET)


def test_every_click_and_every_key_leaves_a_place(host: Hidden) -> None:
    host.hide()
    assert host.met == [2.5]
    host.click_place("descentCurve", (-1.5, 4.0))
    assert host.met == [2.5, pytest.approx(-1.5, abs=0.02)]
    host.press("descentCurve", Qt.Key.Key_Left, shift=True)
    assert host.met[2] == pytest.approx(host.met[1] - 0.06)
    host.type_number("descentStart", "0.3")
    assert host.met[3] == 0.3
    floor = host.curve.floor
    assert np.allclose(floor.y, floor.x**2)
    assert np.allclose(floor.slope, 2 * floor.x)


def test_a_drag_leaves_only_the_place_where_it_ends(host: Hidden) -> None:
    host.hide()
    host.drag("descentCurve", (2.5, 6.25), (1.0, 5.0))
    assert host.met == [2.5, pytest.approx(1.0, abs=0.03)]


def test_steps_of_every_ball_leave_places_that_outlast_a_restart(host: Hidden) -> None:
    host.press("descentRule_adam", Qt.Key.Key_Space)
    host.hide()
    host.press("descentCurve", Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert sorted(host.met) == pytest.approx([1.6, 2.0, 2.3, 2.4, 2.5], abs=0.01)
    before = host.met
    host.press("descentRestart", Qt.Key.Key_Space)
    assert host.met == before


def test_a_place_is_drawn_with_its_tangent(host: Hidden) -> None:
    host.hide()
    host.click_place("descentCurve", (-1.5, 4.0))
    host.click_place("descentCurve", (2.0, 4.0))
    QApplication.processEvents()  # a picture taken before the plot is laid out would move it
    place = host.curve.place_of(host.met[1], host.met[1] ** 2).toPoint()
    paper = host.curve.grab().toImage()
    here = [_ink(paper, place + QPoint(across, 0)) for across in (0, 40)]
    assert here[0] > here[1] + 0.3
    assert _ink(paper, host.curve.place_of(0.5, 0.25).toPoint()) < 0.2  # on the curve, but not met


def test_revealing_shows_the_curve_its_words_and_its_verdict_again(host: Hidden) -> None:
    host.hide()
    assert not host.find(StabilityRuler, "descentRuler").isVisible()
    assert "hidden" in host.text("descentFormulas")
    assert "never sees the curve" in host.text("descentCurveCaption")
    assert "A verdict would need the curve" in host.text("descentVerdict_sgd")
    assert host.find(QComboBox, "descentFunction").currentText() == "Curve 1"
    paper = host.curve.grab().toImage()
    host.hide()  # the same key shows it again
    assert host.curve.grab().toImage() != paper
    assert host.find(StabilityRuler, "descentRuler").isVisible()
    assert "f(x) = x²" in host.text("descentFormulas")
    assert "Not started" in host.text("descentVerdict_sgd")
    assert host.find(QComboBox, "descentFunction").currentText() == "Bowl"
    assert host.met == [2.5]  # its tangents stay to be compared, until the next start
    host.press("descentCurve", Qt.Key.Key_Left, shift=True)
    assert host.met == []


def test_another_curve_begins_with_nothing_met(host: Hidden) -> None:
    host.hide()
    host.click_place("descentCurve", (-1.5, 4.0))
    host.press("descentFunction", Qt.Key.Key_Down)
    assert host.met == [3.5]
    assert host.find(QComboBox, "descentFunction").currentText() == "Curve 2"


def test_what_a_step_will_meet_is_not_told(host: Hidden) -> None:
    assert np.isfinite(host.curve.balls[0].next_y)
    host.hide()
    assert np.isnan(host.curve.balls[0].next_y)
    assert host.curve.balls[0].next_x == 2.0


def test_words_are_no_longer_than_their_room(host: Hidden) -> None:
    heights = []
    for _ in range(2):
        heights.append(host.find(QLabel, "descentCurveCaption").height())
        host.hide()
        QApplication.processEvents()
    assert heights[0] == heights[1]


@given(
    place=st.integers(0, len(FUNCTIONS) - 1),
    starts=st.lists(st.floats(-8, 8), min_size=1, max_size=6),
    rate=st.floats(1e-3, 3),
)
@settings(max_examples=60, deadline=None)
def test_all_that_is_kept_is_true_and_within_the_heights(place: int, starts: list[float], rate: float) -> None:
    function, floor = FUNCTIONS[place], HiddenFloor()
    floor.clear(function.domain)
    before = None
    for start in starts:
        floor.visit(descend(function, rule_of("sgd"), start, rate, 30))
        assert np.array_equal(floor.y, function.f(floor.x))
        assert np.array_equal(floor.slope, function.derivative(floor.x), equal_nan=True)
        low, high = floor.heights
        assert low < high
        assert before is None or (low <= before[0] and before[1] <= high)
        before = floor.heights


def test_the_same_places_again_are_kept_once() -> None:
    floor = HiddenFloor()
    floor.clear((-3.0, 3.0))
    path = descend(BOWL, rule_of("sgd"), 2.5, 0.1, 200)
    floor.visit(path)
    kept = len(floor.x)
    assert kept < 60
    floor.visit(path)
    assert len(floor.x) == kept


def test_the_lowest_met_is_of_the_ways_alone() -> None:
    wells = function_of("double_well")
    path = descend(wells, rule_of("sgd"), 3.5, 0.1, 3)
    assert lowest_met([path]) == path.loss.min() < 0
    assert lowest_met([descend(BOWL, rule_of("sgd"), 2.5, 0.1, 3)]) == 0.0
    assert lowest_met([]) == 0.0


def _ink(picture: QImage, place: QPoint) -> float:
    """How far the darkest of the 3 × 3 pixels around is from white, 0 to 1."""
    ratio = picture.devicePixelRatio()
    near = [picture.pixelColor((place + QPoint(a, b)) * ratio) for a in (-1, 0, 1) for b in (-1, 0, 1)]
    return max(1 - colour.lightnessF() for colour in near)
