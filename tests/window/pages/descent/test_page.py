"""The Descent page, driven by mouse and keyboard in the real window; all of it before Keras is there."""

import csv
import io

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QWidget,
)

from mnist_lab.descent.functions import FUNCTIONS
from mnist_lab.descent.sampled import sampled_function
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.descent.curve.curve_tab import CurveTab
from mnist_lab.window.pages.descent.curve.curve_view import CurveView
from mnist_lab.window.pages.descent.curve.stability_ruler import StabilityRuler
from mnist_lab.window.pages.descent.naive.naive_tab import NaiveTab
from mnist_lab.window.shell.page_area import PageArea
from mnist_lab.window.widgets.basic.notice import Notice
from tests.window.conftest import SIZE, Driver

LEFT = Qt.MouseButton.LeftButton
SMALL_SCREEN = (1092, 614 - 40)
"""1366×768 at 125 %, under the title bar, in logical pixels."""
FUNCTION_NAMES = [one.identifier for one in FUNCTIONS]


class Bench:
    """The page in a driver's window."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        driver.window.show_page([spec.object_name for spec in PAGES].index("descentPage"))
        self.curve = driver.find(CurveView, "descentCurve")
        self.tab = driver.find(CurveTab, "")
        assert self.curve.isVisible()

    @property
    def balls(self) -> dict[str, float]:
        return {name: ball.x for name, ball in self.tab.bench.balls.balls.items()}

    def choose(self, identifier: str) -> None:
        self.driver.find(QComboBox, "descentFunction").setCurrentIndex(FUNCTION_NAMES.index(identifier))

    def type(self, name: str, text: str) -> None:
        field = self.driver.find(QDoubleSpinBox, name)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def type_formula(self, text: str) -> None:
        field = self.driver.find(QLineEdit, "descentFormula")
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def add_rule(self, name: str) -> None:
        box = self.driver.find(QCheckBox, f"descentRule_{name}")
        if not box.isChecked():
            box.setFocus()
            self.driver.qtbot.keyClick(box, Qt.Key.Key_Space)

    def look_at(self, name: str) -> None:
        self.add_rule(name)
        choice = self.driver.find(QComboBox, "descentLookedAt")
        choice.setCurrentIndex(choice.findData(name))

    def show_results(self, place: int) -> None:
        bar = self.driver.find(QTabBar, "descentResults")
        self.driver.qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(place).center())

    def at(self, x: float) -> QPoint:
        """The pixel of the curve's viewport above a place of the x axis."""
        left, right = self.curve.getViewBox().viewRange()[0]
        room = self.curve.getViewBox().sceneBoundingRect()
        return QPointF(room.left() + (x - left) / (right - left) * room.width(), room.center().y()).toPoint()

    def key(self, key: Qt.Key) -> None:
        self.curve.setFocus()
        self.driver.qtbot.keyClick(self.curve, key)


@pytest.fixture
def bench(driver: Driver) -> Bench:
    return Bench(driver)


def test_half_the_curvature_s_limit_needs_one_step(bench: Bench) -> None:
    bench.type("descentRate", "0.5")
    bench.driver.click("descentStep")
    assert bench.balls == {"sgd": 0.0}
    assert "Converged at step 1:" in bench.driver.text("descentVerdict_sgd")
    bench.driver.click("descentStep")
    assert "Converged at step 1:" in bench.driver.text("descentVerdict_sgd")
    bench.driver.click("descentBack")
    bench.driver.click("descentBack")
    assert bench.balls == {"sgd": 2.5}
    assert not bench.driver.find(QPushButton, "descentBack").isEnabled()


def test_a_click_on_the_curve_sets_the_start_and_takes_steps_back(bench: Bench) -> None:
    bench.driver.click("descentStep")
    bench.driver.qtbot.mouseClick(bench.curve.viewport(), LEFT, pos=bench.at(-1.5))
    assert bench.balls["sgd"] == pytest.approx(-1.5, abs=0.02)
    assert bench.tab.bench.balls.steps == 0
    assert bench.driver.find(QDoubleSpinBox, "descentStart").value() == bench.balls["sgd"]


