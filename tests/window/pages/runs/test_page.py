"""The Runs page as a person uses it: find a run, name it, star it, delete it and think better of it, open it."""

import re
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QSpinBox,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mnist_lab.app import create_window
from mnist_lab.data.digits import Digits
from mnist_lab.data.settings_file import SettingsFile
from mnist_lab.experiment import Experiment
from mnist_lab.runs.facts import DataFacts, RunRow
from mnist_lab.runs.run import State
from mnist_lab.runs.store import RunStore
from mnist_lab.window.pages.runs import page
from mnist_lab.window.pages.runs.comparison_view import ComparisonView
from mnist_lab.window.pages.runs.curve_delegate import CurveDelegate
from mnist_lab.window.pages.runs.run_lines import RunColumn
from mnist_lab.window.widgets.basic.key_line import KeyLine
from mnist_lab.window.widgets.basic.notice import Notice
from tests.runs import kept
from tests.runs.kept import EXPERIMENT
from tests.window.conftest import LAPTOP, SIZE, Driver
from tests.window.rebuilding import rebuild

ADAM = EXPERIMENT.changed(optimizer="adam", hidden_units=(7,))


class Runs(Driver):
    """Uses the page of a home in which three runs are kept: 3 with Adam, 2 interrupted, 1 called "old"."""

    @property
    def table(self) -> QTableView:
        return self.find(QTableView, "runTable")

    @property
    def rows(self) -> tuple[RunRow, ...]:
        return self.window.lab.shelf.rows

    def numbers(self) -> list[str]:
        return [self.cell(row, RunColumn.NUMBER) for row in range(self.table.model().rowCount())]

    def cell(self, row: int, column: RunColumn, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
        return str(self.table.model().index(row, column).data(role))

    def choose(self, *rows: int) -> None:
        """With the mouse, all but the first with Ctrl held."""
        for count, row in enumerate(rows):
            place = self.table.visualRect(self.table.model().index(row, RunColumn.NAME)).center()
            held = Qt.KeyboardModifier.ControlModifier if count else Qt.KeyboardModifier.NoModifier
            self.qtbot.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, held, place)

    def selected_numbers(self) -> list[str]:
        return [self.cell(index.row(), RunColumn.NUMBER) for index in self.table.selectionModel().selectedRows()]

    def look_at(self, run_id: str) -> None:
        lab = self.window.lab
        lab.open_run(run_id)
        self.wait(lambda: lab.run is not None and lab.run.id == run_id)

    def settle(self) -> None:
        self.wait(lambda: not self.window.lab.is_computing)

    def is_written(self, is_so: Callable[[RunRow], bool], number: int) -> None:
        """Wait until the store says so of the run of that number."""
        self.wait(lambda: any(row.number == number and is_so(row) for row in RunStore().rows()))


@pytest.fixture
def runs(qtbot: QtBot, starter: Digits) -> Runs:
    store, data = RunStore(), DataFacts.of(starter)
    store.rename(kept.keep(store, 5).id, "old")
    kept.keep(store, 4)
    writer = store.begin(ADAM, data)
    for batch in kept.batches():
        writer.write(batch)
    writer.close()
    window = create_window("starter", Experiment(hidden_units=(16,), epochs=2), paced=False)
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.show()
    qtbot.waitExposed(window)
    driver = Runs(qtbot, window)
    driver.wait(lambda: window.lab.digits is not None and len(window.lab.shelf.rows) == 3)
    driver.settle()
    window.show_page_named("runsPage")
    return driver


def test_the_keyboard_stays_in_the_filter_when_the_list_comes_back(runs: Runs) -> None:
    words = runs.find(QLineEdit, "runFilter")
    words.setFocus()
    runs.qtbot.keyClicks(words, "nosuchrun")
    assert not runs.table.isVisible()
    runs.window.show_page_named("dataPage")
    runs.window.show_page_named("runsPage")
    words.setFocus()
    words.selectAll()
    runs.qtbot.keyClicks(words, "a")
    assert runs.table.isVisible()
    assert QApplication.focusWidget() is words


