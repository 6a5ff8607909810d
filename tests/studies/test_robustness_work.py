"""The measurement comes piece by piece, is the same as asking one by one, and ends when it is cancelled."""

import math

import numpy as np

from mnist_lab.inspection.robustness import DISTURBANCES, accuracy_under
from mnist_lab.studies.robustness_work import STEPS, Measured, measure
from tests.inspection.networks import diverged, network

WEIGHTS = network(784, 12, 10)
IMAGES = np.random.default_rng(3).integers(0, 256, (40, 28, 28), np.uint8)
LABELS = np.arange(40, dtype=np.uint8) % 10


def test_each_report_has_one_step_more_and_the_last_has_all() -> None:
    reports: list[Measured] = []
    result = measure(WEIGHTS, IMAGES, LABELS, lambda: False, reports.append)
    assert [report.done for report in reports] == list(range(1, STEPS + 1))
    assert result is reports[-1]
    for disturbance in DISTURBANCES:
        alone = accuracy_under(WEIGHTS, IMAGES, LABELS, disturbance, lambda: False, lambda *_: None)
        assert alone is not None
        assert result.accuracies[disturbance.identifier] == tuple(alone)


def test_noise_is_answered_as_if_it_were_digits() -> None:
    noise = measure(WEIGHTS, IMAGES, LABELS, lambda: False, lambda _: None).noise
    assert noise.count == 1000
    assert noise.unanswered == 0
    assert math.isclose(noise.shares.sum(), 1)
    assert noise.picture.shape == (28, 28)
    assert noise.shares[noise.answer] > 0
    assert noise.answer_confidence >= noise.confidence > 0.1
    assert 0 <= noise.certain <= 1000


def test_cancelled_it_ends_at_once() -> None:
    reports: list[Measured] = []
    assert measure(WEIGHTS, IMAGES, LABELS, lambda: True, reports.append) is None
    assert reports == []
    assert measure(WEIGHTS, IMAGES, LABELS, lambda: len(reports) >= 5, reports.append) is None
    assert len(reports) == 5


def test_a_network_that_diverged_has_no_answers() -> None:
    result = measure(diverged(WEIGHTS), IMAGES, LABELS, lambda: False, lambda _: None)
    assert result.noise.unanswered == 1000
    assert result.noise.answer is None
    assert math.isnan(result.noise.confidence)
    assert all(accuracy == 0 for curve in result.accuracies.values() for accuracy in curve)
