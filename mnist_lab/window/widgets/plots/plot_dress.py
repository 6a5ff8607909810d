"""Dresses plots for a picture that is taken of them, and for the screen again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyqtgraph
from PySide6.QtWidgets import QGraphicsItem

from mnist_lab.window import picture_mode, theme
from mnist_lab.window.picture_mode import PictureMode
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot


@contextmanager
def taking_with(plots: Sequence[ZoomablePlot], mode: PictureMode) -> Iterator[None]:
    """Take a picture within the block; the lines of these plots are as wide in it as on the screen.

    Their pens count the pixels of the device; marks and antialiased lines are kept as images of the screen.
    """
    kept = [(item, item.cacheMode()) for plot in plots for item in plot.scene().items() if _is_pyqtgraphs(item)]
    try:
        with picture_mode.taking(mode):
            for item, _ in kept:
                item.setCacheMode(QGraphicsItem.CacheMode.NoCache)
                item.setExportMode(True, {"antialias": True})
            _dress(plots)
            yield
    finally:
        for item, cache in kept:
            item.setExportMode(False)
            item.setCacheMode(cache)
        _dress(plots)


def _is_pyqtgraphs(item: QGraphicsItem) -> bool:
    return isinstance(item, pyqtgraph.GraphicsItem)


def _dress(plots: Sequence[ZoomablePlot]) -> None:
    for plot in plots:
        plot.set_palette(theme.current())
        plot.refresh()
