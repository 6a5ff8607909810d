"""What plots with named axes share."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.widgets.plots.labelled_plot import LabelledPlot
from mnist_lab.window.widgets.plots.plot_header import PlotHeader


class _Plot(LabelledPlot):
    """From 0 to 4 along both axes."""

    def refresh(self) -> None:
        self.getViewBox().setRange(xRange=(0, 4), yRange=(0, 4), padding=0)


def _make() -> _Plot:
    return _Plot("somePlot", "Some plot", ("step", "loss"), None, left_room=72, is_log=(False, True))


@pytest.fixture
def plot(qtbot: QtBot) -> _Plot:
    plot = _make()
    qtbot.addWidget(plot)
    plot.resize(500, 320)
    plot.set_palette(theme.LIGHT)
    plot.refresh()
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def test_axes_are_named_and_count_plainly_or_by_powers_of_ten(plot: _Plot) -> None:
    labels = {}
    for side, words in (("bottom", "step"), ("left", "loss")):
        axis = plot.frame.axes[side]
        assert axis.labelText == words
        spacing, places = axis.tickValues(0, 4, 300)[0]
        labels[side] = dict(zip(np.round(places, 6).tolist(), axis.tickStrings(places, 1.0, spacing), strict=True))
    assert labels["bottom"][2.0] == "2"
    assert labels["left"][2.0] == "100"


def test_names_of_axes_take_over_the_colours(plot: _Plot) -> None:
    seen = []
    for palette in (theme.LIGHT, theme.DARK):
        plot.set_palette(palette)
        seen.append((plot.frame.axes["left"].label.defaultTextColor().name(), plot.backgroundBrush().color().name()))
    assert seen == [(palette.muted.lower(), palette.panel.lower()) for palette in (theme.LIGHT, theme.DARK)]


def test_a_closed_plot_has_no_colours_to_take_over(qapp: QApplication) -> None:
    plot = _make()
    before = plot.backgroundBrush().color().name()
    plot.close()
    plot.set_palette(theme.DARK if theme.current() is theme.LIGHT else theme.LIGHT)
    assert plot.backgroundBrush().color().name() == before


def test_the_button_that_shows_all_keeps_the_legend_out_of_its_corner(
    plot: _Plot, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = next(item for item in plot.scene().items() if isinstance(item, PlotHeader))
    header.set_texts(("x 3.5", "3.5"), "")
    assert plot.readout == "x 3.5"
    kept: list[float] = []
    monkeypatch.setattr(header, "keep_corner", kept.append)
    plot.pause_ranges()
    plot.show_whole()
    assert kept[0] > 20
    assert kept[1] == 0
