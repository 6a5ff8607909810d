"""The smoothed line tells the truth from the first value on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnist_lab.studies.smoothing import RunningAverage

SERIES = arrays(np.float32, st.integers(1, 600), elements=st.floats(0, 100, width=32))


def plain_average(values: np.ndarray, span: float) -> list[float]:
    average, count, result = 0.0, 0, []
    for value in values:
        if np.isfinite(value):
            share = max(2 / (span + 1), 5 / (count + 5))
            average, count = average + share * (float(value) - average), count + 1
            result.append(average)
        else:
            result.append(np.nan)
    return result


@given(SERIES, st.floats(1, 500))
def test_equals_the_definition(values: np.ndarray, span: float) -> None:
    np.testing.assert_allclose(RunningAverage(span).update(values), plain_average(values, span), rtol=1e-4, atol=1e-5)


@given(st.floats(2.0**-20, 2.0**20, width=32), st.integers(1, 400))
def test_constant_stays_constant(constant: float, length: int) -> None:
    smoothed = RunningAverage(50).update(np.full(length, constant, np.float32))
    np.testing.assert_allclose(smoothed, constant, rtol=1e-6)


@given(SERIES, st.integers(0, 600))
def test_in_two_pieces_as_in_one(values: np.ndarray, cut: int) -> None:
    average = RunningAverage(20)
    average.update(values[:cut])
    np.testing.assert_array_equal(average.update(values).round(3), RunningAverage(20).update(values).round(3))


def test_another_series_starts_anew() -> None:
    average = RunningAverage(10)
    average.update(np.full(300, 5, np.float32))
    other = np.concatenate([np.full(299, 5, np.float32), [7], np.full(10, 7, np.float32)]).astype(np.float32)
    np.testing.assert_allclose(average.update(other), RunningAverage(10).update(other))
    np.testing.assert_allclose(average.update(np.ones(4, np.float32)), 1)
    assert average.update(np.empty(0, np.float32)).shape == (0,)


@given(SERIES)
def test_an_average_lies_between_what_was_there(values: np.ndarray) -> None:
    smoothed = RunningAverage(50).update(values)
    assert (smoothed <= np.maximum.accumulate(values) * (1 + 1e-5) + 1e-6).all()
    assert (smoothed >= np.minimum.accumulate(values) * (1 - 1e-5) - 1e-6).all()


def test_the_line_runs_through_its_data_from_the_start() -> None:
    """A loss that falls steeply, as every first epoch does: the line stays within the band of the newest values."""
    noise = np.random.default_rng(0).uniform(0.75, 1.25, 469)
    values = (2.3 / (1 + np.arange(469) / 12) * noise).astype(np.float32)
    smoothed = RunningAverage(50).update(values)
    for update in range(20, 469):
        newest = values[update * 2 // 3 : update + 1]
        assert newest.min() <= smoothed[update] <= newest.max(), update


def test_a_gap_for_what_is_not_finite() -> None:
    values = np.array([np.nan, 1, np.inf, 1, 1, -np.inf, 1], np.float32)
    smoothed = RunningAverage(5).update(values)
    np.testing.assert_array_equal(np.isnan(smoothed), ~np.isfinite(values))
    np.testing.assert_allclose(smoothed[np.isfinite(values)], 1)


def test_span_of_one_is_the_series_itself() -> None:
    values = np.array([3, 1, 2], np.float32)
    np.testing.assert_array_equal(RunningAverage(1).update(values), values)


def test_result_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        RunningAverage(5).update(np.ones(3, np.float32))[0] = 2
