"""A radio button with more words than fit into a line."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.wrapped_radio import WrappedRadio

WORDS = "It rolls through that hollow into the deeper one, and comes to rest there"


def test_words_are_broken_into_lines_that_can_be_clicked(qtbot: QtBot) -> None:
    column, group = QWidget(), QButtonGroup()
    layout = QVBoxLayout(column)
    short, long = (WrappedRadio(words, column) for words in ("Yes", WORDS))
    for button in (short, long):
        layout.addWidget(button)
        group.addButton(button)
    layout.addStretch(1)
    qtbot.addWidget(column)
    column.resize(200, 400)
    column.show()
    qtbot.waitExposed(column)
    assert long.accessibleName() == WORDS
    assert long.height() == long.heightForWidth(long.width()) > 2 * short.height()
    assert long.heightForWidth(2 * long.width()) < long.height()
    qtbot.mouseClick(long, Qt.MouseButton.LeftButton, pos=QPoint(long.width() // 2, long.height() - 4))
    assert long.isChecked()
    qtbot.mouseClick(short, Qt.MouseButton.LeftButton, pos=QPoint(8, short.height() // 2))
    assert not long.isChecked()
