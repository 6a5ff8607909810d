"""Curves of shares: what one points at is read, what is not known is left out, and keys do what the mouse does."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.pages.evaluate.share_plot import PlaceAxis, ShareCurve, SharePlot

PLACES = (0.0, 1.0, 2.0, 4.0)


@pytest.fixture
def plot(qtbot: QtBot) -> SharePlot:
    plot = SharePlot(has_legend=True)
    qtbot.addWidget(plot)
    plot.resize(420, 300)
    plot.set_places(PLACES)
    plot.set_curves(
        ShareCurve("coverage", "answered", np.array([1.0, 0.8, 0.5, 0.0])),
        ShareCurve("accuracy", "right", np.array([0.9, 0.95, 1.0, math.nan])),
    )
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def _move_to(plot: SharePlot, qtbot: QtBot, place: float) -> None:
    view = plot.getViewBox()
    point = plot.mapFromScene(view.mapViewToScene(QPointF(place, 0.5)))
    qtbot.mouseMove(plot.viewport(), point)


def test_the_whole_range_is_in_view(plot: SharePlot) -> None:
    (left, right), (low, high) = plot.getViewBox().viewRange()
    assert left < 0 < 4 < right
    assert low < 0 < 1 < high


@pytest.mark.parametrize("width", [70, 100, 160, 400])
def test_labels_of_places_stand_apart(qapp: QApplication, width: int) -> None:
    axis = PlaceAxis("{}")
    spacing, places = axis.tickValues(-0.03, 1.03, width)[0]
    labels = axis.tickStrings(places, 1.0, spacing)
    widest = max(theme.fonts.widest(theme.fonts.font("small"), label) for label in labels)
    assert spacing * width / 1.06 >= widest + 4
    assert len(labels) >= 2


def test_the_nearest_place_is_read(plot: SharePlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.pointed_changed) as signal:
        _move_to(plot, qtbot, 2.6)
    assert signal.args == [2]
    assert plot.pointed == 2


def test_keys_choose_and_say_so(plot: SharePlot, qtbot: QtBot) -> None:
    chosen: list[int] = []
    plot.place_chosen.connect(chosen.append)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Left):
        qtbot.keyClick(plot, key)
    assert chosen == [3, 3, 2, 0, 0]


def test_a_click_chooses_what_is_read(plot: SharePlot, qtbot: QtBot) -> None:
    _move_to(plot, qtbot, 1.1)
    point = plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(1.1, 0.5)))
    with qtbot.waitSignal(plot.place_chosen) as signal:
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert signal.args == [1]


def test_nothing_known_yet_draws_without_a_warning(plot: SharePlot, qtbot: QtBot) -> None:
    plot.set_curves(ShareCurve("accuracy", "right", np.full(4, math.nan)))
    qtbot.keyClick(plot, Qt.Key.Key_End)
    plot.set_palette(theme.DARK)
    assert not plot.grab().isNull()
    plot.set_curves()
    assert not plot.grab().isNull()


def test_an_empty_plot_reads_nothing(qtbot: QtBot) -> None:
    plot = SharePlot()
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    plot.show()
    with qtbot.assertNotEmitted(plot.pointed_changed):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
        _move_to(plot, qtbot, 0.5)


def test_every_change_is_painted_though_the_plot_caches_its_image(plot: SharePlot, qtbot: QtBot) -> None:
    plot.clearFocus()
    before = plot.grab().toImage()
    assert plot.grab().toImage() == before
    plot.point(1)
    pointed = plot.grab().toImage()
    assert pointed != before
    plot.point(None)
    assert plot.grab().toImage() == before
    plot.set_curves(ShareCurve("accuracy", "right", np.array([0.5, 0.4, 0.3, 0.2])))
    assert plot.grab().toImage() != before
    plot.set_readout("read")
    qtbot.waitUntil(lambda: plot.grab().toImage() != before)
    plot.resize(300, 200)
    assert plot.grab().toImage().size() != before.size()
