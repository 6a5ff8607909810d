"""A curve close up: what is told of it, where its words stand, and how one gets back."""

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtCore import QPointF, Qt

from mnist_lab.window.pages.train.curve_plot import CurvePlot
from tests.window.pages.train.curves import falling, header_of, lines, marks, view_range, words_in


def test_words_on_a_close_up_never_cover_the_curve(plot: CurvePlot) -> None:
    plot.set_total(3_000, 600)
    plot.set_close(True)
    low = np.linspace(0.5, 0.02, 3_000)
    for values, corner_is_free in ((low, True), (np.arange(3_000) % 2, False)):
        plot.set_series(values.astype(np.float32))
        view, drawn = plot.getViewBox(), lines(plot)[0].getData()
        (told,) = [text for text in (*words_in(plot), header_of(plot).note) if text.startswith("close-up: ")]
        assert (told in words_in(plot)) == corner_is_free
        for words in (item for item in plot.scene().items() if isinstance(item, pyqtgraph.TextItem)):
            covered = words.mapRectToScene(words.boundingRect())
            points = (view.mapViewToScene(QPointF(x, y)) for x, y in zip(*drawn, strict=True))
            assert not (words.isVisible() and any(covered.contains(point) for point in points))


def test_words_on_a_close_up_cover_no_mark(accuracy: CurvePlot) -> None:
    accuracy.set_total(160, 32)
    accuracy.set_close(True)
    accuracy.set_series(np.full(160, 0.97, np.float32))
    updates = np.arange(32, 161, 32)
    for measured in (np.full(5, 0.93), np.array([0.93, 0.93, 0.93, 0.93, 0.905]), np.full(5, 0.905)):
        accuracy.set_validation(updates, measured, np.full(5, 0.955))
        (words,) = [
            item for item in accuracy.scene().items() if isinstance(item, pyqtgraph.TextItem) and item.isVisible()
        ]
        assert words.toPlainText().startswith("close-up: ")
        covered = words.mapRectToScene(words.boundingRect())
        for symbol in "do":
            for x, y in zip(*marks(accuracy, symbol).getData(), strict=True):
                assert not covered.contains(accuracy.getViewBox().mapViewToScene(QPointF(x, y))), (measured, symbol)


@pytest.mark.parametrize("quantity", ["loss", "accuracy"])
def test_a_close_up_is_told_and_leaves_a_part_that_one_looks_at_alone(qtbot, quantity) -> None:
    plot = CurvePlot(quantity)
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.show()
    qtbot.waitExposed(plot)
    values = falling(300) if quantity == "loss" else (1 - falling(300) / 3).astype(np.float32)
    plot.set_total(300, 100)
    plot.set_series(values)
    whole = view_range(plot)
    plot.set_close(True, is_wish=False)
    told = {"loss": "close-up: 0 to 0.5", "accuracy": "close-up: 80 to 100\u00a0%"}[quantity]
    assert words_in(plot) == [told]
    assert told in plot.accessibleDescription()
    plot.set_log(quantity == "loss")
    assert words_in(plot) == [{"loss": "close-up: 0.1 to 1", "accuracy": told}[quantity]]
    plot.set_log(False)
    assert view_range(plot)[0] == whole[0]
    closer = view_range(plot)[1]
    assert closer[1] - closer[0] < 0.5 * (whole[1][1] - whole[1][0])
    plot.set_close(False)
    assert view_range(plot) == whole
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    by_hand = view_range(plot)
    plot.set_close(True, is_wish=False)
    assert view_range(plot) == by_hand
    assert words_in(plot) == []
    qtbot.keyClick(plot, Qt.Key.Key_0)
    assert words_in(plot) == [told]
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    plot.set_close(False)
    assert view_range(plot) == whole, "who asks by the switch is answered"


def test_an_accuracy_can_be_seen_close_up_and_again_whole(qtbot) -> None:
    plot = CurvePlot("accuracy")
    qtbot.addWidget(plot)
    values = np.concatenate([np.linspace(0.1, 0.97, 50), np.full(100, 0.98)]).astype(np.float32)
    before = values.copy()
    plot.set_series(values)
    whole = plot.getViewBox().viewRange()[1]
    plot.set_close(True)
    low, high = plot.getViewBox().viewRange()[1]
    assert low == pytest.approx(0.9, abs=0.02)
    assert high == pytest.approx(1.0, abs=0.02)
    plot.set_close(False)
    assert plot.getViewBox().viewRange()[1] == pytest.approx(whole)
    np.testing.assert_array_equal(values, before)
