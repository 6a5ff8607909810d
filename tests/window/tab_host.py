"""A small window with one tab of a page in it, told what changes as its page would tell it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from mnist_lab.window.pages.descent.naive.naive_tab import NaiveTab
from mnist_lab.window.pages.descent.update.update_tab import UpdateTab
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.state.views import View
from tests.window.conftest import Driver
from tests.window.hand import Hand

Tab = TypeVar("Tab", NaiveTab, UpdateTab)


class TabHost(Hand, Generic[Tab]):
    """Shows the tab and uses it with mouse and keys."""

    def __init__(self, driver: Driver, make: Callable[[Lab, View, QWidget], Tab]) -> None:
        super().__init__(driver.qtbot, QWidget())
        self.driver, self.lab = driver, driver.window.lab
        driver.window.hide()  # the pointer meets the window that is on top, and without a screen that is the first
        self.tab: Tab = make(self.lab, View(), self.window)
        QVBoxLayout(self.window).addWidget(self.tab)
        driver.qtbot.addWidget(self.window)
        self.window.resize(1100, 640)
        self.window.show()
        driver.qtbot.waitExposed(self.window)
        self.lab.changed.connect(self.tab.refresh)
        self.tab.refresh(frozenset(Subject))
        self.tab.set_seen(True)

    def press(self, name: str, *keys: Qt.Key, shift: bool = False) -> None:
        super().press(name, *keys, shift=shift)
        QApplication.processEvents()

    def point(self, widget: QWidget, place: QPoint) -> None:
        for point in (place + QPoint(9, 0), place):  # only a pointer that moves is told
            self.driver.qtbot.mouseMove(widget, point)
        QApplication.processEvents()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.driver.wait(condition)
