"""The window as a person meets it, and the words for waiting until something is true of it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.app import create_window
from mnist_lab.data import sources
from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.window.shell.main_window import MainWindow
from tests.window.hand import Hand

SMALL = Experiment(hidden_units=(16,), epochs=2)
"""A run of a second: 64 updates on the starter set."""
SIZE = (1120, 800)
"""Of the window in logical pixels: no page has to scroll."""


@pytest.fixture(autouse=True)
def pointer_stands_in_a_corner(qapp: QApplication) -> None:
    """A pointer that the test before left where this one points to would not move there, and nothing would happen."""
    QCursor.setPos(QPoint(0, 0))
    qapp.processEvents()


@pytest.fixture(scope="session")
def starter() -> Digits:
    """The starter set; nothing of it can be changed."""
    return sources.load_starter()


@pytest.fixture(autouse=True)
def starter_is_read_once(starter: Digits, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each window reads it, and there are a thousand."""
    monkeypatch.setattr(sources, "load_starter", lambda: starter)


class Driver(Hand):
    """Uses the lab's window."""

    window: MainWindow

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def wait_for_end(self) -> None:
        self.wait(lambda: self.window.lab.run is not None and not self.window.lab.live.is_training)


@pytest.fixture
def driver(qtbot: QtBot, request: pytest.FixtureRequest) -> Driver:
    """A window that is shown, on the starter set; `@pytest.mark.experiment(…)` sets its form. qtbot closes it."""
    marker = request.node.get_closest_marker("experiment")
    window = create_window("starter", marker.args[0] if marker else SMALL, paced=False)
    qtbot.addWidget(window)
    window.resize(*SIZE)  # the screen of the tests is smaller
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.lab.digits is not None)
    return Driver(qtbot, window)
