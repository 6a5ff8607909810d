"""A formula is read beside the window: what is typed never holds it up, and what was wrong before is gone at once."""

import time
from collections.abc import Iterator
from functools import partial
from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from mnist_lab.descent.curves import height_limits
from mnist_lab.descent.typed import typed_function
from mnist_lab.window.pages.descent.curve.curve_tab import CurveTab
from mnist_lab.window.pages.descent.curve.curve_view import CurveView
from mnist_lab.window.pages.descent.curve.formula_reader import FormulaReader
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Keras, Lab
from tests.effort import counted
from tests.window.conftest import Driver
from tests.window.pages.descent.host import Host, curve_tab

WILD = (
    "abs(sin(300*x))",
    "sin(1000*x)",
    "1/sin(1000*x)",
    "*".join(f"(x-{place})" for place in range(37)),
    "tan(" * 20 + "1/x" + ")" * 20,
    "+".join(f"abs(sin({30 * place}*x))" for place in range(1, 19)),
    "+".join(f"1/sin({170 * place}*x)" for place in range(1, 16)),
    "sin(x)^" * 21 + "x",
    "1e99*sin(x)",
    "1e-200*x",
    "1e15 + x",
    "exp(100*x^2)",
)
MOST_CALLS = 60_000
"""Of functions, to show a curve: some fifty milliseconds; a thousand minima take two thirds of them."""


def enter(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


class Owner(QObject):
    """Of the jobs, in place of the lab."""

    problem = Signal(str)


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Host[CurveTab]]:
    """The tab, with a reader of formulas."""
    host, owner = Host(qtbot, curve_tab), Owner()
    reader = FormulaReader(cast(Lab, owner), host.tab.model)
    host.tab.formula_entered.connect(reader.read)
    yield host
    for job in owner.findChildren(Job):
        job.end()


def test_no_curve_costs_the_window_more_than_a_moment(shown: Host[CurveTab]) -> None:
    """Minima and slopes are known before the curve is shown, and every range is one that can be drawn."""
    for text in (WILD[0], *WILD[-3:]):
        typed = typed_function(text)
        with counted() as effort:
            shown.tab.model.set_typed(typed)
            QApplication.processEvents()
            shown.tab.grab()
        assert effort.calls < MOST_CALLS, text
        for low, high in shown.find(CurveView, "descentCurve").getViewBox().viewRange():
            assert np.isfinite([low, high, high - low]).all(), text
            assert low < high


def test_a_new_formula_takes_the_old_refusal_away_at_once(qtbot: QtBot, shown: Host[CurveTab]) -> None:
    bench, notice = shown.tab.bench, shown.notice("descentNotice")
    field = shown.find(QLineEdit, "descentFormula")
    enter(qtbot, field, "1e308*x")
    qtbot.waitUntil(lambda: "1e100" in notice.text)
    assert field.property("problem")
    enter(qtbot, field, "x^2 - 3*x")
    assert (notice.text, bool(field.property("problem"))) == ("Reading …", False)
    qtbot.waitUntil(lambda: bench.function.identifier == "typed")
    assert notice.text == ""
    enter(qtbot, field, "x^4")
    shown.find(QComboBox, "descentFunction").setCurrentIndex(2)  # chosen later than what was typed
    assert notice.text == ""
    enter(qtbot, field, "x +")
    qtbot.waitUntil(lambda: bool(field.property("problem")))
    assert bench.function.identifier == "ripples"


class Watch(QTimer):
    """Notes the longest work, in seconds of the processor, between two rounds of the event loop."""

    def __init__(self) -> None:
        super().__init__(interval=2)
        self.begin()
        self.timeout.connect(self._look)
        self.start()

    def begin(self) -> None:
        self.longest, self._last = 0.0, time.thread_time()

    def _look(self) -> None:
        now = time.thread_time()
        self.longest, self._last = max(self.longest, now - self._last), now


@pytest.fixture
def watch(qtbot) -> Iterator[Watch]:
    watch = Watch()
    yield watch
    watch.stop()


def _is_shown(tab: CurveTab, text: str) -> bool:
    return tab.bench.function.formula == text


@pytest.mark.acceptance
def test_a_refused_text_goes_when_a_curve_of_the_list_is_chosen(qtbot: QtBot, shown: Host[CurveTab]) -> None:
    field, choice = shown.find(QLineEdit, "descentFormula"), shown.find(QComboBox, "descentFunction")
    enter(qtbot, field, "x +")
    qtbot.waitUntil(lambda: bool(field.property("problem")))
    choice.setCurrentIndex(2)
    assert field.text() == ""
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "x +", "it can be mended"
    enter(qtbot, field, "x^2 - 3*x")
    qtbot.waitUntil(lambda: shown.tab.bench.function.identifier == "typed")
    choice.setCurrentIndex(1)
    assert field.text() == "x^2 - 3*x", "what is a curve stays"


def test_no_typed_formula_holds_the_event_loop(driver: Driver, watch: Watch) -> None:
    driver.window.show_page_named("descentPage")
    tab = driver.find(CurveTab, "")
    field = driver.find(QLineEdit, "descentFormula")
    driver.wait(lambda: driver.window.lab.keras is Keras.READY)
    enter(driver.qtbot, field, "x")  # imports SymPy
    driver.wait(lambda: tab.bench.function.formula == "x")
    for text in WILD:
        field.setText(text)  # as if it were pasted
        watch.begin()
        driver.qtbot.keyClick(field, Qt.Key.Key_Return)
        driver.wait(partial(_is_shown, tab, text))
        driver.click("descentStep")
        driver.qtbot.waitUntil(lambda: tab.bench.balls.steps == 1)
        assert watch.longest < 0.1, text


def test_heights_far_beyond_any_picture_are_still_a_range() -> None:
    for y in ([-1.7e308, 1.7e308], [0.0, 5e-324], [1e15, 1e15 + 1], [np.inf, -np.inf], [1e308, np.nan]):
        low, high = height_limits(np.array(y))
        assert np.isfinite([low, high, high - low]).all()
        assert high - low > 1e-13 * max(abs(low), abs(high))
