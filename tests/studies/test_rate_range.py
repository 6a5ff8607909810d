"""A range test's losses become a range with its reason, or none."""

import numpy as np
import pytest

from mnist_lab.network.range_test import RateLosses, RunningMean, planned_rates
from mnist_lab.studies.rate_range import RateRange, rate_range

RATES = planned_rates()


def judged(losses, lost_loss: float | None = None) -> RateRange:
    mean = RunningMean()
    values = np.asarray(losses, np.float32)
    smoothed = np.array([mean.add(float(value)) for value in values])
    lost_rate = None if lost_loss is None else float(RATES[len(values)])
    return rate_range(RateLosses(RATES[: len(values)], values, smoothed, len(RATES), lost_rate, lost_loss))


def in_order(found: RateRange) -> list[float]:
    return [rate for rate in (found.lowest, found.suggested, found.highest) if rate is not None]


def falling(begin: float, end: float) -> np.ndarray:
    """2.3 up to the rate `begin`, then straight down to 0.3 at `end`, against the rate's logarithm, then 0.3."""
    return np.interp(np.log10(RATES), [np.log10(begin), np.log10(end)], [2.3, 0.3])


def test_the_range_is_where_the_loss_falls_and_the_suggestion_lies_in_it():
    found = judged(falling(1e-4, 1e-2))
    assert found.lowest == pytest.approx(1e-4 * 10**0.2, rel=0.6)
    assert found.highest == pytest.approx(1e-2 / 10**0.2, rel=0.6)
    assert sorted(in_order(found)) == in_order(found)
    assert [reason.text() for reason in found.reasons][1].startswith("Up to 10")


def test_where_it_was_lost_is_told():
    losses = falling(1e-4, 1e-2)[:150]
    assert "grown to more than four times" in judged(losses, 40.0).reasons[1].text()
    assert "left the finite numbers" in judged(losses, np.nan).reasons[1].text()


@pytest.mark.parametrize("seed", range(20))
def test_batches_that_vary_are_no_fall(seed):
    noise = np.random.default_rng(seed).normal(2.3, 0.5, len(RATES))
    found = judged(noise)
    assert not found.is_found
    assert found.reasons[0].text().startswith("None found")
    assert (found.lowest, found.highest, found.suggested) == (None, None, None)


def test_a_loss_that_only_rises_or_is_lost_at_once_has_no_range():
    assert not judged(np.linspace(2.3, 9.0, len(RATES))).is_found
    assert not judged(np.full(3, 2.3), np.inf).is_found
    assert not judged([], np.nan).is_found


def test_running_away_right_after_the_fall_still_leaves_a_range_in_order():
    losses = np.concatenate([np.full(100, 2.3), np.full(3, 0.1), np.full(20, 50.0)])
    found = judged(losses, 60.0)
    assert found.is_found
    assert sorted(in_order(found)) == in_order(found)
