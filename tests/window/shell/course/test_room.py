"""What pages have beside the open course, on a small laptop and on one whose screen is scaled."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from mnist_lab.window.pages import PAGES
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace
from mnist_lab.window.widgets.basic.stage_bar import StageBar
from tests.window.conftest import SMALL, Driver

_MOST_STAGES = 6


def views(driver: Driver) -> Iterator[tuple[str, int, int]]:
    """Every page, each of its tabs and of their stages, turned to."""
    for spec in PAGES:
        driver.window.show_page_named(spec.object_name)
        page = driver.find(QWidget, spec.object_name)
        tabs = page.findChild(QTabWidget)
        for tab in range(1 if tabs is None else tabs.count()):
            if tabs is not None:
                tabs.setCurrentIndex(tab)
            bars = [bar for bar in page.findChildren(StageBar) if bar.isVisible()]
            for stage in range(_MOST_STAGES if bars else 1):
                for bar in bars:
                    bar.go(stage)
                for _ in range(3):  # one layout asks for the next
                    QApplication.processEvents()
                yield spec.object_name, tab, stage


@pytest.mark.acceptance
@pytest.mark.keras
@pytest.mark.experiment(SMALL)
@pytest.mark.parametrize("size", [(1084, 590), (1280, 780)], ids=["scaled", "small"])
def test_no_page_scrolls_sideways_beside_the_course(driver: Driver, size: tuple[int, int]) -> None:
    """The sizes are what the frame of a window leaves of 1366 × 768 at 125 %, and of 1280 × 800."""
    coach_of(driver.window.lab).open()
    driver.window.resize(*size)
    driver.window.lab.start()
    driver.wait_for_end()
    too_wide = {
        view: place.horizontalScrollBar().maximum()
        for view in views(driver)
        for place in driver.window.findChildren(ScrollPlace)
        if place.isVisible() and place.horizontalScrollBar().maximum()
    }
    assert not too_wide
