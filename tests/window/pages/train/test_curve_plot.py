"""A curve shows what it was given, whatever it was given."""

import itertools

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication

from mnist_lab.window import theme
from mnist_lab.window.pages.train.curve_look import CurveLook
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from tests.window.pages.train.curves import falling, header_of, series, view_range

NAN, INFINITE = np.nan, np.inf


def colours(plot: CurvePlot) -> set[str]:
    image = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)[:, : image.width()]
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in np.unique(pixels[60:])}


def lines(plot: CurvePlot) -> list[pyqtgraph.PlotCurveItem]:
    """Those of the run itself, from behind."""
    found = [item for item in plot.scene().items() if isinstance(item, pyqtgraph.PlotCurveItem)]
    return sorted((item for item in found if item.zValue() >= 0), key=lambda item: item.zValue())


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


def last_update_shown(plot: CurvePlot) -> int:
    return round(view_range(plot)[0][1] / 1.012)


def test_whole_run_has_room_almost_from_the_start(plot: CurvePlot) -> None:
    plot.set_total(2345, 469)
    plot.set_live(True)
    assert last_update_shown(plot) == 2345
    plot.set_series(falling(48))
    (left, right), (low, high) = view_range(plot)
    assert left <= 0
    assert right >= 2345
    assert low <= 0
    assert high >= 2.3
    plot.set_series(falling(2345))
    assert view_range(plot)[0] == [left, right]


def test_single_steps_of_a_long_run_can_be_seen(plot: CurvePlot) -> None:
    plot.set_total(46_900, 469)
    plot.set_live(True)
    seen = []
    for count in (*range(1, 1000), *range(1000, 12_000, 67)):
        plot.set_series(falling(count))
        seen.append(last_update_shown(plot))
        assert seen[-1] >= count
    steps = [10, 20, 50, 100, 200, 469, 938, 2_345, 4_690, 9_380, 46_900]
    assert sorted(set(seen)) == steps
    assert max(after / before for before, after in itertools.pairwise(steps)) <= 5
    assert seen == sorted(seen)


@pytest.mark.parametrize(("count", "last"), [(7, 10), (300, 300), (1173, 1407), (2345, 2345)])
def test_a_run_that_ended_early_fills_the_axis(plot: CurvePlot, count: int, last: int) -> None:
    plot.set_total(2345, 469)
    plot.set_live(True)
    plot.set_series(falling(count))
    plot.set_live(False)
    assert last_update_shown(plot) == last


def test_unknown_total_grows_with_the_run(plot: CurvePlot) -> None:
    for count in (1, 50, 900):
        plot.set_series(falling(count))
        assert count <= view_range(plot)[0][1] <= 2 * max(count, 10)


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


def test_validations_stand_at_the_ends_of_their_epochs(plot: CurvePlot) -> None:
    plot.set_total(938, 469)
    plot.set_validation(np.array([469, 938]), np.array([0.5, 0.25]))
    marks = [item for item in plot.scene().items() if isinstance(item, pyqtgraph.ScatterPlotItem)]
    shown = [tuple(zip(*item.getData(), strict=True)) for item in marks]
    assert ((469.0, 0.5), (938.0, 0.25)) in shown
    assert theme.current().validation in colours(plot)


@pytest.fixture
def accuracy(qtbot) -> CurvePlot:
    plot = CurvePlot("accuracy")
    qtbot.addWidget(plot)
    plot.resize(400, 260)
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def marks(plot: CurvePlot, symbol: str) -> pyqtgraph.ScatterPlotItem:
    items = [item for item in plot.scene().items() if isinstance(item, pyqtgraph.ScatterPlotItem)]
    return next(item for item in items if item.opts["symbol"] == symbol and 3 < item.zValue() < 6)


