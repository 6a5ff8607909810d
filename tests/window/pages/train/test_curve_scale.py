"""The axes hold every value but spikes, which are counted, and stay calm."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnist_lab.window.pages.train.curve_scale import CurveScale
from mnist_lab.window.pages.train.curve_words import CurveData
from mnist_lab.window.widgets.plots.plot_axes import Quantity


@given(arrays(np.float32, st.integers(0, 60), elements=st.floats(0, 2.0**100, width=32)), st.booleans())
def test_every_batch_is_within_the_range_or_counted(values: np.ndarray, is_log: bool) -> None:
    scale = CurveScale(CurveData("loss", values=values))
    scale.is_log = is_log
    low, high = scale.height_range()
    assert low < high
    heights = scale.heights(values)
    assert (low - 1e-6 <= heights).all()
    count, highest = scale.beyond
    beyond = heights > high * (1 + 1e-6) + 1e-6
    assert np.count_nonzero(beyond) == count <= 0.1 * len(values) + 1
    assert not count or (highest == values.max() and not is_log)
    assert scale.zeros() == (np.count_nonzero(values == 0) if is_log else 0)


def test_validations_are_within_the_range() -> None:
    data = CurveData("loss", values=np.ones(3, np.float32), validation_values=np.array([7.0]))
    assert CurveScale(data).height_range()[1] >= 7


@pytest.mark.parametrize(
    ("total", "count", "last"),
    [(2345, 0, 2345), (2345, 10, 10), (2345, 2345, 2345), (None, 3, 10), (None, 130, 150), (5, 9, 9)],
)
def test_updates_have_room(total: int | None, count: int, last: float) -> None:
    data = CurveData("loss", values=np.ones(count, np.float32), total_updates=total)
    low, high = CurveScale(data).update_range()
    assert -0.05 * last <= low < 0
    assert last <= high <= 1.05 * last


def learning(count: int, begin: float = 2.3, end: float = 0.1) -> np.ndarray:
    """A loss that falls fast at first, as losses do, with the noise of batches."""
    noise = np.random.default_rng(0).uniform(0.8, 1.2, count)
    return (np.maximum(begin * np.exp(-np.arange(count) / 40), end) * noise).astype(np.float32)


def test_an_ordinary_run_is_seen_whole() -> None:
    values = learning(2345)
    scale = CurveScale(CurveData("loss", values=values))
    assert scale.height_range()[1] >= values.max()
    assert scale.beyond[0] == 0


def test_a_spike_does_not_flatten_the_curve() -> None:
    values = learning(600)
    values[300:330] = np.geomspace(512, 0.2, 30)
    scale = CurveScale(CurveData("loss", values=values))
    assert values[:300].max() <= scale.height_range()[1] <= 6
    count, highest = scale.beyond
    assert count == np.count_nonzero(values > scale.height_range()[1])
    assert (count, highest) == (18, 512)
    values[300:] = np.geomspace(512, 100, 300)  # it stays there: that is no spike
    assert scale.height_range()[1] >= 512


def test_a_start_far_above_all_else_is_seen() -> None:
    """As with initial weights that are too large."""
    values = learning(600)
    values[:30] = np.geomspace(900, 3, 30)
    assert CurveScale(CurveData("loss", values=values)).height_range()[1] >= 900


def test_validations_that_stay_high_are_seen() -> None:
    """As with shuffled labels: the training loss goes to 0, that of other images far beyond ln 10."""
    measured = np.linspace(2.3, 11, 30)
    data = CurveData("loss", values=learning(960), validation_values=measured)
    scale = CurveScale(data)
    assert scale.height_range()[1] >= 11
    assert scale.beyond[0] == 0


def close_data(quantity: Quantity, values: np.ndarray, measured: float, epoch: int = 32) -> CurveScale:
    """A run of these batches, whose epochs were all measured at `measured`, close up."""
    ends = np.arange(epoch, len(values) + 1, epoch, dtype=np.float64)
    data = CurveData(quantity, values.astype(np.float32), ends, np.full(len(ends), measured), updates_per_epoch=epoch)
    scale = CurveScale(data)
    scale.is_close = True
    return scale


@pytest.mark.parametrize(
    ("lowest", "measured", "low"), [(0.83, 0.93, 0.8), (0.91, 0.93, 0.9), (0.97, 0.88, 0.8), (0.05, 0.93, 0.0)]
)
def test_close_up_an_accuracy_begins_at_the_tenth_below_its_newest(lowest: float, measured: float, low: float) -> None:
    """The chapter's network on the starter set: 160 updates, of which the newest third counts."""
    values = np.concatenate([np.linspace(0.1, 0.9, 100), np.linspace(1, lowest, 60)]).astype(np.float32)
    scale = close_data("accuracy", values, measured)
    bottom, top = scale.height_range()
    assert scale.ends == pytest.approx((low, 1.0))
    assert bottom < min(lowest, measured)
    assert top > 1


def test_close_up_a_loss_fits_the_newest_and_a_spike_in_it_goes_beyond() -> None:
    values = learning(1000)
    assert close_data("loss", values, 0.15).height_range()[1] == pytest.approx(0.2, rel=0.05)
    values[990] = 40
    scale = close_data("loss", values, 0.15)
    assert scale.height_range()[1] == pytest.approx(0.5, rel=0.05)
    scale.is_log = True
    low, high = scale.height_range()
    assert low < np.log10(0.08)
    assert high >= np.log10(40)


def test_close_up_the_axes_change_seldom_and_in_steps() -> None:
    """A whole run of the chapter's length, redrawn 15 times a second: each axis has few ends."""
    generator = np.random.default_rng(0)
    right = generator.binomial(128, 0.99 - 0.9 * np.exp(-np.arange(2345) / 150)) / 128
    noise = generator.uniform(0.6, 1.4, 2345)
    losses = (2.3 * np.exp(-np.arange(2345) / 300) + 0.05) * noise
    cases: tuple[tuple[Quantity, np.ndarray, float, int], ...] = (
        ("accuracy", right, 0.97, 4),
        ("loss", losses, 0.1, 6),
    )
    for quantity, series, measured, most in cases:
        scales = [close_data(quantity, series[:count], measured, 469) for count in range(500, 2346, 20)]
        ends = [scale.height_range() for scale in scales]
        changes = sum(before != after for before, after in itertools.pairwise(ends))
        assert 1 <= changes <= most


def test_accuracy_reaches_to_all() -> None:
    low, high = CurveScale(CurveData("accuracy", values=np.array([0.12, 0.95], np.float32))).height_range()
    assert 0 < low < 0.12
    assert 1 <= high < 1.05
