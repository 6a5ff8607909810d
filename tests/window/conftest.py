"""The window as a person meets it, and the words for waiting until something is true of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.app import create_window
from mnist_lab.data import session_file, sources
from mnist_lab.data.digits import Digits
from mnist_lab.data.session_file import Session
from mnist_lab.experiment import Experiment
from mnist_lab.window import theme
from mnist_lab.window.pages import PAGES
from mnist_lab.window.shell.main_window import MainWindow
from mnist_lab.window.state.garbage import GarbageCollector
from tests.window.hand import Hand
from tests.window.text_sizes import put_text_size

SMALL = Experiment(hidden_units=(16,), epochs=2)
"""A run of a second: 64 updates on the starter set."""
SIZE = (1120, 800)
"""Of the window in logical pixels: no page has to scroll."""
PAGES_FOLDER = Path(__file__).parent / "pages"
LAPTOP = (1092, 574)
"""Of a window that fills a screen of 1366×768 pixels at 125 %, below its title bar."""


@pytest.fixture(autouse=True)
def pointer_stands_in_a_corner(qapp: QApplication) -> None:
    """A pointer that the test before left where this one points to would not move there, and nothing would happen."""
    QCursor.setPos(QPoint(0, 0))
    qapp.processEvents()


@pytest.fixture(autouse=True)
def usual_text(qapp: QApplication) -> Iterator[None]:
    """Whatever size a test gives the text, those that follow have the usual one."""
    yield
    if theme.fonts.text_size() != theme.fonts.USUAL_TEXT:
        put_text_size(theme.fonts.USUAL_TEXT)


@pytest.fixture(autouse=True)
def windows_leave_keras_to_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Keras brings along is left out between two tests (tests/conftest.py), without what the test itself holds."""
    monkeypatch.setattr(GarbageCollector, "has_left_keras_out", True)


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
def first_page(request: pytest.FixtureRequest) -> str:
    """The page that a test's window opens with: the one whose folder the test is in, else that of a newcomer.

    Another is not built before it is called up, and building the Train page takes most of the time that a window does.
    """
    if not request.path.is_relative_to(PAGES_FOLDER):
        return ""
    name = f"{request.path.relative_to(PAGES_FOLDER).parts[0]}Page"
    return name if name in {spec.object_name for spec in PAGES} else ""


@pytest.fixture
def driver(qtbot: QtBot, request: pytest.FixtureRequest, lab_home: Path, first_page: str) -> Driver:
    """A window that is shown, on the starter set; `@pytest.mark.experiment(…)` sets its form. qtbot closes it."""
    if first_page:
        session_file.write(lab_home / "last_session.json", session_file.serialised(Session(page=first_page)))
    marker = request.node.get_closest_marker("experiment")
    window = create_window("starter", marker.args[0] if marker else SMALL, paced=False)
    qtbot.addWidget(window)
    window.resize(*SIZE)  # the screen of the tests is smaller
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.lab.digits is not None)
    return Driver(qtbot, window)
