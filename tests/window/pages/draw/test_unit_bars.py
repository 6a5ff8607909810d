"""Bars of units: each can be read, clicked and gone to by keyboard, however many there are."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.pages.draw.bar_look import BarLook
from mnist_lab.window.pages.draw.unit_bars import UnitBars

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bars(qtbot: QtBot) -> UnitBars:
    bars = UnitBars()
    qtbot.addWidget(bars)
    bars.resize(400, 74)
    bars.show()
    qtbot.waitExposed(bars)
    return bars


def colour_at(bars: UnitBars, x: int, y: int) -> str:
    return bars.viewport().grab().toImage().pixelColor(x, y).name()


def test_a_click_chooses_the_bar_under_it(qtbot: QtBot, bars: UnitBars) -> None:
    bars.set_values(np.array([0, 1, 2, 0.5], np.float32))
    with qtbot.waitSignal(bars.unit_selected, check_params_cb=lambda unit: unit == 2):
        qtbot.mouseClick(bars.viewport(), LEFT, pos=QPoint(100, 30))
    assert bars.selected == 2
    assert bars.readout == "unit 2: 2.0000"
    assert bars.accessibleDescription() == bars.readout


@pytest.mark.parametrize("count", [1, 10, 512, 2_048, 16_384])
def test_the_last_unit_is_reached_by_keyboard(qtbot: QtBot, bars: UnitBars, count: int) -> None:
    bars.set_values(np.linspace(0, 1, count))
    bars.setFocus()
    with qtbot.waitSignal(bars.unit_selected, check_params_cb=lambda unit: unit == count - 1):
        qtbot.keyClick(bars, Qt.Key.Key_End)
    qtbot.keyClick(bars, Qt.Key.Key_Home)
    assert bars.selected == 0
    assert not bars.grab().isNull()


def test_the_strongest_come_first_and_keep_their_numbers(qtbot: QtBot, bars: UnitBars) -> None:
    bars.set_values(np.array([0.1, -3, 2, 0], np.float32))
    bars.set_sorted(True)
    qtbot.mouseClick(bars.viewport(), LEFT, pos=QPoint(5, 40))
    assert bars.selected == 1
    assert bars.readout == "unit 1: −3.0000"


def test_signs_have_the_colours_of_weights(bars: UnitBars) -> None:
    bars.set_values(np.array([1, -1] * 50, np.float32))
    middle = bars.viewport().height() // 2
    assert colour_at(bars, 17, middle - 10) == theme.current().positive
    assert colour_at(bars, 21, middle + 10) == theme.current().negative


@pytest.mark.parametrize("values", [[], [np.nan, np.inf, -np.inf, 1], [0, 0, 0]])
def test_what_is_no_number_has_no_bar(bars: UnitBars, values: list[float]) -> None:
    bars.set_values(np.array(values, np.float32))
    assert not bars.grab().isNull()
    bars.set_values(None)
    assert bars.readout == ""


def test_another_network_with_fewer_units_forgets_the_chosen_one(bars: UnitBars) -> None:
    bars.set_values(np.ones(20))
    bars.select(15)
    bars.set_values(np.ones(4))
    assert bars.selected is None


@pytest.mark.parametrize("scrolled", [0, 37, 412])
def test_bars_that_are_built_again_are_looked_at_as_before(qtbot: QtBot, scrolled: int) -> None:
    look, values, pictures = BarLook(), np.linspace(0, 1, 512), []
    for is_again in (False, True):
        bars = UnitBars(look=look)
        qtbot.addWidget(bars)
        bars.set_values(values)  # before it has its size, as on a page that is being built
        if is_again:
            bars.select(look.selected)
        bars.resize(400, 74)
        bars.show()
        qtbot.waitExposed(bars)
        QApplication.processEvents()  # it is painted
        if not is_again:
            qtbot.mouseClick(bars.viewport(), LEFT, pos=QPoint(90, 40))
            bars.horizontalScrollBar().setValue(scrolled)
        assert (bars.selected, bars.horizontalScrollBar().value()) == (22, scrolled)
        pictures.append(bars.viewport().grab().toImage())
    assert pictures[0] == pictures[1]
