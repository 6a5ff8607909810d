"""The pad with its tools: keys that undo and do again, and the line that says what keys do."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window import page_keys
from mnist_lab.window.pages.draw.drawing_pad import DrawingPad
from mnist_lab.window.pages.draw.pad_panel import PadPanel

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(qtbot: QtBot) -> PadPanel:
    panel = PadPanel(DrawingPad())
    qtbot.addWidget(panel)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    return panel


@pytest.mark.parametrize("name", ["drawCanvas", "clearButton", "penWidth"])
def test_strokes_are_taken_back_and_made_again_from_anywhere_in_the_panel(
    panel: PadPanel, qtbot: QtBot, name: str
) -> None:
    for x in (10.0, 20.0):
        panel.canvas.set_strokes((*panel.canvas.strokes, np.array([[x, 10.0], [x, 50.0]])))
    widget = panel.findChild(QWidget, name)
    assert widget is not None
    widget.setEnabled(True)
    widget.setFocus()
    for key, modifier, count in (
        (Qt.Key.Key_Z, CTRL, 1),
        (Qt.Key.Key_Z, CTRL, 0),
        (Qt.Key.Key_Y, CTRL, 1),
        (Qt.Key.Key_Z, CTRL | SHIFT, 2),
    ):
        qtbot.keyClick(panel.window().focusWidget(), key, modifier)
        assert len(panel.canvas.strokes) == count


def test_the_pad_says_what_keys_do_while_it_has_them(panel: PadPanel) -> None:
    panel.resize(700, 700)
    panel.canvas.setFocus()
    said = page_keys.PAD.lines()[0]
    assert said in [label.text() for label in panel.findChildren(QLabel)]
    clear = panel.findChild(QAbstractButton, "undoButton")
    assert clear is not None
    clear.setEnabled(True)
    clear.setFocus()
    assert said not in [label.text() for label in panel.findChildren(QLabel)]


def test_a_narrow_panel_stacks_its_tools_and_leaves_a_word_out(panel: PadPanel) -> None:
    paste, arrow, turn = (
        panel.findChild(kind, name)
        for kind, name in ((QAbstractButton, "pastePictureButton"), (QWidget, "moveUpButton"), (QWidget, "turnPicture"))
    )
    for width, has_room in ((600, True), (panel.minimumSizeHint().width(), False), (600, True)):
        panel.resize(width, 640)
        QApplication.processEvents()
        assert panel.width() == width
        assert paste.text() == ("Paste" if has_room else "")
        assert paste.accessibleName() == "Paste"
        middles = [part.mapTo(panel, part.rect().center()).y() for part in (arrow, turn)]
        assert (abs(middles[0] - middles[1]) <= 2) is has_room, "beside each other, or below"
