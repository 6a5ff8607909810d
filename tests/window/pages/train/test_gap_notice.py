"""The links beside the sentence, by mouse and keys; nothing jumps."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.train.gap_notice import GapNotice
from mnist_lab.window.widgets.basic.hint_strip import HintStrip
from mnist_lab.window.widgets.basic.notice import Notice
from tests.runs.test_gap import run_of
from tests.window.hand import Hand

pytestmark = pytest.mark.qt_log_ignore(  # of what lies over all
    "This plugin does not support grabbing the keyboard", "Mouse event at .* occurs outside target window"
)

_WIDTH = 790


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    notice = GapNotice(HintStrip("hint"))
    qtbot.addWidget(notice)
    notice.resize(_WIDTH, notice.sizeHint().height())
    notice.show()
    qtbot.waitExposed(notice)
    notice.show_run(run_of((0.94, 0.953, 0.931)))
    return Hand(qtbot, notice)


def test_why_and_what_helps_are_said_over_the_page_and_closed_by_esc(hand: Hand) -> None:
    explanation, text = hand.find(QFrame, "gapExplanation"), hand.find(QLabel, "gapExplanationText")
    before = hand.window.sizeHint()
    assert not explanation.isVisible()
    hand.click("gapWhyButton")
    assert explanation.isVisible()
    assert "that is overfitting" in text.text()
    assert (explanation.accessibleName(), explanation.accessibleDescription()) == ("Why?", text.text())
    QApplication.processEvents()
    assert text.height() >= text.heightForWidth(text.width()), "all of it can be read"
    assert hand.window.sizeHint() == before
    hand.qtbot.keyClick(explanation, Qt.Key.Key_Escape)
    assert not explanation.isVisible()
    hand.press("gapHelpsButton", Qt.Key.Key_Space)
    assert explanation.isVisible()
    assert "dropout" in text.text()
    hand.qtbot.keyClick(explanation, Qt.Key.Key_Escape)


def test_they_are_there_where_the_sentence_is_about_a_gap_and_always_take_the_same_room(hand: Hand) -> None:
    notice = hand.window
    assert isinstance(notice, GapNotice)
    room = notice.heightForWidth(_WIDTH)
    notice.show_message("The learning rate is too large.", "warning")
    QApplication.processEvents()
    assert not _buttons(hand)
    assert notice.heightForWidth(_WIDTH) == room
    assert hand.find(Notice, "gapNotice").width() == notice.width(), "no room is left for buttons that are not there"
    notice.show_divergence("The learning rate is too large.")
    assert _buttons(hand) == ["gapRangeTestButton"]
    assert notice.heightForWidth(_WIDTH) == room
    notice.clear()
    assert not _buttons(hand)
    assert notice.heightForWidth(_WIDTH) == room
    notice.show_run(run_of((0.94, 0.953, 0.931)))
    assert _buttons(hand) == ["gapWhyButton", "gapHelpsButton"]
    assert notice.heightForWidth(_WIDTH) == room


def _buttons(hand: Hand) -> list[str]:
    return [button.objectName() for button in hand.window.findChildren(QPushButton) if button.isVisible()]


def test_a_click_elsewhere_closes_it_and_still_does_what_it_is_for(hand: Hand) -> None:
    explanation, text = hand.find(QFrame, "gapExplanation"), hand.find(QLabel, "gapExplanationText")
    hand.window.move(0, 500)  # so that it has room above the buttons
    hand.click("gapWhyButton")
    _click_over(hand, explanation, "gapWhyButton")
    assert not explanation.isVisible(), "the button that opened it closes it"
    hand.click("gapWhyButton")
    _click_over(hand, explanation, "gapHelpsButton")
    hand.qtbot.waitUntil(lambda: "dropout" in text.text())  # no click is lost
    hand.qtbot.keyClick(explanation, Qt.Key.Key_Escape)


def _click_over(hand: Hand, over: QFrame, name: str) -> None:
    """Click where a button is, while something that takes all clicks lies over the window."""
    button, left, none = hand.find(QPushButton, name), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = button.mapToGlobal(button.rect().center())
    QTest.mousePress(over.windowHandle(), left, none, over.mapFromGlobal(place))
    QTest.mouseRelease(hand.window.windowHandle(), left, none, hand.window.mapFromGlobal(place))
