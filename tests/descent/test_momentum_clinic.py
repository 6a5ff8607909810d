"""The three listings do what was published of them, on w² from 2.0 with rate 0.05 in 60 steps."""

import numpy as np
import pytest

from mnist_lab.descent.functions import function_of
from mnist_lab.descent.momentum_clinic import (
    LISTINGS,
    MomentumEffect,
    MomentumListing,
    describe,
    outcome,
    plain,
    scaled_ways,
    simulate,
)
from mnist_lab.descent.update_rules import rule_of

FIRST, SECOND, HEAVY = LISTINGS


def test_every_listing_is_complete() -> None:
    assert [listing.identifier for listing in LISTINGS] == ["first_edition", "second_edition", "heavy_ball"]
    assert all(listing.label and listing.explanation.endswith(".") for listing in LISTINGS)


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.identifier)
def test_the_lines_that_are_shown_do_what_is_drawn(listing: MomentumListing) -> None:
    """Read as the sums and products that they are."""
    w, v, momentum, rate = 2.0, 0.3, 0.7, 0.05
    gradient = 2 * w
    sign = 1 if listing is FIRST else -1
    first, second = listing.code.splitlines()
    assert first == f"v = v * momentum {'+' if sign > 0 else '-'} rate * gradient"
    velocity = v * momentum + sign * rate * gradient
    expected = w + velocity if second == "w = w + v" else w + momentum * velocity - rate * gradient
    assert listing.move(w, v, gradient, rate, momentum) == pytest.approx((expected, velocity))


@pytest.mark.parametrize(
    ("listing", "momentum", "expected"),
    [
        (FIRST, 0.0, MomentumEffect.SAME),
        (FIRST, 0.1, MomentumEffect.SLOWER),
        (FIRST, 0.5, MomentumEffect.STALLS),
        (FIRST, 0.6, MomentumEffect.CLIMBS),
        (FIRST, 0.9, MomentumEffect.CLIMBS),
        (SECOND, 0.0, MomentumEffect.SAME),
        (SECOND, 0.1, MomentumEffect.FASTER),
        (SECOND, 0.5, MomentumEffect.FASTER),
        (HEAVY, 0.1, MomentumEffect.FASTER),
        (HEAVY, 0.5, MomentumEffect.FASTER),
        (HEAVY, 0.9, MomentumEffect.SLOWER),
        (HEAVY, 0.99, MomentumEffect.SWINGS),
    ],
)
def test_how_each_listing_does(listing: MomentumListing, momentum: float, expected: MomentumEffect) -> None:
    way = simulate(listing, momentum)
    assert way.shape == (61,)
    assert outcome(way, plain()) is expected
    assert describe(way, plain()).text().endswith(".")


def test_the_published_numbers() -> None:
    assert simulate(FIRST, 0.9)[-1] == pytest.approx(3.3e5, rel=0.02)
    assert simulate(FIRST, 0.5)[-1] == pytest.approx(1.82, abs=0.01)
    assert simulate(FIRST, 0.1)[-1] > plain()[-1] > simulate(SECOND, 0.1)[-1]
    assert "3.3e+05" in describe(simulate(FIRST, 0.9), plain()).text()


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.identifier)
def test_the_numbers_bear_out_what_is_said(listing: MomentumListing) -> None:
    """Also where a way swings, and its last place alone may be near 0 by chance."""
    for momentum in np.arange(100) / 100:
        way = simulate(listing, momentum)
        effect, values = outcome(way, plain()), describe(way, plain()).values
        assert values["w"] == abs(way[41:]).max()
        assert (values["first"], values["plain"]) == (41, pytest.approx(2 * 0.9**41))
        if effect in (MomentumEffect.FASTER, MomentumEffect.SLOWER):
            assert (values["w"] < values["plain"]) == (effect is MomentumEffect.FASTER)
        elif effect is MomentumEffect.SWINGS:
            assert way.min() < 0 < way.max()
        elif effect is MomentumEffect.STALLS:
            assert way.min() > 0


@pytest.mark.parametrize(("listing", "rule"), [(SECOND, "sgd_nesterov"), (HEAVY, "sgd_momentum")])
@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_two_of_them_are_the_networks_own(listing: MomentumListing, rule: str, momentum: float) -> None:
    network_rule, x = rule_of(rule), np.array([2.0])
    settings = network_rule.resolved({"momentum": momentum})
    state = network_rule.initial_state(x, settings)
    way = [2.0]
    for _ in range(60):
        x, state = network_rule.step(x, 2 * x, state, 0.05, settings)
        way.append(float(x[0]))
    np.testing.assert_allclose(simulate(listing, momentum), way, rtol=1e-9)


def test_rmsprop_divides_the_scale_out_and_sgd_does_not() -> None:
    bowl = function_of("bowl").derivative
    one, hundred = scaled_ways(rule_of("rmsprop"), bowl)
    assert one.shape == hundred.shape == (61,)
    np.testing.assert_allclose(one, hundred, atol=1e-6)
    one, hundred = scaled_ways(rule_of("sgd"), bowl)
    assert abs(one - hundred).max() > 0.5
    np.testing.assert_allclose(one, 2 * 0.99 ** np.arange(61))
