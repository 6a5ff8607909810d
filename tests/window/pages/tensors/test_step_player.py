"""Going through steps by buttons, by the slider, by itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QSlider
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.tensors.step_player import SPEEDS, StepPlayer

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def player(qtbot: QtBot) -> StepPlayer:
    player = StepPlayer("some")
    qtbot.addWidget(player)
    player.show()
    qtbot.waitExposed(player)
    return player


def button(player: StepPlayer, name: str) -> QAbstractButton:
    found = player.findChild(QAbstractButton, f"some{name}")
    assert found is not None
    return found


def test_without_steps_nothing_can_be_pressed(player: StepPlayer) -> None:
    assert not any(button(player, name).isEnabled() for name in ("Back", "Play", "Step"))
    player.play()
    assert not player.is_playing


def test_step_and_step_back(qtbot: QtBot, player: StepPlayer) -> None:
    player.set_count(2)
    seen: list[int] = []
    player.step_changed.connect(seen.append)
    for name in ("Step", "Step", "Back", "Step", "Back", "Back"):
        qtbot.mouseClick(button(player, name), LEFT)
    assert seen == [1, 2, 1, 2, 1, 0]
    assert not button(player, "Back").isEnabled()
    assert player.findChild(QLabel, "somePlace").text() == "step 0 of 2"


def test_the_keyboard_stays_on_the_buttons_at_the_end(qtbot: QtBot, player: StepPlayer) -> None:
    player.set_count(1)
    player.activateWindow()
    qtbot.waitActive(player)
    button(player, "Step").setFocus()
    qtbot.keyClick(button(player, "Step"), Qt.Key.Key_Space)
    assert player.step == 1
    assert button(player, "Back").hasFocus()


def test_the_slider_goes_to_any_step(qtbot: QtBot, player: StepPlayer) -> None:
    player.set_count(1_600_000)
    slider = player.findChild(QSlider, "someSlider")
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert player.step == 1_600_000
    qtbot.keyClick(slider, Qt.Key.Key_PageDown)
    assert player.step == 1_520_000


def test_play_goes_to_the_end_and_begins_anew(qtbot: QtBot, player: StepPlayer) -> None:
    player.set_count(40)
    player.findChild(QComboBox, "someSpeed").setCurrentIndex(SPEEDS.index(200))
    seen: list[int] = []
    player.step_changed.connect(seen.append)
    qtbot.mouseClick(button(player, "Play"), LEFT)
    assert player.is_playing
    qtbot.waitUntil(lambda: player.step == 40)
    assert not player.is_playing
    assert seen == sorted(seen)
    assert len(seen) > 3
    qtbot.mouseClick(button(player, "Play"), LEFT)
    assert player.step == 0
    qtbot.waitUntil(lambda: player.step > 0)
    qtbot.mouseClick(button(player, "Play"), LEFT)
    assert not player.is_playing


def test_hidden_it_stands_still(qtbot: QtBot, player: StepPlayer) -> None:
    player.set_count(1000)
    player.play()
    player.hide()
    assert not player.is_playing
