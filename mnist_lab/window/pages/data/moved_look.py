"""Which copies of an image can be shown: those that the next run trains on, or examples of the kind."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits, Images
from mnist_lab.data.moved import moved
from mnist_lab.experiment import MOVED_STRENGTHS, Experiment
from mnist_lab.network.batches import copies_of

_EXAMPLES = 11
"""Where none are chosen."""

Kind = Literal["trained", "no_copies", "kept_aside", "not_trained"]


@dataclass(frozen=True, eq=False)
class MovedPictures:
    """An image and its copies.

    Attributes:
        image: (28, 28) uint8.
        copies: (n, 28, 28) uint8.
        kind: whether the next run trains on these, or why it does not.
    """

    image: NDArray[np.uint8]
    copies: Images
    kind: Kind


def moved_pictures(
    experiment: Experiment, digits: Digits, image: NDArray[np.uint8], index: int | None
) -> MovedPictures:
    """The copies of `image`.

    Args:
        experiment: that of the next run.
        digits: those of the next run.
        image: (28, 28) uint8.
        index: which of their training images it is; None: it is none of them.
    """
    if experiment.moved_copies and index is not None:
        copies = copies_of(experiment, digits, index)
        if copies is not None:
            return MovedPictures(image, copies, "trained")
    strengths = [getattr(experiment, name) for name in MOVED_STRENGTHS]
    examples = moved(image[None], experiment.moved_copies or _EXAMPLES, experiment.seed, *strengths)
    if index is None:
        return MovedPictures(image, examples, "not_trained")
    return MovedPictures(image, examples, "kept_aside" if experiment.moved_copies else "no_copies")
