"""The Descent tab of the Descent page, used with mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QTabBar, QWidget

from mnist_lab.descent.functions import FUNCTIONS
from mnist_lab.descent.sampled import sampled_function
from mnist_lab.window.descent_parts.curve_tab import CurveTab
from mnist_lab.window.descent_parts.curve_view import CurveView
from tests.window.conftest import Driver


class Walker:
    """Uses the tab."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        driver.window.show_page_named("descentPage")
        self.tab: CurveTab = driver.find(CurveTab, "")  # type: ignore[assignment]
        self.curve: CurveView = driver.find(CurveView, "descentCurve")  # type: ignore[assignment]

    def x(self, rule: str = "sgd") -> float:
        return self.tab.bench.balls.balls[rule].x

    def verdict(self, rule: str) -> str:
        return self.driver.text(f"descentVerdict_{rule}")

    def choose(self, identifier: str) -> None:
        names = [function.identifier for function in FUNCTIONS]
        choice = self.driver.find(QComboBox, "descentFunction")
        assert isinstance(choice, QComboBox)
        choice.setCurrentIndex(names.index(identifier))

    def type_into(self, name: str, text: str) -> None:
        field = self.driver.find(QWidget, name)
        field.setFocus()
        line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
        line.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def press_space(self, name: str) -> None:
        widget = self.driver.find(QWidget, name)
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Space)

    def pixel(self, x: float, y: float) -> QPoint:
        return self.curve.place_of(x, y).toPoint()


@pytest.fixture
def walker(driver: Driver) -> Walker:
    return Walker(driver)


def test_a_step_and_a_step_back_by_button(walker: Walker) -> None:
    walker.driver.click("descentStep")
    assert walker.x() == pytest.approx(2.5 - 0.1 * 5)
    walker.driver.click("descentStep")
    assert walker.x() == pytest.approx(1.6)
    walker.driver.click("descentBack")
    assert walker.x() == pytest.approx(2.0)
    walker.driver.click("descentRestart")
    assert walker.x() == 2.5


def test_keys_step_run_and_move_the_start(walker: Walker) -> None:
    walker.curve.setFocus()
    QTest.keyClick(walker.curve, Qt.Key.Key_Right)
    QTest.keyClick(walker.curve, Qt.Key.Key_Right)
    QTest.keyClick(walker.curve, Qt.Key.Key_Left)
    assert walker.x() == pytest.approx(2.0)
    QTest.keyClick(walker.curve, Qt.Key.Key_Space)
    walker.driver.wait(lambda: walker.tab.bench.balls.steps >= 4)
    QTest.keyClick(walker.curve, Qt.Key.Key_Space)
    assert not walker.tab.controls.walk.is_running
    QTest.keyClick(walker.curve, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert walker.x() == pytest.approx(2.44)
    assert walker.tab.bench.balls.steps == 0


def test_another_page_pauses_the_run(walker: Walker) -> None:
    walker.driver.click("descentRun")
    assert walker.tab.controls.walk.is_running
    walker.driver.window.show_page_named("trainPage")
    assert not walker.tab.controls.walk.is_running


def test_a_click_on_the_curve_sets_the_start(walker: Walker) -> None:
    walker.driver.qtbot.mouseClick(walker.curve.viewport(), Qt.MouseButton.LeftButton, pos=walker.pixel(-1.0, 1.0))
    assert walker.x() == pytest.approx(-1.0, abs=0.02)


def test_the_start_is_dragged(walker: Walker) -> None:
    qtbot, viewport = walker.driver.qtbot, walker.curve.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=walker.pixel(2.5, 6.25))
    qtbot.mouseMove(viewport, walker.pixel(1.5, 4.0))
    qtbot.mouseMove(viewport, walker.pixel(-2.0, 4.0))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=walker.pixel(-2.0, 4.0))
    assert walker.x() == pytest.approx(-2.0, abs=0.02)


def test_the_start_is_typed(walker: Walker) -> None:
    walker.type_into("descentStart", "-1.25")
    assert walker.x() == -1.25


def test_a_typed_function_is_walked_down_and_its_derivative_shown(walker: Walker) -> None:
    walker.type_into("descentFormula", "(x - 1)^2 + 3")
    walker.driver.wait(lambda: walker.tab.bench.function.identifier == "typed")
    assert walker.tab.bench.function.value_at(1.0) == pytest.approx(3.0)
    assert "f′(x) = 2" in walker.driver.text("descentFormulas")


