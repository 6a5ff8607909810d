"""A view, its axes, and nothing that is never seen."""

import pyqtgraph
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot


class _Plot(ZoomablePlot):
    def refresh(self) -> None:
        self.getViewBox().setRange(xRange=(0, 10), yRange=(0, 1), padding=0)


def _plot(qtbot: QtBot, *sides: str) -> _Plot:
    plot = _Plot({side: pyqtgraph.AxisItem(side) for side in sides}, "Whole")
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.show()
    qtbot.waitExposed(plot)
    plot.refresh()
    return plot


def test_no_menus_are_made_that_are_never_opened(qtbot: QtBot) -> None:
    before = set(QApplication.allWidgets())
    plot = _plot(qtbot, "left", "bottom")
    made = set(QApplication.allWidgets()) - before - {plot}
    assert len(made) < 10, "viewport, scroll bars, and the button for the whole"
    assert not [one for one in made if isinstance(one, QMenu | QCheckBox)]


def test_axes_stand_around_the_view(qtbot: QtBot) -> None:
    plot = _plot(qtbot, "left", "bottom", "top")
    view = plot.getViewBox().geometry()
    places = {side: axis.geometry() for side, axis in plot.frame.axes.items()}
    assert places["left"].right() == view.left()
    assert places["bottom"].top() == view.bottom()
    assert places["top"].bottom() == view.top()
    assert places["left"].top() == view.top()
    assert places["bottom"].width() == view.width()


def test_without_axes_the_view_has_all_the_room(qtbot: QtBot) -> None:
    plot = _plot(qtbot)
    view = plot.getViewBox().geometry()
    assert (view.width(), view.height()) == (398, 298)


def test_closed_it_can_be_closed_again(qtbot: QtBot) -> None:
    plot = _plot(qtbot, "left", "bottom")
    assert plot.close()
    assert plot.closed
    assert plot.close()