def test_the_accuracy_on_training_digits_after_each_epoch_is_marked_told_and_read(accuracy: CurvePlot) -> None:
    accuracy.set_total(64, 32)
    accuracy.set_series(np.full(64, 0.9, np.float32))
    accuracy.set_validation(np.array([32, 64]), np.array([0.88, 0.91]), np.array([0.92, 0.95]))
    round_ones = marks(accuracy, "o")
    assert [*zip(*round_ones.getData(), strict=True)] == [(32, 0.92), (64, 0.95)]
    assert "training, each epoch" in header_of(accuracy).legend or "train" in header_of(accuracy).legend
    assert accuracy.readout.endswith(" · validation 91.0\u00a0% · training digits 95.0\u00a0%")
    assert accuracy.accessibleDescription().endswith("validation 91.0\u00a0%; training digits 95.0\u00a0%.")
    accuracy.set_crosshair(40)
    assert "training digits" not in accuracy.readout
    accuracy.clear()
    assert not round_ones.isVisible()


def test_marks_get_small_and_go_where_they_would_hide_the_curve(accuracy: CurvePlot) -> None:
    """As where one update is one epoch; who looks closer sees them again."""
    diamonds, seen = marks(accuracy, "d"), []
    for epochs in (5, 20, 100):
        accuracy.set_total(epochs, 1)
        accuracy.set_series(np.linspace(0.1, 0.9, epochs, dtype=np.float32))
        values = np.linspace(0.1, 0.9, epochs)
        accuracy.set_validation(np.arange(1, epochs + 1), values, values)
        seen.append(diamonds.opts["size"] if diamonds.isVisible() else 0)
    assert seen == [11, 6, 0]
    assert not marks(accuracy, "o").isVisible()
    for _press in range(4):
        accuracy.look_closer(0.5, 50)
    assert diamonds.isVisible()


def test_words_on_a_close_up_never_cover_the_curve(plot: CurvePlot) -> None:
    plot.set_total(3_000, 600)
    plot.set_close(True)
    low = np.linspace(0.5, 0.02, 3_000)
    for values, corner_is_free in ((low, True), (np.arange(3_000) % 2, False)):
        plot.set_series(values.astype(np.float32))
        view, drawn = plot.getViewBox(), lines(plot)[0].getData()
        (told,) = [text for text in (*words_in(plot), header_of(plot).note) if text.startswith("close-up: ")]
        assert (told in words_in(plot)) == corner_is_free
        for words in (item for item in plot.scene().items() if isinstance(item, pyqtgraph.TextItem)):
            covered = words.mapRectToScene(words.boundingRect())
            points = (view.mapViewToScene(QPointF(x, y)) for x, y in zip(*drawn, strict=True))
            assert not (words.isVisible() and any(covered.contains(point) for point in points))


def test_words_on_a_close_up_cover_no_mark(accuracy: CurvePlot) -> None:
    accuracy.set_total(160, 32)
    accuracy.set_close(True)
    accuracy.set_series(np.full(160, 0.97, np.float32))
    updates = np.arange(32, 161, 32)
    for measured in (np.full(5, 0.93), np.array([0.93, 0.93, 0.93, 0.93, 0.905]), np.full(5, 0.905)):
        accuracy.set_validation(updates, measured, np.full(5, 0.955))
        (words,) = [
            item for item in accuracy.scene().items() if isinstance(item, pyqtgraph.TextItem) and item.isVisible()
        ]
        assert words.toPlainText().startswith("close-up: ")
        covered = words.mapRectToScene(words.boundingRect())
        for symbol in "do":
            for x, y in zip(*marks(accuracy, symbol).getData(), strict=True):
                assert not covered.contains(accuracy.getViewBox().mapViewToScene(QPointF(x, y))), (measured, symbol)


