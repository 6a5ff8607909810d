"""One can look closer and get back."""

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace
from mnist_lab.window.widgets.plots.zoom_bounds import AROUND, CLOSEST
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot, in_device_pixels


class _Plot(ZoomablePlot):
    """Shows 0 to 10 unless the person looks at a part."""

    whole = ((0.0, 10.0), (0.0, 1.0))

    def refresh(self) -> None:
        self.set_whole(*self.whole)


@pytest.fixture
def plot(qtbot) -> _Plot:
    plot = _Plot({side: pyqtgraph.AxisItem(side) for side in ("left", "bottom")}, "Whole thing")
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.show()
    qtbot.waitActive(plot)
    plot.refresh()
    return plot


def test_looking_closer_lasts_until_the_whole_is_asked_for(qtbot, plot: _Plot) -> None:
    button = plot.findChild(QToolButton)
    assert button.isHidden()
    plot.look_closer(0.5, 5)
    plot.refresh()
    assert plot.getViewBox().viewRange()[0] == pytest.approx([2.5, 7.5])
    assert button.text() == button.accessibleName() == "Whole thing"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert plot.getViewBox().viewRange()[0] == pytest.approx([0, 10])
    assert button.isHidden()


def test_keys_end_at_a_largest_and_a_smallest_range_that_follow_the_whole(plot: _Plot) -> None:
    for _press in range(100):
        plot.look_closer(0.5, 5.0)
    assert plot.getViewBox().viewRange()[0] == pytest.approx([5 - 5e-6, 5 + 5e-6])
    for _press in range(19):
        plot.look_closer(2.0, None)
    assert plot.is_zoomed
    close = plot.getViewBox().viewRange()[0]
    plot.whole = ((0.0, 100.0), (0.0, 1.0))
    plot.refresh()
    assert plot.getViewBox().viewRange()[0] == close  # still the part that was looked at
    plot.look_closer(99.0, None)
    assert plot.getViewBox().viewRange()[0] == pytest.approx([0, 100])
    assert not plot.is_zoomed, "who looks at the whole again keeps to it"
    plot.getViewBox().shares = (CLOSEST, AROUND)  # as of a function, which goes on
    plot.refresh()
    for _press in range(9):
        plot.look_closer(2.0, None)
    assert np.ptp(plot.getViewBox().viewRange()[0]) == pytest.approx(1000)
    assert plot.is_zoomed


def _roll(plot: _Plot, notches: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Turn the wheel over the plot as a person does, inwards or (below 0) outwards."""
    window = plot.window()
    place = plot.mapTo(window, QPoint(200, 150))
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, 120 * notches), QPoint(), modifier)


@pytest.fixture
def area(qtbot, plot: _Plot) -> ScrollPlace:
    """A page that is higher than its window, with the plot at its top."""
    page = QWidget()
    plot.setFixedHeight(300)
    QVBoxLayout(page).addWidget(plot)
    page.layout().addSpacing(900)
    area = ScrollPlace("area", page)
    qtbot.addWidget(area)
    area.resize(420, 400)
    area.show()
    qtbot.waitExposed(area)
    return area


def test_ctrl_and_wheel_look_closer_and_back_to_the_whole_and_no_farther(plot: _Plot, area: ScrollPlace) -> None:
    control, whole = Qt.KeyboardModifier.ControlModifier, plot.getViewBox().viewRange()
    _roll(plot, 2, control)
    close = plot.getViewBox().viewRange()
    assert np.ptp(close[0]) < 0.9 * np.ptp(whole[0])
    assert plot.is_zoomed
    for _turn in range(9):
        _roll(plot, -2, control)
    assert area.verticalScrollBar().value() == 0, "the page must not go a screen on instead"
    assert plot.getViewBox().viewRange() == whole
    assert not plot.is_zoomed
    assert plot.findChild(QToolButton).isHidden()
    assert plot.findChild(QLabel, "wheelHint") is None


def test_the_wheel_alone_scrolls_the_page_and_tells_how_to_look_closer(plot: _Plot, area: ScrollPlace) -> None:
    whole, bar = plot.getViewBox().viewRange(), area.verticalScrollBar()
    _roll(plot, -1)
    assert bar.value() > 0
    assert plot.getViewBox().viewRange() == whole
    assert not plot.is_zoomed
    hint = plot.findChild(QLabel, "wheelHint")
    assert hint.isVisible()
    assert hint.text() == "Ctrl + wheel looks closer"
    assert plot.rect().contains(hint.geometry())
    assert plot.childAt(hint.geometry().center()) is plot.viewport(), "what is below it takes the pointer"
    _roll(plot, 5)
    assert bar.value() == 0
    _roll(plot, 1, Qt.KeyboardModifier.ControlModifier)
    assert hint.isHidden(), "who has done it knows it"


def test_a_plot_without_content_is_not_looked_closer_at(qtbot) -> None:
    plot = _Plot({}, "Whole thing")
    qtbot.addWidget(plot)
    before = plot.getViewBox().viewRange()
    plot.look_closer(0.5, None)
    assert plot.getViewBox().viewRange() == before
    assert not plot.is_zoomed


def test_focus_and_theme_can_be_seen(plot: _Plot, qapp: QApplication) -> None:
    for palette in (theme.DARK, theme.LIGHT):
        theme.apply(qapp, palette)
        plot.setFocus()
        image = plot.grab().toImage()
        assert image.pixelColor(1, 150).name() == palette.accent
        assert image.pixelColor(4, 150).name() == palette.panel
        plot.clearFocus()
        assert plot.grab().toImage().pixelColor(1, 150).name() == palette.panel
        ground = plot.viewport()
        edge = ground.palette().color(ground.backgroundRole()).name()
        assert edge == palette.panel, "it shows in the last column of pixels where a screen has 1.25 for each"


def test_lines_are_as_wide_on_a_screen_with_more_pixels(qtbot) -> None:
    class FineScreen(QWidget):
        def devicePixelRatioF(self) -> float:
            return 2.0

    widget = FineScreen()
    qtbot.addWidget(widget)
    pen = QPen()
    pen.setWidthF(2)
    pen.setDashPattern([4, 2])
    fine = in_device_pixels(pen, widget)
    assert fine.widthF() == 4
    assert fine.dashPattern() == [4, 2]
    assert pen.widthF() == 2
