"""How far one may look closer and farther away."""

import math

import pytest

from mnist_lab.window.widgets.plots.zoom_bounds import AROUND, CLOSEST, ZoomBounds

WHOLES = [(0.0, 10.0), (-3.0, 3.0), (46_000.0, 46_900.0), (1e300, 1.1e300), (-38.0, 38.0), (5.0, 5.0)]


def _width(span: tuple[float, float]) -> float:
    return span[1] - span[0]


@pytest.mark.parametrize("whole", WHOLES)
@pytest.mark.parametrize("factor", [0.5, 2.0, 1e-30, 1e30])
def test_looking_closer_and_farther_ends_and_stands_still_there(whole: tuple[float, float], factor: float) -> None:
    bounds = ZoomBounds(*whole, farthest=AROUND)
    span = (whole[0], whole[0] + (_width(whole) or 1.0))
    for _step in range(200):
        before, span = span, bounds.scaled(span, bounds.factor(span, factor), span[0])
    assert span == pytest.approx(before, rel=1e-12)
    assert bounds.least * (1 - 1e-6) <= _width(span) <= max(bounds.most, 1.0) * (1 + 1e-6)


def test_the_ends_are_shares_of_the_whole() -> None:
    bounds = ZoomBounds(100.0, 300.0, farthest=AROUND)
    assert (bounds.least, bounds.most) == (pytest.approx(CLOSEST * 200), pytest.approx(AROUND * 200))
    assert bounds.factor((100.0, 300.0), 3.0) == 3.0
    assert bounds.factor((100.0, 300.0), 30.0) == pytest.approx(AROUND)
    assert bounds.factor((100.0, 300.0), 1e-9) == pytest.approx(CLOSEST)


def test_far_from_zero_there_are_still_numbers_to_tell_apart() -> None:
    bounds = ZoomBounds(1e9, 1e9 + 1)
    assert bounds.least == pytest.approx(1.0)
    assert math.nextafter(1e9, 2e9) - 1e9 < bounds.least / 1e6


def test_what_is_beyond_the_bounds_already_only_comes_nearer() -> None:
    """The whole became another one while a part was looked at: nothing jumps."""
    bounds = ZoomBounds(0.0, 1.0)
    far, close = (0.0, 1000.0), (0.5, 0.5 + 1e-12)
    assert [bounds.factor(far, wanted) for wanted in (2.0, 1.0, 0.5)] == [1.0, 1.0, 0.5]
    assert [bounds.factor(close, wanted) for wanted in (2.0, 1.0, 0.5)] == [2.0, 1.0, 1.0]


def test_one_does_not_lose_the_whole_out_of_sight() -> None:
    bounds = ZoomBounds(0.0, 1.0, farthest=AROUND)
    assert bounds.moved((0.0, 1.0), 0.25) == (0.25, 1.25)
    assert bounds.moved((0.0, 1.0), 1e9) == pytest.approx((5.0, 6.0))
    assert bounds.moved((0.0, 1.0), -1e9) == pytest.approx((-5.0, -4.0))


def test_where_there_is_nothing_beyond_looking_farther_away_ends_at_the_whole() -> None:
    bounds = ZoomBounds(10.0, 20.0)
    span = bounds.scaled((10.0, 20.0), bounds.factor((10.0, 20.0), 0.25), 19.0)
    assert span == pytest.approx((16.75, 19.25))
    span = bounds.scaled(span, bounds.factor(span, 2.0), 16.75)
    assert span == pytest.approx((15.0, 20.0)), "around a place at the left, but not beyond the right end"
    assert not bounds.is_whole(span)
    span = bounds.scaled(span, bounds.factor(span, 9.0), 12.0)
    assert bounds.is_whole(span)
    aside = (14.0, 24.0)  # where a drag has moved the whole to
    assert bounds.is_whole(bounds.scaled(aside, bounds.factor(aside, 1.1), 14.0))
    assert not ZoomBounds(10.0, 20.0, farthest=AROUND).is_whole((10.0, 20.0))
