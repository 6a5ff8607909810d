"""Asking for help by keys and mouse: F1, What's This, the glossary, and the search over the lab."""

from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QWhatsThisClickedEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QTabBar,
    QTableView,
    QTextBrowser,
    QWidget,
)

from mnist_lab.window import theme
from mnist_lab.window.shell.course.panel import CoursePanel
from mnist_lab.window.shell.course.spotlight import Spotlight
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.widgets.basic.notice import Notice
from tests.runs import kept
from tests.window.conftest import Driver

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
Kind = TypeVar("Kind", bound=QWidget)


def _press(driver: Driver, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    driver.qtbot.keyClick(QApplication.focusWidget() or driver.window, key, modifier)


def _activate(driver: Driver) -> None:
    """Have the keyboard in the window, as it is by itself on a screen once a dialog has gone."""

    def has_keyboard() -> bool:
        driver.window.activateWindow()
        focused = QApplication.focusWidget()
        return focused is not None and driver.window.isAncestorOf(focused) and focused.window() is driver.window

    QApplication.processEvents()
    driver.wait(has_keyboard)


def _dialog(driver: Driver, name: str) -> QDialog:
    driver.wait(lambda: any(one.isVisible() for one in driver.window.findChildren(QDialog, name)))
    return driver.find(QDialog, name)


def _is_gone(driver: Driver, name: str) -> None:
    driver.wait(lambda: driver.window.findChild(QDialog, name) is None)


def _text(driver: Driver) -> str:
    return driver.find(QTextBrowser, "helpText").toPlainText()


def _lit(driver: Driver) -> Spotlight:
    return driver.find(Spotlight, "helpSpotlight")


def _search(driver: Driver, letters: str) -> QListWidget:
    _activate(driver)
    _press(driver, Qt.Key.Key_K, CTRL)
    dialog = _dialog(driver, "searchDialog")
    field = dialog.findChild(QLineEdit, "searchField")
    assert field is not None
    driver.qtbot.keyClicks(field, letters)
    found = dialog.findChild(QListWidget, "searchList")
    assert found is not None
    return found


def _go(driver: Driver, found: QListWidget, title: str) -> None:
    """By the arrow keys and Enter, with the keyboard in the field."""
    field = driver.find(QLineEdit, "searchField")
    rows = [row for row in range(found.count()) if found.item(row).text() == title]
    assert rows, [found.item(row).text() for row in range(found.count())]
    for _press_down in range(rows[0]):
        driver.qtbot.keyClick(field, Qt.Key.Key_Down)
    driver.qtbot.keyClick(field, Qt.Key.Key_Return)
    _is_gone(driver, "searchDialog")
    QApplication.processEvents()


def test_f1_tells_of_what_has_the_keyboard_and_links_lead_on_and_into_the_lab(driver: Driver) -> None:
    _activate(driver)
    rate = driver.find(QWidget, "learningRate")
    rate.setFocus()
    _press(driver, Qt.Key.Key_F1)
    dialog = _dialog(driver, "helpDialog")
    assert not dialog.isModal()
    assert rate.toolTip() in _text(driver)
    assert "each step jumps over the valley" in _text(driver)
    text = driver.find(QTextBrowser, "helpText")
    driver.wait(text.hasFocus)  # Page keys scroll, Tab goes through the links
    driver.qtbot.keyClick(text, Qt.Key.Key_Tab)
    driver.qtbot.keyClick(text, Qt.Key.Key_Return)
    assert _text(driver).startswith("Learning rate")
    assert "See also" in _text(driver)
    words = driver.find(QListWidget, "wordList")
    assert words.currentItem().text() == "Learning rate"
    field = driver.find(QLineEdit, "wordFilter")
    field.setFocus()
    driver.qtbot.keyClicks(field, "CONFUSION")
    driver.qtbot.keyClick(field, Qt.Key.Key_Down)
    assert words.hasFocus()
    assert _text(driver).startswith("Confusion matrix")
    driver.click("helpBackButton")
    assert _text(driver).startswith("Learning rate")
    driver.click("helpBackButton")
    assert rate.toolTip() in _text(driver)
    assert not driver.find(QAbstractButton, "helpBackButton").isEnabled()
    driver.click("showMeButton")
    assert driver.find(QWidget, "trainPage").isVisible()
    driver.wait(lambda: bool(_lit(driver).lit))
    driver.window.set_theme("dark")
    driver.window.set_theme("light")
    driver.window.set_text_size(120)
    again = _dialog(driver, "helpDialog")
    assert driver.find(QWidget, "learningRate").toolTip() in _text(driver), "it is there again as it was"
    driver.qtbot.keyClick(again, Qt.Key.Key_Escape)
    _is_gone(driver, "helpDialog")
    _activate(driver)
    driver.find(QListWidget, "pageList").setFocus()
    _press(driver, Qt.Key.Key_F1)
    _dialog(driver, "helpDialog")
    assert _text(driver).startswith("Neural network"), "of what has no help of its own: the glossary"


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")  # for the note, without a screen
def test_what_is_clicked_after_shift_f1_says_what_it_is(driver: Driver) -> None:
    _activate(driver)
    _press(driver, Qt.Key.Key_F1, SHIFT)
    box = driver.find(QWidget, "batchSize")
    driver.qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    shown = [
        one
        for one in QApplication.topLevelWidgets()
        if type(one).__name__ == "QWhatsThat" or one.inherits("QWhatsThat")
    ]
    assert len(shown) == 1
    assert shown[0].isVisible()
    QApplication.sendEvent(box, QWhatsThisClickedEvent("word:gradient_update"))
    assert _dialog(driver, "helpDialog").isVisible()
    assert _text(driver).startswith("Gradient update"), "its links lead into the glossary"


def test_any_control_is_found_and_gone_to_though_its_page_was_never_opened(driver: Driver) -> None:
    found = _search(driver, "thresh")
    first = [found.item(row).text() for row in range(2)]
    assert first == ["Threshold", "Threshold"], "the control, then the word"
    assert driver.window.findChild(QWidget, "confidenceThreshold") is None, "nothing was opened to find it"
    _go(driver, found, "Threshold")
    assert driver.find(QWidget, "confidenceThreshold").isVisible()
    driver.wait(lambda: bool(_lit(driver).lit))
    _go(driver, _search(driver, "start x"), "Start x")
    driver.wait(lambda: driver.window.focusWidget() is driver.find(QWidget, "descentStart"))
    _go(driver, _search(driver, "dropout"), "Dropout")
    assert driver.find(QWidget, "dropout").isVisible(), "what hides it is opened"
    _go(driver, _search(driver, "slope by nudging"), "Slopes by nudging against slopes by backpropagation")
    driver.wait(lambda: "not in sight now" in driver.find(Notice, "problemNotice").text)
    assert _lit(driver).lit, "the button that makes a network, which it needs"
    _go(driver, _search(driver, "momentum"), "Momentum")
    driver.wait(lambda: "it comes with “SGD with momentum”" in driver.find(Notice, "problemNotice").text)
    assert len(_lit(driver).lit) == 1, "the switch that brings it"
    _go(driver, _search(driver, "inner state"), "Inner state")
    assert driver.find(QWidget, "descentState").isVisible()
    _go(driver, _search(driver, "three ways"), "Three ways")
    assert driver.find(QTabBar, "descentTabs").currentIndex() == 4
    assert driver.find(QAbstractButton, "naiveStage4").isChecked()


def test_words_steps_settings_and_runs_are_found_too(driver: Driver) -> None:
    _go(driver, _search(driver, "broadcasting"), "Broadcasting")
    _dialog(driver, "helpDialog")
    assert _text(driver).startswith("Broadcasting")
    driver.click("closeHelpButton")
    _is_gone(driver, "helpDialog")
    coach = coach_of(driver.window.lab)
    _go(driver, _search(driver, "how often it learns"), "How often it learns")
    assert driver.find(CoursePanel, "coursePanel").isVisible()
    assert coach.course.step.id == "first_network.updates"
    lab = driver.window.lab
    runs = [kept.keep(lab.store, 2).id for _count in range(2)]
    lab.store.rename(runs[0], "narrow")
    lab.shelf.refresh()
    driver.wait(lambda: len(lab.shelf.rows) == 2)
    _go(driver, _search(driver, "narrow"), "Run 1 “narrow”")
    table = driver.find(QTableView, "runTable")
    assert table.isVisible()
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1]
    found = _search(driver, "dark")
    assert not theme.current().is_dark
    _go(driver, found, "Dark")
    assert theme.current().is_dark, "an entry of a menu is chosen"
    found = _search(driver, "qqqq")
    assert found.count() == 0
    assert driver.find(QLabel, "searchNone").isVisible()
    driver.qtbot.keyClick(driver.find(QLineEdit, "searchField"), Qt.Key.Key_Escape)
    _is_gone(driver, "searchDialog")


def test_menus_that_fill_themselves_when_they_are_opened_are_searched_too(driver: Driver) -> None:
    _go(driver, _search(driver, "copy picture"), "Copy picture")  # of one that the menu names, or that has the keyboard
    image = QGuiApplication.clipboard().image()
    assert not image.isNull()
    lab = driver.window.lab
    run_id = kept.keep(lab.store).id
    lab.shelf.refresh()
    driver.wait(lambda: bool(lab.shelf.rows))
    lab.open_run(run_id)
    driver.wait(lambda: lab.look.source_id == run_id)
    found = _search(driver, "tensorboard")
    assert "Logs for TensorBoard (folder)" in [found.item(row).text() for row in range(found.count())]
    driver.qtbot.keyClick(driver.find(QLineEdit, "searchField"), Qt.Key.Key_Escape)
    _is_gone(driver, "searchDialog")
