"""How well a network knows a set of labelled digits: one pass over them, and everything that is read off it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mnist_lab.experiment import CLASSES
from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.forward import probabilities, scaled
from mnist_lab.inspection.share import Share
from mnist_lab.inspection.weights import NetworkWeights

NO_ANSWER = -1
"""Stands in `Evaluation.predicted` for an image whose probabilities are not numbers."""

_PART = 1_000
"""Images of one forward pass: 4 ms with 512 units, so that cancelling is obeyed at once and memory stays small."""

_SMALLEST = 2.0**-149  # above 0 in float32

Indices = NDArray[np.intp]
Reals = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ThresholdCurve:
    """What happens if the network answers only where it is certain enough, and else says "I don't know".

    Attributes:
        thresholds: (101,) float64, 0.00, 0.01, … 1.00; an image is answered if its confidence reaches the threshold.
        coverage: (101,) float64, share of the images that are answered.
        accuracy: (101,) float64, share of right answers among those; NaN where nothing is answered.
    """

    thresholds: Reals
    coverage: Reals
    accuracy: Reals


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A network's answers to n labelled images.

    The weights of a run that diverged give probabilities that are NaN. Such a row is a wrong answer without a digit:
    `predicted` is −1 (`NO_ANSWER`), its confidence is NaN, the loss is NaN; it stands in no cell of the confusion
    matrix, is never answered in the threshold curve, and comes last among the mistakes.

    Attributes:
        labels: (n,) uint8, 0 to 9, read-only.
        probabilities: (n, 10) float32, read-only.
        updates: gradient updates behind the weights that answered.
    """

    labels: NDArray[np.uint8]
    probabilities: Array
    updates: int

    def __post_init__(self) -> None:
        self.labels.flags.writeable = False
        self.probabilities.flags.writeable = False

    @cached_property
    def predicted(self) -> Indices:
        """(n,) the most probable digit, the smaller one of equals; −1 where the probabilities are not numbers."""
        return np.where(np.isnan(self.probabilities).any(axis=1), NO_ANSWER, self.probabilities.argmax(axis=1))

    @cached_property
    def confidences(self) -> Array:
        """(n,) float32: the probability of the predicted digit; NaN where there is no answer."""
        return np.asarray(self.probabilities.max(axis=1), dtype=np.float32)

    @cached_property
    def right(self) -> NDArray[np.bool_]:
        """(n,): whether the predicted digit is the label."""
        return np.equal(self.predicted, self.labels)

    @cached_property
    def right_count(self) -> int:
        """How many answers are right."""
        return int(np.count_nonzero(self.right))

    @property
    def unanswered_count(self) -> int:
        """How many images have no answer, because their probabilities are not numbers."""
        return int(np.count_nonzero(self.predicted == NO_ANSWER))

    @property
    def accuracy(self) -> float:
        """Share of right answers, 0 to 1; NaN without images."""
        return self.right_count / len(self.labels) if len(self.labels) else math.nan

    @cached_property
    def loss(self) -> float:
        """Mean of −log(probability of the label), without penalties; NaN without images or with a missing answer.

        A probability that float32 holds as 0 counts as the smallest that it can hold, 1.4e-45, so a loss is at
        most 103 an image.
        """
        if not len(self.labels):
            return math.nan
        of_label = self.probabilities[np.arange(len(self.labels)), self.labels].astype(np.float64)
        return float(-np.log(np.maximum(of_label, _SMALLEST)).mean())

    def interval(self) -> tuple[float, float]:
        """The lowest and the highest accuracy that the right answers leave likely: Wilson's 95 % interval."""
        return Share(self.right_count, len(self.labels)).interval()

    def confusion(self) -> NDArray[np.int64]:
        """(10, 10) int64 counts, rows the true digit, columns the predicted; their sum is n − `unanswered_count`."""
        answered = self.predicted != NO_ANSWER
        cells = self.labels[answered].astype(np.int64) * CLASSES + self.predicted[answered]
        return np.bincount(cells, minlength=CLASSES * CLASSES).reshape(CLASSES, CLASSES).astype(np.int64)

    def per_digit(self) -> Reals:
        """(10,) float64: share of each digit's images that are answered right; NaN where a digit has no image."""
        images = np.bincount(self.labels, minlength=CLASSES)
        right = np.bincount(self.labels[self.right], minlength=CLASSES)
        return _shares(right, images)

    def cell(self, label: int, predicted: int) -> Indices:
        """The images of one cell of `confusion`, for instance the sevens that were taken for ones.

        Args:
            label: the true digit, 0 to 9.
            predicted: the digit that the network answers, 0 to 9, or `NO_ANSWER`.

        Returns:
            (k,) intp, indices of the images, by `confidences` from the highest to the lowest; of equals, the first
            image comes first.
        """
        return self._most_certain_first((self.labels == label) & (self.predicted == predicted))

    def mistakes(self) -> Indices:
        """All wrong answers: (k,) intp, indices of the images, with k = n − `right_count`.

        By `confidences` from the highest to the lowest; images without an answer, whose confidence is NaN, are last.
        """
        return self._most_certain_first(~self.right)

    def threshold_curve(self) -> ThresholdCurve:
        """Coverage and accuracy for every threshold of the confidence, in steps of 1 %."""
        thresholds = np.arange(101) / 100
        is_answered = self.confidences >= thresholds[:, None]
        answered = np.count_nonzero(is_answered, axis=1)
        right = np.count_nonzero(is_answered & self.right, axis=1)
        coverage = answered / max(len(self.labels), 1)
        return ThresholdCurve(thresholds, coverage, _shares(right, answered))

    def _most_certain_first(self, chosen: NDArray[np.bool_]) -> Indices:
        indices = np.flatnonzero(chosen)
        return indices[np.argsort(-self.confidences[indices], kind="stable")]  # NaN is sorted last


def _shares(counts: NDArray[np.intp], totals: NDArray[np.intp]) -> Reals:
    """`counts / totals`, NaN where a total is 0."""
    shares = np.full(counts.shape, np.nan)
    np.divide(counts, totals, out=shares, where=totals > 0)
    return shares


def evaluate(
    weights: NetworkWeights,
    images: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    is_cancelled: Callable[[], bool],
) -> Evaluation | None:
    """Ask the network about every image, 1,000 at a time.

    Args:
        weights: the copied network.
        images: (n, 28, 28) uint8, 0 to 255.
        labels: (n,) uint8, 0 to 9.
        is_cancelled: asked before each part; may be called from whichever thread this runs in.

    Returns:
        the answers, or None if it was cancelled meanwhile.
    """
    return _evaluate(weights, len(images), lambda part: scaled(images[part]), labels, is_cancelled)


def evaluate_scaled(
    weights: NetworkWeights, images: Array, labels: NDArray[np.uint8], is_cancelled: Callable[[], bool]
) -> Evaluation | None:
    """`evaluate` for (n, 784) float32 images that `scaled` has made before: for asking again after each edit."""
    return _evaluate(weights, len(images), lambda part: images[part], labels, is_cancelled)


def _evaluate(
    weights: NetworkWeights,
    count: int,
    inputs: Callable[[slice], Array],
    labels: NDArray[np.uint8],
    is_cancelled: Callable[[], bool],
) -> Evaluation | None:
    answers = np.empty((count, CLASSES), np.float32)
    for start in range(0, count, _PART):
        if is_cancelled():
            return None
        part = slice(start, start + _PART)
        answers[part] = probabilities(weights, inputs(part))
    return Evaluation(labels.copy(), answers, weights.updates)
