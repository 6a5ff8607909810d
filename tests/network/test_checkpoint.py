"""Checkpoints are the newest snapshot with finite weights, and the way back to the last finite ones."""

import time

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.network.backend import runtime
from mnist_lab.network.checkpoint import Checkpoints
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.snapshot import Snapshot
from tests.network.runs import SMALL, changed_weights, same_bits

pytestmark = pytest.mark.keras

MOVING = SMALL.changed(dropout=0.5, optimizer="adam")


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_bad_weights_never_replace_good_ones(bad: float, digits: Digits) -> None:
    session = TrainingSession(MOVING, digits, xla=False)
    checkpoints = Checkpoints(session)
    session.advance(5)
    checkpoints.take()
    good = session.snapshot()
    assert checkpoints.newest.updates == 5
    session.restore(changed_weights(good, bad))
    checkpoints.take()
    assert same_bits(checkpoints.newest.weights, good.weights)


def test_going_back_ends_at_the_last_finite_weights(digits: Digits) -> None:
    session = TrainingSession(MOVING, digits, xla=False)
    checkpoints = Checkpoints(session)
    session.advance(7)
    expected = session.snapshot()
    session.advance(2)
    session.restore(changed_weights(session.snapshot(), np.nan))
    checkpoints.go_back(7)
    assert session.updates == 7
    assert session.snapshot().hashes == expected.hashes


def test_checkpoints_come_once_a_second_and_rarer_where_they_are_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that the test turns: two seconds for each copy make the next one wait for forty."""
    now, cost = 100.0, 0.0
    monkeypatch.setattr(time, "perf_counter", lambda: now)

    class SlowSession:
        updates = 0

        def snapshot(self) -> Snapshot:
            nonlocal now
            now += cost
            return Snapshot(self.updates, "sgd", {}, runtime(xla=False))

    session = SlowSession()
    checkpoints = Checkpoints(session)  # type: ignore[arg-type]
    taken: dict[float, int] = {}
    cost = 2.0
    for wait in (0.9, 0.2, 39.0, 2.0):
        now += wait
        session.updates = len(taken) + 1
        checkpoints.take_if_due()
        taken[wait] = checkpoints.newest.updates
    assert taken == {0.9: 0, 0.2: 2, 39.0: 2, 2.0: 4}
