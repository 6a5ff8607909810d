"""Tabs as the heading of a card: each has its options, which give way where there is little room."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.card_tabs import CardTabs
from mnist_lab.window.widgets.basic.short_button import ShortButton


def test_options_come_with_their_tab_and_do_without_words_where_there_is_little_room(qtbot: QtBot) -> None:
    card = CardTabs("cardTabs", "Ways to look", "One or the other.")
    qtbot.addWidget(card)
    note, save = QLabel("note"), ShortButton("save", "ph.floppy-disk", "Save everything", "Write it to a file.")
    card.add_tab(QLabel("first"), "The first tab", "What comes first.", note)
    card.add_tab(QLabel("second"), "The second tab", "What comes then.", save)
    card.resize(600, 200)
    card.show()
    qtbot.waitExposed(card)
    assert note.isVisible()
    assert not save.isVisible()
    card.tabs.setCurrentIndex(1)
    assert not note.isVisible()
    assert save.isVisible()
    assert save.text() == "Save everything"
    card.resize(card.tabs.tabBar().sizeHint().width() + 80, 200)
    assert save.text() == ""
    assert save.accessibleName() == "Save everything"
    assert save.width() >= save.minimumSizeHint().width()
    assert save.height() >= save.minimumSizeHint().height()
    card.resize(600, 200)
    assert save.text() == "Save everything"
    assert card.tabs.tabBar().tabToolTip(1) == "What comes then."
