"""One can look closer and get back."""

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from mnist_lab.window import theme
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
    for _press in range(100):
        plot.look_closer(2.0, None)
    assert plot.getViewBox().viewRange()[0] == pytest.approx([-45, 55])
    plot.whole = ((0.0, 100.0), (0.0, 1.0))
    plot.refresh()
    assert plot.getViewBox().viewRange()[0] == pytest.approx([-45, 55])  # still the part that was looked at
    plot.look_closer(20.0, None)
    assert np.ptp(plot.getViewBox().viewRange()[0]) == pytest.approx(1000)


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
