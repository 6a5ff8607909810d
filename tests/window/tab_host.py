"""A small window with one tab of a page in it, told what changes as its page would tell it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QVBoxLayout, QWidget

from mnist_lab.window.state.lab import Lab, Subject
from tests.window.conftest import Driver


class Tab(Protocol):
    def refresh(self, subjects: frozenset[Subject]) -> None: ...
    def set_seen(self, seen: bool) -> None: ...


class TabHost:
    """Shows the tab and uses it with mouse and keys."""

    def __init__(self, driver: Driver, make: Callable[[Lab, QWidget], QWidget]) -> None:
        self.driver, self.lab = driver, driver.window.lab
        driver.window.hide()  # the pointer meets the window that is on top, and without a screen that is the first
        self.window = QWidget()
        self.tab = make(self.lab, self.window)
        QVBoxLayout(self.window).addWidget(self.tab)
        driver.qtbot.addWidget(self.window)
        self.window.resize(1100, 640)
        self.window.show()
        driver.qtbot.waitExposed(self.window)
        self.lab.changed.connect(self.tab.refresh)
        self.tab.refresh(frozenset(Subject))
        self.tab.set_seen(True)

    def find(self, kind: type[QWidget], name: str) -> QWidget:
        widget = self.window.findChild(kind, name)
        assert widget is not None, name
        return widget

    def click(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        assert button.isEnabled(), name
        self.driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def press(self, name: str, *keys: Qt.Key) -> None:
        widget = self.find(QWidget, name)
        assert widget.isVisible(), name
        widget.setFocus()
        for key in keys:
            self.driver.qtbot.keyClick(widget, key)
        QApplication.processEvents()

    def point(self, widget: QWidget, place: QPoint) -> None:
        for point in (place + QPoint(9, 0), place):  # only a pointer that moves is told
            self.driver.qtbot.mouseMove(widget, point)
        QApplication.processEvents()

    def text(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.driver.wait(condition)