def test_zeros_on_a_log_axis_are_drawn_and_counted(plot: CurvePlot) -> None:
    plot.set_series(series(1, 0.1, 0, 0.1, 0))
    plot.set_log(True)
    heights = lines(plot)[0].getData()[1]
    assert np.isfinite(heights).all()
    assert heights[2] == heights[4] < np.log10(0.1)
    assert view_range(plot)[1][0] <= heights[2]
    assert header_of(plot).note == "2 × 0 at the lower edge"
    plot.set_log(False)
    np.testing.assert_allclose(lines(plot)[0].getData()[1], [1, 0.1, 0, 0.1, 0], rtol=1e-6)
    assert header_of(plot).note == ""


def test_end_of_numbers_is_marked_and_said(plot: CurvePlot) -> None:
    plot.set_total(469, 469)
    plot.set_series(series(2, 3, NAN))
    assert theme.current().wrong not in colours(plot)
    plot.set_divergence(2)
    assert theme.current().wrong in colours(plot)
    assert "the loss is not finite from batch 3 on" in plot.accessibleDescription()
    assert words_in(plot) == ["the loss is not finite from batch 3 on"]
    plot.set_divergence(0)
    plot.set_divergence(None)
    assert theme.current().wrong not in colours(plot)


@pytest.mark.parametrize("span", [(0.07, 0.1), (0.05, 8), (0.01, 2.5), (1e-3, 20), (1e-6, 1e2), (1e-30, 1e5)])
def test_labels_of_a_log_axis_never_touch(plot: CurvePlot, span: tuple[float, float]) -> None:
    plot.set_log(True)
    plot.set_series(series(*span))
    axis = plot.frame.axes["left"]
    low, high = view_range(plot)[1]
    size = plot.getViewBox().height()
    ((_, places),) = axis.tickValues(low, high, size)
    labels = axis.tickStrings(places, 1, 1)
    assert len(labels) == len(set(labels)) >= 2
    line = QFontMetricsF(theme.fonts.font("small")).height()
    assert np.diff(places).min() * size / (high - low) >= 1.4 * line
    assert max(QFontMetricsF(theme.fonts.font("small")).horizontalAdvance(label) for label in labels) < axis.width()
    assert sum("×" in label or "⁻" in label for label in labels) == sum(10**place < 9.9e-5 for place in places)


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


def test_accuracy_is_told_in_per_cent(qtbot) -> None:
    plot = CurvePlot("accuracy")
    qtbot.addWidget(plot)
    plot.set_total(10, 10)
    plot.set_series(series(0.125, 0.984375))
    assert plot.readout == "epoch 0.20 · batch 2 · accuracy 98.4\u00a0%"
    assert view_range(plot)[1][1] >= 1
    axis = plot.frame.axes["left"]
    assert axis.tickStrings([0.2, 1.0], 1, 0.2) == ["20\u00a0%", "100\u00a0%"]


def test_epochs_are_labelled_where_they_end(plot: CurvePlot) -> None:
    axis = plot.frame.axes["top"]
    axis.set_updates_per_epoch(469)
    ((_, places),) = axis.tickValues(0, 2345, 600)
    assert places == [469, 938, 1407, 1876, 2345]
    assert axis.tickStrings(places, 1, 469) == ["epoch 1", "2", "3", "4", "5"]
    ((_, places),) = axis.tickValues(0, 46_900, 600)
    assert axis.tickStrings(places, 1, 469)[:3] == ["epoch 10", "20", "30"]
    axis.set_updates_per_epoch(None)
    assert axis.tickValues(0, 100, 600) == []


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


def words_in(plot: CurvePlot) -> list[str]:
    plot.grab()  # words are put in their place when they are painted
    items = [item for item in plot.scene().items() if isinstance(item, pyqtgraph.TextItem) and item.isVisible()]
    area = plot.getViewBox().sceneBoundingRect()
    assert all(area.contains(item.mapRectToScene(item.boundingRect())) for item in items)
    return [item.toPlainText().replace(" %", "\u00a0%") for item in items]  # as it was set: Qt gives plain spaces back


