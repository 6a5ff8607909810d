"""What is new on a curve is painted, however far its values go."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.train.curve_look import CurveLook
from mnist_lab.window.pages.train.curve_plot import CurvePlot

_RUNS_AWAY = np.array([2.5, 5e5, 9e12, 3e20, 1e28, 3e35, np.nan], np.float32)


class _Paints(QObject):
    """Counts how often a widget is painted, and gathers where."""

    count = 0

    def __init__(self) -> None:
        super().__init__()
        self.region = QRegion()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.count += 1
            self.region += event.region()
        return False


def test_a_run_that_diverges_is_painted_in_place_of_what_was_there(qtbot: QtBot) -> None:
    """Under the axes of before such a curve is too large for a rectangle of Qt's, which then painted nothing."""
    plot = CurvePlot("loss", None, CurveLook())
    qtbot.addWidget(plot)
    plot.resize(440, 260)
    plot.set_total(160, 32)
    plot.set_series(np.full(160, 200, np.float32))
    plot.show()
    qtbot.waitExposed(plot)
    paints = _Paints()
    plot.viewport().installEventFilter(paints)
    plot.clear()
    plot.set_total(160, 32)
    plot.set_live(True)
    QApplication.processEvents()
    before = paints.count
    plot.set_series(_RUNS_AWAY)
    plot.set_divergence(6)
    plot.set_live(False)
    qtbot.waitUntil(lambda: paints.count > before)


@pytest.mark.parametrize("largest", [5e6, 5e12, 5e30])
def test_the_readout_above_a_run_with_a_huge_loss_is_painted_anew_as_a_whole(qtbot: QtBot, largest: float) -> None:
    """A part of what stood there before made it say “epoch 4,099” for a loss of 1,099: a strip was not painted."""
    plot = CurvePlot("loss", None, CurveLook())
    qtbot.addWidget(plot)
    plot.resize(300, 260)
    plot.set_total(160, 32)
    values = np.full(160, 1099.289, np.float32)
    values[1], values[20:60] = largest, largest / 50
    plot.set_live(True)
    plot.set_series(values[:100])
    plot.show()
    qtbot.waitExposed(plot)
    for done in (120, 140, 159):
        plot.set_series(values[:done])
        QApplication.processEvents()
    paints = _Paints()
    plot.viewport().installEventFilter(paints)
    plot.set_series(values)
    plot.set_validation(np.arange(32, 161, 32), np.array([5e5, 4e4, 5e4, 6e4, 79918.188]))
    qtbot.waitUntil(lambda: paints.count > 0)
    QApplication.processEvents()
    assert paints.region.boundingRect() == plot.viewport().rect()
    assert QRegion(plot.viewport().rect()).subtracted(paints.region).isEmpty()
