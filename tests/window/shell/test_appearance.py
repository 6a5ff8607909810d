"""Text size and full screen, by keys and menu, and what of them is kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QSpinBox, QStackedWidget

from mnist_lab.app import create_window
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.notice import Notice
from tests.window.conftest import Driver
from tests.window.rebuilding import rebuild

CTRL = Qt.KeyboardModifier.ControlModifier


def _press(driver: Driver, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
    driver.qtbot.keyClick(driver.window.focusWidget() or driver.window, key, modifier)


def test_keys_make_all_text_larger_and_smaller_and_what_is_shown_stays(driver: Driver, qapp: QApplication) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    usual = qapp.font().pointSizeF()
    driver.window.show_page_named("trainPage")
    driver.find(QSpinBox, "epochs").setValue(7)
    driver.find(QSpinBox, "epochs").setFocus()
    for key, percent in ((Qt.Key.Key_Plus, 110), (Qt.Key.Key_Equal, 120), (Qt.Key.Key_Minus, 110)):
        _press(driver, key)
        assert theme.fonts.text_size() == percent
        assert qapp.font().pointSizeF() == pytest.approx(usual * percent / 100)
        assert driver.find(QLabel, "trainingStatus").font().pointSizeF() == pytest.approx(usual * percent / 100)
    assert driver.find(QStackedWidget, "pages").currentWidget().objectName() == "trainPage"
    assert driver.find(QSpinBox, "epochs").value() == 7
    assert driver.window.focusWidget().objectName() == "epochs"
    again = create_window("starter")
    driver.qtbot.addWidget(again)
    assert theme.fonts.text_size() == 110, "kept"
    assert "110" in again.findChild(QAction, "usualTextAction").text()
    again.close()
    _press(driver, Qt.Key.Key_0)
    assert qapp.font().pointSizeF() == pytest.approx(usual)


def test_a_message_that_was_not_read_yet_stays(driver: Driver) -> None:
    driver.window.lab.problem.emit("A sentence.")
    driver.window.set_text_size(130)
    driver.wait(driver.find(Notice, "problemNotice").isVisible)
    assert driver.find(Notice, "problemNotice").text == "A sentence."


def test_at_the_largest_and_the_smallest_text_a_sentence_says_so(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    notice = driver.find(Notice, "problemNotice")
    _press(driver, Qt.Key.Key_Minus)
    assert (theme.fonts.text_size(), notice.text) == (
        100, "The text has its smallest size, 100\u00a0% of the usual one."
    )  # fmt: skip
    driver.window.set_text_size(200)
    driver.window.findChild(QAction, "largerTextAction").trigger()
    assert theme.fonts.text_size() == 200
    assert notice.text == "The text has its largest size, 200\u00a0% of the usual one."
    with pytest.raises(ValueError, match="not 300"):
        driver.window.set_text_size(300)
    assert theme.fonts.text_size() == 200


def test_f11_fills_the_screen_and_f11_or_escape_leaves(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    before = driver.window.size()
    action = driver.window.findChild(QAction, "fullScreenAction")
    for leaving in (Qt.Key.Key_F11, Qt.Key.Key_Escape):
        _press(driver, Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier)
        assert driver.window.isFullScreen()
        assert action.isChecked()
        rebuild(driver)
        action = driver.window.menuBar().findChild(QAction, "fullScreenAction")
        assert action.isChecked()
        _press(driver, leaving, Qt.KeyboardModifier.NoModifier)
        assert not driver.window.isFullScreen()
        assert not action.isChecked()
    driver.wait(lambda: driver.window.size() == before)