def test_a_run_that_is_opened_is_never_painted_before_all_of_it_is_there(runs: Runs) -> None:
    class Watcher(QObject):
        """Asks at every painting whether a page is just being told what it is to show."""

        too_early = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.UpdateRequest:
                names = [frame.name for frame in traceback.extract_stack()]
                self.too_early += "refresh" in names
            return super().eventFilter(watched, event)

    watcher = Watcher(runs.window)
    runs.window.show_page_named("trainPage")
    runs.window.installEventFilter(watcher)
    for row in (runs.rows[-1], runs.rows[0], runs.rows[-1]):
        runs.look_at(row.id)
    assert watcher.too_early == 0, "one would see the name of one run with the numbers of another"


def test_what_has_no_room_in_the_list_is_told_below_it_without_a_mouse(runs: Runs) -> None:
    runs.window.resize(*LAPTOP)
    runs.window.lab.shelf.set_note(runs.rows[0].id, "a note")
    runs.window.lab.shelf.rename(runs.rows[0].id, "a name that is much too long for its column")
    runs.table.setFocus()
    runs.qtbot.keyClick(runs.table, Qt.Key.Key_Home)
    runs.wait(
        lambda: runs.text("chosenRunWords").startswith("Run 3 “a name that is much too long for its column”: 7 units")
    )
    assert runs.text("chosenRunWords").endswith(runs.cell(0, RunColumn.SETTINGS))
    runs.qtbot.keyClick(runs.table, Qt.Key.Key_Down)
    assert runs.text("chosenRunWords").startswith("Run 2: 3 units · RMSprop")
    words = runs.find(QLabel, "chosenRunWords")
    QApplication.processEvents()
    assert words.height() >= words.heightForWidth(words.width())


