"""The columns of a sweep's results: in sight wherever that can be."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from mnist_lab.runs.sweep_events import SweepResult
from mnist_lab.runs.sweep_plan import grid_plan
from mnist_lab.window import theme
from mnist_lab.window.pages.experiments.sweep_table import SweepTable
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.live_sweep import LiveSweep
from mnist_lab.window.state.sweep_trials import SweepTrial
from tests.window.conftest import LAPTOP, Driver
from tests.window.pages.experiments.sweep_tab_driving import QUICK, outlook, shown, typed
from tests.window.state.sweeps import FakeDriver


@pytest.fixture
def lab(sweeping_lab: Lab) -> Lab:
    return sweeping_lab


def test_titles_have_room_before_there_are_results(driver: Driver, lab: Lab) -> None:
    driver.window.set_text_size(150)
    bold = theme.fonts.base_font()
    bold.setBold(True)
    table = driver.find(SweepTable, "trialSweepTable")
    for column in range(4):
        words = str(table.model().headerData(column, Qt.Orientation.Horizontal))
        assert table.columnWidth(column) > QFontMetrics(bold).horizontalAdvance(words)


def test_all_columns_are_in_sight_on_a_small_screen(driver: Driver, lab: Lab, fake: FakeDriver) -> None:
    fake.accuracies = ()
    fake.go_on.set()
    driver.window.resize(*LAPTOP)
    driver.click("trialSweepAddSetting")
    typed(driver, "trialSweepVariedValues3", "sgd, sgd_momentum, rmsprop")
    driver.wait(lambda: outlook(driver).startswith("18 run"))
    driver.click("trialSweepStart")
    driver.wait(lambda: len(lab.sweep.results) == 18 and not lab.sweep.is_sweeping)
    table = driver.find(SweepTable, "trialSweepTable")
    driver.wait(lambda: table.horizontalScrollBar().maximum() == 0)
    assert titles(table) == ["#", "rate", "units", "optimizer", "accuracy", "loss", "state"]
    assert not cut_cells(table), "with short titles all has room"
    driver.window.resize(1400, 800)
    driver.wait(lambda: titles(table)[:3] == ["place", "learning rate", "hidden units"])
    assert table.horizontalScrollBar().maximum() == 0


@pytest.fixture
def table(qtbot: QtBot) -> SweepTable:
    """Alone, with a sweep that is over."""
    grid: dict[str, list[Any]] = {
        "learning_rate": [0.001, 0.01],
        "hidden_units": [[32], [128]],
        "optimizer": ["sgd", "sgd_momentum"],
    }
    table = SweepTable()
    qtbot.addWidget(table)
    show_sweep(table, grid)
    table.show()
    return table


def show_sweep(table: SweepTable, grid: dict[str, list[Any]], state: Any = "finished") -> None:
    """The last of its runs in that state, all others finished."""
    plan = grid_plan(QUICK, grid, "starter")
    results = [
        SweepResult(index, experiment, "finished", 0.9 + index / 1000, 0.25, "a" * 32, index + 1, updates=8)
        for index, experiment in enumerate(plan.experiments)
    ]
    results[-1] = replace(results[-1], state=state)
    trials = [SweepTrial(one.index, one.experiment, one.state, 8, 8, result=one) for one in results]
    table.show_sweep(cast(LiveSweep, SimpleNamespace(plan=plan, trials=trials, is_sweeping=False)))


def give_room(table: SweepTable, room: int) -> None:
    """So wide that its columns have this room."""
    beside = table.width() - table.viewport().width()
    if not table.verticalScrollBar().isVisible():
        beside += table.verticalScrollBar().sizeHint().width()
    table.setFixedWidth(room + beside)


def in_sight(table: SweepTable) -> list[str]:
    return [title for column, title in enumerate(titles(table)) if not table.isColumnHidden(column)]


def needed(table: SweepTable) -> int:
    """By all columns, under short titles."""
    return sum(table._widths._needed(2 * theme.GAP, is_short=True))


def test_words_are_cut_before_numbers(table: SweepTable, qtbot: QtBot) -> None:
    give_room(table, needed(table) - 4 * theme.GAP)
    qtbot.waitUntil(lambda: len(cut_cells(table)) > 0)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    cut = cut_cells(table)
    assert {index.column() for index in cut} == {3}, "the optimizer"
    assert {index.data(Qt.ItemDataRole.ToolTipRole) for index in cut} == {"SGD with momentum"}
    assert in_sight(table)[-2:] == ["loss", "state"]


def test_what_can_be_spared_goes_before_one_has_to_scroll(table: SweepTable, qtbot: QtBot) -> None:
    give_room(table, needed(table) * 4 // 5)
    qtbot.waitUntil(lambda: in_sight(table) == ["#", "rate", "units", "optimizer", "accuracy", "state"])
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    accuracy = table.model().index(0, 4)
    assert accuracy.data(Qt.ItemDataRole.ToolTipRole) == "loss 0.2500"
    give_room(table, needed(table) * 2 // 3)
    qtbot.waitUntil(lambda: in_sight(table) == ["#", "rate", "units", "optimizer", "accuracy"])
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    give_room(table, needed(table) // 3)
    qtbot.waitUntil(lambda: len(in_sight(table)) == 7)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 0)  # there is no help: one scrolls to all
    give_room(table, 3 * needed(table))
    whole = ["place", "learning rate", "hidden units", "optimizer", "accuracy", "loss", "state"]
    qtbot.waitUntil(lambda: in_sight(table) == whole)


def test_a_state_that_is_not_that_of_all_stays_and_so_does_what_is_sorted_by(table: SweepTable, qtbot: QtBot) -> None:
    show_sweep(table, {"learning_rate": [0.001, 0.01], "optimizer": ["sgd", "sgd_momentum"]}, "diverged")
    table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    give_room(table, needed(table) * 2 // 3)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 0)
    assert in_sight(table) == ["#", "rate", "optimizer", "accuracy", "loss", "state"]
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    give_room(table, needed(table) * 4 // 5)
    qtbot.waitUntil(lambda: in_sight(table) == ["#", "rate", "optimizer", "accuracy", "state"])


def titles(table: SweepTable) -> list[str]:
    columns = range(table.model().columnCount())
    return [str(table.model().headerData(column, Qt.Orientation.Horizontal)).strip() for column in columns]


def cut_cells(table: SweepTable) -> list[QModelIndex]:
    """Those for whose texts there is too little room."""
    model, measure = table.model(), QFontMetrics(table.font())
    cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
    return [one for one in cells if measure.horizontalAdvance(str(one.data())) > table.columnWidth(one.column())]


def test_a_very_large_loss_has_room(driver: Driver, lab: Lab, fake: FakeDriver) -> None:
    fake.accuracies = [-1234567.25] * 6  # so large is its loss, too
    fake.go_on.set()
    driver.click("trialSweepStart")
    driver.wait(lambda: len(lab.sweep.results) == 6 and not lab.sweep.is_sweeping)
    table = driver.find(SweepTable, "trialSweepTable")
    loss = table.model().index(0, 4)
    assert "× 10" in shown(loss)
    assert table.columnWidth(4) > table.fontMetrics().horizontalAdvance(str(loss.data()))
