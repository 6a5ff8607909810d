"""Any text size on any screen: what has no room scrolls, nothing is cut off, and every control can be reached."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabWidget, QToolButton, QWidget

from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from mnist_lab.window.widgets.basic.stage_bar import StageBar
from tests.conftest import REPOSITORY
from tests.window.conftest import SMALL, Driver
from tests.window.pages.clipping import assert_nothing_is_clipped
from tests.window.text_sizes import usual_text_afterwards

NAMES = [spec.object_name for spec in PAGES]
TITLE_BAR = 40
SCREENS = {"1024x600": (1024, 600 - TITLE_BAR), "1366x768 at 125 %": (1092, 614 - TITLE_BAR)}
"""Sizes of a window that fills the screen under its title bar, in logical pixels."""
SIZES = (100, 150, 200)


@pytest.fixture(autouse=True)
def usual_text() -> Iterator[None]:
    """For the tests that follow."""
    with usual_text_afterwards():
        yield


def _steps(driver: Driver, name: str) -> Iterator[Page]:
    """A page, turned to each of its tabs, and to each tab within them."""
    driver.window.show_page_named(name)
    page = driver.find(Page, name)
    outer = [tabs for tabs in page.findChildren(QTabWidget) if tabs.isVisible()]
    for tabs in outer or [None]:
        for index in range(1 if tabs is None else tabs.count()):
            if tabs is not None:
                tabs.setCurrentIndex(index)
            for bar in [bar for bar in page.findChildren(StageBar) if bar.isVisible()] or [None]:
                for stage in bar.findChildren(QToolButton) if bar is not None else [None]:
                    if stage is not None:
                        driver.qtbot.mouseClick(stage, Qt.MouseButton.LeftButton)
                    for _ in range(3):  # what needs more room says so to its parent, which says so to its own
                        QApplication.processEvents()
                    yield page


def _assert_can_be_reached(driver: Driver, page: Page) -> None:
    """The page has its place in what scrolls, and that scrolls up to its end."""
    area = driver.find(QWidget, "pageArea")
    assert page.size().expandedTo(page.minimumSizeHint()) == page.size(), (page.objectName(), page.size())
    for bar, room, size in (
        (area.horizontalScrollBar(), area.viewport().width(), page.width()),
        (area.verticalScrollBar(), area.viewport().height(), page.height()),
    ):
        assert bar.maximum() >= size - room, page.objectName()


def _assert_shell_is_whole(driver: Driver) -> None:
    """What stands around the pages is on the screen at all times."""
    room = QRect(QPoint(0, 0), driver.window.size())
    for name in ("pageList", "getFullSetButton", "dataLabel"):
        part = driver.find(QWidget, name)
        assert room.contains(QRect(part.mapTo(driver.window, QPoint(0, 0)), part.size())), name
        assert part.width() >= part.minimumSizeHint().width(), name
    pages = driver.find(QWidget, "pageList")
    assert pages.viewport().width() >= pages.sizeHintForColumn(0), "names of the pages"
    more = driver.window.menuBar().findChild(QToolButton, "qt_menubar_ext_button")
    assert more is None or not more.isVisible(), "the menus have room beside each other"


def _walk(driver: Driver, screen: str, percent: int, names: list[str]) -> None:
    driver.window.set_text_size(percent)
    driver.window.resize(*SCREENS[screen])
    for name in names:
        for page in _steps(driver, name):
            assert_nothing_is_clipped(page)
            _assert_can_be_reached(driver, page)
    _assert_shell_is_whole(driver)
    assert driver.window.size().toTuple() == SCREENS[screen]


def test_nothing_is_cut_off_where_text_is_largest_and_the_screen_is_small(driver: Driver) -> None:
    _walk(driver, "1024x600", 200, NAMES)


@pytest.mark.keras
@pytest.mark.acceptance
@pytest.mark.timeout(600)
@pytest.mark.parametrize("percent", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_cut_off_on_any_screen(driver: Driver, screen: str, percent: int) -> None:
    _walk(driver, screen, percent, NAMES)
    driver.window.lab.draft.set_experiment(SMALL)
    driver.window.lab.start()
    driver.wait_for_end()
    driver.wait(lambda: not driver.window.lab.is_computing)
    _walk(driver, screen, percent, NAMES)


@pytest.mark.acceptance
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("scale", ["1.25", "2"])
def test_nothing_is_cut_off_where_the_system_makes_everything_larger(scale: str) -> None:
    """Qt reads the scale when it begins: in a process of its own."""
    wanted = "test_nothing_is_cut_off_on_any_screen"
    child = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--acceptance", f"{__file__}", "-k", wanted],
        cwd=REPOSITORY,
        env={**os.environ, "QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 0, child.stdout


def test_a_run_can_be_steered(driver: Driver) -> None:
    driver.window.set_text_size(150)
    driver.window.resize(*SCREENS["1024x600"])
    QApplication.processEvents()
    room = QRect(QPoint(0, 0), driver.window.size())
    for name in ("startButton", "pauseButton", "stepButton", "stopButton", "getFullSetButton"):
        button = driver.find(QAbstractButton, name)
        assert room.contains(QRect(button.mapTo(driver.window, QPoint(0, 0)), button.size())), name
        assert button.visibleRegion().contains(button.rect()), name
