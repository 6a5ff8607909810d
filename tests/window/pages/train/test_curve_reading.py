"""A curve can be read by mouse, by keyboard and in words."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton

from mnist_lab.experiment import Validation
from mnist_lab.window import theme
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from tests.window.pages.train.curves import falling, header_of, series, view_range


def test_keyboard_reads_batch_by_batch_and_epoch_by_epoch(qtbot, plot: CurvePlot) -> None:
    values = falling(1407)
    values[1081] = 0.182
    plot.set_total(2345, 469)
    plot.set_series(values)
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert plot.readout.startswith("epoch 0.00 · batch 1 · loss ")
    plot.set_crosshair(1080)
    with qtbot.waitSignal(plot.crosshair_moved) as moved:
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert moved.args == [1081]
    assert plot.readout == "epoch 2.31 · batch 144 · loss 0.182"
    qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    assert plot.readout.startswith("epoch 1.31 · batch 144 · ")
    qtbot.keyClick(plot, Qt.Key.Key_PageUp)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.readout.startswith("epoch 2.30 · batch 143 · ")
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert plot.readout.startswith("epoch 3.00 · batch 469 · ")
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.readout.startswith("epoch 3.00 · batch 469 · ")


def test_readout_stays_right_while_training(plot: CurvePlot) -> None:
    values = falling(2000)
    plot.set_total(2345, 469)
    plot.set_series(values[:700])
    plot.set_crosshair(500)
    before = plot.readout
    plot.set_series(values)
    assert plot.readout == before
    plot.set_series(values[:100])
    assert plot.readout.startswith("epoch 0.21 · batch 100 · ")


def test_readout_tells_the_validation_at_its_update(plot: CurvePlot) -> None:
    plot.set_total(2345, 469)
    plot.set_series(falling(600))
    plot.set_validation(np.array([469]), np.array([0.25]))
    plot.set_crosshair(468)
    assert plot.readout.startswith("epoch 1.00 · batch 469 · loss ")
    assert plot.readout.endswith(" · test 0.250")
    names: tuple[tuple[Validation, str], ...] = (("test", "test"), ("held_out", "held-out"))
    for images, name in names:
        plot.set_measured_on(images)
        assert plot.readout.endswith(f" · {name} 0.250"), "as the cards and the sentence below call them"
        assert header_of(plot).legend[-1] in (name, f"{name}, each epoch")
    plot.set_crosshair(469)
    assert "held-out" not in plot.readout


@pytest.mark.parametrize("quantity", ["loss", "accuracy"])
def test_readout_is_never_cut_in_a_small_window(qtbot, quantity) -> None:
    plot = CurvePlot(quantity)
    qtbot.addWidget(plot)
    plot.resize(330, 240)
    plot.set_total(2345, 469)
    plot.set_series(falling(2345))
    plot.set_validation(np.array([2345]), np.array([0.9]))
    plot.show()
    qtbot.waitExposed(plot)
    plot.grab()
    header = header_of(plot)
    assert plot.readout.startswith("epoch 5.00 · batch 469 · ")
    assert header.shown.startswith("epoch 5.00 · batch 469 · ")
    assert " · test " in header.shown
    room = QFontMetricsF(theme.fonts.font("small")).horizontalAdvance(header.shown)
    assert room <= header.size().width() - 16
    plot.resize(230, 240)
    plot.grab()
    assert "…" not in header.shown
    assert header.shown.split(" · ")[-1].startswith("test ")


def test_plot_stands_still_when_the_readout_appears(plot: CurvePlot) -> None:
    plot.set_total(2345, 469)
    plot.grab()
    before = plot.getViewBox().sceneBoundingRect()
    plot.set_series(falling(100))
    plot.set_crosshair(50)
    plot.grab()
    assert plot.getViewBox().sceneBoundingRect() == before


def test_pointer_reads_the_batch_below_it(qtbot, plot: CurvePlot) -> None:
    plot.set_total(1000, 100)
    plot.set_series(falling(1000))
    place = plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(400, 1)))
    moved: list[int] = []
    plot.crosshair_moved.connect(moved.append)
    for point in (place + QPoint(30, 0), place):  # only a pointer that moves is told
        qtbot.mouseMove(plot.viewport(), point)
    assert abs(moved[-1] - 400) <= 2
    assert f"batch {moved[-1] % 100 + 1} ·" in plot.readout


def double_click(plot: CurvePlot) -> None:
    """Send the event itself: qtbot's leaves the button down for later tests."""
    place = QPointF(plot.viewport().rect().center())
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(
        QEvent.Type.MouseButtonDblClick, place, plot.viewport().mapToGlobal(place), button, button, none
    )
    QApplication.sendEvent(plot.viewport(), event)
    assert event.isAccepted()


