"""Buttons that say what they are."""

from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.icon_button import named_button


def test_a_button_has_its_name_in_words_without_the_mark_of_its_letter(qtbot: QtBot) -> None:
    button = named_button("someButton", "ph.stop", "St&op", "End it.")
    qtbot.addWidget(button)
    assert button.objectName() == "someButton"
    assert button.text() == "St&op"
    assert button.accessibleName() == "Stop"
    assert button.toolTip() == "End it."
    assert not button.icon().isNull()
