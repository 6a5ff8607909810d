"""The picture of a range test shows what its sentence tells."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.network.range_test import RateLosses, RunningMean, planned_rates
from mnist_lab.studies.rate_range import rate_range
from mnist_lab.window.pages.experiments.range_plot import RangePlot


@pytest.fixture
def plot(qtbot: QtBot) -> Iterator[RangePlot]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = RangePlot(parent)
    yield made
    made.close()


def fallen(count: int | None = None) -> RateLosses:
    """2.3 up to a rate of 0.0001, then straight down to 0.3 at 0.01."""
    rates, mean = planned_rates(), RunningMean()
    losses = np.interp(np.log10(rates), [-4, -2], [2.3, 0.3])[:count]
    smoothed = np.array([mean.add(float(loss)) for loss in losses])
    return RateLosses(rates[: len(losses)], losses.astype(np.float32), smoothed, len(rates))


def test_the_average_is_drawn_where_it_is_judged(plot: RangePlot) -> None:
    tested = fallen()
    found = rate_range(tested)
    plot.show_test(tested, found)
    values = found.reasons[0].values
    start, fall = values["start"], values["start"] - values["lowest"]
    places, smoothed = plot.points("smoothed")
    step = float(np.max(np.abs(np.diff(smoothed))))
    for rate, share in ((found.lowest, 0.1), (found.highest, 0.9)):
        assert rate is not None
        drawn = float(np.interp(np.log10(rate), places, smoothed))
        assert drawn == pytest.approx(start - share * fall, abs=step), "the sentence says a tenth and nine tenths"
    at, height = plot.points("suggested")
    assert np.interp(at, places, smoothed) == pytest.approx(height)


def test_it_runs_away_where_the_sentence_says(plot: RangePlot) -> None:
    begun = fallen(150)
    losses = np.append(begun.losses, np.float32(40.0))
    mean = RunningMean()
    smoothed = np.array([mean.add(float(loss)) for loss in losses])
    rates = planned_rates()
    tested = RateLosses(rates[:151], losses, smoothed, len(rates), float(rates[150]), 40.0)
    found = rate_range(tested)
    plot.show_test(tested, found)
    places, drawn = plot.points("smoothed")
    told = float(np.log10(found.reasons[1].values["rate"]))
    assert (places[-1], drawn[-1]) == pytest.approx((told, smoothed[-1]))


def test_a_test_that_ended_at_once_has_no_average(plot: RangePlot) -> None:
    tested = fallen(3)
    plot.show_test(tested, rate_range(tested))
    assert len(plot.points("smoothed")[0]) == 0
    assert len(plot.points("batches")[0]) == 3
