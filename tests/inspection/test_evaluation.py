"""What is read off an evaluation adds up, and agrees with SciPy and with plain loops."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from mnist_lab.inspection.evaluation import NO_ANSWER, Evaluation, evaluate, evaluate_scaled
from mnist_lab.inspection.forward import probabilities, scaled
from mnist_lab.inspection.gradient import batch_gradient
from mnist_lab.inspection.weights import NetworkWeights
from tests.inspection.networks import diverged, network


def digits(count: int, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    images = generator.integers(0, 256, (count, 28, 28)).astype(np.uint8)
    return images, generator.integers(0, 10, count).astype(np.uint8)


def answers(*rows: tuple[int, int, float]) -> Evaluation:
    """One image for each (label, predicted digit, its probability); the rest is shared by the other nine."""
    table = np.empty((len(rows), 10), np.float32)
    for row, (_, predicted, certainty) in zip(table, rows, strict=True):
        row[:] = (1 - certainty) / 9
        row[predicted] = certainty
    return Evaluation(np.array([label for label, _, _ in rows], np.uint8), table, 0)


@st.composite
def evaluations(draw: st.DrawFn) -> Evaluation:
    """Random answers, some of them missing as after a diverged run, many as certain as others."""
    count = draw(st.integers(0, 60))
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    table = generator.dirichlet(np.full(10, draw(st.sampled_from([0.05, 1.0, 50.0]))), count).astype(np.float32)
    table = table.round(draw(st.sampled_from([1, 6])))
    table[generator.random(count) < draw(st.sampled_from([0, 0.3, 1]))] = np.nan
    return Evaluation(generator.integers(0, 10, count).astype(np.uint8), table, 0)


def test_all_images_are_asked_in_order_and_in_parts() -> None:
    weights = network(784, 5, 10)
    images, labels = digits(2_345)
    asked = 0

    def is_cancelled() -> bool:
        nonlocal asked
        asked += 1
        return False

    evaluation = evaluate(weights, images, labels, is_cancelled)
    assert evaluation is not None
    assert asked == 3
    assert evaluation.updates == weights.updates
    assert evaluation.probabilities.dtype == np.float32
    np.testing.assert_allclose(evaluation.probabilities, probabilities(weights, scaled(images)), atol=1e-6)
    np.testing.assert_array_equal(evaluation.labels, labels)
    again = evaluate_scaled(weights, scaled(images), labels, lambda: False)
    assert again is not None
    np.testing.assert_array_equal(again.probabilities, evaluation.probabilities)


@pytest.mark.parametrize("asked_before", [0, 2])
def test_a_cancelled_evaluation_is_none(asked_before: int) -> None:
    replies = iter([False] * asked_before + [True])
    assert evaluate(network(784, 5, 10), *digits(3_000), lambda: next(replies)) is None
    assert next(replies, "none left") == "none left"


def test_an_evaluation_cannot_be_changed_and_leaves_the_labels_alone() -> None:
    images, labels = digits(3)
    evaluation = evaluate(network(784, 5, 10), images, labels, lambda: False)
    assert evaluation is not None
    for array in (evaluation.labels, evaluation.probabilities):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    labels[0] = 9 - labels[0]
    assert evaluation.labels[0] != labels[0]


def test_readings_by_hand() -> None:
    """Two fours (one taken for a nine), a nine, a zero taken for a nine."""
    evaluation = answers((4, 4, 0.9), (4, 9, 0.6), (9, 9, 0.3), (0, 9, 0.8))
    assert evaluation.predicted.tolist() == [4, 9, 9, 9]
    assert evaluation.confidences == pytest.approx([0.9, 0.6, 0.3, 0.8])
    assert evaluation.right.tolist() == [True, False, True, False]
    assert (evaluation.right_count, evaluation.accuracy) == (2, 0.5)
    assert evaluation.loss == pytest.approx(-np.mean(np.log([0.9, 0.4 / 9, 0.3, 0.2 / 9])), rel=1e-6)
    table = evaluation.confusion()
    assert table.dtype == np.int64
    assert {(row, column): table[row, column] for row, column in np.argwhere(table)} == {
        (4, 4): 1,
        (4, 9): 1,
        (9, 9): 1,
        (0, 9): 1,
    }
    np.testing.assert_array_equal(evaluation.per_digit(), [0, *[np.nan] * 3, 0.5, *[np.nan] * 4, 1])
    assert evaluation.mistakes().tolist() == [3, 1]
    assert evaluation.cell(4, 9).tolist() == [1]
    curve = evaluation.threshold_curve()
    assert curve.thresholds[[0, 70, 95]].tolist() == [0, 0.7, 0.95]
    assert curve.coverage[[0, 70, 95]].tolist() == [1, 0.5, 0]
    np.testing.assert_array_equal(curve.accuracy[[0, 70, 95]], [0.5, 0.5, np.nan])


def test_the_loss_is_that_of_the_logits() -> None:
    """`batch_gradient` takes it from the logits, as Keras does, and is compared with Keras."""
    weights, (images, labels) = network(784, 5, 10), digits(1_500)
    evaluation = evaluate(weights, images, labels, lambda: False)
    assert evaluation is not None
    assert evaluation.loss == pytest.approx(batch_gradient(weights, scaled(images), labels).loss, rel=1e-5)


def test_equally_certain_images_stay_in_order() -> None:
    evaluation = answers(*[(1, 2, 0.5)] * 30, (1, 2, 0.75))
    assert evaluation.mistakes().tolist() == evaluation.cell(1, 2).tolist() == [30, *range(30)]


@given(evaluations())
def test_readings_agree_with_each_other(evaluation: Evaluation) -> None:
    count = len(evaluation.labels)
    table = evaluation.confusion()
    assert table.sum() + evaluation.unanswered_count == count
    assert np.trace(table) == evaluation.right_count == evaluation.right.sum()
    assert len(evaluation.mistakes()) == count - evaluation.right_count
    for label, predicted in np.ndindex(10, 10):
        cell = evaluation.cell(label, predicted)
        assert len(cell) == table[label, predicted]
        assert (evaluation.labels[cell] == label).all()
        assert (np.diff(evaluation.confidences[cell]) <= 0).all()
    for digit, share in enumerate(evaluation.per_digit()):
        of_digit = evaluation.right[evaluation.labels == digit]
        assert math.isnan(share) if not len(of_digit) else share == pytest.approx(of_digit.mean())


@given(evaluations())
def test_the_threshold_curve_is_that_of_a_plain_loop(evaluation: Evaluation) -> None:
    curve = evaluation.threshold_curve()
    assert len(curve.thresholds) == len(curve.coverage) == len(curve.accuracy) == 101
    for threshold, coverage, accuracy in zip(curve.thresholds, curve.coverage, curve.accuracy, strict=True):
        answered = [
            right
            for right, confidence in zip(evaluation.right, evaluation.confidences, strict=True)
            if confidence >= threshold
        ]
        assert coverage == (len(answered) / len(evaluation.labels) if len(evaluation.labels) else 0)
        assert math.isnan(accuracy) if not answered else accuracy == pytest.approx(np.mean(answered))


@given(st.integers(1, 10_000), st.data())
def test_the_interval_is_scipys(count: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, count))
    table = np.zeros((count, 10), np.float32)
    table[:right, 0] = table[right:, 1] = 1
    evaluation = Evaluation(np.zeros(count, np.uint8), table, 0)
    expected = binomtest(right, count).proportion_ci(0.95, method="wilson")
    low, high = evaluation.interval()
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert 0 <= low <= evaluation.accuracy <= high <= 1


def test_in_95_of_100_samples_the_interval_holds_the_true_share() -> None:
    """What the page says of it."""
    count, true = 300, 0.93
    held = 0
    for right in np.random.default_rng(8).binomial(count, true, 400):
        table = np.zeros((count, 10), np.float32)
        table[:right, 0] = table[right:, 1] = 1
        low, high = Evaluation(np.zeros(count, np.uint8), table, 0).interval()
        held += low <= true <= high
    assert 0.93 < held / 400 < 0.97


def test_a_diverged_network_gives_wrong_answers_without_a_digit() -> None:
    images, labels = digits(1_100)
    images[:1_000, 0, 0] = 0
    weights = diverged(network(784, 5, 10), np.inf)
    evaluation = evaluate(weights, images, labels, lambda: False)
    assert evaluation is not None
    assert evaluation.unanswered_count == 1_100
    assert set(evaluation.predicted.tolist()) == {NO_ANSWER}
    assert (evaluation.right_count, evaluation.accuracy) == (0, 0)
    assert math.isnan(evaluation.loss)
    assert np.isnan(evaluation.confidences).all()
    assert not evaluation.confusion().any()
    assert evaluation.mistakes().tolist() == list(range(1_100))
    curve = evaluation.threshold_curve()
    assert not curve.coverage.any()
    assert np.isnan(curve.accuracy).all()
    low, high = evaluation.interval()
    assert low == 0
    assert high < 0.01


def test_missing_answers_are_the_last_mistakes() -> None:
    table = answers((1, 2, 0.4), (1, 1, 0.9), (1, 3, 0.7)).probabilities.copy()
    table[1, 5] = np.nan
    evaluation = Evaluation(np.ones(3, np.uint8), table, 0)
    assert evaluation.predicted.tolist() == [2, NO_ANSWER, 3]
    assert evaluation.mistakes().tolist() == [2, 0, 1]


def test_a_probability_of_zero_costs_much_but_not_all() -> None:
    assert 103 < answers((1, 2, 1.0)).loss < 104


def test_no_images() -> None:
    weights: NetworkWeights = network(784, 5, 10)
    evaluation = evaluate(weights, np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8), lambda: False)
    assert evaluation is not None
    assert math.isnan(evaluation.accuracy)
    assert math.isnan(evaluation.loss)
    assert evaluation.interval() == (0, 1)
    assert not evaluation.confusion().any()
    assert evaluation.mistakes().tolist() == []
    assert not evaluation.threshold_curve().coverage.any()
