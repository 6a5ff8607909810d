"""The legend and the readout keep clear of the button that shows the whole, and every line keeps its sample."""

import pyqtgraph
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.widgets.plots.plot_header import LegendEntry, PlotHeader
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot

NAMES = {"every batch": "batches", "smoothed": "smooth", "training, each epoch": "training", "test, each epoch": "test"}
COLOURS = [QColor(name) for name in theme.LIGHT.series[: len(NAMES)]]


def entries() -> tuple[LegendEntry, ...]:
    return tuple(
        LegendEntry(words, QPen(colour, 2), short=short)
        for (words, short), colour in zip(NAMES.items(), COLOURS, strict=True)
    )


class _Plot(ZoomablePlot):
    def __init__(self) -> None:
        super().__init__({side: pyqtgraph.AxisItem(side) for side in ("left", "bottom")}, "Whole run")
        self.header = PlotHeader()
        self.put_above(self.header)
        self.header.set_entries(entries())
        self.header.set_texts(("update 1,234 of 2,345 · accuracy 93.1\u00a0%", "93.1\u00a0%"), "")
        self.frame.layout.setContentsMargins(4, 6, 22, 4)
        for part in (self, self.header):
            part.set_palette(theme.current())
        self.refresh()

    def refresh(self) -> None:
        self.set_whole((0, 10), (0, 1))


@pytest.fixture
def plot(qtbot: QtBot) -> _Plot:
    plot = _Plot()
    qtbot.addWidget(plot)
    plot.show()
    return plot


def colours(plot: _Plot, area: QRect) -> set[str]:
    image = plot.grab().toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(area.left(), min(area.right() + 1, image.width()))
        for y in range(area.top(), area.bottom() + 1)
    }


def legend_of(plot: _Plot) -> QRect:
    return plot.header.sceneBoundingRect().toRect()


@pytest.mark.parametrize(
    ("width", "is_in_words", "words"),
    [
        (200, False, None),
        (260, False, None),
        (300, False, list(NAMES.values())),
        (460, True, list(NAMES.values())),
        (640, True, list(NAMES)),
    ],
)
def test_the_button_covers_nothing_at_any_width(
    plot: _Plot, width: int, is_in_words: bool, words: list[str] | None
) -> None:
    plot.resize(width, 200)
    plot.look_closer(0.5, 5)
    button = plot.findChild(QToolButton, "wholeButton")
    usual = Qt.ToolButtonStyle.ToolButtonTextOnly if is_in_words else Qt.ToolButtonStyle.ToolButtonIconOnly
    assert button.toolButtonStyle() == usual
    assert button.accessibleName() == "Whole run"
    assert words is None or plot.header.legend == words
    assert all(plot.header.legend), "a word that is cut is seen to be cut"
    button.hide()  # what it would cover
    plot.clearFocus()  # its ring is no part of the header
    line = legend_of(plot)
    assert colours(plot, QRect(button.x(), line.top(), width - button.x(), line.height())) == {theme.current().panel}
    assert {colour.name() for colour in COLOURS} <= colours(plot, line), "each line has its sample"


def test_the_button_changes_with_the_width_and_gives_its_place_back(plot: _Plot) -> None:
    plot.resize(640, 200)
    plot.look_closer(0.5, 5)
    button = plot.findChild(QToolButton, "wholeButton")
    in_words = button.width()
    plot.resize(260, 200)
    assert button.width() < in_words / 2
    assert button.geometry().right() < 260
    plot.header.set_entries((LegendEntry("every batch", QPen()),))
    assert button.width() == in_words, "few words leave room for more"
    plot.header.set_entries(entries())
    assert button.width() < in_words / 2
    plot.show_whole()
    assert plot.header.legend == list(NAMES.values())
    plot.resize(640, 200)
    plot.look_closer(0.5, 5)
    assert button.width() == in_words


def test_a_legend_without_room_in_a_line_has_two_and_gives_the_second_back(plot: _Plot) -> None:
    heights: dict[int, float] = {}
    for width in (640, 200, 640):
        plot.resize(width, 200)
        QApplication.processEvents()
        assert plot.header.legend == list(NAMES if width == 640 else NAMES.values()), "every word is whole"
        heights.setdefault(width, plot.header.size().height())
        assert heights[width] == plot.header.size().height()
        plot.clearFocus()
        line = legend_of(plot)
        whole = QRect(line.left(), line.top(), width - line.left(), line.height())
        assert {colour.name() for colour in COLOURS} <= colours(plot, whole), "each line has its sample"
        edge = QRect(width - theme.SMALL_GAP, line.top(), theme.SMALL_GAP, line.height())
        assert colours(plot, edge) == {theme.current().panel}, "nothing runs over the edge"
    assert heights[200] > heights[640]
