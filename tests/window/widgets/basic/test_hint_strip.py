"""The line of a hint: by mouse and keys, and where the keyboard goes when a part of it does."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.hint_strip import HintLine, HintStrip
from tests.window.hand import Hand

LINE = HintLine("A title", "It says **this**.", "For that reason.", "Apply", "Does it.")


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    window = QWidget()
    layout = QVBoxLayout(window)
    other, strip = QPushButton("other", window), HintStrip("hint", window)
    other.setObjectName("other")
    layout.addWidget(other)
    layout.addWidget(strip)
    strip.left.connect(other.setFocus)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return Hand(qtbot, window)


def test_it_shows_one_of_several_and_gives_the_keyboard_on(hand: Hand) -> None:
    strip = hand.find(HintStrip, "hintStrip")
    assert not strip.isVisible()
    strip.show_hint(replace(LINE, place=1, count=2))
    assert hand.text("hintTitle") == "A title"
    assert (strip.accessibleName(), strip.accessibleDescription()) == ("Hint: A title", "It says this.")
    assert hand.find(QAbstractButton, "hintNextButton").text() == "1 of 2"
    for name, signal in (("Next", strip.next_wanted), ("Act", strip.acted), ("Close", strip.put_away)):
        with hand.qtbot.waitSignal(signal):
            hand.press(f"hint{name}Button", Qt.Key.Key_Space)
    hand.find(QWidget, "hintNextButton").setFocus()
    strip.show_hint(LINE)
    assert not hand.find(QWidget, "hintNextButton").isVisible()
    assert hand.window.focusWidget().objectName() == "other", "there is no other hint any more"
    hand.find(QWidget, "hintActButton").setFocus()
    strip.show_hint(replace(LINE, can_act=False))
    assert hand.window.focusWidget().objectName() == "other"
    hand.find(QWidget, "hintCloseButton").setFocus()
    strip.show_hint(None)
    assert not strip.isVisible()
    assert hand.window.focusWidget().objectName() == "other"
