"""The naive gradient is right, is counted as it costs, can be cancelled, and leaves every weight as it was."""

from itertools import islice, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.descent.perturbation import (
    CARD,
    CARD_RANGE,
    Probe,
    Scheme,
    Way,
    best_move,
    card_loss,
    cosine,
    loss_along,
    race,
    sweep,
)

GENERATOR = np.random.default_rng(4)
INPUTS, LABELS = GENERATOR.normal(size=(32, 6)), GENERATOR.integers(0, 3, 32)
WEIGHTS = GENERATOR.normal(size=6 * 5 + 5 * 3)


def forward(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hidden outputs, probabilities and the output kernel of a small network: tanh, then softmax."""
    first, second = weights[:30].reshape(6, 5), weights[30:].reshape(5, 3)
    hidden = np.tanh(INPUTS @ first)
    logits = hidden @ second
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return hidden, exponentials / exponentials.sum(axis=1, keepdims=True), second


def loss(weights: np.ndarray) -> float:
    return float(-np.log(forward(weights)[1][np.arange(32), LABELS]).mean())


def gradient(weights: np.ndarray) -> np.ndarray:
    """By backpropagation."""
    hidden, probabilities, second = forward(weights)
    error = probabilities.copy()
    error[np.arange(32), LABELS] -= 1
    error /= 32
    back = (error @ second.T) * (1 - hidden**2)
    return np.concatenate([(INPUTS.T @ back).ravel(), (hidden.T @ error).ravel()])


def test_the_chapters_card() -> None:
    base, higher, lower = CARD
    assert (base, higher, lower) == (Probe(0.30, 0.5), Probe(0.35, 0.6), Probe(0.25, 0.4))
    assert best_move(base, higher, lower) == pytest.approx(-0.05)
    assert best_move(base, higher) == 0
    for probe in CARD:
        assert card_loss(probe.weight) == pytest.approx(probe.loss, abs=1e-12)


def test_the_cards_loss_is_a_loss_with_a_minimum_to_find() -> None:
    weights = np.linspace(*CARD_RANGE, 500)
    losses = np.array([card_loss(weight) for weight in weights])
    assert (losses > 0.1).all()
    assert weights[losses.argmin()] == pytest.approx(0.05, abs=0.002)


@pytest.mark.parametrize("scheme", Scheme)
def test_it_finds_the_gradient_of_backpropagation(scheme: Scheme) -> None:
    before = WEIGHTS.tobytes()
    *_, last = sweep(loss, WEIGHTS, scheme=scheme)
    assert cosine(last.gradient, gradient(WEIGHTS)) >= 0.999
    np.testing.assert_allclose(last.gradient, gradient(WEIGHTS), atol=2e-4 if scheme is Scheme.ONE_SIDED else 1e-7)
    assert WEIGHTS.tobytes() == before


@pytest.mark.parametrize(("scheme", "passes"), [(Scheme.TWO_SIDED, 2 * 45), (Scheme.ONE_SIDED, 1 + 45)])
def test_every_forward_pass_is_counted(scheme: Scheme, passes: int) -> None:
    calls = 0

    def counted(weights: np.ndarray) -> float:
        nonlocal calls
        calls += 1
        return loss(weights)

    *_, last = sweep(counted, WEIGHTS, scheme=scheme)
    assert last.forward_passes == calls == passes == scheme.forward_passes(45)
    assert Scheme.TWO_SIDED.forward_passes(407_050) == 814_100
    assert Scheme.ONE_SIDED.forward_passes(12_730) == 12_731


def test_each_state_tells_how_far_it_is() -> None:
    states = list(sweep(loss, WEIGHTS, every=10))
    assert [state.done for state in states] == [10, 20, 30, 40, 45]
    assert all(state.total == 45 for state in states)
    assert all(first.elapsed_seconds <= second.elapsed_seconds for first, second in pairwise(states))
    assert states[-1].remaining_seconds == 0
    assert np.isfinite(states[-1].gradient).all()
    assert not states[-1].gradient.flags.writeable


def test_it_can_be_cancelled_half_way() -> None:
    before = WEIGHTS.tobytes()
    steps = sweep(loss, WEIGHTS)
    for _ in range(20):
        state = next(steps)
    steps.close()
    assert state.done == 20
    assert state.remaining_seconds > 0
    assert np.isfinite(state.gradient[:20]).all()
    assert np.isnan(state.gradient[20:]).all()
    assert WEIGHTS.tobytes() == before


@given(st.integers(0, 44), st.sampled_from([np.float32, np.float64]), st.floats(1e-6, 1e-1))
def test_after_each_weight_the_loss_sees_the_very_bytes_of_before(index: int, dtype: Any, epsilon: float) -> None:
    weights = WEIGHTS.astype(dtype)
    seen: list[np.ndarray] = []

    def watched(current: np.ndarray) -> float:
        seen.append(current.copy())
        return loss(current)

    *_, last = sweep(watched, weights, epsilon, indices=[index, index])
    assert last.gradient.dtype == dtype
    for current in seen:
        same = np.arange(45) != index
        assert current[same].tobytes() == weights[same].tobytes()
    assert seen[0].tobytes() == seen[2].tobytes()  # the second time starts from the saved number


def test_in_single_precision_a_tiny_nudge_drowns_in_rounding() -> None:
    small = WEIGHTS.astype(np.float32)

    def single_loss(weights: np.ndarray) -> float:
        return float(np.float32(loss(weights)))

    *_, good = sweep(single_loss, small, 1e-2)
    *_, bad = sweep(single_loss, small, 1e-6)
    assert cosine(good.gradient, gradient(WEIGHTS)) > 0.999 > cosine(bad.gradient, gradient(WEIGHTS))


def test_what_is_no_nudge_or_no_vector_is_refused() -> None:
    with pytest.raises(ValueError, match="epsilon"):
        next(sweep(loss, WEIGHTS, 0.0))
    with pytest.raises(ValueError, match="vector"):
        next(sweep(loss, WEIGHTS.reshape(9, 5)))


def test_the_loss_along_one_weight_has_the_gradient_as_its_tangent() -> None:
    before = WEIGHTS.tobytes()
    values = WEIGHTS[7] + np.linspace(-0.01, 0.01, 21)
    losses = loss_along(loss, WEIGHTS, 7, values)
    assert losses.shape == (21,)
    assert losses[10] == pytest.approx(loss(WEIGHTS))
    assert np.polyfit(values - WEIGHTS[7], losses, 2)[1] == pytest.approx(gradient(WEIGHTS)[7], rel=1e-4)
    assert WEIGHTS.tobytes() == before


def test_a_cosine() -> None:
    assert cosine(np.array([1.0, 0]), np.array([2.0, 0])) == 1
    assert cosine(np.array([1.0, 0]), np.array([0, 3.0])) == 0
    assert np.isnan(cosine(np.zeros(2), np.ones(2)))


@pytest.mark.parametrize(("way", "cost"), [(Way.ONE_AT_A_TIME, 2), (Way.TOGETHER, 2), (Way.GRADIENT, 3)])
def test_each_way_lowers_the_loss_and_counts_its_passes(way: Way, cost: int) -> None:
    before = WEIGHTS.tobytes()
    progress = list(islice(race(way, loss, gradient, WEIGHTS, 0.5), 301))
    assert [state.forward_passes for state in progress] == [cost * step for step in range(301)]
    assert progress[0].loss == loss(WEIGHTS)
    assert progress[-1].loss < progress[0].loss
    assert WEIGHTS.tobytes() == before


def test_for_the_same_passes_the_gradient_gets_farthest() -> None:
    reached = {}
    for way in Way:
        for state in race(way, loss, gradient, WEIGHTS, 0.5):
            if state.forward_passes > 600:
                break
            reached[way] = state.loss
    assert reached[Way.GRADIENT] < reached[Way.ONE_AT_A_TIME]
    assert reached[Way.GRADIENT] < reached[Way.TOGETHER]


def test_the_same_seed_goes_the_same_way() -> None:
    def losses(seed: int) -> list[float]:
        return [state.loss for state in islice(race(Way.TOGETHER, loss, gradient, WEIGHTS, 0.5, seed=seed), 20)]

    assert losses(1) == losses(1) != losses(2)
