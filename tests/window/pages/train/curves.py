"""What tests of curves share."""

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from mnist_lab.window.pages.train.curve_plot import CurvePlot
from mnist_lab.window.widgets.plots.plot_header import PlotHeader


def series(*values: float) -> NDArray[np.float32]:
    return np.array(values, np.float32)


def falling(count: int) -> NDArray[np.float32]:
    noise = np.random.default_rng(0).uniform(0.9, 1.1, count)
    return (2.3 * np.exp(-np.arange(count) / count * 3) * noise).astype(np.float32)


def view_range(plot: CurvePlot) -> tuple[list[float], list[float]]:
    horizontal, vertical = plot.getViewBox().viewRange()
    return horizontal, vertical


def header_of(plot: CurvePlot) -> PlotHeader:
    return next(item for item in plot.scene().items() if isinstance(item, PlotHeader))


def colours(plot: CurvePlot) -> set[str]:
    image = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)[:, : image.width()]
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in np.unique(pixels[60:])}


def lines(plot: CurvePlot) -> list[pyqtgraph.PlotCurveItem]:
    """Those of the run itself, from behind."""
    found = [item for item in plot.scene().items() if isinstance(item, pyqtgraph.PlotCurveItem)]
    return sorted((item for item in found if item.zValue() >= 0), key=lambda item: item.zValue())


def marks(plot: CurvePlot, symbol: str) -> pyqtgraph.ScatterPlotItem:
    items = [item for item in plot.scene().items() if isinstance(item, pyqtgraph.ScatterPlotItem)]
    return next(item for item in items if item.opts["symbol"] == symbol and 3 < item.zValue() < 6)


def words_in(plot: CurvePlot) -> list[str]:
    plot.grab()  # words are put in their place when they are painted
    items = [item for item in plot.scene().items() if isinstance(item, pyqtgraph.TextItem) and item.isVisible()]
    area = plot.getViewBox().sceneBoundingRect()
    assert all(area.contains(item.mapRectToScene(item.boundingRect())) for item in items)
    return [item.toPlainText().replace(" %", "\u00a0%") for item in items]  # as it was set: Qt gives plain spaces back
