"""On a screen of 1366×768 at 125 % the pad stays where it is, whatever tab is turned to."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QScrollArea, QTabBar, QWidget

from mnist_lab.window.state.coach import coach_of
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
