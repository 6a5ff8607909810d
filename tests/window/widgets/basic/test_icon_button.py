"""Buttons that say what they are."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.icon_button import IconButton, named_button


def test_a_button_has_its_name_in_words_without_the_mark_of_its_letter(qtbot: QtBot) -> None:
    button = named_button("someButton", "ph.stop", "St&op", "End it.")
    qtbot.addWidget(button)
    assert button.objectName() == "someButton"
    assert button.text() == "St&op"
    assert button.accessibleName() == "Stop"
    assert button.toolTip() == "End it."
    assert not button.icon().isNull()


def test_the_keyboard_comes_back_to_a_button_once_its_work_is_done(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    button, following, last = IconButton("ph.timer", "Time", window), QLineEdit(window), QLineEdit(window)
    for part in (button, following, last):
        column.addWidget(part)
    window.show()
    button.setFocus()
    button.set_waiting(True)
    assert not button.isEnabled()
    assert window.focusWidget() is following
    button.set_waiting(True)
    button.set_waiting(False)
    assert window.focusWidget() is button
    button.set_waiting(True)
    last.setFocus()
    button.set_waiting(False)
    assert window.focusWidget() is last, "where the learner has taken it"
    button.set_waiting(True)
    button.set_waiting(False)
    assert window.focusWidget() is last, "it was not at the button"