@pytest.mark.parametrize("change", [60, 540])
def test_a_change_of_the_rate_is_marked_and_read(plot: CurvePlot, change: int) -> None:
    plot.set_total(600, 100)
    plot.set_series(falling(600))
    before = colours(plot)
    plot.set_rates([(0, 0.001)])
    assert colours(plot) == before
    assert "rate" not in plot.readout
    plot.set_rates([(0, 0.001), (50, 0.25), (change, 0.1)])
    assert words_in(plot) == ["rate 0.1"]
    marks = [line for line in lines(plot) if line.opts["connect"] == "pairs"]
    assert [sorted({*line.getData()[0]}) for line in marks] == [[50, change]]
    for update, rate in ((49, "0.001"), (50, "0.25"), (change - 1, "0.25"), (change, "0.1")):
        plot.set_crosshair(update)
        assert plot.readout.endswith(f" · rate {rate}")
    plot.clear()
    assert words_in(plot) == []


def test_a_spike_is_cut_counted_and_its_end_stays_in_view(plot: CurvePlot) -> None:
    values = falling(300)
    values[200:210] = 500
    plot.set_total(300, 100)
    plot.set_series(values)
    assert view_range(plot)[1][1] < 6
    assert words_in(plot) == ["10 × above this axis, up to 500"]
    assert "10 × above this axis, up to 500" in plot.accessibleDescription()
    plot.set_log(True)
    assert words_in(plot) == []
    plot.set_log(False)
    plot.set_series(values[:210])
    plot.set_divergence(210)
    assert "not finite" in " ".join(words_in(plot))


@pytest.mark.parametrize("quantity", ["loss", "accuracy"])
def test_a_close_up_is_told_and_leaves_a_part_that_one_looks_at_alone(qtbot, quantity) -> None:
    plot = CurvePlot(quantity)
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.show()
    qtbot.waitExposed(plot)
    values = falling(300) if quantity == "loss" else (1 - falling(300) / 3).astype(np.float32)
    plot.set_total(300, 100)
    plot.set_series(values)
    whole = view_range(plot)
    plot.set_close(True, is_wish=False)
    told = {"loss": "close-up: 0 to 0.5", "accuracy": "close-up: 80 to 100\u00a0%"}[quantity]
    assert words_in(plot) == [told]
    assert told in plot.accessibleDescription()
    plot.set_log(quantity == "loss")
    assert words_in(plot) == [{"loss": "close-up: 0.1 to 1", "accuracy": told}[quantity]]
    plot.set_log(False)
    assert view_range(plot)[0] == whole[0]
    closer = view_range(plot)[1]
    assert closer[1] - closer[0] < 0.5 * (whole[1][1] - whole[1][0])
    plot.set_close(False)
    assert view_range(plot) == whole
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    by_hand = view_range(plot)
    plot.set_close(True, is_wish=False)
    assert view_range(plot) == by_hand
    assert words_in(plot) == []
    qtbot.keyClick(plot, Qt.Key.Key_0)
    assert words_in(plot) == [told]
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    plot.set_close(False)
    assert view_range(plot) == whole, "who asks by the switch is answered"


def test_an_accuracy_can_be_seen_close_up_and_again_whole(qtbot) -> None:
    plot = CurvePlot("accuracy")
    qtbot.addWidget(plot)
    values = np.concatenate([np.linspace(0.1, 0.97, 50), np.full(100, 0.98)]).astype(np.float32)
    before = values.copy()
    plot.set_series(values)
    whole = plot.getViewBox().viewRange()[1]
    plot.set_close(True)
    low, high = plot.getViewBox().viewRange()[1]
    assert low == pytest.approx(0.9, abs=0.02)
    assert high == pytest.approx(1.0, abs=0.02)
    plot.set_close(False)
    assert plot.getViewBox().viewRange()[1] == pytest.approx(whole)
    np.testing.assert_array_equal(values, before)


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
