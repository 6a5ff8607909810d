"""The film says which update is due, at every speed that can be chosen."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.window.state.film import SPEEDS, Film


@pytest.mark.parametrize("speed", [SPEEDS[0], SPEEDS[-1]])
def test_the_next_update_is_due_also_where_that_takes_longer_than_a_picture(qtbot: QtBot, speed: int) -> None:
    owner = QObject()
    film = Film(owner)
    film.speed = speed
    with qtbot.waitSignal(film.due) as due:
        film.show_next(5)
    (updates,) = due.args
    assert updates > 5
    assert speed > SPEEDS[0] or updates == 6, "a slow film leaves nothing out"
