"""What is marked on a curve: epochs, changes of the rate, and where its numbers end."""

import numpy as np
import pyqtgraph
import pytest

from mnist_lab.window import theme
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from tests.window.pages.train.curves import colours, falling, header_of, lines, marks, series, words_in


def test_validations_stand_at_the_ends_of_their_epochs(plot: CurvePlot) -> None:
    plot.set_total(938, 469)
    plot.set_validation(np.array([469, 938]), np.array([0.5, 0.25]))
    marks = [item for item in plot.scene().items() if isinstance(item, pyqtgraph.ScatterPlotItem)]
    shown = [tuple(zip(*item.getData(), strict=True)) for item in marks]
    assert ((469.0, 0.5), (938.0, 0.25)) in shown
    assert theme.current().validation in colours(plot)


def test_the_accuracy_on_training_digits_after_each_epoch_is_marked_told_and_read(accuracy: CurvePlot) -> None:
    accuracy.set_total(64, 32)
    accuracy.set_series(np.full(64, 0.9, np.float32))
    accuracy.set_validation(np.array([32, 64]), np.array([0.88, 0.91]), np.array([0.92, 0.95]))
    round_ones = marks(accuracy, "o")
    assert [*zip(*round_ones.getData(), strict=True)] == [(32, 0.92), (64, 0.95)]
    assert "training, each epoch" in header_of(accuracy).legend or "train" in header_of(accuracy).legend
    assert accuracy.readout.endswith(" · test 91.0\u00a0% · training digits 95.0\u00a0%")
    assert accuracy.accessibleDescription().endswith("test 91.0\u00a0%; training digits 95.0\u00a0%.")
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


def test_end_of_numbers_is_marked_and_said(plot: CurvePlot) -> None:
    plot.set_total(469, 469)
    plot.set_series(series(2, 3, np.nan))
    assert theme.current().wrong not in colours(plot)
    plot.set_divergence(2)
    assert theme.current().wrong in colours(plot)
    assert "the loss is not finite from batch 3 on" in plot.accessibleDescription()
    assert words_in(plot) == ["the loss is not finite from batch 3 on"]
    plot.set_divergence(0)
    plot.set_divergence(None)
    assert theme.current().wrong not in colours(plot)


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