def test_every_run_is_listed_and_told_apart(runs: Runs) -> None:
    notice = runs.find(Notice, "problemNotice")
    assert notice.text == "1 run was interrupted: run 2, after 15 of 20 gradient updates."
    assert runs.find(QAbstractButton, "acceptOfferButton").text() == "&Go on"
    assert runs.find(QAbstractButton, "declineOfferButton").text() == "Not now"
    assert runs.numbers() == ["3", "2", "1"]
    assert [runs.cell(row, RunColumn.STATE) for row in range(3)] == ["finished", "interrupted", "finished"]
    other = "3 units · RMSprop"
    assert [runs.cell(row, RunColumn.SETTINGS) for row in range(3)] == ["7 units · Adam", other, other]
    assert [runs.cell(row, RunColumn.BEST) for row in range(3)] == ["75.0\u00a0%", "50.0\u00a0%", "75.0\u00a0%"]
    assert runs.cell(2, RunColumn.NAME) == "old"
    header = runs.table.horizontalHeader()
    runs.window.resize(*LAPTOP)
    bar = runs.table.verticalScrollBar().sizeHint().width()
    seen = runs.table.viewport().width() - bar
    assert _right_of(runs.table, RunColumn.LAST) <= seen, "which was better, and why, is seen without scrolling"
    runs.window.resize(*SIZE)
    told = range(RunColumn.NAME, RunColumn.BEST)
    assert [column for column in told if header.sectionSize(column) < header.sectionSizeHint(column)] == []
    assert runs.text("runRoom").startswith("3 runs take ")
    said = runs.table.model().index(0, RunColumn.BEST).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "best: 75.0\u00a0%"
    tip = runs.table.model().headerData(RunColumn.SETTINGS, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "not the same in all listed runs" in tip
    time = runs.table.model().index(0, RunColumn.TIME)
    assert "waits of slow motion included" in time.data(Qt.ItemDataRole.ToolTipRole), "else it seems to be the speed"
    delegate = runs.table.itemDelegateForColumn(RunColumn.CURVE)
    assert isinstance(delegate, CurveDelegate)
    runs.window.grab()
    drawn = delegate.drawn
    assert drawn == 3
    runs.window.grab()
    assert delegate.drawn == drawn, "each picture once"


def test_typing_finds_runs_and_headers_sort_them(runs: Runs) -> None:
    words = runs.find(QLineEdit, "runFilter")
    for typed, found in (("adam", ["3"]), ("OLD finished", ["1"]), ("interrupted", ["2"]), ("3 units rms", ["2", "1"])):
        words.clear()
        runs.qtbot.keyClicks(words, typed)
        assert runs.numbers() == found, typed
    words.clear()
    runs.qtbot.keyClicks(words, "nothing at all")
    assert runs.numbers() == []
    assert runs.find(QLabel, "noRuns").isVisible()
    assert "Empty the field" in runs.text("noRuns")
    words.clear()
    runs.choose(0, 2)
    runs.qtbot.keyClicks(words, "adam")
    assert runs.selected_numbers() == ["3"]
    words.clear()
    assert runs.selected_numbers() == ["3", "1"]
    _click_header(runs, RunColumn.NUMBER)
    assert runs.numbers() == ["1", "2", "3"]
    _click_header(runs, RunColumn.LAST)
    assert runs.numbers() == ["3", "1", "2"], "the best first, and of equals the newer"
    runs.click("declineOfferButton")
    assert not runs.find(Notice, "problemNotice").isVisible()
    runs.choose(1)
    rebuild(runs)
    assert runs.numbers() == ["3", "1", "2"]
    assert [index.row() for index in runs.table.selectionModel().selectedRows()] == [1]
    runs.window.close()
    other = create_window("starter", paced=False)
    runs.qtbot.addWidget(other)
    other.show()
    again = Runs(runs.qtbot, other)
    again.wait(lambda: len(again.rows) == 3 and other.lab.digits is not None)
    other.show_page_named("runsPage")
    again.wait(lambda: again.numbers() == ["3", "1", "2"])
    again.settle()
    assert not again.find(Notice, "problemNotice").isVisible(), "what was declined is not offered again"
    assert again.cell(2, RunColumn.STATE) == "interrupted"
    assert [index.row() for index in again.table.selectionModel().selectedRows()] == [1]
    again.settle()


def test_a_cell_stays_under_the_mouse_that_clicks_it(runs: Runs) -> None:
    table, bar = runs.table, runs.table.horizontalScrollBar()
    hidden = next(column for column in RunColumn if _right_of(table, column) > table.viewport().width())
    assert table.columnViewportPosition(hidden) < table.viewport().width(), "it is half in view"
    cell = QPoint(table.columnViewportPosition(hidden) + 3, table.rowViewportPosition(1) + 5)
    runs.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    table.scrollTo(table.currentIndex())  # as Qt does when no second click follows
    assert (table.currentIndex().column(), bar.value()) == (hidden, 0)
    runs.window.lab.shelf.set_note(runs.rows[0].id, "told anew")
    runs.settle()
    assert bar.value() == 0
    runs.qtbot.keyClick(table, Qt.Key.Key_Right)
    assert bar.value() > 0, "keys go where they cannot be seen"
    before = bar.value()
    runs.window.lab.shelf.set_note(runs.rows[0].id, "once more")
    runs.settle()
    assert bar.value() == before
    runs.qtbot.keyClick(table, Qt.Key.Key_F2)
    assert bar.value() < before, "what is typed is seen"
    runs.qtbot.keyClick(table.findChild(QLineEdit), Qt.Key.Key_Escape)


def test_name_note_and_star_by_keyboard_and_by_button(runs: Runs) -> None:
    runs.choose(0)
    runs.qtbot.keyClick(runs.table, Qt.Key.Key_F2)
    editor = runs.table.findChild(QLineEdit)
    runs.qtbot.keyClicks(editor, "nar")
    runs.window.lab.shelf.set_note(runs.rows[2].id, "told anew")
    runs.wait(lambda: "told anew" in runs.cell(2, RunColumn.NAME))
    runs.qtbot.keyClicks(editor, "row")
    assert editor.text() == "narrow", "what is typed stays while rows are told anew"
    runs.qtbot.keyClick(editor, Qt.Key.Key_Return)
    runs.wait(lambda: runs.cell(0, RunColumn.NAME) == "narrow")
    runs.is_written(lambda row: row.name == "narrow", 3)
    runs.click("noteRunButton")
    note = runs.find(QLineEdit, "runNote")
    assert note.hasFocus()
    assert note.placeholderText() == "Run 3 “narrow”: your note"
    runs.qtbot.keyClicks(note, "too small")
    runs.qtbot.keyClick(note, Qt.Key.Key_Return)
    assert runs.cell(0, RunColumn.NAME) == "narrow – too small"
    runs.is_written(lambda row: row.note == "too small", 3)
    runs.qtbot.keyClick(runs.table, Qt.Key.Key_Asterisk)
    assert runs.cell(0, RunColumn.STAR) == "★"
    runs.is_written(lambda row: row.is_starred, 3)
    runs.choose(0, 1)
    runs.click("starRunButton")
    assert [runs.cell(row, RunColumn.STAR) for row in range(3)] == ["★", "★", "☆"]
    runs.click("starRunButton")
    assert [runs.cell(row, RunColumn.STAR) for row in range(3)] == ["☆", "☆", "☆"]
    star = runs.table.visualRect(runs.table.model().index(2, RunColumn.STAR)).center()
    runs.qtbot.mouseClick(runs.table.viewport(), Qt.MouseButton.LeftButton, pos=star)
    assert runs.cell(2, RunColumn.STAR) == "★"
    runs.choose(0)
    runs.click("noteRunButton")
    runs.qtbot.keyClicks(note, "too narrow")
    runs.table.selectRow(1)
    assert runs.cell(0, RunColumn.NAME) == "narrow – too narrow", "kept although the keyboard was still in the field"
    assert note.text() == ""
    runs.settle()


def test_it_says_how_many_of_the_chosen_runs_are_compared(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST_COMPARED", 2)
    runs.choose(0, 1, 2)
    said = "Of the 3 chosen runs the first 2 are compared: choose fewer to see others."
    runs.wait(lambda: runs.text("differencesNote") == said)
    runs.choose(0, 1)
    runs.wait(lambda: runs.text("differencesNote") != said)
    runs.settle()


def test_deleted_runs_come_back_by_button_and_by_key(runs: Runs) -> None:
    runs.choose(0, 2)
    runs.qtbot.keyClick(runs.table, Qt.Key.Key_Delete)
    assert runs.numbers() == ["2"]
    runs.settle()
    assert [row.number for row in RunStore().rows()] == [2]
    runs.click("acceptOfferButton")
    runs.wait(lambda: runs.numbers() == ["3", "2", "1"])
    assert runs.selected_numbers() == ["3", "1"]
    runs.choose(1)
    runs.table.setFocus()
    lines = [line.text() for line in runs.window.findChildren(KeyLine) if line.isVisible()]
    assert any("Delete deletes it · Ctrl+Z brings it back" in line for line in lines)
    runs.click("deleteRunButton")
    assert runs.numbers() == ["3", "1"]
    assert runs.table.hasFocus()
    notice = runs.find(Notice, "problemNotice")
    assert notice.text == "Run 2 is deleted: it lies in the lab's bin."
    runs.qtbot.keyClick(runs.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    runs.wait(lambda: runs.numbers() == ["3", "2", "1"])
    runs.wait(lambda: not notice.isVisible())
    runs.settle()


def test_the_last_ones_come_back_by_the_same_key(runs: Runs) -> None:
    runs.choose(0, 1, 2)
    runs.qtbot.keyClick(runs.table, Qt.Key.Key_Delete)
    assert runs.numbers() == []
    runs.settle()
    words = runs.find(QLabel, "noRuns")
    assert words.isVisible()
    assert words.hasFocus(), "in the place of the table"
    runs.qtbot.keyClick(words, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    runs.wait(lambda: runs.numbers() == ["3", "2", "1"])
    assert runs.table.hasFocus()
    runs.settle()


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)  # offscreen
def test_what_an_earlier_session_deleted_comes_back_or_goes_for_good(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    button, menu = runs.find(QAbstractButton, "restoreRunButton"), runs.find(QMenu, "deletedRunsMenu")
    assert not button.isEnabled()
    assert "deleted" not in runs.text("runRoom")
    for number in (3, 1):  # not by this window: it has nothing to undo
        RunStore().delete(next(row.id for row in runs.rows if row.number == number))
    runs.window.lab.shelf.refresh()
    runs.wait(lambda: runs.numbers() == ["2"] and button.isEnabled())
    assert re.match(r"1 run takes \S+ .B\. The deleted ones take \S+ .B more\. ", runs.text("runRoom"))
    assert re.fullmatch(
        r"Bring back a deleted run, or delete all for good: 2 in the lab's bin, \S+ .B in all\.", button.toolTip()
    )
    runs.press("restoreRunButton", Qt.Key.Key_Space)
    runs.wait(menu.isVisible)
    told = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert told[0].startswith("Deleted runs: 2, ")
    assert told[1].startswith("Run 3  ·  7 units · Adam  ·  75.0\u00a0%  ·  20")
    assert told[2].startswith("Run 1 “old”  ·  3 units · RMSprop  ·  75.0\u00a0%  ·  ")
    assert told[3:] == ["Bring all of them back", "Delete all for good…"]
    runs.qtbot.keyClick(menu, Qt.Key.Key_Down)
    runs.qtbot.keyClick(menu, Qt.Key.Key_Return)
    runs.wait(lambda: runs.numbers() == ["2", "1"] and not runs.window.lab.is_computing)
    assert [row.number for row in RunStore().deleted_rows()] == [3]
    assert runs.text("runRoom").startswith("2 runs take ")
    assert runs.selected_numbers() == ["1"], "what came back is what one looks at"
    _delete_for_good(runs, monkeypatch, "Keep them in the bin")
    assert [row.number for row in RunStore().deleted_rows()] == [3]
    _delete_for_good(runs, monkeypatch, "Delete for good")
    runs.wait(lambda: not button.isEnabled() and not runs.window.lab.is_computing)
    assert RunStore().deleted_rows() == []
    assert runs.numbers() == ["2", "1"]


def _delete_for_good(runs: Runs, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    """Choose the last line of the list of deleted runs, and press that button of the question."""

    def read(box: QMessageBox) -> None:
        assert re.match(r"Deleted runs: 1, \S+ .B in all\.\n\nWhat you delete for good is removed", box.text())
        assert "neither Restore nor Undo brings it back" in box.text()
        assert box.defaultButton().text() == "Keep them in the bin"
        chosen = next(button for button in box.buttons() if button.text() == answer)
        monkeypatch.setattr(box, "clickedButton", lambda: chosen)

    monkeypatch.setattr(QMessageBox, "exec", read)
    menu = runs.find(QMenu, "deletedRunsMenu")
    runs.press("restoreRunButton", Qt.Key.Key_Space)
    runs.wait(menu.isVisible)
    assert menu.activeAction().text().startswith("Run 3"), "not what cannot be undone"
    last = menu.actions()[-1]
    assert last.text() == "Delete for good…"
    runs.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(last).center())


def test_an_opened_run_is_what_the_pages_show_and_its_settings_can_be_copied(runs: Runs) -> None:
    lab = runs.window.lab
    typed = lab.draft.experiment
    assert runs.selected_numbers() == []
    lab.open_run(runs.rows[2].id)
    runs.wait(lambda: runs.selected_numbers() == ["1"])
    runs.settle()
    runs.choose(0)
    runs.qtbot.keyClick(runs.table, Qt.Key.Key_Return)
    runs.wait(lambda: lab.run.number == 3)
    assert lab.run.state is State.FINISHED
    assert lab.weights.updates == 20
    assert lab.looked.source_id == lab.run.id
    assert runs.find(QWidget, "trainPage").isVisible()
    assert lab.draft.experiment == typed, "the form stays what was typed"
    assert runs.text("trainingStatus").startswith("Finished at update 20")
    runs.window.show_page_named("runsPage")
    lab.open_run(runs.rows[1].id)
    runs.wait(lambda: runs.selected_numbers() == ["2"])  # the selected run was the one that was looked at
    runs.choose(0, 1)
    lab.open_run(runs.rows[0].id)
    runs.settle()
    assert runs.selected_numbers() == ["3", "2"], "what was chosen by hand stays"
    runs.choose(0)
    font = runs.table.model().index(0, RunColumn.NAME).data(Qt.ItemDataRole.FontRole)
    assert font.bold(), "the row says that it is looked at"
    assert runs.cell(0, RunColumn.NAME, Qt.ItemDataRole.AccessibleTextRole) == "name: none, shown on every page"
    tip = runs.cell(0, RunColumn.NUMBER, Qt.ItemDataRole.ToolTipRole)
    assert "7 units · Adam" in tip
    assert "Every page shows it" in tip
    assert "Interrupted: 15 of 20 gradient updates" in runs.cell(1, RunColumn.NUMBER, Qt.ItemDataRole.ToolTipRole)
    assert "Every page shows it" not in runs.cell(1, RunColumn.NUMBER, Qt.ItemDataRole.ToolTipRole)
    runs.click("useSettingsButton")
    assert lab.draft.experiment == ADAM
    assert runs.find(QSpinBox, "hiddenUnits").value() == 7
    runs.click("acceptOfferButton")
    assert lab.draft.experiment == typed
    lab.live.queue(typed)
    runs.window.show_page_named("runsPage")
    runs.click("useSettingsButton")
    assert lab.draft.experiment == ADAM
    told = runs.find(Notice, "problemNotice").text
    assert told.startswith("Run 3: its settings are in the form: hidden units 7; optimizer Adam")
    assert told.endswith("The run that goes on keeps its own.")
    lab.live.forget_queued()
    runs.window.show_page_named("runsPage")
    runs.choose(1)
    runs.table.doubleClicked.emit(runs.table.currentIndex())
    runs.wait(lambda: lab.run.number == 2)
    assert "not here" in runs.find(Notice, "problemNotice").text, "it trained on digits that are nowhere"
    assert runs.text("trainingStatus") == "Interrupted after update 15. Go on trains the rest."
    lab.step()
    assert "cannot go on" in runs.find(Notice, "problemNotice").text
    assert lab.run.number == 2


def test_what_another_lab_has_kept_is_listed_when_one_comes_back(runs: Runs) -> None:
    runs.window.show_page_named("dataPage")
    kept.keep(RunStore())
    runs.window.show_page_named("runsPage")
    runs.wait(lambda: runs.numbers() == ["4", "3", "2", "1"])
    terminal = QWidget()
    runs.qtbot.addWidget(terminal)
    terminal.show()
    terminal.activateWindow()
    runs.qtbot.waitActive(terminal)
    runs.settle()
    kept.keep(RunStore(), 5)
    runs.window.activateWindow()
    runs.wait(lambda: runs.numbers() == ["5", "4", "3", "2", "1"])
    runs.settle()


def test_a_file_that_cannot_be_used_is_told_and_can_go(runs: Runs) -> None:
    name = "0123456789abcdef" * 2
    (RunStore().folder / f"{name}.run").write_bytes(bytes(range(1, 256)) * 20)
    runs.window.lab.shelf.refresh()
    runs.wait(lambda: len(runs.rows) == 4)
    assert runs.cell(3, RunColumn.SETTINGS) == "damaged"
    runs.choose(3)
    assert "Enter says why" in runs.find(QLineEdit, "runNote").placeholderText()
    notice = runs.find(Notice, "problemNotice")
    runs.qtbot.keyClick(runs.table, Qt.Key.Key_Return)
    assert f"{name}.run” is damaged" in notice.text
    runs.qtbot.keyClick(runs.table, Qt.Key.Key_Delete)
    assert runs.numbers() == ["3", "2", "1"]
    assert notice.text == f"The file {name} is deleted: it lies in the lab's bin."
    runs.settle()


def test_several_rows_are_compared(runs: Runs) -> None:
    compared = runs.find(QWidget, "comparisonPlot")
    runs.window.resize(*LAPTOP)
    runs.choose(0, 2)
    runs.wait(lambda: "run 3" in runs.text("curvesSummary").casefold())
    assert compared.isVisible()
    differences = runs.find(QTableView, "differencesTable")
    # The page gives the table its room when it is laid out anew, which may be a turn of the event loop later.
    runs.wait(lambda: differences.verticalScrollBar().maximum() == 0)  # the page scrolls, nothing in it does once more
    assert "old" in runs.text("curvesSummary")
    model = runs.table.selectionModel()
    model.select(QModelIndex(), QItemSelectionModel.SelectionFlag.Clear)
    runs.wait(lambda: "run 3" not in runs.text("curvesSummary").casefold())
    runs.settle()


def test_a_kept_network_answers_beside_a_run(runs: Runs) -> None:
    kept_weights = RunStore().network_weights(runs.rows[0].id)
    runs.window.lab.shelf.keep_network("mine", kept_weights, runs.rows[0].id, 20, None)
    runs.wait(lambda: any(row.name == "mine" and row.number for row in runs.rows))
    runs.settle()
    runs.choose(0, 1)
    view = runs.window.findChild(ComparisonView)
    assert view is not None
    view.tabs.setCurrentIndex(2)
    summary = runs.find(QLabel, "confusionSummary")
    runs.wait(lambda: "Of the same 1,000 test digits" in summary.text())
    assert "“mine”" in summary.text()
    runs.settle()


def test_what_a_run_may_take_is_chosen_and_kept(runs: Runs, lab_home: Path) -> None:
    assert " are free." in runs.text("runRoom")
    budget = runs.find(QComboBox, "runBudget")
    assert budget.currentText() == "at most 64 MB a run"
    runs.press("runBudget", Qt.Key.Key_Down)
    assert budget.currentText() == "at most 256 MB a run"
    assert runs.window.lab.store.budget == 256 * 10**6
    rebuild(runs)
    assert runs.find(QComboBox, "runBudget").currentData() == 256 * 10**6
    for word, wanted in (("256", 256), ("7", 64), ("a lot", 64)):
        SettingsFile(lab_home / "settings.ini").keep("snapshot_megabytes", word)
        other = create_window("starter", paced=False)
        runs.qtbot.addWidget(other)
        assert other.lab.store.budget == wanted * 10**6


def _click_header(runs: Runs, column: RunColumn) -> None:
    header = runs.table.horizontalHeader()
    place = header.sectionViewportPosition(column) + 5
    runs.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 10))


def _right_of(table: QTableView, column: RunColumn) -> int:
    return table.columnViewportPosition(column) + table.columnWidth(column)


def test_an_empty_shelf_explains_itself(driver: Driver) -> None:
    driver.window.show_page_named("runsPage")
    driver.wait(lambda: "every run is kept by itself" in driver.text("noRuns"))
    assert not driver.find(QTableView, "runTable").isVisible()
    assert not driver.find(QAbstractButton, "openRunButton").isEnabled()
    assert QApplication.focusWidget() is not None
