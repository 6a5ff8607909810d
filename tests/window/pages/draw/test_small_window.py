"""On a screen of 1366×768 at 125 % the pad stays where it is, whatever tab is turned to."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QTabBar, QWidget

from mnist_lab.window.state.coach import coach_of
from tests.inspection.networks import network
from tests.window.conftest import Driver
from tests.window.pages.train.test_small_window import SMALL_SCREEN


def test_no_tab_makes_the_page_scroll_or_moves_the_pad(driver: Driver) -> None:
    driver.window.resize(*SMALL_SCREEN)
    driver.window.lab.navigator.open("drawPage")
    _assert_pad_stays(driver)
    coach_of(driver.window.lab).open()
    _assert_pad_stays(driver)


def _assert_pad_stays(driver: Driver) -> None:
    tabs = driver.find(QTabBar, "drawTabBar")
    canvas, bar = driver.find(QWidget, "drawCanvas"), driver.find(QScrollArea, "pageArea").verticalScrollBar()
    places = set()
    for _ in range(4):  # what the window's new size asks for is asked of each part in turn
        QApplication.processEvents()
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
        QApplication.processEvents()
        assert bar.maximum() == 0, tabs.tabText(index)
        places.add(QRect(canvas.mapTo(driver.window, QPoint(0, 0)), canvas.size()).getRect())
    assert len(places) == 1


def test_large_text_makes_the_page_scroll_up_and_down_only(driver: Driver) -> None:
    lab = driver.window.lab
    driver.window.resize(*SMALL_SCREEN)
    lab.navigator.open("drawPage")
    lab.keep_network("random", network(784, 64, 10))
    driver.click("randomDigitButton")
    for size in (130, 150):
        driver.window.set_text_size(size)
        _settle()
        tabs, bar = driver.find(QTabBar, "drawTabBar"), driver.find(QScrollArea, "pageArea").horizontalScrollBar()
        for index in range(tabs.count()):
            tabs.setCurrentIndex(index)
            driver.wait(lambda: not lab.is_computing)
            _settle()
            assert bar.maximum() == 0, (size, tabs.tabText(index))
        undo = driver.find(QAbstractButton, "undoButton")
        assert undo.text() == ("&Undo (Ctrl+Z)" if size == 130 else "&Undo"), "the key where there is room"


def _settle() -> None:
    for _ in range(16):  # as many as there are parents of a page's innermost parts
        QApplication.processEvents()
