"""The ways into the course and out of it, and that it is there again where it was left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QListWidget, QMenu, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.app import create_window
from mnist_lab.window.shell.course.panel import CoursePanel
from mnist_lab.window.shell.main_window import MainWindow
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.widgets.basic.notice import Notice
from tests.window.conftest import Driver


def panel_of(window: MainWindow) -> CoursePanel:
    panel = window.findChild(CoursePanel)
    assert panel is not None
    return panel


def button_of(window: MainWindow, name: str) -> QAbstractButton:
    button = window.findChild(QAbstractButton, name)
    assert button is not None
    return button


def has_keyboard(widget: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and widget.isAncestorOf(focused)


def press(driver: Driver, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    driver.qtbot.keyClick(driver.window if focused is None else focused, key, modifier)


def test_it_opens_and_closes_by_button_key_and_cross(driver: Driver) -> None:
    window, panel = driver.window, panel_of(driver.window)
    driver.qtbot.waitActive(window)
    pages = driver.find(QListWidget, "pageList")
    assert not panel.isVisible()
    width = pages.width()
    driver.click("courseButton")
    assert panel.isVisible()
    assert panel.step_id == coach_of(window.lab).course.parts[0].steps[0].id
    assert button_of(window, "courseButton").isChecked()
    assert has_keyboard(panel)
    assert pages.width() < width, "the page has the room of the names"
    assert pages.item(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Train"
    driver.wait(lambda: coach_of(window.lab).state.page == "dataPage")
    page = driver.find(QWidget, "dataPage")
    assert has_keyboard(panel), "though another page was opened"
    press(driver, Qt.Key.Key_Escape)
    assert has_keyboard(page)
    assert panel.isVisible()
    press(driver, Qt.Key.Key_F6)
    assert has_keyboard(panel)
    press(driver, Qt.Key.Key_F6)
    assert has_keyboard(page)
    press(driver, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not panel.isVisible()
    assert pages.width() == width
    press(driver, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    driver.click("courseClose")
    assert not panel.isVisible()
    assert not button_of(window, "courseButton").isChecked()


@pytest.mark.parametrize("key", ["button", "Ctrl+L"])
def test_it_opens_on_the_page_of_its_step_and_leads_back_there(driver: Driver, key: str) -> None:
    window, panel = driver.window, panel_of(driver.window)
    driver.qtbot.waitActive(window)
    way = button_of(window, "courseGoThere")
    window.lab.navigator.open("runsPage")
    if key == "button":
        driver.click("courseButton")
    else:
        press(driver, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    driver.wait(lambda: coach_of(window.lab).state.page == "dataPage")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "courseOption_picture", "not Skip: the space bar would leave the step out"
    assert not way.isVisible()
    window.lab.navigator.open("runsPage")
    driver.wait(way.isVisible)
    assert way.text() == "Go to Data"
    driver.click("courseGoThere")
    driver.wait(lambda: coach_of(window.lab).state.page == "dataPage" and not way.isVisible())
    driver.click("courseDoIt")
    driver.wait(lambda: panel.is_reached)
    window.lab.navigator.open("runsPage")
    coach_of(window.lab).look()
    assert not way.isVisible(), "what is done needs no way there"


def test_any_step_can_be_chosen_in_the_menu(driver: Driver) -> None:
    menu = driver.window.findChild(QMenu, "courseStepsMenu")
    assert menu is not None
    menu.aboutToShow.emit()
    coach = coach_of(driver.window.lab)
    steps = [step.id for part in coach.course.parts for step in part.steps]
    actions = [action for action in menu.findChildren(QAction) if action.objectName()]
    assert [action.objectName() for action in actions] == steps
    actions[-1].trigger()
    panel = panel_of(driver.window)
    assert panel.isVisible()
    assert panel.step_id == steps[-1]


def test_it_is_there_again_after_rebuilding_and_restarting(driver: Driver) -> None:
    window = driver.window
    driver.click("courseButton")
    driver.click("courseSkip")
    step = panel_of(window).step_id
    window.set_text_size(110)
    driver.wait(panel_of(window).isVisible)
    assert panel_of(window).step_id == step
    window.set_text_size(100)
    window.close()
    again = create_window(paced=False)
    driver.qtbot.addWidget(again)
    again.show()
    driver.qtbot.waitExposed(again)
    assert panel_of(again).isVisible()
    assert panel_of(again).step_id == step


def test_the_offer_goes_when_the_course_is_opened_in_another_way(qtbot: QtBot) -> None:
    window = create_window("starter")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    accept = button_of(window, "acceptOfferButton")
    assert accept.isVisible()
    qtbot.mouseClick(button_of(window, "courseButton"), Qt.MouseButton.LeftButton)
    assert panel_of(window).isVisible()
    assert not accept.isVisible()


@pytest.mark.parametrize(("name", "is_begun"), [("acceptOfferButton", True), ("declineOfferButton", False)])
def test_a_new_home_is_offered_the_course_once(qtbot: QtBot, name: str, is_begun: bool) -> None:
    window = create_window("starter")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    notice = window.findChild(Notice, "problemNotice")
    assert notice is not None
    assert notice.isVisible()
    assert "course" in notice.text
    accept, decline = (button_of(window, one) for one in ("acceptOfferButton", "declineOfferButton"))
    assert (accept.text(), decline.text()) == ("Begin the course", "Loo&k around")
    qtbot.mouseClick(button_of(window, name), Qt.MouseButton.LeftButton)
    assert not notice.isVisible()
    assert panel_of(window).isVisible() == is_begun
    window.close()
    again = create_window("starter")
    qtbot.addWidget(again)
    again.show()
    qtbot.waitExposed(again)
    notice = again.findChild(Notice, "problemNotice")
    assert notice is not None
    assert not notice.isVisible()
    assert panel_of(again).isVisible() == is_begun
