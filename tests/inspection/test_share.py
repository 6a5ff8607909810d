"""What so many images leave to chance."""

import math

import pytest

from mnist_lab.inspection.share import Share


def test_wilsons_interval_against_its_own_equation() -> None:
    """Its ends are the shares p of which the observed one is 1.96 standard errors √(p(1 − p)/n) away."""
    low, high = Share(953, 1_000).interval()
    assert (low, high) == pytest.approx((0.9381, 0.9645), abs=5e-5)
    for end in (low, high):
        assert abs(0.953 - end) == pytest.approx(1.959964 * math.sqrt(end * (1 - end) / 1_000), rel=1e-6)


@pytest.mark.parametrize(
    ("first", "second", "is_above", "is_apart"),
    [
        (Share(56, 70), Share(48, 80), True, False),  # R. G. Newcombe's own example: 0.0524 to 0.3339
        (Share(28, 35), Share(24, 40), False, False),  # half as many
        (Share(48, 80), Share(56, 70), False, False),
        (Share(980, 1_000), Share(951, 1_000), True, True),
        (Share(980, 1_000), Share(980, 1_000), False, False),
        (Share(1, 1), Share(0, 1), False, False),
        (Share(0, 0), Share(5, 10), False, False),
        (Share(5, 10), Share(0, 0), False, False),
    ],
)
def test_a_share_is_above_another_where_chance_hardly_explains_it(
    first: Share, second: Share, is_above: bool, is_apart: bool
) -> None:
    assert first.is_above(second) == is_above
    assert first.is_apart_above(second) == is_apart


def test_no_image_no_share() -> None:
    assert math.isnan(Share(0, 0).value)
    assert Share(0, 0).interval() == (0, 1)
