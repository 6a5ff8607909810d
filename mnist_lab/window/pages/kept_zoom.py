"""Where one looks closer at a plot is kept outside it, so that a page can be built again.

A plot is known by its objectName; both functions look at all plots of a page.
"""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from mnist_lab.window.state.views import View
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot


def note_zooms(page: QWidget, view: View) -> None:
    """Note the ranges of the plots in which the learner looks closer."""
    for plot, name in _plots(page):
        view.set_control(name, plot.getViewBox().viewRange() if plot.is_zoomed else None)


def put_zooms_back(page: QWidget, view: View) -> None:
    """Look as closely at the plots of a page that was just built as was noted."""
    for plot, name in _plots(page):
        ranges = view.control(name)
        if isinstance(ranges, list):
            plot.getViewBox().setRange(xRange=ranges[0], yRange=ranges[1], padding=0)
            plot.pause_ranges()


def _plots(page: QWidget) -> Iterator[tuple[ZoomablePlot, str]]:
    for plot in page.findChildren(ZoomablePlot):
        if plot.objectName():
            yield plot, f"ranges of {plot.objectName()}"
