"""Any text size on any screen: what has no room scrolls, nothing is cut off, and every control can be reached."""

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDoubleSpinBox,
    QLabel,
    QScrollArea,
    QStackedLayout,
    QTabWidget,
    QToolButton,
    QWidget,
)

from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.window import theme
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from mnist_lab.window.shell.page_area import PageArea
from mnist_lab.window.shell.page_list import PageList
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace
from mnist_lab.window.widgets.basic.stage_bar import StageBar
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot
from tests.conftest import REPOSITORY
from tests.window.conftest import LAPTOP, SMALL, Driver
from tests.window.pages.clipping import assert_nothing_is_clipped, seen

NAMES = [spec.object_name for spec in PAGES]
TITLE_BAR = 40
SCREENS = {"1024x600": (1024, 600 - TITLE_BAR), "1366x768 at 125 %": LAPTOP}
"""Sizes of a window that fills the screen under its title bar, in logical pixels."""
BESIDE_COURSE = {"1366x768 at 125 %": (1093, 614), "1280x800": (1280, 800)}
"""Of a window, whole, in which the course is open; a laptop's fills the screen."""
SIZES = (100, 150, 200)
SMALLEST_WINDOW = (1024, 600)
"""On the least screen of all: from there on no page scrolls sideways."""
LEAST_VIEW = 40
"""Of a plot between its axes, in logical pixels."""


def _steps(driver: Driver, part: QWidget, *, is_patient: bool = True) -> Iterator[None]:
    """Turn to each tab of a page, to each tab within it, and to each stage of what goes by stages.

    Who `is_patient` waits for what is computed there.
    """
    tabs = next((tabs for tabs in part.findChildren(QTabWidget) if tabs.isVisible()), None)
    bar = next((bar for bar in part.findChildren(StageBar) if bar.isVisible()), None)
    for index in range(0 if tabs is None else tabs.count()):
        tabs.setCurrentIndex(index)
        _settle(driver, is_patient=is_patient)
        yield from _steps(driver, tabs.currentWidget(), is_patient=is_patient)
    for stage in bar.findChildren(QToolButton) if bar is not None and tabs is None else ():
        driver.qtbot.mouseClick(stage, Qt.MouseButton.LeftButton)
        _settle(driver, is_patient=is_patient)
        yield
    if tabs is None and bar is None:
        _settle(driver, is_patient=is_patient)
        yield


def _settle(driver: Driver, *, is_patient: bool) -> None:
    """Wait for what is computed; what needs more room then says so to its parent, which says so to its own."""
    if is_patient:
        driver.wait(lambda: not driver.window.lab.is_computing)
    for _ in range(16):  # as many as there are parents of a page's innermost parts
        QApplication.processEvents()


def _assert_nothing_overlaps(page: Page) -> None:
    for parent in seen(page, QWidget):
        if parent.layout() is None or isinstance(parent.layout(), QStackedLayout):
            continue
        parts = [part for part in parent.children() if isinstance(part, QWidget) and part.isVisible()]
        for one, other in itertools.combinations(parts, 2):
            both = one.geometry() & other.geometry()
            assert both.width() <= 1 or both.height() <= 1, (one.objectName(), other.objectName(), both)


def _assert_plots_have_room(page: Page) -> None:
    for plot in seen(page, ZoomablePlot):
        view = plot.getViewBox()
        assert min(view.width(), view.height()) >= LEAST_VIEW, (plot.objectName(), view.width(), view.height())


def _place(page: Page) -> str:
    turned = (tabs.tabText(tabs.currentIndex()) for tabs in page.findChildren(QTabWidget) if tabs.isVisible())
    return "/".join([page.objectName(), *turned])


def _assert_needs_no_more_width(driver: Driver, page: Page) -> None:
    """Neither the page nor a part of it scrolls sideways."""
    areas = [driver.find(PageArea, "pageArea"), *(area for area in page.findChildren(QScrollArea) if area.isVisible())]
    beyond = max(area.horizontalScrollBar().maximum() for area in areas)
    assert beyond == 0, (_place(page), beyond)


def _assert_can_be_reached(driver: Driver, page: Page) -> None:
    """The page has its place in what scrolls, and that scrolls up to its end."""
    area = driver.find(PageArea, "pageArea")
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
        if name != "pageList":
            assert part.width() >= part.minimumSizeHint().width(), name
    if not coach_of(driver.window.lab).is_open:  # beside the course the list is of icons alone
        pages = driver.find(PageList, "pageList")
        assert pages.viewport().width() >= pages.sizeHintForColumn(0), "names of the pages"
    more = driver.window.menuBar().findChild(QToolButton, "qt_menubar_ext_button")
    assert more is None or not more.isVisible(), "the menus have room beside each other"


def _walk(driver: Driver, size: tuple[int, int], percent: int, *, has_room: bool = False) -> None:
    """Look at all pages; where there `has_room`, as for text of the usual size everywhere, none scrolls sideways."""
    driver.window.set_text_size(percent)
    driver.window.resize(*size)
    for name in NAMES:
        driver.window.show_page_named(name)
        page = driver.find(Page, name)
        for _step in _steps(driver, page):
            assert_nothing_is_clipped(page)
            _assert_nothing_overlaps(page)
            _assert_plots_have_room(page)
            _assert_can_be_reached(driver, page)
            if has_room or percent == theme.fonts.USUAL_TEXT:
                _assert_needs_no_more_width(driver, page)
    _assert_shell_is_whole(driver)
    assert driver.window.size().toTuple() == size


