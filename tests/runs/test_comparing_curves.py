"""Curves of kept runs over updates, epochs and seconds."""

import numpy as np
import pytest

from mnist_lab.runs.comparing_curves import curve_of, updates_per_epoch
from mnist_lab.studies.smoothing import RunningAverage, smoothing_span
from tests.runs.made_runs import kept_network, kept_run


def test_batches_are_smoothed_as_on_the_train_page() -> None:
    run = kept_run(1, epochs=4)  # 128 updates
    curve = curve_of(run, "loss", "batches", "updates")
    assert smoothing_span(128) == 4
    np.testing.assert_array_equal(curve.values, RunningAverage(4).update(run.losses))
    np.testing.assert_array_equal(curve.places, np.arange(128))
    np.testing.assert_array_equal(curve.epoch_places, [32, 64, 96, 128])


def test_a_mean_stands_in_the_middle_of_its_epoch_and_a_validation_at_its_end() -> None:
    run = kept_run(1, 0.9, best=0.95, epochs=3)
    means = curve_of(run, "accuracy", "means", "updates")
    np.testing.assert_array_equal(means.places, [16, 48, 80])
    validation = curve_of(run, "accuracy", "validation", "epochs")
    np.testing.assert_array_equal(validation.places, [1, 2, 3])
    np.testing.assert_array_equal(validation.values, np.array([0.95, 0.95, 0.9], np.float32))
    assert validation.best == (1.0, pytest.approx(0.95))
    assert validation.last == pytest.approx(0.9)
    assert means.best == (16.0, pytest.approx(0.9))
    best = curve_of(run, "loss", "batches", "epochs").best
    assert best is not None
    assert best[0] == 31 / 32


def test_seconds_follow_the_clock_of_the_run() -> None:
    run = kept_run(1, epochs=2, seconds=3.2)
    np.testing.assert_allclose(curve_of(run, "loss", "validation", "seconds").places, [1.6, 3.2])
    np.testing.assert_allclose(curve_of(run, "loss", "batches", "seconds").places, np.arange(64) * 0.05)


def test_a_value_is_read_where_there_is_one() -> None:
    curve = curve_of(kept_run(1, epochs=2), "loss", "validation", "epochs")
    assert [curve.near(place) for place in (0.4, 0.6, 1.4, 1.6, 2.4, 2.6)] == [None, 0, 0, 1, 1, None]
    one = curve_of(kept_run(1, epochs=1), "loss", "validation", "epochs")
    assert [one.near(place) for place in (0.4, 0.6, 1.4, 1.6)] == [None, 0, 0, None]


@pytest.mark.parametrize("source", ["batches", "means", "validation"])
@pytest.mark.parametrize("along", ["updates", "epochs", "seconds"])
def test_a_network_without_numbers_has_an_empty_curve(source, along) -> None:
    curve = curve_of(kept_network(1), "accuracy", source, along)
    assert len(curve.places) == len(curve.values) == 0
    assert curve.best is None
    assert np.isnan(curve.last)
    assert curve.near(0.0) is None
    assert updates_per_epoch(kept_network(1)) == 0


def test_where_a_run_diverged_there_is_a_gap() -> None:
    curve = curve_of(kept_run(1, end="diverged"), "loss", "batches", "updates")
    assert np.isnan(curve.last)
    assert np.isfinite(curve.values[:-1]).all()
