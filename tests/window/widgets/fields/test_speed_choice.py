"""Steps that become due at a chosen speed."""

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.fields.speed_choice import SpeedChoice


@pytest.fixture
def choice(qtbot: QtBot) -> SpeedChoice:
    choice = SpeedChoice("someSpeed", "How fast.", (1, 10, 5_000))
    qtbot.addWidget(choice)
    choice.show()
    qtbot.waitExposed(choice)
    return choice


def test_speeds_are_words_with_the_usual_one_chosen(choice: SpeedChoice) -> None:
    words = [choice.itemText(row) for row in range(choice.count())]
    assert words == ["1 step a second", "10 steps a second", "5,000 steps a second"]
    assert choice.currentData() == 10


def test_the_first_step_is_due_at_once_and_none_after_it_stopped(qtbot: QtBot, choice: SpeedChoice) -> None:
    qtbot.keyClick(choice, Qt.Key.Key_Home)  # the next would be due a second later
    heard: list[object] = []
    choice.steps_due.connect(heard.append)
    choice.findChild(QTimer).timeout.connect(lambda: heard.append("its clock's beat"))
    choice.start()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0] == 1, "with the first beat, not after it"
    assert choice.is_running
    choice.stop()
    assert not choice.is_running
    with qtbot.assertNotEmitted(choice.steps_due, wait=100):
        pass


def test_many_steps_come_together_and_another_speed_holds_at_once(qtbot: QtBot, choice: SpeedChoice) -> None:
    qtbot.keyClick(choice, Qt.Key.Key_Home)
    choice.start()
    qtbot.keyClick(choice, Qt.Key.Key_End)
    with qtbot.waitSignal(choice.steps_due, check_params_cb=lambda steps: steps > 100):
        pass
    choice.stop()
