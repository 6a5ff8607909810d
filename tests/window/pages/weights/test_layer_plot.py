"""The quantity of every layer over the run: all its lines have a name and a number, also where there is little room."""

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.pages.weights.layer_plot import MOST_LINES, LayerLine, LayerPlot
from mnist_lab.window.widgets.plots.plot_header import PlotHeader


def lines(newest: float) -> list[LayerLine]:
    shorts = ["1", "2", "3", "4", "out"]
    return [LayerLine(f"layer {short}", short, np.array([1.0, newest])) for short in shorts]


@pytest.mark.parametrize("newest", [0.0031, 0.87, 2.0e-7])
def test_five_layers_have_five_names_and_five_numbers(qtbot: QtBot, newest: float) -> None:
    plot = LayerPlot("strength", "Gradient strength")
    qtbot.addWidget(plot)
    plot.resize(222, 200)
    plot.show()
    plot.set_lines(np.array([1.0, 2.0]), lines(newest), 4)
    qtbot.waitExposed(plot)
    image = plot.grab().toImage()
    header = next(item for item in plot.scene().items() if isinstance(item, PlotHeader))
    numbers = header.shown.replace("·", " ").split()
    assert len(numbers) == MOST_LINES
    legend = header.sceneBoundingRect().toRect()
    legend.setHeight(legend.height() // 2)
    assert set(theme.current().series[:MOST_LINES]) <= _colours(image, legend), "each line has its sample"
    legend.setLeft(legend.right() - 3)
    assert _colours(image, legend) == {theme.current().panel}, "the last name ends before the edge"


def test_three_small_strengths_have_their_names(qtbot: QtBot) -> None:
    """On a small laptop the picture is so wide."""
    plot = LayerPlot("strength", "Gradient strength")
    qtbot.addWidget(plot)
    plot.resize(176, 180)
    plot.show()
    shown = [
        LayerLine("layer 1", "1", np.array([1.0, 4.1e-5])),
        LayerLine("layer 2", "2", np.array([1.0, 7.2e-5])),
        LayerLine("output layer", "out", np.array([1.0, 5.2e-4])),
    ]
    plot.set_lines(np.array([1.0, 2.0]), shown, 4)
    qtbot.waitExposed(plot)
    plot.grab()
    header = next(item for item in plot.scene().items() if isinstance(item, PlotHeader))
    assert header.shown.replace("\u00a0", ": ") == "1: 4e-5 · 2: 7e-5 · out: 5e-4"


def test_dots_at_0_and_at_100_percent_are_whole(qtbot: QtBot) -> None:
    plot = LayerPlot("share", "Inactive outputs")
    qtbot.addWidget(plot)
    plot.set_lines(np.array([0.0, 4.0]), [LayerLine("layer 1", "1", np.array([0.0, 1.0]))], 4)
    low, high = plot.getViewBox().viewRange()[1]
    assert low < -0.02 < 1.02 < high


def _colours(image: QImage, area: QRect) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    }


def test_the_moment_that_is_looked_at_is_read(qtbot: QtBot) -> None:
    plot = LayerPlot("share", "Inactive outputs")
    qtbot.addWidget(plot)
    shares = [LayerLine("layer 1", "1", np.array([0.1, 0.4, 0.5]))]
    for at, read in ((None, "50"), (208, "50"), (100, "40"), (120, "40"), (1, "10")):
        plot.set_lines(np.array([1.0, 100.0, 208.0]), shares, 208, at)
        assert plot.accessibleDescription() == f"layer 1: {read}\u00a0%"


def test_one_moment_alone_says_why_there_is_no_line(qtbot: QtBot) -> None:
    plot = LayerPlot("strength", "Gradient strength")
    qtbot.addWidget(plot)
    plot.set_lines(np.array([160.0]), [LayerLine("layer 1", "1", np.array([0.01]))], 160)
    assert "one moment so far" in plot.accessibleDescription()
    plot.set_lines(np.array([80.0, 160.0]), [LayerLine("layer 1", "1", np.array([0.02, 0.01]))], 160)
    assert "one moment" not in plot.accessibleDescription()
