"""Curves to be tested."""

import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.train.curve_plot import CurvePlot


@pytest.fixture
def plot(qtbot: QtBot) -> CurvePlot:
    plot = CurvePlot("loss")
    qtbot.addWidget(plot)
    plot.resize(600, 360)
    plot.show()
    qtbot.waitExposed(plot)
    return plot


@pytest.fixture
def accuracy(qtbot: QtBot) -> CurvePlot:
    plot = CurvePlot("accuracy")
    qtbot.addWidget(plot)
    plot.resize(400, 260)
    plot.show()
    qtbot.waitExposed(plot)
    return plot
