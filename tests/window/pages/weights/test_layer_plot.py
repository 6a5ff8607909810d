"""The quantity of every layer over the run: all its lines have a name and a number, also where there is little room."""

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF

from mnist_lab.window import theme
from mnist_lab.window.pages.weights.layer_plot import MOST_LINES, LayerLine, LayerPlot


def lines(newest: float) -> list[LayerLine]:
    shorts = ["1", "2", "3", "4", "out"]
    return [LayerLine(f"layer {short}", short, np.array([1.0, newest])) for short in shorts]


@pytest.mark.parametrize("newest", [0.0031, 0.87, 2.0e-7])
def test_five_layers_have_five_names_and_five_numbers(qtbot, newest: float) -> None:
    plot = LayerPlot("strength", "Gradient strength")
    qtbot.addWidget(plot)
    plot.resize(222, 200)
    plot.show()
    plot.set_lines(np.array([1.0, 2.0]), lines(newest), 4)
    qtbot.waitExposed(plot)
    plot.grab()
    header = plot._header
    numbers = header.shown.replace("·", " ").split()
    assert len(numbers) == MOST_LINES or numbers[-1].endswith("…"), "a number that is missing is seen to be missing"
    assert len(numbers) == MOST_LINES or newest < 1e-4
    metrics = QFontMetricsF(theme.fonts.font("small"))
    words = header._legend_words(metrics)
    assert words == ["1", "2", "3", "4", "out"]
    assert header._has_room(metrics, words, *header._spacing(metrics, words))
