"""Points of a plot: the nearest is pointed at, a click opens it and a drag does not, Escape lets go of it."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.plots.point_plot import PointPlot

LEFT = Qt.MouseButton.LeftButton


class Places(PointPlot):
    """Three points, each with a key of its own."""

    marks = 0

    @property
    def places(self) -> NDArray[np.float64]:
        return np.array([[0.0, 0.0], [10.0, 2.0], [5.0, 10.0]])

    def refresh(self) -> None:
        self.set_whole((-1.0, 11.0), (-1.0, 11.0))

    def mark_pointed(self) -> None:
        self.marks += 1

    def key_point(self, key: Qt.Key) -> int | None:
        return {Qt.Key.Key_A: 0, Qt.Key.Key_B: 1, Qt.Key.Key_C: 2}.get(key)


@pytest.fixture
def plot(qtbot: QtBot) -> Places:
    plot = Places({}, "Everything")
    qtbot.addWidget(plot)
    plot.resize(400, 400)
    plot.refresh()
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def test_the_nearest_is_pointed_at_and_nothing_far_away(plot: Places, qtbot: QtBot) -> None:
    place = plot.place_of(2).toPoint()
    qtbot.mouseMove(plot.viewport(), place + QPoint(4, 3))
    assert plot.pointed == 2
    qtbot.mouseMove(plot.viewport(), place + QPoint(4, 4))
    assert plot.marks == 1, "it is marked once"
    with qtbot.waitSignal(plot.pointed_changed) as signal:
        qtbot.mouseMove(plot.viewport(), place + QPoint(-60, 40))
    assert signal.args == [None]


def test_a_click_opens_and_a_drag_or_a_click_far_away_does_not(plot: Places, qtbot: QtBot) -> None:
    place = plot.place_of(1).toPoint()
    opened: list[int] = []
    plot.point_activated.connect(opened.append)
    qtbot.mouseClick(plot.viewport(), LEFT, pos=place)
    assert opened == [plot.pointed] == [1]
    qtbot.mouseClick(plot.viewport(), LEFT, pos=place - QPoint(40, 0))
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.RightButton, pos=place)
    qtbot.mousePress(plot.viewport(), LEFT, pos=place - QPoint(30, 0))
    qtbot.mouseRelease(plot.viewport(), LEFT, pos=place)
    assert opened == [1]


def test_keys_go_to_points_open_one_and_let_go(plot: Places, qtbot: QtBot) -> None:
    opened: list[int] = []
    plot.point_activated.connect(opened.append)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_C, Qt.Key.Key_Return, Qt.Key.Key_B, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        qtbot.keyClick(plot, key)
    assert opened == [2, 1]
    assert plot.pointed is None
    plot.look_closer(0.1, 0.0)
    qtbot.keyClick(plot, Qt.Key.Key_B)
    assert plot.is_zoomed
    assert plot.rect().contains(plot.place_of(1).toPoint()), "a view that was looked closer at goes along"
    qtbot.keyClick(plot, Qt.Key.Key_0)
    assert not plot.is_zoomed
