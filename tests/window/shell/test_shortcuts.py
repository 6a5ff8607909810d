"""The list of all keys: what it says, and that it says what is so."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from mnist_lab.window.pages import PAGES
from tests.window.conftest import Driver


def _activate(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)


def _rows(keys: QTreeWidget) -> dict[str, list[tuple[str, ...]]]:
    chapters = [keys.topLevelItem(place) for place in range(keys.topLevelItemCount())]
    return {
        chapter.text(0): [
            tuple(chapter.child(row).text(column) for column in range(3)) for row in range(chapter.childCount())
        ]
        for chapter in chapters
    }


def _height(keys: QTreeWidget, row: QTreeWidgetItem | None) -> int:
    assert row is not None
    return keys.visualItemRect(row).height()


def _assert_words_have_room(keys: QTreeWidget) -> None:
    room, metrics = QRect(0, 0, keys.columnWidth(1), 10_000), keys.fontMetrics()
    for place in range(keys.topLevelItemCount()):
        chapter = keys.topLevelItem(place)
        for row in [chapter.child(number) for number in range(chapter.childCount())]:
            needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, row.text(1))
            assert _height(keys, row) >= needed.height(), row.text(1)


def test_ctrl_f1_lists_the_keys_of_the_page_in_view_first_and_escape_goes_back(driver: Driver) -> None:
    _activate(driver)
    driver.window.show_page_named("drawPage")
    canvas = driver.find(QWidget, "drawCanvas")
    canvas.setFocus()
    driver.qtbot.keyClick(canvas, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    dialog = driver.find(QDialog, "shortcutsDialog")
    driver.qtbot.waitUntil(dialog.isVisible)
    chapters = _rows(driver.find(QTreeWidget, "shortcutsList"))
    assert list(chapters)[:3] == ["On the page “Draw”", "In the whole window", "On the page “Data”"]
    assert len(chapters) == len(PAGES) + 1
    assert ("Space", "pen down, up", "Drawing pad") in chapters["On the page “Draw”"]
    in_window = chapters["In the whole window"]
    start = driver.window.findChild(QAction, "startAction")
    assert start.shortcut().toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+Enter", "as on the button"
    for row in (("Ctrl+Enter", "Start", "Menu Run"), ("Ctrl+F1", "Keyboard shortcuts", "Menu Help")):
        assert row in in_window
    assert all(all(row) for rows in chapters.values() for row in rows)
    keys = driver.find(QTreeWidget, "shortcutsList")
    for width in (dialog.width(), 560):
        dialog.resize(width, 500)
        for _ in range(4):
            QApplication.processEvents()
        _assert_words_have_room(keys)
    chapter = keys.topLevelItem(1)
    lines = {_height(keys, chapter.child(number)) for number in range(chapter.childCount())}
    assert len(lines) > 1, "some need more than one line, all others have one"
    driver.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    driver.qtbot.waitUntil(lambda: driver.window.findChild(QDialog, "shortcutsDialog") is None)
    assert driver.window.focusWidget() is canvas


def test_buttons_name_the_key_that_does_the_same(driver: Driver) -> None:
    for page, name, key in (("drawPage", "undoButton", "Ctrl+Z"), ("descentPage", "descentCopy", "Ctrl+C")):
        driver.window.show_page_named(page)
        assert key in driver.find(QAbstractButton, name).text()


def test_enter_presses_the_button_that_has_the_keyboard_and_ticks_nothing(driver: Driver) -> None:
    _activate(driver)
    driver.window.show_page_named("trainPage")
    disclosure = driver.find(QAbstractButton, "moreSettings")
    before = disclosure.isChecked()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        disclosure.setFocus()
        driver.qtbot.keyClick(disclosure, key)
        assert disclosure.isChecked() is not before
        before = disclosure.isChecked()
    add = driver.find(QAbstractButton, "addLayerButton")
    add.setFocus()
    driver.qtbot.keyClick(add, Qt.Key.Key_Return)
    assert driver.find(QAbstractButton, "removeLayerButton").isVisible()
    box = driver.find(QCheckBox, "tilesShowChange")
    box.setFocus()
    driver.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert not box.isChecked()
