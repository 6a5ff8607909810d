"""The curves of racers are told apart without their colours, too."""

from pyqtgraph import PlotCurveItem
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.runs.race_rules import MOST_RACERS
from mnist_lab.window.pages.experiments.race_plot import RacePlot


def test_each_racer_has_a_dash_of_its_own(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    plot = RacePlot("racersLoss", "Loss", "loss", parent)
    curves = [item for item in plot.scene().items() if isinstance(item, PlotCurveItem)]
    dashes = {tuple(curve.opts["pen"].dashPattern()) for curve in curves}
    assert len(dashes) == len(curves) == MOST_RACERS
