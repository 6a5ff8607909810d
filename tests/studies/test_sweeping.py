"""Nudging and backpropagation are timed in turns, both warm: neither a cold start nor a busy machine decides."""

from types import SimpleNamespace

import numpy as np
import pytest

from mnist_lab.descent.perturbation import Scheme
from mnist_lab.studies import sweeping
from mnist_lab.studies.frozen_loss import FrozenLoss, Vector, Weights
from mnist_lab.studies.sweeping import SweepReport, nudge_all, seconds_of_a_pass
from tests.inspection.networks import network
from tests.network.runs import made_up_digits

BUSY = range(100, 170)
"""Forward passes during which something else has the machine."""


class Machine(FrozenLoss):
    """A pass takes a second, a gradient three; ten times as long while it is busy, a thousand times the first time."""

    def __init__(self) -> None:
        digits = made_up_digits(20, 10)
        super().__init__(network(784, 2, 10), digits.train_images, digits.train_labels)
        self.now = 0.0
        self.passes = self.gradients = 0

    def perf_counter(self) -> float:
        return self.now

    def __call__(self, vector: Weights) -> float:
        self.passes += 1
        self.now += self._slowness(self.passes)
        return super().__call__(vector)

    def gradient(self, vector: Weights) -> Vector:
        self.gradients += 1
        self.now += 3 * self._slowness(self.gradients)
        return super().gradient(vector)

    def _slowness(self, calls: int) -> float:
        if calls == 1:
            return 1_000.0
        return 10.0 if self.passes in BUSY else 1.0


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine()
    monkeypatch.setattr(sweeping, "time", SimpleNamespace(perf_counter=machine.perf_counter))
    return machine


def nudged(machine: Machine, weights: int) -> SweepReport:
    return nudge_all(machine, Scheme.TWO_SIDED, range(weights), lambda _report: None, lambda: False)


@pytest.mark.parametrize("weights", [1, 14, 120, 300])
def test_the_ratio_is_that_of_the_work_however_many_weights_were_nudged(machine: Machine, weights: int) -> None:
    report = nudged(machine, weights)
    ratio = 2 / 3 * report.network_weights
    assert report.times_as_long == pytest.approx(ratio)
    assert report.times_middle == pytest.approx((ratio, ratio))


def test_what_comes_between_is_no_time_of_nudging(machine: Machine) -> None:
    report = nudged(machine, 40)
    assert report.elapsed_seconds == 80.0
    assert report.seconds_a_pass == 1.0
    assert report.backward_seconds == 3.0


def test_before_the_first_weight_there_is_no_ratio(machine: Machine) -> None:
    assert np.isnan(nudged(machine, 0).times_as_long)


def test_a_cold_first_pass_does_not_count(machine: Machine) -> None:
    assert seconds_of_a_pass(machine) == 1.0
