"""A curve shows what it was given, whatever it was given."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.pages.train.curve_look import CurveLook
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from mnist_lab.window.widgets.plots.plot_axes import ValueAxis
from tests.window.pages.train.curves import colours, falling, lines, series, view_range

NAN, INFINITE = np.nan, np.inf


@pytest.mark.parametrize(
    "values",
    [
        series(),
        series(2.3),
        series(2.3, 2.1),
        series(0),
        series(1, 1, 1, 1),
        series(0, 0, 0),
        series(NAN),
        series(NAN, INFINITE, -INFINITE),
        series(2, NAN, 3),
        series(1e-30, 3e38, INFINITE),
        falling(5000),
    ],
    ids=["none", "one", "two", "zero", "equal", "zeros", "nan", "no finite", "gap", "huge", "many"],
)
@pytest.mark.parametrize("total", [None, 3, 4690])
@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("quantity", ["loss", "accuracy"])
def test_any_series_can_be_shown(qtbot, values: np.ndarray, total: int | None, log: bool, quantity) -> None:
    plot = CurvePlot(quantity)
    qtbot.addWidget(plot)
    plot.resize(500, 300)
    plot.set_total(total, total and 469)
    before = values.copy()
    plot.set_log(log)
    plot.set_series(values)
    plot.set_validation(np.array([469])[: len(values)], values[:1])
    plot.set_crosshair(0)
    assert not plot.grab().isNull()
    assert np.isfinite(view_range(plot)).all()
    assert plot.accessibleDescription()
    np.testing.assert_array_equal(values, before)


def test_a_single_batch_is_a_visible_dot(plot: CurvePlot) -> None:
    plot.set_total(2345, 469)
    assert theme.current().training not in colours(plot)
    plot.set_series(series(1.2))
    assert theme.current().training in colours(plot)


def test_smoothed_constant_is_that_constant(plot: CurvePlot) -> None:
    plot.set_total(200, 100)
    plot.set_series(np.full(200, 0.7, np.float32))
    smooth = lines(plot)[1].getData()[1]
    np.testing.assert_allclose(smooth, 0.7, rtol=1e-6)


def test_no_batch_is_thinned_away(plot: CurvePlot) -> None:
    values = falling(46_900)
    values[31_234] = 77
    values[40_001] = 0.0001
    plot.set_total(46_900, 469)
    plot.set_series(values)
    heights = lines(plot)[0].getData()[1]
    assert heights.max() == 77
    assert heights.min() == np.float32(0.0001)
    assert len(heights) < 4 * plot.width()


def test_smoothing_can_be_changed_and_left_out(plot: CurvePlot) -> None:
    values = falling(300)
    plot.set_series(values)
    plot.set_smoothing(0)
    assert len(lines(plot)[1].getData()[1] if lines(plot)[1].getData()[1] is not None else []) == 0
    plot.set_smoothing(10)
    assert len(lines(plot)[1].getData()[1]) > 10


def test_the_smoothed_line_is_as_wide_on_a_fine_screen_live_and_at_rest(plot: CurvePlot, monkeypatch) -> None:
    monkeypatch.setattr(plot, "devicePixelRatioF", lambda: 2.0, raising=False)
    plot.set_series(falling(300))
    smooth = lines(plot)[1]
    for is_live in (False, True, False):
        plot.set_live(is_live)
        assert smooth.opts["pen"].widthF() == 4
    plot.set_palette(theme.DARK)
    assert smooth.opts["pen"].widthF() == 4
    assert smooth.opts["pen"].color().name() == theme.DARK.training


def test_what_is_set_while_it_is_held_is_drawn_once(plot: CurvePlot, qtbot, monkeypatch) -> None:
    fits: list[int] = []
    monkeypatch.setattr(plot, "_fit", lambda: fits.append(len(plot._data.values)))
    plot.hold()
    plot.set_series(falling(100))
    plot.set_validation(np.array([50]), np.array([0.5]))
    plot.set_live(True)
    assert not fits
    plot.release()
    assert fits == [100]
    plot.hold()
    plot.set_series(falling(120))
    plot.release(soon=True)
    assert fits == [100]
    qtbot.waitUntil(lambda: fits == [100, 120])
    plot.set_series(falling(130))
    assert fits == [100, 120, 130]


def test_clear_leaves_nothing_but_the_view_options(plot: CurvePlot) -> None:
    plot.set_log(True)
    plot.set_series(falling(100))
    plot.set_validation(np.array([50]), np.array([0.5]))
    plot.set_crosshair(3)
    plot.clear()
    assert plot.readout == ""
    assert plot.is_log
    assert plot.accessibleDescription() == "Empty: no batch was trained yet."
    assert theme.current().training not in colours(plot)
    assert theme.current().validation not in colours(plot)


def test_theme_reaches_every_part(plot: CurvePlot, qapp: QApplication) -> None:
    plot.set_total(469, 469)
    plot.set_series(falling(400))
    for palette in (theme.DARK, theme.LIGHT):
        theme.apply(qapp, palette)
        shown = colours(plot)
        assert {palette.panel, palette.training} <= shown
        assert not {palette.panel, palette.training} & {theme.DARK.panel, theme.LIGHT.panel} - {palette.panel}


@pytest.mark.parametrize("log", [False, True])
def test_of_46900_batches_a_few_points_a_pixel_are_drawn(plot: CurvePlot, log: bool) -> None:
    """What makes a long run's curve as quick to draw as a short one's (tests.benchmarks.redraw has its time)."""
    plot.resize(900, 500)
    plot.set_total(46_900, 469)
    plot.set_log(log)
    plot.set_live(True)
    plot.set_series(falling(46_900))
    counts = [len(curve.xData) for curve in lines(plot) if curve.xData is not None]
    assert max(counts) > 900 / 2, "the curve is there"
    assert max(counts) <= 4 * 900


def test_another_plot_is_looked_at_in_the_same_way(qtbot) -> None:
    look, values = CurveLook(), falling(1000)
    pictures = []
    for number in range(2):
        plot = CurvePlot("loss", None, look)
        qtbot.addWidget(plot)
        plot.resize(600, 360)
        plot.set_total(1000, 100)
        plot.show()
        qtbot.waitExposed(plot)
        if not number:
            plot.set_log(True)
            plot.set_series(1e-5 * values)  # whose labels take more room
        plot.set_series(values)
        if not number:
            plot.set_crosshair(300)
        assert plot.is_log
        assert plot.place_read == 300
        plot.clearFocus()
        QApplication.processEvents()  # axes that need more room take it by an event
        pictures.append(plot.grab().toImage())
    assert pictures[0] == pictures[1]
    plot.clear()
    plot.set_series(values)
    assert plot.place_read is None
    assert plot.is_log


def test_before_any_loss_is_known_no_numbers_stand_beside_its_axis(qtbot: QtBot) -> None:
    loss, accuracy = CurvePlot("loss"), CurvePlot("accuracy")
    for plot in (loss, accuracy):
        qtbot.addWidget(plot)
        plot.resize(400, 300)
        plot.set_total(160, 32)

    def has_numbers(plot: CurvePlot) -> bool:
        axis = next(item for item in plot.scene().items() if isinstance(item, ValueAxis))
        return bool(axis.tickValues(0.0, 1.0, 200.0))

    assert not has_numbers(loss)
    assert has_numbers(accuracy), "shares lie between 0 and 1, whatever comes"
    loss.set_guess(2.3, "your guess")
    assert has_numbers(loss), "a guess is read at them"
    loss.set_guess(None, "")
    loss.set_series(np.array([2.4], np.float32))
    assert has_numbers(loss)
    loss.clear()
    assert not has_numbers(loss)


def test_a_script_reads_what_is_drawn_by_pyqtgraphs_names(qtbot: QtBot) -> None:
    plot = CurvePlot("loss")
    qtbot.addWidget(plot)
    plot.resize(800, 300)
    plot.set_total(10, 5)
    plot.set_series(series(2.3, 1.5, 1.0))
    drawn = [item.getData() for item in plot.getPlotItem().listDataItems()]
    batches = next((x, y) for x, y in drawn if x is not None and len(x))
    np.testing.assert_array_equal(batches[0], [0, 1, 2])
    np.testing.assert_allclose(batches[1], [2.3, 1.5, 1.0], rtol=1e-6)
    item = plot.plotItem
    assert item.getViewBox() is plot.getViewBox()
    assert item.viewRange() == plot.getViewBox().viewRange()
    assert isinstance(item.getAxis("left"), ValueAxis)
