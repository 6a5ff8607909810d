"""A thinned curve keeps its extremes, and its axes stay calm."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnist_lab.studies import curve_shapes

SERIES = arrays(np.float32, st.integers(1, 500), elements=st.floats(-1e6, 1e6, width=32))


@given(SERIES, st.integers(1, 60))
def test_no_extreme_is_lost(values: np.ndarray, bucket: int) -> None:
    places, heights = curve_shapes.thin_to_peaks(values, 0, len(values), bucket)
    assert heights.min() == values.min()
    assert heights.max() == values.max()
    assert heights[-1] == values[-1] or len(values) % bucket == 0
    assert np.all(np.diff(places) >= 0)
    assert len(places) == len(heights) <= 2 * (len(values) // bucket) + bucket


@given(SERIES, st.integers(2, 60), st.integers(0, 500))
def test_picture_stands_still_while_values_are_appended(values: np.ndarray, bucket: int, cut: int) -> None:
    cut = min(cut, len(values)) // bucket * bucket
    before = curve_shapes.thin_to_peaks(values, 0, cut, bucket)
    after = curve_shapes.thin_to_peaks(values, 0, len(values), bucket)
    for old, new in zip(before, after, strict=True):
        if cut > bucket:
            np.testing.assert_array_equal(old, new[: len(old)])


def test_one_bad_value_does_not_hide_its_neighbours() -> None:
    values = np.array([1, np.nan, 3, 4, np.inf, np.nan, np.nan, np.nan, 9], np.float32)
    _, heights = curve_shapes.thin_to_peaks(values, 0, 9, 4)
    np.testing.assert_array_equal(heights, [1, 4, np.nan, np.nan, 9])


@pytest.mark.parametrize("length", [0, 1, 2, 7, 8])
def test_smooth_curve_keeps_first_and_last(length: int) -> None:
    places, heights = curve_shapes.thin_smooth(np.arange(length, dtype=np.float32), 0, length, 3)
    np.testing.assert_array_equal(places, heights)
    if length:
        assert places[0] == 0
        assert places[-1] == length - 1


def test_lonely_values_are_found() -> None:
    nan = np.nan
    for values, expected in (
        ([], []),
        ([5], [0]),
        ([1, 2], []),
        ([nan, 1, nan, 2, 3, np.inf, 4], [1, 6]),
    ):
        assert curve_shapes.lonely(np.array(values, np.float32)).tolist() == expected


@given(st.floats(1e-9, 1e30))
def test_nice_ceiling_is_just_above(value: float) -> None:
    ceiling = curve_shapes.nice_ceiling(value)
    assert value * (1 - 1e-6) <= ceiling <= value * 1.51


def test_ranges_hold_their_values() -> None:
    assert curve_shapes.linear_range(0.1, 2.41) == (0.0, 2.5)
    assert curve_shapes.linear_range(0.0, 0.0) == (0.0, 1.0)
    assert curve_shapes.share_range(0.93) == (0.9, 1.0)
    assert curve_shapes.share_range(1.0) == (0.9, 1.0)
    assert curve_shapes.share_range(0.1) == (0.1, 1.0)
    low, high = curve_shapes.log_range(0.002, 2.4, has_zeros=False)
    assert 10**low <= 0.002
    assert 10**high >= 2.4
    assert curve_shapes.log_range(1, 1, has_zeros=True)[0] == -0.5