@pytest.mark.parametrize("text", ["__import__('os')", "9**9**9", "x +", "log(0)"])
def test_what_is_no_function_is_refused_in_a_sentence(walker: Walker, text: str) -> None:
    walker.type_into("descentFormula", text)
    notice = walker.driver.find(QWidget, "descentNotice")
    walker.driver.wait(notice.isVisible)
    assert len(notice.text) > 20
    assert walker.tab.bench.function.identifier == "bowl"


def test_beyond_the_limit_it_diverges_and_the_axes_stand_still(walker: Walker) -> None:
    before = walker.curve.getViewBox().viewRange()
    walker.type_into("descentRate", "1.2")
    for _ in range(12):
        walker.driver.click("descentStep")
    assert "Diverged" in walker.verdict("sgd")
    assert abs(walker.x()) > 100
    assert walker.curve.getViewBox().viewRange() == before
    walker.press_space("descentFollow")
    left, right = walker.curve.getViewBox().viewRange()[0]
    assert left < walker.x() < right
    walker.press_space("descentFollow")
    assert walker.curve.getViewBox().viewRange() == before


def test_at_rate_one_the_bowl_is_a_period_of_two(walker: Walker) -> None:
    walker.type_into("descentRate", "1")
    for _ in range(8):
        walker.driver.click("descentStep")
    assert "Oscillates" in walker.verdict("sgd")
    assert "between x = −2.5 and 2.5" in walker.verdict("sgd")


def test_a_rule_that_joins_makes_up_for_the_steps(walker: Walker) -> None:
    for _ in range(5):
        walker.driver.click("descentStep")
    walker.press_space("descentRule_adam")
    balls = walker.tab.bench.balls.balls
    assert list(balls) == ["sgd", "adam"]
    assert balls["adam"].path.steps == 5
    assert balls["adam"].path.x[0] == 2.5


def test_the_table_goes_to_the_clipboard(walker: Walker) -> None:
    for _ in range(3):
        walker.driver.click("descentStep")
    results = walker.driver.find(QTabBar, "descentResults")
    results.setCurrentIndex(3)
    table = walker.driver.find(QWidget, "descentTable")
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    by_key = QGuiApplication.clipboard().text()
    assert by_key.splitlines()[0].startswith("optimizer,step,x,loss,slope")
    assert len(by_key.splitlines()) == 1 + 4
    QGuiApplication.clipboard().clear()
    walker.driver.click("descentCopy")
    assert QGuiApplication.clipboard().text() == by_key


def test_the_basin_strip_follows_the_rate(walker: Walker) -> None:
    walker.choose("double_well")
    walker.type_into("descentRate", "0.1")
    walker.driver.wait(lambda: _boundaries(walker) == 1)
    walker.type_into("descentRate", "0.44")
    walker.driver.wait(lambda: _boundaries(walker) == 5)


def _boundaries(walker: Walker) -> int:
    basins = walker.curve._basins
    return -1 if basins is None else len(basins.boundaries)


def test_noise_says_when_it_is_made_up(walker: Walker) -> None:
    walker.press_space("descentNoise")
    assert "made up" in walker.driver.text("descentNoiseWords")
    walker.driver.click("descentStep")
    assert walker.x() != pytest.approx(2.0)
    walker.choose("line_fit")
    assert "real samples" in walker.driver.text("descentNoiseWords")


def test_a_measured_curve_joins_the_list(walker: Walker) -> None:
    x = np.linspace(-1, 1, 21)
    function = sampled_function("weight_loss", "Loss along one weight", "loss", "Real.", x, x**2, 2 * x, 0.5)
    walker.tab.set_sampled(function)
    choice = walker.driver.find(QComboBox, "descentFunction")
    assert isinstance(choice, QComboBox)
    assert choice.currentText() == "Loss along one weight"
    assert walker.x() == 0.5
    walker.driver.click("descentStep")
    assert walker.x() == pytest.approx(0.4)


def test_every_function_can_be_walked_down_with_every_rule(walker: Walker) -> None:
    for rule in ("sgd_momentum", "sgd_nesterov", "adagrad", "rmsprop", "adam"):
        walker.press_space(f"descentRule_{rule}")
    results = walker.driver.find(QTabBar, "descentResults")
    assert isinstance(results, QTabBar)
    for place, function in enumerate(FUNCTIONS):
        walker.choose(function.identifier)
        results.setCurrentIndex(place % results.count())
        for _ in range(4):
            walker.driver.click("descentStep")
        assert len(walker.tab.bench.balls.balls) == 6
        assert not walker.curve.grab().isNull()
        assert function.formula in walker.driver.text("descentFormulas")