def roll(plot: CurvePlot) -> None:
    place = QPointF(plot.viewport().rect().center())
    event = QWheelEvent(
        place,
        plot.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, 480),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot.viewport(), event)


@pytest.mark.parametrize("way", ["button", "key", "double click"])
def test_looking_closer_pauses_the_ranges_until_the_whole_run_is_asked_for(qtbot, plot: CurvePlot, way: str) -> None:
    values = falling(2345)
    plot.set_total(2345, 469)
    plot.set_live(True)
    plot.set_series(values[:500])
    whole = view_range(plot)[0]
    button = plot.findChild(QToolButton, "wholeButton")
    assert button.isHidden()
    roll(plot)
    closer = view_range(plot)
    assert closer[0] != whole
    assert plot.is_zoomed
    assert button.isVisible()
    plot.set_series(values)
    assert view_range(plot) == closer
    if way == "button":
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    elif way == "key":
        qtbot.keyClick(plot, Qt.Key.Key_0)
    else:
        double_click(plot)
    assert view_range(plot)[0] == whole
    assert button.isHidden()


def test_keyboard_looks_closer_around_the_crosshair(qtbot, plot: CurvePlot) -> None:
    plot.set_total(1000, 100)
    plot.set_series(falling(1000))
    plot.set_crosshair(300)
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    left, right = view_range(plot)[0]
    assert left < 300 < right
    assert right - left < 600


def test_the_view_moves_along_with_what_the_keys_read(qtbot, plot: CurvePlot) -> None:
    plot.set_total(1000, 100)
    plot.set_series(falling(1000))
    whole = view_range(plot)
    for _ in range(4):
        qtbot.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.place_read is None
    width = view_range(plot)[0][1] - view_range(plot)[0][0]
    for key, update in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_PageUp, 100), (Qt.Key.Key_Right, 101), (Qt.Key.Key_End, 999)):
        qtbot.keyClick(plot, key)
        left, right = view_range(plot)[0]
        assert left < update < right
        assert right - left == pytest.approx(width)
    qtbot.keyClick(plot, Qt.Key.Key_0)
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert view_range(plot) == whole


def _tight_legend_end(words: list[str]) -> float:
    """Where a legend with short samples ends, from the left edge of its line."""
    metrics = QFontMetricsF(theme.fonts.font("small"))
    return 8 + sum(14 + 5 + metrics.horizontalAdvance(each) + 7 for each in words) - 7


def test_the_button_back_leaves_the_legend_its_place(qtbot, plot: CurvePlot) -> None:
    plot.resize(400, 300)
    plot.set_series(falling(100))
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    plot.grab()
    button = plot.findChild(QToolButton, "wholeButton")
    metrics = QFontMetricsF(theme.fonts.font("small"))
    words = header_of(plot).legend
    assert words == ["batch", "smooth", "test"]
    end = 8 + sum(22 + 5 + metrics.horizontalAdvance(each) + 14 for each in words) - 14
    assert header_of(plot).mapToScene(QPointF(end, 0)).x() <= button.x()
    qtbot.keyClick(plot, Qt.Key.Key_0)
    assert header_of(plot).legend[-1] == "test, each epoch"
    plot.resize(theme.fonts.scaled(260), 300)
    assert header_of(plot).legend == words
    assert _tight_legend_end(words) <= header_of(plot).size().width(), "also in the narrowest one nothing is cut"


def test_description_follows_the_run(plot: CurvePlot) -> None:
    plot.set_total(938, 469)
    plot.set_series(series(2.0, 1.0, 1.5))
    expected = "Loss over 3 of 938 gradient updates: from 2.000 to 1.500; lowest 1.000 at update 2."
    assert plot.accessibleDescription() == expected
    plot.set_live(True)
    plot.set_series(series(2.0, 1.0, 1.5, 0.5))
    assert plot.accessibleDescription() == expected.replace("2.000 to", "2.000 to")
    plot.set_live(False)
    assert "lowest 0.500 at update 4" in plot.accessibleDescription()
