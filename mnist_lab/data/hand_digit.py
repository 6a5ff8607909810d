"""One digit of a person's hand: what they meant, how the pen went, and the picture that was prepared of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Images, Labels
from mnist_lab.data.preprocess import prepare

_SIDE = 28

Stroke = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class HandDigit:
    """One digit that a person wrote.

    Attributes:
        label: what the person meant, 0 to 9.
        strokes: each (k, 2) float64, read-only, x and y in any unit, y pointing down.
        image: (28, 28) uint8, 0 (background) to 255 (ink), read-only: as prepared when it was written.
    """

    label: int
    strokes: tuple[Stroke, ...]
    image: NDArray[np.uint8]

    def __post_init__(self) -> None:
        if self.image.shape != (_SIDE, _SIDE) or self.image.dtype != np.uint8:
            raise ValueError(f"a digit of a hand is (28, 28) uint8, not {self.image.shape} {self.image.dtype}")
        if not 0 <= self.label <= 9:
            raise ValueError(f"a label is a digit from 0 to 9, not {self.label}")
        self.image.flags.writeable = False
        for stroke in self.strokes:
            stroke.flags.writeable = False


def written(label: int, strokes: Sequence[NDArray[np.floating]]) -> HandDigit | None:
    """A digit prepared exactly as drawings on the pad are; None if nothing is inked.

    Args:
        label: 0 to 9.
        strokes: each (k, 2) finite numbers.
    """
    copies = tuple(np.array(stroke, np.float64) for stroke in strokes if len(stroke))
    prepared = prepare(copies)
    return None if prepared is None else HandDigit(label, copies, prepared.centred)


def images_of(digits: Sequence[HandDigit]) -> Images:
    """(n, 28, 28) uint8."""
    return np.array([digit.image for digit in digits], np.uint8).reshape(-1, _SIDE, _SIDE)


def labels_of(digits: Sequence[HandDigit]) -> Labels:
    """(n,) uint8, 0 to 9."""
    return np.array([digit.label for digit in digits], np.uint8)
