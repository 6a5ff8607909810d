"""What is new on a curve is painted, however far its values go."""

import numpy as np
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.train.curve_look import CurveLook
from mnist_lab.window.pages.train.curve_plot import CurvePlot

_RUNS_AWAY = np.array([2.5, 5e5, 9e12, 3e20, 1e28, 3e35, np.nan], np.float32)


class _Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
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
