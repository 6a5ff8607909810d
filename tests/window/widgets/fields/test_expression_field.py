"""A line that remembers what was entered."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.fields.expression_field import ExpressionField


def test_enter_takes_the_text_and_up_and_down_bring_it_back(qtbot: QtBot) -> None:
    field = ExpressionField()
    qtbot.addWidget(field)
    entered: list[str] = []
    field.entered.connect(entered.append)
    for text in ("a", "b", "b"):
        field.clear()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert entered == ["a", "b", "b"]
    assert field.history.texts == ["a", "b"]
    qtbot.keyClicks(field, "c")
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(field, key)
        seen.append(field.text())
    assert seen == ["b", "a", "a", "b", "bc", "bc"]  # what was being typed is the end of the way


def test_up_right_after_enter_goes_to_the_one_before(qtbot: QtBot) -> None:
    field = ExpressionField()
    qtbot.addWidget(field)
    for text in ("a", "b"):
        field.clear()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "a"
