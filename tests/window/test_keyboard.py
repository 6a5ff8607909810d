"""How keys are spelled and told, and in which order Tab goes through what is laid out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window import page_keys, tab_order
from mnist_lab.window.keyboard import KeyGroup, KeyHint, add_shortcut, spell, with_key
from mnist_lab.window.widgets.basic.key_line import KeyLine
from mnist_lab.window.widgets.basic.tabs import Tabs


@pytest.mark.parametrize(
    ("key", "spelled"),
    [
        ("Left", "←"),
        ("Shift+Right", "Shift+→"),
        ("PgUp", "Page up"),
        ("Return", "Enter"),
        ("Del", "Delete"),
        ("+", "+"),
        ("-", "−"),
        ("Ctrl++", "Ctrl++"),
        ("Ctrl+.", "Ctrl+."),
        ("0", "0"),
        ("F1", "F1"),
    ],
)
def test_keys_are_spelled_as_sentences_do(qtbot: QtBot, key: str, spelled: str) -> None:
    assert spell(QKeySequence(key)) == spelled


@pytest.mark.parametrize(
    ("keys", "spelled"),
    [
        (("Left", "Right"), "← →"),
        (("+", "-"), "+ −"),
        (("Return", "Space"), "Enter, Space"),
        (("Ctrl++", "Ctrl+="), "Ctrl++, Ctrl+="),
    ],
)
def test_keys_of_which_any_does_are_not_read_as_keys_held_together(
    qtbot: QtBot, keys: tuple[str, ...], spelled: str
) -> None:
    assert KeyHint(keys, "").spelled() == spelled


def test_redo_has_the_keys_of_every_system() -> None:
    keys = {sequence.toString() for sequence in page_keys.REDO.sequences}
    assert "Ctrl+Y" in keys
    assert len(keys) == len(page_keys.REDO.sequences)
    assert set(QKeySequence.keyBindings(QKeySequence.StandardKey.Redo)) <= set(page_keys.REDO.sequences)


def test_lines_say_the_first_keys_and_get_shorter(qtbot: QtBot) -> None:
    group = KeyGroup(
        "", (KeyHint(("Left", "Right"), "read"), KeyHint(("Esc",), "lets go"), KeyHint(("0",), "all")), first=2
    )
    assert group.lines() == ("← → read · Esc lets go", "← → read")
    assert with_key("&Undo", page_keys.UNDO) == "&Undo (Ctrl+Z)"


def test_a_line_takes_what_has_room_while_the_keyboard_is_there(qtbot: QtBot) -> None:
    whole, picture = QWidget(), QPushButton()
    line = KeyLine(picture, page_keys.PLOT, whole)
    layout = QVBoxLayout(whole)
    for part in (picture, line, other := QPushButton()):
        layout.addWidget(part)
    qtbot.addWidget(whole)
    whole.resize(800, 200)
    with qtbot.waitActive(whole):
        whole.show()
        whole.activateWindow()
    height = line.height()
    picture.setFocus()
    assert line.text() == page_keys.PLOT.lines()[0]
    whole.resize(260, 200)
    assert line.text() in page_keys.PLOT.lines()[1:]
    assert line.width() >= line.fontMetrics().horizontalAdvance(line.text())
    other.setFocus()
    assert (line.text(), line.height()) == ("", height)


def test_a_shortcut_has_all_keys_of_its_hint(qtbot: QtBot) -> None:
    pressed: list[str] = []
    button = QPushButton()
    add_shortcut(page_keys.REDO, button).activated.connect(lambda: pressed.append("redo"))
    qtbot.addWidget(button)
    with qtbot.waitActive(button):
        button.show()
        button.activateWindow()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(button, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert pressed == ["redo", "redo"]


def _button(name: str, parent: QWidget) -> QPushButton:
    button = QPushButton(parent)
    button.setObjectName(name)
    return button


def test_tab_follows_layouts_not_the_order_of_making(qtbot: QtBot) -> None:
    """Columns one after the other, rows of a grid, every tab, and what lies in no layout last."""
    whole = QWidget()
    right, by_hand, below, above = (_button(name, whole) for name in ("right", "by hand", "below", "above"))
    grid, number, tabs = QGridLayout(), QSpinBox(whole), Tabs("bar", "", "", whole)
    number.setObjectName("number")
    for tab in ("first", "second"):
        tabs.addTab(_button(tab, tabs), tab)
    grid.addWidget(below, 1, 0)
    grid.addWidget(number, 0, 1)
    grid.addWidget(above, 0, 0)
    left = QVBoxLayout()
    left.addLayout(grid)
    left.addWidget(tabs)
    layout = QHBoxLayout(whole)
    layout.addLayout(left)
    layout.addWidget(right)
    qtbot.addWidget(whole)
    tab_order.follow_layouts(whole)
    chain: list[QWidget] = [above]
    while (after := chain[-1].nextInFocusChain()) is not None and after is not above:
        chain.append(after)
    found = [
        widget.objectName()
        for widget in chain
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None and widget is not whole
    ]
    assert found == ["above", "number", "below", "bar", "first", "second", "right", by_hand.objectName()]
