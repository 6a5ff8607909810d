"""The line of a hint: by mouse and keys, and where the keyboard goes when a part of it does."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.hint_strip import HintLine, HintStrip
from mnist_lab.window.widgets.basic.short_label import ShortLabel
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


@pytest.mark.parametrize("is_narrow", [False, True])
def test_the_title_has_the_room_of_the_words_on_the_buttons(qtbot: QtBot, is_narrow: bool) -> None:
    window = QWidget()
    strip = HintStrip("hint", window, is_narrow=is_narrow)
    qtbot.addWidget(window)
    window.resize(700, 100)
    window.show()
    strip.show_hint(replace(LINE, title="The batch is too large for these digits", count=2))
    qtbot.waitExposed(window)
    hand, seen = Hand(qtbot, window), list[tuple[str, ...]]()
    title = hand.find(QLabel, "hintTitle")
    for width in range(600, strip.minimumSizeHint().width() - 1, -1):
        strip.resize(width, 60)
        QApplication.sendPostedEvents()
        assert strip.layout().minimumSize().width() <= width or is_narrow
        words = tuple(hand.find(QAbstractButton, f"hint{name}Button").text() for name in ("Why", "Act"))
        if words not in seen:
            seen.append(words)
        if isinstance(title, ShortLabel) and title.shown.endswith("…"):
            assert words == ("", ""), "words on buttons go before the title is cut"
        assert isinstance(title, ShortLabel) or title.height() >= title.heightForWidth(title.width()), "it wraps"
        right = max(hand.find(QWidget, f"hint{name}Button").geometry().right() for name in ("Next", "Close"))
        assert right < strip.width(), "nothing is cut off"
    assert seen == [("Why?", "Apply"), ("", "Apply"), ("", "")]
    assert hand.find(QWidget, "hintWhyButton").accessibleName() == "Why this hint?"


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
