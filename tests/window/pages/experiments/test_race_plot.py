"""The curves of racers are told apart without their colours, too."""

from pyqtgraph import PlotCurveItem
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.runs.race_rules import MOST_RACERS
from mnist_lab.window import theme
from mnist_lab.window.pages.experiments.race_plot import RacePlot
from mnist_lab.window.widgets.plots.labelled_plot import NumberAxis
from mnist_lab.window.widgets.plots.plot_header import PlotHeader


def test_each_racer_has_a_dash_of_its_own(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    plot = RacePlot("racersLoss", "Loss", "loss", parent)
    curves = [item for item in plot.scene().items() if isinstance(item, PlotCurveItem)]
    dashes = {tuple(curve.opts["pen"].dashPattern()) for curve in curves}
    assert len(dashes) == len(curves) == MOST_RACERS


def test_names_in_the_legend_are_whole_or_none(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    plot = RacePlot("racersLoss", "Loss", "loss", parent)
    plot.resize(400, 240)
    parent.resize(400, 240)
    parent.show()
    header = next(item for item in plot.scene().items() if isinstance(item, PlotHeader))
    names = ["SGD 0.01", "SGD with momentum 0.01", "Adagrad 0.001", "RMSprop 0.001", "Adam 0.001"]
    for shown, legend in ((names[:2], names[:2]), (names, [])):
        plot.begin(shown, [10] * len(shown), "updates")
        assert header.legend == legend


def test_a_plot_of_nothing_says_what_will_be_there_and_has_no_axes_of_nothing(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(400, 240)
    plot = RacePlot("racersAccuracy", "Accuracy", "accuracy", parent)
    plot.resize(400, 240)
    parent.show()
    assert plot.accessibleDescription() == "Once a race begins, the accuracy of each racer is drawn here."
    axis = QRect(8, 170, 384, 60)  # at the bottom, with its numbers and its name
    assert _is_blank(plot, axis)
    plot.begin(["SGD 0.01"], [3], "updates")
    plot.set_series("1", [1, 2, 3], [0.1, 0.5, 0.9])
    plot.refresh()
    assert not _is_blank(plot, axis)
    assert plot.accessibleDescription() == ""
    width = plot.getViewBox().width()
    plot.set_series("1", (), ())
    plot.refresh()
    assert _is_blank(plot, axis)
    assert plot.getViewBox().width() == width, "the axes keep their room"


def test_accuracy_is_counted_per_cent_as_everywhere(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(400, 240)
    plots = [RacePlot("racersLoss", "Loss", "loss", parent), RacePlot("racersAccuracy", "Accuracy", "accuracy", parent)]
    labels = []
    for plot in plots:
        plot.resize(400, 240)
        plot.begin(["SGD 0.01"], [3], "updates")
        plot.set_series("1", [1, 2, 3], [0.125, 0.5, 0.875])
        plot.refresh()
        plot.read_near(2)
        axis = next(
            item for item in plot.scene().items() if isinstance(item, NumberAxis) and item.orientation == "left"
        )
        labels.append(axis.tickStrings([0.25, 0.5], 1.0, 0.25))
    assert labels[1] == ["25\u00a0%", "50\u00a0%"]
    assert "%" not in "".join(labels[0])
    assert plots[1].readout.endswith("SGD 0.01 50.0\u00a0%")
    assert plots[0].readout.endswith("SGD 0.01 0.5000")


def _is_blank(plot: RacePlot, area: QRect) -> bool:
    image = plot.grab(area).toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    return colours == {theme.current().panel}
