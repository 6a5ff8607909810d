"""A range test tries a rate a batch on a clone, and leaves everything else as it was."""

import numpy as np
import pytest

from mnist_lab.network.range_test import LEAST_RATES, RunningMean, planned_rates, rate_losses
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.optimizers import OPTIMIZERS
from tests.network.runs import SMALL

pytestmark = pytest.mark.keras
AT_ONCE = ("sgd", "nadam")
"""Of all optimizers these are tried by every run of the tests."""


def bytes_of(snapshot: Snapshot) -> dict[str, bytes]:
    return {name: value.tobytes() for name, value in snapshot.variables.items()}


@pytest.mark.parametrize(
    "identifier",
    [
        pytest.param(spec.identifier, marks=() if spec.identifier in AT_ONCE else pytest.mark.acceptance)
        for spec in OPTIMIZERS
    ],
)
def test_the_original_has_every_byte_as_before(identifier, digits):
    experiment = SMALL.changed(optimizer=identifier, dropout=0.3)
    session = TrainingSession(experiment, digits)
    session.advance(9)
    before = session.snapshot()
    kept = bytes_of(before)
    tested = rate_losses(experiment, digits, before)
    assert bytes_of(session.snapshot()) == bytes_of(before) == kept
    following = session.advance(11).losses
    session.restore(before)
    assert session.advance(11).losses.tobytes() == following.tobytes()
    assert following[0] == tested.losses[0]  # the clone met the batch that is next
    session.close()


def test_rates_grow_geometrically_and_losses_are_the_batches_own(digits):
    tested = rate_losses(SMALL, digits)
    assert len(tested.rates) >= LEAST_RATES
    assert len(tested.rates) == len(tested.losses) == len(tested.smoothed)
    assert np.allclose(tested.rates[1:] / tested.rates[:-1], 10 ** (1 / 30))
    session = TrainingSession(SMALL, digits)
    for rate, loss in zip(planned_rates()[:40], tested.losses, strict=False):
        session.learning_rate = float(rate)
        assert session.advance(1).losses[0] == loss
    session.close()


def test_a_loss_that_runs_away_ends_it_with_finite_numbers(digits):
    tested = rate_losses(SMALL.changed(optimizer="sgd", activation="linear", hidden_units=(12, 12)), digits)
    assert tested.lost_rate is not None
    assert np.isfinite(tested.losses).all()


def test_it_can_be_given_up(digits):
    asked: list[bool] = []

    def is_wanted() -> bool:
        asked.append(True)
        return len(asked) < 5

    assert rate_losses(SMALL, digits, is_wanted=is_wanted) is None
    assert len(asked) == 5


def test_the_running_mean_has_no_pull_to_zero():
    mean = RunningMean()
    assert [mean.add(value) for value in (2.0, 2.0, 2.0)] == pytest.approx([2.0, 2.0, 2.0])
    plain = RunningMean()
    plain.add(1.0)
    assert plain.add(4.0) == pytest.approx((0.9 * 1.0 + 4.0) / 1.9)
