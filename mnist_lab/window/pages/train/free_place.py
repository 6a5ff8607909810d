"""Where beside a vertical line words cover nothing that is drawn, or least of it; knows no Qt."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_BETWEEN = 33
"""At so many places across the words the line between two points is looked at."""
_HEIGHTS = (1.0, 0.0, 0.75, 0.5, 0.25)
"""Where the words can stand, from the lowest (0) to the highest: outside first, where there is most room."""


class Place(NamedTuple):
    """A rectangle in shares of a view, from its lower left corner; its name says which of the places it is."""

    name: tuple[bool, float]
    left: float
    bottom: float
    width: float
    height: float

    def covered(self, curve: NDArray[np.float64], marks: NDArray[np.float64]) -> int:
        """Count what lies within: points of the curve, places on the lines between them, and marks.

        Args:
            curve: (n, 2) places in the same shares, from left to right; NaN where the curve has a gap.
            marks: (m, 2) places.
        """
        across = np.linspace(self.left, self.left + self.width, _BETWEEN)
        if len(curve):
            heights = np.interp(across, curve[:, 0], curve[:, 1], left=np.nan, right=np.nan)
            curve = np.concatenate([curve, np.column_stack([across, heights])])
        drawn = np.concatenate([curve, marks])
        is_beside = (self.left <= drawn[:, 0]) & (drawn[:, 0] <= self.left + self.width)
        return int((is_beside & (self.bottom <= drawn[:, 1]) & (drawn[:, 1] <= self.bottom + self.height)).sum())


def places_beside(line: float, width: float, height: float, edge: float) -> Iterator[Place]:
    """Yield where words of that size can stand beside a line without reaching beyond the view: at its right first.

    Args:
        line: where it stands, as a share of the view from its left edge.
        width: of the words, as a share of the view.
        height: the same for their height.
        edge: how far from the upper and from the lower edge they are to stand.

    Yields:
        places; their names are whether they are at the left, and how high they are.
    """
    fits_right, fits_left = line + width <= 1, line - width >= 0
    for is_left, fits in ((False, fits_right or not fits_left), (True, fits_left)):
        for upward in _HEIGHTS if fits else ():
            bottom = edge + upward * (1 - 2 * edge - height)
            yield Place((is_left, upward), line - width if is_left else line, bottom, width, height)


def best_place(
    places: Sequence[Place], now: tuple[bool, float] | None, curve: NDArray[np.float64], marks: NDArray[np.float64]
) -> Place:
    """Return the place of words: where they are `now` unless another one is free and that one is not.

    Args:
        places: in the order in which they are wanted.
        now: the name of the place where the words are; None: they are new, and go where they cover least.
        curve: see `Place.covered`.
        marks: see `Place.covered`.
    """
    standing = [place for place in places if place.name == now]
    covered = {place: place.covered(curve, marks) for place in (*standing, *places)}  # equally good: the first
    best = min(covered, key=lambda place: covered[place])
    return standing[0] if standing and covered[best] else best
