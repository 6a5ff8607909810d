"""A network's answer to one picture, and how it is said in words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.preprocess import PreparedImage
from mnist_lab.experiment import PIXELS
from mnist_lab.inspection.forward import probabilities
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars


@dataclass(frozen=True, eq=False)
class Answer:
    """Ten probabilities.

    Attributes:
        probabilities: (10,) float32, 0 to 1.
    """

    probabilities: NDArray[np.float32]

    @property
    def digit(self) -> int:
        """The most probable digit."""
        return int(np.argmax(self.probabilities))

    def spell(self) -> str:
        """The digit and its share: "7 (98.4 %)"."""
        return f"{self.digit} ({self.spell_share()})"

    def spell_share(self) -> str:
        """Its share as the bars say it: never all of it where that is rounded."""
        return ProbabilityBars.spell(float(self.probabilities[self.digit]))


def answer_of(weights: NetworkWeights | None, image: NDArray[np.float32] | None) -> Answer | None:
    """What the network answers to a (28, 28) picture; None without one of them, or if its numbers overflow."""
    if weights is None or image is None:
        return None
    values = probabilities(weights, image.reshape(1, PIXELS))[0]
    return Answer(values) if np.isfinite(values).all() else None


def seen(prepared: PreparedImage) -> NDArray[np.float32]:
    """The network's input as a picture from 0 to 1, (28, 28), also where it was not divided by 255."""
    return prepared.image if prepared.steps.scale else np.divide(prepared.image, 255, dtype=np.float32)
