"""The family of a run, as one looks at it and goes from run to run in it."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QTabBar, QTreeWidget, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.family import Families
from mnist_lab.runs.store import RunStore
from mnist_lab.window.pages.runs.comparison_look import ComparisonLook
from mnist_lab.window.pages.runs.family_tab import FamilyTab
from mnist_lab.window.pages.runs.run_lines import RunColumn
from tests.runs import kept
from tests.runs.kept import EXPERIMENT
from tests.runs.made_runs import kept_network, kept_run, row_of, run_id
from tests.window.pages.runs.test_page import Runs, runs
from tests.window.rebuilding import rebuild

__all__ = ["runs"]

FAMILY = 3
PLAIN = Qt.KeyboardModifier.NoModifier


def child(row: RunRow, parent: int, update: int) -> RunRow:
    return replace(row, parent_id=run_id(parent), parent_update=update)


def lines(tree: QTreeWidget) -> list[list[str]]:
    """The cells of all lines that are not folded away, from the top."""
    found, item = [], tree.topLevelItem(0)
    while item is not None:
        found.append([item.text(column) for column in range(tree.columnCount())])
        item = tree.itemBelow(item)
    return found


def item_of(tree: QTreeWidget, title: str) -> QTreeWidgetItem:
    (found,) = tree.findItems(title, Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive)
    return found


def click(qtbot: QtBot, tree: QTreeWidget, title: str) -> None:
    place = tree.visualItemRect(item_of(tree, title)).topLeft() + QPoint(20, 8)
    qtbot.waitUntil(lambda: tree.viewport().visibleRegion().contains(place))
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, PLAIN, place)


def test_the_tree_tells_where_each_run_begins_and_what_is_changed(qtbot: QtBot) -> None:
    first = row_of(kept_run(7, 0.9, name="narrow"))
    rows = [
        child(row_of(kept_run(9, 0.95, learning_rate=0.01, epochs=3)), 7, 1_312),
        child(row_of(kept_run(8, 0.9)), 7, 312),
        child(row_of(kept_network(10)), 9, 40),
        row_of(kept_run(11, 0.9)),
    ]
    tab = FamilyTab(ComparisonLook())
    qtbot.addWidget(tab)
    tab.resize(560, 400)
    with qtbot.waitExposed(tab):
        tab.show()
    note, tree = tab.findChild(QLabel, "familyNote"), tab.tree
    assert note is not None
    assert note.text().startswith("Choose a run in the list")
    tab.set_family(Families([first, *rows]), run_id(11))
    assert note.text().startswith("Run 11 goes on from no other run, and no run goes on from it.")
    assert not tree.isVisible()
    tab.set_family(Families([first, *rows]), run_id(9))
    assert tree.isVisible()
    assert lines(tree) == [
        ["Run 7 “narrow”", "–", "90.0\u00a0%", "–"],
        ["Run 8", "update 312", "90.0\u00a0%", "nothing"],
        ["Run 9", "update 1,312", "95.0\u00a0%", "rate 0.01 · 3 epochs"],
        ["Kept network 10 “edited”", "update 40", "–", "–"],
    ]
    assert tree.currentItem().text(0) == "Run 9"
    said = tree.currentItem().data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Run 9, from run 7, update 1,312, changed: rate 0.01 · 3 epochs, accuracy 95.0\u00a0%"
    summary = tab.findChild(QLabel, "familySummary")
    assert summary is not None
    assert summary.text() == (
        "Run 9 goes on from run 7, update 1,312. Changed: rate 0.01 · 3 epochs."
        " Kept network 10 “edited” goes on from it."
    )
    with qtbot.assertNotEmitted(tree.run_chosen):
        tab.set_family(Families([first, *rows]), run_id(7))
    assert summary.text() == "2 runs go on from it."
    tab.set_family(Families(rows, [first]), run_id(8))
    assert lines(tree)[0][0] == "Run 7 “narrow” (deleted)"
    assert "lies in the lab's bin" in tree.topLevelItem(0).toolTip(0)
    assert summary.text() == "Run 8 goes on from run 7, update 312. No setting is changed."
    tab.set_family(Families(rows), run_id(8))
    assert lines(tree)[0] == ["A run that is not here", "–", "–", "–"]


def test_a_click_and_arrows_choose_and_enter_opens(qtbot: QtBot) -> None:
    rows = [row_of(kept_run(1)), *(child(row_of(kept_run(number)), number - 1, 10) for number in (2, 3))]
    look = ComparisonLook()
    tab = FamilyTab(look)
    qtbot.addWidget(tab)
    tab.resize(560, 400)
    with qtbot.waitActive(tab):
        tab.show()
        tab.activateWindow()
    tab.set_family(Families(rows), run_id(3))
    tree = tab.tree
    for act, number in (
        (lambda: click(qtbot, tree, "Run 2"), 2),
        (lambda: qtbot.keyClick(tree, Qt.Key.Key_Up), 1),
        (lambda: qtbot.keyClick(tree, Qt.Key.Key_Down), 2),
    ):
        with qtbot.waitSignal(tree.run_chosen) as chosen:
            act()
        assert chosen.args == [run_id(number)]
    with qtbot.waitSignal(tree.run_opened) as opened:
        qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert opened.args == [run_id(2)]
    with qtbot.waitSignal(tree.run_opened) as opened:
        place = tree.visualItemRect(item_of(tree, "Run 3")).center()
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, PLAIN, place)
        qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, PLAIN, place)
    assert opened.args == [run_id(3)]
    click(qtbot, tree, "Run 2")
    qtbot.keyClick(tree, Qt.Key.Key_Left)
    assert look.folded == {run_id(2)}
    assert len(lines(tree)) == 2
    again = FamilyTab(look)
    qtbot.addWidget(again)
    again.set_family(Families(rows), run_id(1))
    again.show()
    assert len(lines(again.tree)) == 2, "what is folded stays so"
    qtbot.keyClick(tree, Qt.Key.Key_Right)
    assert look.folded == set()
    tab.set_family(Families(rows[1:], rows[:1]), run_id(2))
    with qtbot.assertNotEmitted(tree.run_chosen):
        click(qtbot, tree, "Run 1 (deleted)")
    with qtbot.assertNotEmitted(tree.run_opened):
        qtbot.keyClick(tree, Qt.Key.Key_Return)


def test_the_page_names_the_parent_and_goes_through_the_family(runs: Runs) -> None:
    lab = runs.window.lab
    first = next(row for row in runs.rows if row.number == 1)
    experiment = EXPERIMENT.changed(learning_rate=0.01)
    kept.keep(RunStore(), 4, experiment=experiment, parent_id=first.id, parent_update=10)
    lab.shelf.refresh()
    runs.wait(lambda: runs.numbers() == ["4", "3", "2", "1"])
    assert runs.cell(0, RunColumn.NAME) == "from 1, update 10", "there is little room: the number comes soon"
    assert "From run 1, update 10" in runs.cell(0, RunColumn.NUMBER, Qt.ItemDataRole.ToolTipRole)
    words = runs.find(QLineEdit, "runFilter")
    runs.qtbot.keyClicks(words, "from run 1")
    assert runs.numbers() == ["4"]
    runs.choose(0)
    runs.find(QTabBar, "comparisonTabs").setCurrentIndex(FAMILY)
    tree = runs.find(QTreeWidget, "familyTree")
    assert [line[0] for line in lines(tree)] == ["Run 1 “old”", "Run 4"]
    click(runs.qtbot, tree, "Run 1")
    assert (words.text(), runs.selected_numbers()) == ("", ["1"]), "it was not in the filtered list"
    assert tree.hasFocus()
    runs.qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert runs.selected_numbers() == ["4"]
    runs.settle()
    rebuild(runs)
    tree = runs.find(QTreeWidget, "familyTree")
    assert tree.isVisible()
    assert tree.currentItem().text(0) == "Run 4"
    lab.shelf.delete([first.id])
    runs.settle()
    assert lines(tree)[0][0] == "Run 1 “old” (deleted)"
    assert runs.cell(0, RunColumn.NAME) == "from 1, update 10", "there is little room: the number comes soon"
    runs.choose(1)
    assert runs.text("familyNote").startswith("Run 3 goes on from no other run")
    runs.choose(0)
    tree.setFocus()
    runs.qtbot.keyClick(tree, Qt.Key.Key_Return)
    runs.wait(lambda: lab.run is not None and lab.run.number == 4)
    assert runs.find(QWidget, "trainPage").isVisible()
    runs.settle()