def test_keys_step_forward_and_back_and_run(bench: Bench) -> None:
    bench.key(Qt.Key.Key_Right)
    bench.key(Qt.Key.Key_Right)
    assert bench.balls["sgd"] == pytest.approx(2.5 * 0.8**2)
    bench.key(Qt.Key.Key_Left)
    assert bench.balls["sgd"] == pytest.approx(2.0)
    bench.key(Qt.Key.Key_Space)
    bench.driver.wait(lambda: bench.tab.bench.balls.steps >= 3)
    bench.key(Qt.Key.Key_Space)
    assert not bench.tab.controls.walk.is_running


def test_all_optimizers_walk_from_one_start(bench: Bench) -> None:
    for name in ("sgd_momentum", "adagrad", "rmsprop", "adam"):
        bench.add_rule(name)
    assert len(bench.balls) == 5
    assert set(bench.balls.values()) == {2.5}
    bench.driver.click("descentStep")
    assert len(set(bench.balls.values())) > 3
    assert all(bench.driver.find(QLabel, f"descentVerdict_{name}").isVisible() for name in bench.balls)


def test_the_ruler_tells_what_the_minimum_bears(bench: Bench) -> None:
    ruler = bench.driver.find(StabilityRuler, "descentRuler")
    bands = {
        "sgd": (("0.3", "green"), ("0.7", "amber"), ("1.5", "hatched")),
        "sgd_momentum": (("0.001", "green"), ("0.05", "amber"), ("1.5", "amber"), ("1.95", "hatched")),
        "adam": (("0.05", ""),),
    }
    says = {
        "sgd": "Near the minimum at x = 0, SGD comes straight in for η below 0.5, and to and fro up to 1;",
        "sgd_momentum": "SGD with momentum comes straight in for η below 0.001317, and to and fro up to 1.9;",
        "adam": "Adam divides the slope by its own size, so there is no fixed limit",
    }
    for name, expected in bands.items():
        bench.look_at(name)
        assert [ruler.band(float(rate)) for rate, _band in expected] == [band for _rate, band in expected]
        assert says[name] in bench.driver.text("descentRulerWords")
    bench.look_at("sgd")
    for curve, words in (
        ("steep_walls", "flatter than a parabola"),
        ("absolute_value", "minimum at x = 0 is an angle"),
        ("inflection", "no minimum in view"),
    ):
        bench.choose(curve)
        assert words in bench.driver.text("descentRulerWords")
        assert ruler.band(0.1) == ""
    bench.type("descentRate", "0.25")
    assert ruler.rate == 0.25
    bench.choose("double_well")
    assert [round(limit.rate or 0, 3) for limit in ruler.limits] == [0.456, 0.558]


@pytest.mark.parametrize(("rate", "boundaries"), [("0.2", 1), ("0.4", 3), ("0.44", 5)])
def test_the_basin_strip_follows_the_learning_rate(bench: Bench, rate: str, boundaries: int) -> None:
    bench.choose("double_well")
    bench.type("descentRate", rate)
    bench.driver.wait(lambda: bench.curve.basins is not None and len(bench.curve.basins.boundaries) == boundaries)


def test_a_ball_that_leaves_the_view_does_not_move_it_unless_asked(bench: Bench) -> None:
    bench.type("descentRate", "1.5")
    before = bench.curve.getViewBox().viewRange()
    for _ in range(5):
        bench.driver.click("descentStep")
    assert abs(bench.balls["sgd"]) > 3
    assert bench.curve.getViewBox().viewRange() == before
    follow = bench.driver.find(QCheckBox, "descentFollow")
    follow.setFocus()
    bench.driver.qtbot.keyClick(follow, Qt.Key.Key_Space)
    left, right = bench.curve.getViewBox().viewRange()[0]
    assert left < bench.balls["sgd"] < right


def test_running_ends_where_no_ball_can_go_on(bench: Bench) -> None:
    bench.choose("steep_walls")
    bench.type("descentRate", "10")
    bench.driver.click("descentRun")
    bench.driver.wait(lambda: not bench.tab.controls.walk.is_running)
    assert abs(bench.balls["sgd"]) == 1e6
    assert "Diverged" in bench.driver.text("descentVerdict_sgd")


