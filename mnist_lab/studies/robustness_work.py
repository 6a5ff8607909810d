"""The measurement behind the tab Robustness, piece by piece; runs in a job, knows no Qt."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Images, Labels
from mnist_lab.inspection.evaluation import NO_ANSWER, evaluate_scaled
from mnist_lab.inspection.robustness import DISTURBANCES, MOST_DIGITS, accuracy_under, noise_only
from mnist_lab.inspection.weights import NetworkWeights

_NOISE_SEED = 0
CERTAIN = 0.9
"""A confidence from which on an answer counts as certain."""


@dataclass(frozen=True, eq=False)
class NoiseAnswers:
    """What a network says to pictures of nothing.

    Attributes:
        count: how many pictures.
        shares: (10,) float64, share of the pictures taken for each digit.
        unanswered: how many have no answer, since the network's numbers are none.
        certain: how many it took for a digit with a confidence of 0.9 or more.
        confidence: the mean confidence of its answers; NaN without any.
        picture: (28, 28) float32, the one it was most certain of.
        answer: the digit that one was taken for; None without an answer.
        answer_confidence: how certain it was of that one; NaN without an answer.
    """

    count: int
    shares: NDArray[np.float64]
    unanswered: int
    certain: int
    confidence: float
    picture: NDArray[np.float32]
    answer: int | None
    answer_confidence: float


@dataclass(frozen=True, eq=False)
class Measured:
    """As far as the measurement has come.

    Attributes:
        noise: the answers to noise; None if they are still to come.
        accuracies: for each disturbance, by its identifier, the accuracy at each strength so far.
    """

    noise: NoiseAnswers | None = None
    accuracies: dict[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """How many of `STEPS` are done."""
        return sum(map(len, self.accuracies.values())) + (self.noise is not None)


STEPS = sum(len(disturbance.strengths) for disturbance in DISTURBANCES) + 1
"""Strengths of all disturbances, and the noise."""


def measure(
    weights: NetworkWeights,
    images: Images,
    labels: Labels,
    is_cancelled: Callable[[], bool],
    report: Callable[[Measured], None],
) -> Measured | None:
    """Ask the network about noise and about up to 1,000 digits under every disturbance.

    Args:
        weights: the copied network.
        images: (n, 28, 28) uint8, n above 0.
        labels: (n,) uint8.
        is_cancelled: asked before each step.
        report: told what is known after each step, in the calling thread.

    Returns:
        everything; None if it was cancelled.
    """
    noise = _ask_about_noise(weights, is_cancelled)
    if noise is None:
        return None
    known = Measured(noise)
    report(known)
    for disturbance in DISTURBANCES:

        def add(_index: int, accuracy: float, identifier: str = disturbance.identifier) -> None:
            nonlocal known
            so_far = known.accuracies.get(identifier, ())
            known = replace(known, accuracies=known.accuracies | {identifier: (*so_far, accuracy)})
            report(known)

        if accuracy_under(weights, images, labels, disturbance, is_cancelled, add) is None:
            return None
    return known


def _ask_about_noise(weights: NetworkWeights, is_cancelled: Callable[[], bool]) -> NoiseAnswers | None:
    pictures = noise_only(MOST_DIGITS, _NOISE_SEED)
    nothing = np.zeros(len(pictures), np.uint8)  # noise has no label; the answers do not depend on it
    evaluation = evaluate_scaled(weights, pictures.reshape(len(pictures), -1), nothing, is_cancelled)
    if evaluation is None:
        return None
    is_answered = evaluation.predicted != NO_ANSWER
    confidences = np.where(is_answered, evaluation.confidences, -1.0)
    best = int(confidences.argmax())
    counts = np.bincount(evaluation.predicted[is_answered], minlength=10)
    return NoiseAnswers(
        count=len(pictures),
        shares=counts / len(pictures),
        unanswered=evaluation.unanswered_count,
        certain=int(np.count_nonzero(confidences >= CERTAIN)),
        confidence=float(confidences[is_answered].mean()) if is_answered.any() else np.nan,
        picture=pictures[best],
        answer=int(evaluation.predicted[best]) if is_answered[best] else None,
        answer_confidence=float(evaluation.confidences[best]),
    )
