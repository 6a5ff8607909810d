"""The table of runs: keys that choose, what comes into sight, and who gets the room."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mnist_lab.runs.facts import RunRow
from mnist_lab.window.pages.runs.run_lines import RunColumn
from mnist_lab.window.pages.runs.run_model import RunModel
from mnist_lab.window.pages.runs.run_table import RunTable
from mnist_lab.window.pages.runs.runs_look import RunsLook
from tests.runs.made_runs import kept_run, row_of, run_id

MANY = 30


@pytest.fixture
def rows() -> list[RunRow]:
    return [row_of(kept_run(number, learning_rate=number / 1000)) for number in range(1, MANY + 1)]


@pytest.fixture
def table(qtbot: QtBot, rows: list[RunRow]) -> RunTable:
    model = RunModel()
    table = RunTable(model, RunsLook())
    model.setParent(table)
    model.set_rows(rows)
    qtbot.addWidget(table)
    table.resize(590, 300)
    table.show()
    qtbot.waitExposed(table)
    return table


def numbers(table: RunTable) -> list[int]:
    return [row.number for row in table.selected]


def is_seen(table: RunTable, number: int) -> bool:
    model = table.model()
    assert isinstance(model, RunModel)
    place = model.place_of(run_id(number))
    return place is not None and table.viewport().rect().contains(table.visualRect(model.index(place, 1)))


@pytest.mark.parametrize("number", [28, 15, 2])
def test_a_run_that_comes_back_is_in_sight_in_its_place(table: RunTable, rows: list[RunRow], number: int) -> None:
    model = table.model()
    assert isinstance(model, RunModel)
    table.scrollToTop()
    model.set_rows([row for row in rows if row.number != number])
    table.choose([run_id(number)])
    model.set_rows(rows)
    assert numbers(table) == [number]
    assert is_seen(table, number)
    assert is_seen(table, MANY) == (number == 28), "no farther than it must be"


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_end_and_home_choose_the_last_and_the_first_run(
    qtbot: QtBot, table: RunTable, held: Qt.KeyboardModifier
) -> None:
    table.choose([run_id(20)])
    for key, number in ((Qt.Key.Key_End, 1), (Qt.Key.Key_Home, MANY)):
        qtbot.keyClick(table, key, held)
        assert numbers(table) == [number]
        assert table.current is not None
        assert table.current.number == number, "Enter opens what is seen to be chosen"
        assert is_seen(table, number)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert numbers(table) == list(range(MANY - 1, 0, -1))


def test_what_tells_runs_apart_has_the_room_that_is_left(table: RunTable) -> None:
    least = table.columnWidth(RunColumn.SETTINGS)
    assert table.columnWidth(RunColumn.NUMBER) < least / 2
    right = table.columnViewportPosition(RunColumn.LAST) + table.columnWidth(RunColumn.LAST)
    bar = table.verticalScrollBar().sizeHint().width()
    assert table.viewport().width() - bar - 4 <= right <= table.viewport().width()
    table.resize(800, 300)
    assert table.columnWidth(RunColumn.SETTINGS) > least + 100
    table.horizontalHeader().resizeSection(RunColumn.NAME, 60)
    table.resize(1000, 300)
    assert table.columnWidth(RunColumn.NAME) == 60, "as it was made by hand"


def test_it_likes_to_be_as_high_as_it_must_be(table: RunTable) -> None:
    """Qt lays out a stack by what its parts like: with large text the words below stood on the last runs."""
    table.setMinimumHeight(400)
    assert table.sizeHint().height() >= 400
