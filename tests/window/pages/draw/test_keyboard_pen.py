"""The keyboard's pen goes where the arrows say and stays on the pad."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent

from mnist_lab.window.pages.draw.keyboard_pen import KeyboardPen


def arrow(key: Qt.Key, *, shift: bool = False) -> QKeyEvent:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    return QKeyEvent(QEvent.Type.KeyPress, key, modifier)


@pytest.mark.parametrize(
    ("key", "shift", "place"),
    [
        (Qt.Key.Key_Left, False, (135, 140)),
        (Qt.Key.Key_Right, True, (160, 140)),
        (Qt.Key.Key_Up, False, (140, 135)),
        (Qt.Key.Key_Down, True, (140, 160)),
    ],
)
def test_arrows_move_from_the_middle(key: Qt.Key, shift: bool, place: tuple[float, float]) -> None:
    pen = KeyboardPen()
    assert pen.place is None
    assert pen.follow(arrow(key, shift=shift), 280)
    assert pen.place == QPointF(*place)


def test_other_keys_do_not_move() -> None:
    pen = KeyboardPen()
    assert not pen.follow(arrow(Qt.Key.Key_A), 280)
    assert pen.place is None


def test_pen_stays_on_the_pad_and_follows_its_size() -> None:
    pen = KeyboardPen()
    for _ in range(30):
        pen.follow(arrow(Qt.Key.Key_Right, shift=True), 280)
    assert pen.place == QPointF(280, 140)
    pen.resize(0.5)
    assert pen.place == QPointF(140, 70)
