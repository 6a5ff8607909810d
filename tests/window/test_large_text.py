"""Larger text on a small screen: what has no room scrolls, nothing is cut off, and a run can be steered."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabWidget

from mnist_lab.window import theme
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from tests.window.conftest import Driver
from tests.window.pages.clipping import assert_nothing_is_clipped

SCREEN = (1024, 560)
"""Of the window: 600 without a title bar."""


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    """Half as large again as usual."""
    theme.apply(qapp, theme.current())
    usual = qapp.font()
    large = qapp.font()
    large.setPointSizeF(1.5 * large.pointSizeF())
    qapp.setFont(large)
    theme.apply(qapp, theme.current())
    yield
    qapp.setFont(usual)
    theme.apply(qapp, theme.current())


@pytest.mark.usefixtures("large_text")
def test_a_run_can_be_steered(driver: Driver) -> None:
    driver.window.resize(*SCREEN)
    QApplication.processEvents()
    room = QRect(QPoint(0, 0), driver.window.size())
    assert room.size().toTuple() == SCREEN
    for name in ("startButton", "pauseButton", "stepButton", "stopButton", "getFullSetButton"):
        button = driver.find(QAbstractButton, name)
        assert room.contains(QRect(button.mapTo(driver.window, QPoint(0, 0)), button.size())), name
        assert button.visibleRegion().contains(button.rect()), name
    assert_nothing_is_clipped(driver.find(Page, "trainPage"))


@pytest.mark.acceptance
@pytest.mark.usefixtures("large_text")
@pytest.mark.parametrize("name", [spec.object_name for spec in PAGES])
def test_no_tab_is_clipped(driver: Driver, name: str) -> None:
    driver.window.resize(*SCREEN)
    driver.window.show_page_named(name)
    page = driver.find(Page, name)
    tabs = page.findChild(QTabWidget)
    for index in range(1 if tabs is None else tabs.count()):
        if tabs is not None:
            tabs.setCurrentIndex(index)
        QApplication.processEvents()
        assert_nothing_is_clipped(page)
