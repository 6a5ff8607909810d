"""A picture on the drawing pad: a digit of the set, an imported one, or one that was changed; knows no Qt."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.float32]
_WHOLE_SHARE = 20 / 28
"""Of the pad's side, as MNIST lays a digit into its picture."""


@dataclass(frozen=True)
class Change:
    """How a picture of 28×28 was changed: moved, then turned, then made noisy.

    Attributes:
        rows: pixels down; below 0 up.
        columns: pixels to the right; below 0 to the left.
        degrees: turned anticlockwise, as it is seen.
        noise: standard deviation of the noise; ink is 1.
    """

    rows: int = 0
    columns: int = 0
    degrees: int = 0
    noise: float = 0.0


@dataclass(frozen=True, eq=False)
class Import:
    """Where an imported picture came from, and how it was taken.

    Attributes:
        pixels: (h, w) float32, 0 (white) to 1 (black), of the whole picture.
        is_inverted: whether light counts as ink.
        is_cropped: whether the digit was cut out and its paper taken away.
    """

    pixels: Ink
    is_inverted: bool
    is_cropped: bool


@dataclass(frozen=True, eq=False)
class PadPicture:
    """Ink over the whole pad.

    Attributes:
        ink: (s, s) float32, 0 (paper) to 1 (ink), read-only; what is seen and judged.
        is_prepared: whether it is 28×28 as the network receives it, so that it need not be prepared again.
        label: the digit it is, 0 to 9; None where nobody knows.
        origin: where it is from, in the learner's words.
        unchanged: `ink` before `change`; None if nothing was changed.
        change: how it was changed.
        imported: what it was imported from; None if it was not.
        number: which digit of the test set it is, or was before it was changed; None for none of them.
    """

    ink: Ink
    is_prepared: bool = False
    label: int | None = None
    origin: str = ""
    unchanged: Ink | None = None
    change: Change = field(default_factory=Change)
    imported: Import | None = None
    number: int | None = None

    def __post_init__(self) -> None:
        if self.ink.ndim != 2 or self.ink.shape[0] != self.ink.shape[1]:
            raise ValueError(f"ink over the pad is square, not {self.ink.shape}")
        self.ink.flags.writeable = False


def laid_on_pad(ink: Ink, *, is_whole: bool) -> Ink:
    """Lay a picture on the middle of a square of paper.

    Args:
        ink: (h, w) float32, 0 to 1.
        is_whole: whether it fills the pad; else its longer side takes 20 of 28 parts, as a digit does in MNIST.

    Returns:
        (s, s) float32.
    """
    longer = max(ink.shape)
    side = longer if is_whole else max(round(longer / _WHOLE_SHARE), longer)
    square = np.zeros((side, side), np.float32)
    top, left = ((side - length) // 2 for length in ink.shape)
    square[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return square
