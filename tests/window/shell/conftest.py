"""Windows to be tested."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.app import create_window
from mnist_lab.window.shell.main_window import MainWindow


@pytest.fixture
def make_window(qtbot: QtBot) -> Callable[[], MainWindow]:
    """Makes one, not shown yet."""

    def make() -> MainWindow:
        window = create_window("starter")
        qtbot.addWidget(window)
        return window

    return make
