"""The choice of a speed shows the one that there is, also one that it does not offer itself."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.train.slow_motion_choice import SPEEDS, SlowMotionChoice


def texts(choice: SlowMotionChoice) -> list[str]:
    return [choice.itemText(index) for index in range(choice.count())]


@pytest.mark.parametrize("speed", [None, *SPEEDS])
def test_it_shows_the_speed_and_tells_nobody(qtbot: QtBot, speed: int | None) -> None:
    choice = SlowMotionChoice(None)
    qtbot.addWidget(choice)
    with qtbot.assertNotEmitted(choice.speed_chosen):
        choice.show_speed(speed)
    assert choice.currentData() == speed
    assert choice.count() == 1 + len(SPEEDS)


def test_a_speed_between_stands_between_while_it_is_there(qtbot: QtBot) -> None:
    choice = SlowMotionChoice(16)
    qtbot.addWidget(choice)
    assert choice.currentText() == "16 updates a second"
    assert texts(choice)[1:5] == [f"{speed} updates a second" for speed in (100, 30, 16, 10)]
    with qtbot.waitSignal(choice.speed_chosen) as chosen:
        qtbot.keyClick(choice, Qt.Key.Key_Home)
    assert chosen.args == [None]
    choice.show_speed(200)
    assert texts(choice)[1] == "200 updates a second"
    assert "16 updates a second" not in texts(choice)
    choice.show_speed(30)
    assert choice.count() == 1 + len(SPEEDS)
    assert choice.currentText() == "30 updates a second"