def _keep_a_network(driver: Driver) -> None:
    """Have all pages show one."""
    generator = np.random.default_rng(5)
    layers = tuple(
        DenseWeights(generator.normal(0, 0.1, (inputs, units)).astype(np.float32), np.zeros(units, np.float32))
        for inputs, units in ((784, 64), (64, 10))
    )
    driver.window.lab.keep_network("random", NetworkWeights(layers, "relu", 3))


def _assert_no_page_scrolls_sideways(driver: Driver, size: tuple[int, int]) -> None:
    driver.window.resize(*size)
    for name in NAMES:
        driver.window.show_page_named(name)
        page = driver.find(Page, name)
        for _step in _steps(driver, page, is_patient=False):
            _assert_needs_no_more_width(driver, page)


def test_evaluate_and_runs_do_not_scroll_sideways_where_text_is_larger(driver: Driver) -> None:
    _keep_a_network(driver)
    assert driver.window.lab.own_digits.add(np.eye(28, dtype=np.uint8) * 200, 1, None)
    driver.window.resize(*BESIDE_COURSE["1366x768 at 125 %"])
    driver.window.show_page_named("evaluatePage")
    driver.wait(lambda: driver.find(QCheckBox, "showOwnDigits").isVisible())
    for percent, is_open in ((130, False), (140, False), (150, False), (150, True)):
        driver.window.set_text_size(percent)
        (coach_of(driver.window.lab).open if is_open else coach_of(driver.window.lab).close)()
        for name in ("evaluatePage", "runsPage"):
            driver.window.show_page_named(name)
            page = driver.find(Page, name)
            for _step in _steps(driver, page, is_patient=False):
                assert driver.find(PageArea, "pageArea").horizontalScrollBar().maximum() == 0, _place(page)
                areas = [*seen(page, ScrollPlace), *seen(page, ScrollColumn)]
                assert all(area.horizontalScrollBar().maximum() == 0 for area in areas), (percent, _place(page))


def test_no_page_scrolls_sideways_in_a_small_window_or_beside_the_course(driver: Driver) -> None:
    _keep_a_network(driver)
    _assert_no_page_scrolls_sideways(driver, SMALLEST_WINDOW)
    coach_of(driver.window.lab).open()
    driver.window.show_page_named("trainPage")
    driver.find(QDoubleSpinBox, "learningRate").setValue(0.0001)  # with the way back beside it
    width, height = BESIDE_COURSE["1366x768 at 125 %"]
    _assert_no_page_scrolls_sideways(driver, (width, height - TITLE_BAR))  # where some pages scroll up and down


def test_nothing_is_cut_off_where_text_is_largest_and_the_screen_is_small(driver: Driver) -> None:
    _walk(driver, SCREENS["1024x600"], 200)


@pytest.mark.keras
@pytest.mark.acceptance
@pytest.mark.timeout(600)
@pytest.mark.parametrize("percent", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_cut_off_on_any_screen(driver: Driver, screen: str, percent: int) -> None:
    _walk(driver, SCREENS[screen], percent)
    _train(driver)
    _walk(driver, SCREENS[screen], percent)


@pytest.mark.keras
@pytest.mark.acceptance
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("size", "percent"), [*((size, 100) for size in BESIDE_COURSE), ("1280x800", 120)])
def test_nothing_is_cut_off_and_no_page_scrolls_sideways_beside_the_course(
    driver: Driver, size: str, percent: int
) -> None:
    coach_of(driver.window.lab).open()
    _walk(driver, BESIDE_COURSE[size], percent, has_room=True)
    _train(driver)
    driver.window.show_page_named("drawPage")
    driver.click("randomDigitButton")
    _walk(driver, BESIDE_COURSE[size], percent, has_room=True)


def _train(driver: Driver) -> None:
    driver.window.lab.draft.set_experiment(SMALL)
    driver.window.lab.start()
    driver.wait_for_end()
    driver.wait(lambda: not driver.window.lab.is_computing)


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
    driver.window.set_text_size(120)
    driver.window.show_page_named("trainPage")
    for size in ((1366, 768 - TITLE_BAR), SCREENS["1366x768 at 125 %"]):
        driver.window.resize(*size)
        _settle(driver, is_patient=False)
        _assert_needs_no_more_width(driver, driver.find(Page, "trainPage"))
        loss, accuracy = (driver.find(ZoomablePlot, name).parentWidget() for name in ("lossPlot", "accuracyPlot"))
        assert abs(loss.width() - accuracy.width()) <= 1
        assert loss.y() == accuracy.y()
    driver.window.set_text_size(150)
    driver.window.resize(*SCREENS["1366x768 at 125 %"])
    driver.find(QDoubleSpinBox, "learningRate").setValue(0.25)  # with the way back beside it
    _settle(driver, is_patient=False)
    _assert_needs_no_more_width(driver, driver.find(Page, "trainPage"))
    assert driver.find(ZoomablePlot, "lossPlot").viewport().visibleRegion().boundingRect().height() > 2 * LEAST_VIEW
    driver.window.resize(*SCREENS["1024x600"])
    QApplication.processEvents()
    room = QRect(QPoint(0, 0), driver.window.size())
    for name in ("startButton", "pauseButton", "stepButton", "stopButton", "getFullSetButton"):
        button = driver.find(QAbstractButton, name)
        assert room.contains(QRect(button.mapTo(driver.window, QPoint(0, 0)), button.size())), name
        assert button.visibleRegion().contains(button.rect()), name
    state = driver.find(QLabel, "activityLabel")
    assert state.width() >= state.fontMetrics().horizontalAdvance("Preparing…"), "never cut, never moved by the next"
