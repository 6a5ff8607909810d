"""Images with a network's answers to them, as the tabs of the Evaluate page show them; no Qt."""

from dataclasses import dataclass

import numpy as np

from mnist_lab.data.digits import Images
from mnist_lab.inspection.evaluation import NO_ANSWER, Evaluation, Indices


@dataclass(frozen=True, eq=False)
class Examined:
    """A set of labelled images, all answered by one network.

    Attributes:
        images: (n, 28, 28) uint8.
        evaluation: the n answers; it has the labels.
    """

    images: Images
    evaluation: Evaluation

    def label(self, index: int) -> int:
        """The digit that an image is."""
        return int(self.evaluation.labels[index])

    def answer(self, index: int) -> int | None:
        """The digit that it was taken for; None if the network had no answer."""
        predicted = int(self.evaluation.predicted[index])
        return None if predicted == NO_ANSWER else predicted

    def confidence(self, index: int) -> float:
        """The probability of the answer; NaN if there is none."""
        return float(self.evaluation.confidences[index])

    def mistakes_first(self) -> Indices:
        """All images: the mistakes, most certain first, then what was right, least certain first."""
        right = np.flatnonzero(self.evaluation.right)
        right = right[np.argsort(self.evaluation.confidences[right], kind="stable")]
        return np.concatenate([self.evaluation.mistakes(), right])
