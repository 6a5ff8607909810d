"""However far one turns the wheel or drags, every plot of every page stays within bounds, and can be painted."""

import itertools

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from mnist_lab.window.pages import PAGES
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot
from tests.window.conftest import Driver
from tests.window.pages.turning import page_at, turned_parts

NOTCH = 120
NOTCHES = 200
FAR = 180
"""How far a drag goes, in pixels."""


def _middle(plot: ZoomablePlot) -> QPoint:
    return plot.mapFromScene(plot.getViewBox().mapToScene(plot.getViewBox().boundingRect().center()))


def _turn_wheel(plot: ZoomablePlot, notches: int, at_once: int) -> None:
    """With Ctrl so many notches inwards, or outwards below 0, `at_once` in each event, as a fast wheel sends them."""
    place = QPointF(_middle(plot))
    angle = QPoint(0, NOTCH * at_once if notches > 0 else -NOTCH * at_once)
    buttons, control, phase = Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase
    for _event in range(abs(notches) // at_once):
        there = plot.viewport().mapToGlobal(place)
        event = QWheelEvent(place, there, QPoint(), angle, buttons, control, phase, False)
        QApplication.sendEvent(plot.viewport(), event)


def _drag(driver: Driver, plot: ZoomablePlot, button: Qt.MouseButton, way: QPoint) -> None:
    place, viewport = _middle(plot), plot.viewport()
    driver.qtbot.mousePress(viewport, button, pos=place)
    for step in (way / 2, way):
        driver.qtbot.mouseMove(viewport, place + step)
    driver.qtbot.mouseRelease(viewport, button, pos=place + way)


def _is_moved_aside(driver: Driver, plot: ZoomablePlot) -> bool:
    """Drag it to the side; pyqtgraph passes over moves that follow one another within ten milliseconds."""
    _drag(driver, plot, Qt.MouseButton.LeftButton, QPoint(FAR, FAR))
    return plot.is_zoomed


def _widths(plot: ZoomablePlot) -> list[float]:
    return [high - low for low, high in plot.getViewBox().viewRange()]


def _paint(plot: ZoomablePlot) -> None:
    if plot.isVisible():
        assert not plot.grab().isNull()


def _assert_bounded(driver: Driver, plot: ZoomablePlot, at_once: int) -> None:
    """Look as close as can be, as far away, and as far aside."""
    name, whole = plot.objectName(), _widths(plot)
    _turn_wheel(plot, NOTCHES, at_once)
    _paint(plot)
    closest = _widths(plot)
    assert all(1e-7 * width < close for width, close in zip(whole, closest, strict=True)), name
    for way in (QPoint(FAR, -FAR), QPoint(FAR, -FAR)):
        _drag(driver, plot, Qt.MouseButton.RightButton, way)
    assert _widths(plot) == pytest.approx(closest), name
    _turn_wheel(plot, -2 * NOTCHES, at_once)
    _paint(plot)
    farthest = _widths(plot)
    most = plot.getViewBox().shares[1]
    assert all(far < 2 * most * width for width, far in zip(whole, farthest, strict=True)), name
    assert all(10 * close < far for close, far in zip(closest, farthest, strict=True)), name
    for way in (QPoint(-FAR, FAR), QPoint(-FAR, FAR)):
        _drag(driver, plot, Qt.MouseButton.RightButton, way)
    assert _widths(plot) == pytest.approx(farthest), name
    driver.wait(lambda: _is_moved_aside(driver, plot))
    plot.show_whole()
    assert _widths(plot) == pytest.approx(whole), name


def _is_bounded(driver: Driver, plot: ZoomablePlot, at_once: int) -> bool:
    """False for one that shows nothing yet, as that of a race before there is one: it stands still."""
    if plot.getViewBox().has_whole:
        _assert_bounded(driver, plot, at_once)
        return True
    before = plot.getViewBox().viewRange()
    _turn_wheel(plot, NOTCHES, at_once)
    assert plot.getViewBox().viewRange() == before
    assert not plot.is_zoomed
    return False


def test_wheel_and_drag_end_on_every_plot(driver: Driver) -> None:
    """On those that are not seen just now, too."""
    bounded = 0
    for index in range(len(PAGES)):
        for plot in page_at(driver, index).findChildren(ZoomablePlot):
            bounded += _is_bounded(driver, plot, 50)
    assert bounded > 15


@pytest.mark.acceptance
@pytest.mark.keras
@pytest.mark.timeout(600)
def test_wheel_and_drag_end_on_every_plot_with_a_run_in_it(driver: Driver) -> None:
    driver.window.resize(1280, 800)
    driver.window.lab.start()
    driver.wait_for_end()
    tried: set[str] = set()
    bounded = 0
    for index, is_log in itertools.product(range(len(PAGES)), (False, True)):
        page = page_at(driver, index)
        for _part in turned_parts(page):
            for box in page.findChildren(QAbstractButton):
                if box.isVisible() and box.isCheckable() and "log" in box.objectName().lower():
                    box.setChecked(is_log)
            driver.wait(lambda: not driver.window.lab.is_computing)
            QApplication.processEvents()
            for plot in page.findChildren(ZoomablePlot):
                if plot.isVisible() and f"{plot.objectName()}{is_log}" not in tried:
                    tried.add(f"{plot.objectName()}{is_log}")
                    bounded += _is_bounded(driver, plot, 1)
    assert bounded > 40, tried
