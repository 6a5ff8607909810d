"""What lies below the edge is named, by the arrow alone where there is no room for words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.train.below_button import BelowButton
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
    row = QHBoxLayout()
    row.addWidget(QWidget(window), 1)
    row.addWidget(button)
    column = QVBoxLayout(window)
    column.addWidget(area, 1)
    column.addLayout(row)
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


def test_it_gives_its_words_up_where_there_is_no_room(qtbot: QtBot, button: BelowButton) -> None:
    qtbot.waitUntil(lambda: button.text() == "Hidden units")
    whole = button.width()
    button.setFixedWidth(button.minimumSizeHint().width())
    qtbot.waitUntil(lambda: button.text() == "")
    assert button.width() < whole
    assert button.accessibleName() == "Scroll down to: Hidden units"
    button.setFixedWidth(whole)
    qtbot.waitUntil(lambda: button.text() == "Hidden units")
