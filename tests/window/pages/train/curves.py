"""What tests of curves share."""

import numpy as np
from numpy.typing import NDArray

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
