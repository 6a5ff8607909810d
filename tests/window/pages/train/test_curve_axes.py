"""The axes of a curve: how far they reach while a run goes on, and what stands at them."""

import itertools

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF

from mnist_lab.window import theme
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from tests.window.pages.train.curves import falling, header_of, lines, series, view_range, words_in


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
