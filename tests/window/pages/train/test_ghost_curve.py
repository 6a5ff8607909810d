"""The run that was looked at before stays as a pale curve, drawn once."""

import numpy as np
import pyqtgraph
import pytest
from numpy.typing import NDArray

from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Stopped, Updates
from mnist_lab.runs.run import Run
from mnist_lab.studies.curve_shapes import Points
from mnist_lab.window import theme
from mnist_lab.window.pages.train.curve_line import FAR, CurveLine
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from mnist_lab.window.pages.train.ghost_curve import GhostCurve, GhostPair
from mnist_lab.window.widgets.plots.plot_header import PlotHeader
from tests.network.runs import made_up_digits

DIGITS = made_up_digits(200, 5)


def _ended(losses: NDArray[np.float32]) -> Run:
    run = Run(Experiment(batch_size=10, epochs=5), DIGITS)
    run.receive(Updates(0, losses, losses / np.float32(4), 1.0))
    run.receive(Stopped(len(losses)))
    return run


def _ghost_line(plot: CurvePlot) -> pyqtgraph.PlotCurveItem:
    (line,) = (item for item in plot.scene().items() if isinstance(item, CurveLine) and item.zValue() < 0)
    return line


def test_a_run_is_smoothed_once_and_only_when_it_is_over() -> None:
    run = Run(Experiment(batch_size=10, epochs=5), DIGITS)
    run.receive(Updates(0, np.linspace(2, 1, 40, dtype=np.float32), np.zeros(40, np.float32), 1.0))
    assert GhostPair.of(run, "run 6", None) is None, "it goes on"
    run.receive(Stopped(40))
    pair = GhostPair.of(run, "run 6", None)
    assert pair is not None
    assert (len(pair.loss.values), len(pair.accuracy.values), pair.loss.name) == (40, 40, "run 6")
    assert GhostPair.of(run, "run 6", pair) is pair
    assert GhostPair.of(run, "run 7", pair) is not pair
    assert GhostPair.of(None, "", pair) is None


def test_the_legend_of_the_accuracy_names_the_batches_beside_it_where_there_is_room(accuracy: CurvePlot) -> None:
    pair = GhostPair.of(_ended(np.linspace(2, 1, 100, dtype=np.float32)), "run 6", None)
    assert pair is not None
    accuracy.set_total(100, 20)
    accuracy.set_ghost(pair.accuracy)
    (header,) = (item for item in accuracy.scene().items() if isinstance(item, PlotHeader))
    accuracy.resize(theme.fonts.scaled(460), 260)
    assert header.legend[0] in ("every batch", "batch")
    assert header.legend[-1] == "run 6"
    accuracy.resize(theme.fonts.scaled(240), 260)
    assert header.legend[0] in ("smoothed", "smooth"), "else the names would be cut"
    assert header.legend[-1] == "run 6"


def test_it_is_told_and_drawn_anew_with_the_view_alone(plot: CurvePlot, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = GhostPair.of(_ended(np.linspace(2, 1, 100, dtype=np.float32)), "run 6", None)
    assert pair is not None
    plot.set_total(100, 20)
    plot.set_live(True)
    losses = np.linspace(2.5, 0.5, 100, dtype=np.float32)
    plot.set_series(losses[:90])
    plot.set_ghost(pair.loss)
    (header,) = (item for item in plot.scene().items() if isinstance(item, PlotHeader))
    assert header.legend[-1] == "run 6"
    assert "pale behind it: run 6." in plot.accessibleDescription()
    line, drawn = _ghost_line(plot), list[CurveLine]()
    assert line.isVisible()
    assert line.opts["pen"].color().name() == GhostCurve.pen(theme.current()).color().name()
    np.testing.assert_array_equal(line.getData()[0], np.arange(100))
    show = CurveLine.show_points

    def note(one: CurveLine, points: Points) -> None:
        drawn.append(one)
        show(one, points)

    monkeypatch.setattr(CurveLine, "show_points", note)
    for count in range(91, 101):
        plot.set_series(losses[:count])
    assert len(drawn) == 2 * 10, "batches and their smoothed line, ten times"
    plot.set_log(True)
    assert drawn.count(line) == 1
    assert line.getData()[1].max() < 0.31, "logarithms"
    plot.clear()
    assert line.isVisible(), "it belongs to no run of now"
    plot.set_ghost(None)
    assert not line.isVisible()
    assert "pale" not in plot.accessibleDescription()


def test_a_run_that_diverged_goes_no_further_than_it_can_be_painted(plot: CurvePlot) -> None:
    losses = np.geomspace(2, 1e32, 100).astype(np.float32)
    pair = GhostPair.of(_ended(losses), "run 6", None)
    assert pair is not None
    plot.set_total(100, 20)
    plot.set_series(np.linspace(2.5, 0.5, 100, dtype=np.float32))
    plot.set_ghost(pair.loss)
    low, high = plot.getViewBox().viewRange()[1]
    assert high < 10
    assert _ghost_line(plot).boundingRect().height() < (FAR + 3) * (high - low)
