"""Where a window lies on its screen: logic without a window."""

import pytest
from PySide6.QtCore import QMargins, QRect, QSize

from mnist_lab.window.shell.fitting import FIRST_SIZE, first_size, fitted

FRAME = QMargins(2, 30, 2, 2)


def test_a_new_window_leaves_room_for_its_title_bar() -> None:
    assert first_size(QSize(2560, 1440)) == FIRST_SIZE
    assert first_size(QSize(1280, 800)).height() <= 800 - FRAME.top() - FRAME.bottom()
    assert first_size(QSize(1024, 600)).width() <= 1024
    assert first_size(QSize(1024, 600)).height() <= 600 - FRAME.top() - FRAME.bottom()


@pytest.mark.parametrize(
    "window", [QRect(0, 0, 1366, 768), QRect(-50, -50, 600, 400), QRect(1000, 700, 600, 400), QRect(0, 0, 4000, 10)]
)
def test_a_window_is_brought_into_the_screen_with_its_frame(window: QRect) -> None:
    room = QRect(0, 24, 1366, 744)
    place = fitted(window, FRAME, room)
    assert room.contains(place.marginsAdded(FRAME))
    assert place.width() == min(window.width(), 1366 - 4)
    assert place.height() == min(window.height(), 744 - 32)


def test_a_window_that_lies_well_stays() -> None:
    window = QRect(100, 100, 640, 400)
    assert fitted(window, FRAME, QRect(0, 0, 1366, 768)) == window
