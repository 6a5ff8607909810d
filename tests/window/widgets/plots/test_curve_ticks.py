"""Labels never stand on top of each other, and say what is there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.window.widgets.plots.curve_ticks import log_labels, log_ticks, plain_labels


@given(st.floats(-400, 400), st.floats(1e-3, 400), st.floats(1, 2000), st.floats(5, 60))
def test_labels_have_room_wherever_one_looks(low: float, span: float, size: float, room: float) -> None:
    high = low + span
    ticks = log_ticks(low, high, size, room)
    assert all(low - 1e-9 <= tick <= high + 1e-9 for tick in ticks)
    assert len(log_labels(ticks)) == len(ticks)
    if len(ticks) > 1:
        assert np.diff(ticks).min() * size / span >= room * (1 - 1e-6)


@pytest.mark.parametrize(
    ("low", "high", "size", "labels"),
    [
        (-2, 0.5, 300, ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1", "2"]),
        (-2, 0.5, 140, ["0.01", "0.1", "1"]),
        (-35, 0, 150, ["10⁻³⁰", "10⁻²⁰", "10⁻¹⁰", "1"]),
        (-6, -4, 300, ["10⁻⁶", "2 × 10⁻⁶", "5 × 10⁻⁶", "10⁻⁵", "2 × 10⁻⁵", "5 × 10⁻⁵", "0.0001"]),
        (np.log10(0.1), np.log10(0.2), 100, ["0.1", "0.15", "0.2"]),
    ],
)
def test_decades_with_halves_where_there_is_room(low: float, high: float, size: float, labels: list[str]) -> None:
    assert log_labels(log_ticks(low, high, size, 25)) == labels


def test_nothing_to_label() -> None:
    assert log_ticks(0, 0, 100, 20) == log_ticks(0, np.inf, 100, 20) == log_ticks(0, 1, 0, 20) == []


@pytest.mark.parametrize(
    ("values", "spacing", "labels"),
    [
        ([0.0, 0.5, 1.0], 0.5, ["0.0", "0.5", "1.0"]),
        ([0.0, 2e12, 4e12], 2e12, ["0", "2 × 10¹²", "4 × 10¹²"]),
        ([-500.0, 0.0, 1500.0], 500, ["−500", "0", "1,500"]),
        ([0.0, 5e-5], 5e-5, ["0", "5 × 10⁻⁵"]),
        ([], 1, []),
    ],
)
def test_plain_values(values: list[float], spacing: float, labels: list[str]) -> None:
    assert plain_labels(values, spacing) == labels


def test_on_a_low_axis_of_one_decade_there_is_more_than_one_label() -> None:
    assert log_ticks(-0.75, 0.6, 100, 25) == pytest.approx([np.log10(0.3), 0.0, np.log10(3)])
    assert log_ticks(-3.5, 3.5, 100, 25) == [-2.0, 0.0, 2.0], "decades, where they are enough"
