"""A plot on which nothing changes is drawn no more, and what is seen is always what it is."""

import pyqtgraph
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.widgets.plots.still_plot import StillPlot


class _Field(pyqtgraph.GraphicsObject):  # type: ignore[misc]
    """Fills the view, and counts how often it is asked to."""

    def __init__(self) -> None:
        super().__init__()
        self.colour, self.times = "#aa0000", 0

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, 10, 10)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        self.times += 1
        painter.fillRect(self.boundingRect(), QColor(self.colour))


class _Plot(StillPlot):
    def __init__(self) -> None:
        super().__init__({side: pyqtgraph.AxisItem(side) for side in ("left", "bottom")}, "Everything")
        self.field = _Field()
        self.getViewBox().addItem(self.field, ignoreBounds=True)
        self.set_palette(theme.current())
        self.refresh()

    def refresh(self) -> None:
        self.set_whole((0, 10), (0, 10))


@pytest.fixture
def plot(qtbot: QtBot) -> _Plot:
    plot = _Plot()
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    plot.show()
    qtbot.waitExposed(plot)
    QApplication.processEvents()
    plot.clearFocus()
    return plot


def picture(plot: _Plot) -> QImage:
    QApplication.processEvents()  # a scene tells by an event that it has changed
    return plot.viewport().grab().toImage()


def test_it_is_drawn_again_only_when_something_has_changed(plot: _Plot) -> None:
    drawn = picture(plot)
    picture(plot)
    before = plot.field.times
    assert all(picture(plot) == drawn for _ in range(5)), "to the pixel"
    assert plot.field.times == before
    plot.field.colour = "#00aa00"
    plot.field.update()
    QApplication.processEvents()
    assert plot.field.times == before + 1, "no image is made of what may change again"
    assert {picture(plot).pixelColor(200, 100).name() for _ in range(3)} == {"#00aa00"}


def test_it_follows_its_size_the_theme_and_where_one_looks(plot: _Plot) -> None:
    seen = [picture(plot) for _ in range(3)][-1]
    plot.resize(400, 200)
    assert picture(plot).width() > seen.width()
    wide = [picture(plot) for _ in range(3)][-1]
    plot.set_palette(theme.DARK)
    dark = [picture(plot) for _ in range(3)]
    assert {image.pixelColor(2, 2).name() for image in dark} == {theme.DARK.panel}
    plot.set_palette(theme.current())
    assert picture(plot) == wide
    plot.look_closer(0.5, 9.0)
    assert picture(plot) != wide
    plot.show_whole()
    assert picture(plot) == wide
