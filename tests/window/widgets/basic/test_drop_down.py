"""Choices that drop down: the wheel over one scrolls the form, and changes nothing unseen."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.drop_down import DropDown


def test_the_wheel_scrolls_the_form_and_keys_choose(qtbot: QtBot) -> None:
    area, form = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    choice, other = DropDown(form), QLineEdit(form)
    choice.addItems(["new each epoch", "always the same"])
    layout = QVBoxLayout(form)
    layout.addWidget(other)
    layout.addSpacing(100)
    layout.addWidget(choice)
    layout.addStretch(1)
    form.setMinimumHeight(900)
    area.setWidget(form)
    area.setWidgetResizable(True)
    area.resize(300, 200)
    area.show()
    qtbot.waitExposed(area)
    other.setFocus()
    _roll_down(choice)
    assert choice.currentIndex() == 0
    assert area.verticalScrollBar().value() > 0
    assert not choice.hasFocus()
    choice.setFocus()
    before = area.verticalScrollBar().value()
    _roll_down(choice)
    assert choice.currentIndex() == 0, "also not after it was used"
    assert area.verticalScrollBar().value() > before
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentIndex() == 1


def _roll_down(widget: QWidget) -> None:
    """Turn the wheel over it as a person does."""
    window = widget.window()
    place = widget.mapTo(window, widget.rect().center())
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, -120), QPoint(), Qt.KeyboardModifier.NoModifier)


def test_words_without_room_end_with_dots(qtbot: QtBot) -> None:
    choice = DropDown()
    qtbot.addWidget(choice)
    choice.addItem("1.1 What a network gets to see")
    choice.resize(400, choice.sizeHint().height())
    assert choice.shown == "1.1 What a network gets to see"
    choice.resize(120, choice.height())
    assert choice.shown.endswith("…")
    assert choice.currentText().startswith(choice.shown[:-1])
    assert not choice.grab().isNull()
