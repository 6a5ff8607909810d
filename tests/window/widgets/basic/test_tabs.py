"""Sections of a page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.tabs import Tabs


def test_arrow_keys_turn_the_sections_and_only_the_bar_takes_the_keyboard(qtbot: QtBot) -> None:
    tabs = Tabs("someTabs", "Sections", "One at a time.")
    qtbot.addWidget(tabs)
    for words in ("a", "b"):
        tabs.addTab(QLabel(words), words)
    tabs.show()
    qtbot.waitExposed(tabs)
    qtbot.keyClick(tabs.tabBar(), Qt.Key.Key_Right)
    assert tabs.currentIndex() == 1
    assert tabs.tabBar().accessibleName() == "Sections"
    takers = [child for child in tabs.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert takers == [tabs.tabBar()]
