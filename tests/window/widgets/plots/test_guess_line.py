"""A guess stands on its plot as a line with words, and the words say where it is if the view does not hold it."""

import numpy as np
import pyqtgraph
import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.train.curve_plot import CurvePlot


def line_and_words(plot: CurvePlot) -> tuple[float | None, str]:
    """At which height the dashed line is seen, and which words stand on the plot; None, "": none."""
    items = plot.scene().items()
    lines = [
        item for item in items if isinstance(item, pyqtgraph.InfiniteLine) and item.isVisible() and item.angle == 0
    ]
    words = [item for item in items if isinstance(item, pyqtgraph.TextItem) and item.isVisible()]
    said = [text for text in (item.toPlainText() for item in words) if text.startswith("your guess")]
    return (float(lines[0].value()) if lines else None), "".join(said)


def test_a_guess_stands_at_its_height(qtbot: QtBot) -> None:
    plot = CurvePlot("loss")
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.show()
    qtbot.waitExposed(plot)
    plot.set_series(np.linspace(2.0, 0.1, 50, dtype=np.float32))
    assert line_and_words(plot) == (None, "")
    plot.set_guess(0.5, "your guess 0.5")
    assert line_and_words(plot) == (0.5, "your guess 0.5")
    plot.set_log(True)
    height, words = line_and_words(plot)
    assert height == pytest.approx(np.log10(0.5))
    assert words == "your guess 0.5"
    plot.set_log(False)
    plot.set_guess(9.0, "your guess 9")
    assert line_and_words(plot) == (None, "your guess 9 ↑")
    plot.set_guess(-1.0, "your guess −1")
    assert line_and_words(plot) == (None, "your guess −1 ↓")
    plot.set_guess(None, "")
    assert line_and_words(plot) == (None, "")


@pytest.mark.parametrize("guess", [0.02, 0.47])
def test_no_other_words_cover_a_guess(qtbot: QtBot, guess: float) -> None:
    plot = CurvePlot("loss")
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.show()
    qtbot.waitExposed(plot)
    plot.set_total(50, 10)
    plot.set_series(np.linspace(2.0, 0.25, 50, dtype=np.float32))
    plot.set_close(True, is_wish=True)
    plot.set_guess(guess, "your guess " + str(guess))
    words = [item for item in plot.scene().items() if isinstance(item, pyqtgraph.TextItem) and item.isVisible()]
    places = {item.toPlainText(): item.mapRectToScene(item.boundingRect()) for item in words}
    said = next(place for text, place in places.items() if text.startswith("your guess"))
    assert any(text.startswith("close-up") for text in places)
    assert not any(said.intersects(place) for text, place in places.items() if text.startswith("close-up"))
