"""A tooltip is read at a glance: in lines, wherever it belongs to, and what is asked for its text gets it as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QTableWidget, QTableWidgetItem, QTabWidget, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.tip_lines import LONGEST, in_lines

_WORDS = "What the network has learned, measured on digits that it has not seen before, " * 3


def _rest_on(qtbot: QtBot, widget: QWidget, place: QPoint) -> None:
    for step in (QPoint(0, 0), QPoint(1, 1)):
        qtbot.mouseMove(widget, place + step)


def _table() -> QTableWidget:
    table = QTableWidget(2, 2)
    cell, title = QTableWidgetItem("98.1 %"), QTableWidgetItem("Accuracy")
    cell.setToolTip(f"Cell: {_WORDS}")
    title.setToolTip(f"Title: {_WORDS}")
    table.setItem(0, 0, cell)
    table.setHorizontalHeaderItem(0, title)
    return table


@pytest.mark.parametrize("kind", ["button", "cell", "title", "tab"])
def test_a_tooltip_has_lines_whatever_it_belongs_to(qtbot: QtBot, kind: str) -> None:
    window, table = QTabWidget(), _table()
    button = QPushButton("Start", window)
    button.setToolTip(f"Button: {_WORDS}")
    window.addTab(table, "First")
    window.setTabToolTip(0, f"Tab: {_WORDS}")
    window.setCornerWidget(button)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    asked = {
        "button": button,
        "cell": table.viewport(),
        "title": table.horizontalHeader().viewport(),
        "tab": window.tabBar(),
    }
    _rest_on(qtbot, asked[kind], QPoint(8, 8))
    qtbot.waitUntil(lambda: QToolTip.text().startswith(kind.title()))
    lines = QToolTip.text().split("\n")
    assert len(lines) > 3
    assert all(len(line) <= LONGEST for line in lines)
    assert button.toolTip() == f"Button: {_WORDS}"


def test_one_of_a_cell_goes_with_the_pointer(qtbot: QtBot) -> None:
    table = _table()
    qtbot.addWidget(table)
    with qtbot.waitExposed(table):
        table.show()
    _rest_on(qtbot, table.viewport(), QPoint(8, 8))
    qtbot.waitUntil(QToolTip.isVisible)
    _rest_on(qtbot, table.viewport(), table.visualRect(table.model().index(0, 0)).bottomRight() + QPoint(8, 8))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_what_is_formatted_stays_as_it_is(qtbot: QtBot) -> None:
    button = QPushButton("Start")
    button.setToolTip(f"<p>{_WORDS}</p>")
    qtbot.addWidget(button)
    with qtbot.waitExposed(button):
        button.show()
    _rest_on(qtbot, button, QPoint(8, 8))
    qtbot.waitUntil(QToolTip.isVisible)
    assert QToolTip.text() == f"<p>{_WORDS}</p>"


def test_lines_are_about_equally_long_and_own_lines_stay() -> None:
    assert in_lines("Short.\n\nAs it is.") == "Short.\n\nAs it is."
    one, other = in_lines("The share of test digits that the network answers right, so far.").split("\n")
    assert abs(len(one) - len(other)) < 8


def test_a_number_stays_with_what_it_counts() -> None:
    for start in range(40, LONGEST):
        words = f"{'a' * start} 0.5 ms 28 × 28 pixels and 60,000 images, 98 % of them and so on"
        for line in in_lines(words).split("\n"):
            assert line[-1] not in "0123456789×", line


@given(st.text(st.sampled_from("ab 1.\n%×"), max_size=400))
def test_nothing_is_lost_or_too_long(tip: str) -> None:
    shown = in_lines(tip)
    assert "".join(shown.split()) == "".join(tip.split())
    assert all(len(line) <= LONGEST for line in shown.split("\n"))
