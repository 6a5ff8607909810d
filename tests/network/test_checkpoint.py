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

MOVING = SMALL.changed(dropout=0.3, optimizer="adam")


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


class SlowSession:
    """Its updates are what a test says, and its copies take as long as it says, on a clock of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.cost, self.updates = 100.0, 0.0, 0
        monkeypatch.setattr(time, "perf_counter", lambda: self.now)

    def snapshot(self) -> Snapshot:
        self.now += self.cost
        return Snapshot(self.updates, "sgd", {}, runtime(xla=False))


def test_checkpoints_come_once_a_second_and_rarer_where_they_are_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seconds for each copy make the next one wait for forty."""
    session = SlowSession(monkeypatch)
    checkpoints = Checkpoints(session)  # type: ignore[arg-type]
    taken: dict[float, int] = {}
    session.cost = 2.0
    for wait in (0.9, 0.2, 39.0, 2.0):
        session.now += wait
        session.updates = len(taken) + 1
        checkpoints.take_if_due()
        taken[wait] = checkpoints.newest.updates
    assert taken == {0.9: 0, 0.2: 2, 39.0: 2, 2.0: 4}


def test_those_that_are_kept_come_once_a_second_too_and_take_two_percent_of_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two seconds for each copy make the next one wait for a hundred, whatever comes between."""
    session = SlowSession(monkeypatch)
    kept: list[int] = []
    checkpoints = Checkpoints(session, lambda snapshot: kept.append(snapshot.updates))  # type: ignore[arg-type]
    checkpoints.keep_newest()
    session.cost = 2.0
    for updates, wait in enumerate((0.9, 0.2, 90.0, 11.0), start=1):
        session.now += wait
        session.updates = updates
        checkpoints.keep_if_due()
    assert kept == [0, 2, 4]


def test_weights_that_are_not_finite_are_never_kept(digits: Digits, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Snapshot] = []
    session = TrainingSession(MOVING, digits, xla=False)
    checkpoints = Checkpoints(session, kept.append)
    session.advance(1)
    bad = changed_weights(session.snapshot(), np.nan)
    session.restore(bad)
    later = time.perf_counter() + 10.0
    monkeypatch.setattr(time, "perf_counter", lambda: later)
    checkpoints.keep_if_due()
    checkpoints.keep(bad)
    assert kept == []
    checkpoints.keep_newest()
    assert [snapshot.updates for snapshot in kept] == [0]
