"""The curves of racers are told apart without their colours, too."""

from pyqtgraph import PlotCurveItem
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.runs.race_rules import MOST_RACERS
from mnist_lab.window.pages.experiments.race_plot import RacePlot
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
