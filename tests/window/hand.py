"""What every test does with a window: find by name, click, press keys, read."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


class Hand:
    """Uses a window by the names that are fixed for everybody who automates it."""

    def __init__(self, qtbot: QtBot, window: QWidget) -> None:
        self.qtbot = qtbot
        self.window = window

    def find(self, kind: type[AnyWidget], name: str) -> AnyWidget:
        widget = self.window.findChild(kind, name)
        assert widget is not None, name
        return widget

    def click(self, name: str) -> None:
        """With the mouse; a button that is disabled or hidden cannot be clicked."""
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        assert button.isEnabled(), name
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def press(self, name: str, *keys: Qt.Key, shift: bool = False) -> None:
        """Give the widget the keyboard, and press keys."""
        widget = self.find(QWidget, name)
        assert widget.isVisible(), name
        widget.setFocus()
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        for key in keys:
            self.qtbot.keyClick(widget, key, modifier)

    def text(self, name: str) -> str:
        return self.find(QLabel, name).text()
