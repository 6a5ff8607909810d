"""The drawing on the pad as the network receives it, and pictures on their way to the pad; no Qt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Drawing:
    """A digit to be judged.

    Attributes:
        image: (28, 28) float32, what the network receives.
        label: the digit it is known to be, 0 to 9; None for what was drawn by hand.
    """

    image: NDArray[np.float32]
    label: int | None = None


@dataclass(frozen=True, eq=False)
class PictureToOpen:
    """A picture of the set, on its way to the pad.

    Attributes:
        picture: (28, 28) uint8, 0 (paper) to 255 (ink).
        label: the digit it is, 0 to 9; None where nobody knows.
        origin: where it is from, in the learner's words, as a sentence begins: "Test digit 4,711".
        test_number: its number among the test digits; None where it is none of them as they are.
    """

    picture: NDArray[np.uint8]
    label: int | None
    origin: str
    test_number: int | None = None
