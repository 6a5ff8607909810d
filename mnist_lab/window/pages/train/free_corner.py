"""In which corner of a view words cover nothing that is drawn; knows no Qt."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Corner = Literal["upper right", "lower right", "lower left", "upper left"]
_CORNERS: tuple[Corner, ...] = ("lower right", "lower left", "upper left", "upper right")


def free_corner(wanted: Corner, width: float, height: float, drawn: NDArray[np.float64]) -> Corner | None:
    """Return `wanted`, or if words there would cover something the first other corner in which they cover nothing.

    Args:
        wanted: where the words are to stand if they can.
        width: of the words, with the room that half a mark needs beside them, as a share of the view.
        height: the same for their height.
        drawn: (n, 2) places in shares of the view, from its lower left corner.

    Returns:
        None where no corner is free.
    """
    for corner in (wanted, *_CORNERS):
        across = drawn[:, 0] > 1 - width if corner.endswith("right") else drawn[:, 0] < width
        upright = drawn[:, 1] < height if corner.startswith("lower") else drawn[:, 1] > 1 - height
        if not (across & upright).any():
            return corner
    return None