def test_running_ends_when_all_balls_are_at_rest_and_a_step_may_still_follow(bench: Bench) -> None:
    bench.type("descentRate", "0.4")
    bench.driver.click("descentRun")
    bench.driver.wait(lambda: not bench.tab.controls.walk.is_running)
    assert "Converged at step 7:" in bench.driver.text("descentVerdict_sgd")
    assert (bench.tab.bench.balls.steps, bench.curve.balls[0].first) == (7, 0)  # and all of the trail is there
    assert not bench.driver.find(QWidget, "descentRun").isEnabled()
    bench.key(Qt.Key.Key_Space)
    assert not bench.tab.controls.walk.is_running
    bench.key(Qt.Key.Key_Right)
    bench.driver.click("descentStep")
    assert bench.tab.bench.balls.steps == 9
    bench.driver.click("descentRestart")
    assert bench.driver.find(QWidget, "descentRun").isEnabled()


def test_a_typed_function_shows_its_derivative_and_a_bad_one_says_why(bench: Bench) -> None:
    bench.type_formula("x**2 - 3*x")
    bench.driver.wait(lambda: bench.tab.bench.function.identifier == "typed")
    assert "f′(x) = " in bench.driver.text("descentFormulas")
    bench.type("descentRate", "0.5")
    bench.driver.click("descentStep")
    assert bench.balls["sgd"] == pytest.approx(1.5)
    notice = bench.driver.find(Notice, "descentNotice")
    bench.type_formula("__import__('os')")
    bench.driver.wait(lambda: notice.text not in ("", "Reading …"))
    assert bench.tab.bench.function.formula == "x**2 - 3*x"


def test_the_table_copies_as_csv_by_button_and_key(bench: Bench) -> None:
    bench.driver.click("descentStep")
    bench.show_results(3)
    table = bench.driver.find(QTableView, "descentTable")
    assert table.model().rowCount() == 2
    for copy in (
        lambda: bench.driver.click("descentCopy"),
        lambda: bench.driver.qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier),
    ):
        QGuiApplication.clipboard().clear()
        copy()
        rows = list(csv.DictReader(io.StringIO(QGuiApplication.clipboard().text())))
        assert [float(row["x"]) for row in rows] == [2.5, 2.0]


def test_the_inner_state_says_the_next_step_in_words(bench: Bench) -> None:
    bench.show_results(2)
    assert "step = −η·g:  −0.5" in bench.driver.text("descentStages")


def test_noise_says_where_it_comes_from(bench: Bench) -> None:
    box = bench.driver.find(QCheckBox, "descentNoise")
    box.setFocus()
    bench.driver.qtbot.keyClick(box, Qt.Key.Key_Space)
    assert "made up" in bench.driver.text("descentNoiseWords")
    bench.driver.click("descentStep")
    assert bench.balls["sgd"] != 2.0
    bench.choose("line_fit")
    assert "real samples" in bench.driver.text("descentNoiseWords")


def test_a_measured_curve_comes_from_the_naive_way(bench: Bench) -> None:
    x = np.linspace(-1, 1, 5)
    sampled = sampled_function("weight", "One weight", "loss(w)", "Measured.", x, x * x, 2 * x, 0.5)
    bench.driver.find(NaiveTab, "").sampled.emit(sampled)
    assert bench.tab.bench.function is sampled
    assert bench.balls == {"sgd": 0.5}


def test_the_start_follows_every_move_of_a_drag(bench: Bench) -> None:
    viewport, places = bench.curve.viewport(), []
    start = bench.curve.place_of(2.5, 6.25).toPoint()
    QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, start)
    for offset in range(1, 41):
        QTest.mouseMove(viewport, start - QPoint(3 * offset, 0))
        places.append(bench.balls["sgd"])
    QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, start - QPoint(120, 0))
    assert places == sorted(places, reverse=True)
    assert len(set(places)) == 40
    assert places[-1] < 2.4


def test_the_bar_of_the_results_stays_where_it_is_when_they_are_turned(driver: Driver) -> None:
    bench = Bench(driver)
    bar = driver.find(QTabBar, "descentResults")
    for size in (SMALL_SCREEN, (1024, 560), SIZE):
        driver.window.resize(*size)
        places = set()
        for place in range(bar.count()):
            bench.show_results(place)
            QApplication.processEvents()
            places.add(bar.mapTo(driver.window, QPoint(0, 0)).toTuple())
            assert bench.curve.getViewBox().height() >= 130
        assert len(places) == 1, size
        if size != (1024, 560):
            area = next(area for area in driver.window.findChildren(PageArea) if area.isVisible())
            assert area.verticalScrollBar().maximum() == 0, "all of it is seen"
