"""Lines of one height in a grid of values, by marching squares."""

import numpy as np
from numpy.typing import NDArray

from mnist_lab.descent.functions import Reals


def isolines(x: Reals, y: Reals, values: Reals, level: float) -> Reals:
    """The line on which a surface has the height `level`, as separate pieces.

    Args:
        x: (columns,) ascending.
        y: (rows,) ascending.
        values: (rows, columns), finite.
        level: the height.

    Returns:
        (n, 2, 2) float64: each piece crosses one cell of the grid, from one x, y to another. Empty if the level is
        nowhere reached.
    """
    corners = values[:-1, :-1], values[:-1, 1:], values[1:, 1:], values[1:, :-1]
    left, bottom = np.broadcast_arrays(x[None, :-1], y[:-1, None])
    right, top = np.broadcast_arrays(x[None, 1:], y[1:, None])
    places = (left, bottom), (right, bottom), (right, top), (left, top)
    edges = [_crossing(corners, places, edge, level) for edge in range(4)]
    counts = np.sum([is_crossed for is_crossed, _place in edges], axis=0)
    pieces = [
        np.stack([edges[first][1][chosen], edges[second][1][chosen]], axis=1)
        for first in range(4)
        for second in range(first + 1, 4)
        if (chosen := edges[first][0] & edges[second][0] & (counts == 2)).any()
    ]
    pieces += _saddles(corners, edges, counts == 4, level)
    return np.concatenate(pieces) if pieces else np.empty((0, 2, 2))


_Edge = tuple[NDArray[np.bool_], Reals]


def _crossing(corners: tuple[Reals, ...], places: tuple[tuple[Reals, Reals], ...], edge: int, level: float) -> _Edge:
    """Whether each cell's edge from one corner to the next is crossed, and where: (rows, columns, 2)."""
    start, end = corners[edge], corners[(edge + 1) % 4]
    is_crossed = (start < level) != (end < level)
    difference = np.where(is_crossed, end - start, 1.0)
    share = (level - start) / difference
    from_place, to_place = places[edge], places[(edge + 1) % 4]
    place = [low + share * (high - low) for low, high in zip(from_place, to_place, strict=True)]
    return is_crossed, np.stack(place, axis=-1)


def _saddles(corners: tuple[Reals, ...], edges: list[_Edge], chosen: NDArray[np.bool_], level: float) -> list[Reals]:
    """Two pieces for each cell that is crossed on all edges; its middle tells which of them belong together."""
    if not chosen.any():
        return []
    middle_is_low = np.mean(corners, axis=0) < level
    cuts_first = chosen & (middle_is_low != (corners[0] < level))
    result = []
    for cells, pairs in ((cuts_first, ((3, 0), (1, 2))), (chosen & ~cuts_first, ((0, 1), (2, 3)))):
        result += [np.stack([edges[first][1][cells], edges[second][1][cells]], axis=1) for first, second in pairs]
    return result
