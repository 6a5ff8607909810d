"""In which corner of a view words cover no mark; knows no Qt."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Corner = Literal["upper right", "lower right", "lower left", "upper left"]
_CORNERS: tuple[Corner, ...] = ("lower right", "lower left", "upper left", "upper right")


def free_corner(wanted: Corner, width: float, height: float, marks: NDArray[np.float64]) -> Corner:
    """Return `wanted`, or if words there would cover a mark the first other corner in which they cover none.

    Args:
        wanted: where the words are to stand if they can.
        width: of the words, with the room that half a mark needs beside them, as a share of the view.
        height: the same for their height.
        marks: (n, 2) places in shares of the view, from its lower left corner.
    """
    for corner in (wanted, *_CORNERS):
        across = marks[:, 0] > 1 - width if corner.endswith("right") else marks[:, 0] < width
        upright = marks[:, 1] < height if corner.startswith("lower") else marks[:, 1] > 1 - height
        if not (across & upright).any():
            return corner
    return wanted
