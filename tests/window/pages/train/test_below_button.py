"""What lies below the edge is named, by the arrow alone where there is no room for words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.train.below_button import BelowButton
from mnist_lab.window.pages.train.way_row import WayRow
from mnist_lab.window.widgets.basic.card_tabs import CardTabs
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def button(qtbot: QtBot, window: QWidget) -> BelowButton:
    content, above, unit = QWidget(), QWidget(), QWidget()
    above.setMinimumHeight(400)
    unit.setMinimumHeight(200)
    card = CardTabs("cardTabs", "Ways", "", content)
    card.add_tab(unit, "Hidden units", "")
    inside = QVBoxLayout(content)
    inside.addWidget(above)
    inside.addWidget(card)
    area = ScrollPlace("area", content, window)
    button = BelowButton(area, card, window)
    way = QWidget()
    QHBoxLayout(way).addSpacing(180)
    column = QVBoxLayout(window)
    column.addWidget(area, 1)
    column.addWidget(WayRow(way, button))
    window.resize(500, 300)
    window.show()
    qtbot.waitExposed(window)
    return button


def test_it_leads_there_and_back(qtbot: QtBot, button: BelowButton) -> None:
    qtbot.waitUntil(lambda: button.isVisible() and button.text() == "Hidden units")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button.text() == "Curves" and button.width() == button.sizeHint().width())
    assert button.accessibleName() == "Scroll up to: Curves"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button.text() == "Hidden units")
    button.window().resize(500, 1000)
    qtbot.waitUntil(lambda: not button.isVisible())


def test_where_it_leads_nowhere_any_more_the_keyboard_is_at_what_it_led_to(qtbot: QtBot, button: BelowButton) -> None:
    window = button.window()
    after = QPushButton("After", window)
    window.layout().addWidget(after)
    after.show()
    qtbot.waitUntil(button.isVisible)
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    window.resize(500, 1000)
    qtbot.waitUntil(lambda: not button.isVisible())
    tabs = window.findChild(QTabBar)
    assert tabs is not None
    assert tabs.hasFocus()


def test_it_gives_its_words_up_where_there_is_no_room(qtbot: QtBot, button: BelowButton) -> None:
    qtbot.waitUntil(lambda: button.text() == "Hidden units")
    row = button.parentWidget()
    assert isinstance(row, WayRow)
    least = row.minimumSizeHint().width()
    button.window().resize(300, 300)
    qtbot.waitUntil(lambda: button.text() == "" and button.width() == button.width_without_words())
    assert button.accessibleName() == "Scroll down to: Hidden units"
    assert row.minimumSizeHint().width() == least, "it can come and go without making the page wider"
    button.window().resize(500, 300)
    qtbot.waitUntil(lambda: button.text() == "Hidden units")
