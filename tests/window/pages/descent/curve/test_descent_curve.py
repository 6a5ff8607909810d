"""The Descent tab: what is refused, what joins late, and every function with every rule."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QTabBar, QWidget

from mnist_lab.descent.functions import FUNCTIONS
from mnist_lab.window.pages.descent.curve.curve_tab import CurveTab
from mnist_lab.window.pages.descent.curve.curve_view import CurveView
from mnist_lab.window.widgets.basic.notice import Notice
from tests.window.conftest import Driver


class Walker:
    """Uses the tab."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        driver.window.show_page_named("descentPage")
        self.tab = driver.find(CurveTab, "")
        self.curve = driver.find(CurveView, "descentCurve")

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
        assert line is not None
        line.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def press_space(self, name: str) -> None:
        widget = self.driver.find(QWidget, name)
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Space)


@pytest.fixture
def walker(driver: Driver) -> Walker:
    return Walker(driver)


def test_another_page_pauses_the_run(walker: Walker) -> None:
    walker.driver.click("descentRun")
    assert walker.tab.controls.walk.is_running
    walker.driver.window.show_page_named("trainPage")
    assert not walker.tab.controls.walk.is_running


def test_what_is_no_function_is_refused_in_a_sentence(walker: Walker) -> None:
    notice = walker.driver.find(Notice, "descentNotice")
    assert isinstance(notice, Notice)
    said = {"", "Reading …"}
    for text in ("__import__('os')", "9**9**9", "x +", "log(0)"):
        walker.type_into("descentFormula", text)
        walker.driver.wait(lambda: notice.text not in said)
        said.add(notice.text)
        assert walker.tab.bench.function.identifier == "bowl"


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
