"""The line of a round pen, drawn finely enough that averaging it down to pixels loses nothing; used by `preprocess`."""

import numpy as np
from numpy.typing import NDArray

FINE = 5
"""Fine cells along the side of one pixel; the ink of a cell is graded too, so five are plenty."""

_LONGEST_PIECE = 0.5
"""Strokes are cut into straight pieces of at most this many pixels, so that each inks a small window of cells."""

_SHORTEST_MOVE = 0.02
"""Reals less than this many pixels further along the stroke add nothing that could be seen."""

_CELLS_AT_ONCE = 1_000_000

Reals = NDArray[np.float64]


def cut(line: Reals) -> tuple[Reals, Reals]:
    """Cut one stroke into short straight pieces; a dot is a piece that does not move.

    Args:
        line: (k, 2), x and y in pixels, k above 0.

    Returns:
        start of each piece (n, 2) and the move to its end (n, 2).
    """
    moves = np.diff(line, axis=0)
    travelled = np.concatenate([[0.0], np.cumsum(np.hypot(moves[:, 0], moves[:, 1]))])
    steps = np.diff(np.floor(travelled / _SHORTEST_MOVE), prepend=-1.0)
    steps[-1] = 1  # the end of a stroke is always kept
    line, travelled = line[steps > 0], travelled[steps > 0]
    if len(line) == 1:
        return line, np.zeros_like(line)
    moves, lengths = np.diff(line, axis=0), np.diff(travelled)
    parts = np.maximum(np.ceil(lengths / _LONGEST_PIECE), 1).astype(np.intp)
    of_part = np.repeat(np.arange(len(parts)), parts)
    number = np.arange(len(of_part)) - np.repeat(np.cumsum(parts) - parts, parts)
    part_moves = (moves / parts[:, None])[of_part]
    return line[of_part] + part_moves * number[:, None], part_moves


def draw(starts: Reals, moves: Reals, radius: float, side: int) -> Reals:
    """The ink of a round pen along all pieces, (side, side) from 0 to 1, on cells of 1/FINE pixel.

    Each cell's ink follows from the distance between its middle and the nearest piece: full well inside the pen,
    none outside, graded over the width of one cell at the rim. A pen thinner than a cell inks its cells in part.

    Args:
        starts: (n, 2), where the pieces begin, x and y in pixels, each at most a little outside the square.
        moves: (n, 2), how far each goes.
        radius: of the pen, in pixels, above 0.
        side: of the square, in cells.
    """
    thinness = min(radius / (0.5 / FINE), 1.0)
    radius = max(radius, 0.5 / FINE)
    reach = radius + 0.5 / FINE
    window = min(int(np.ceil((2 * reach + _LONGEST_PIECE) * FINE)) + 1, side)
    steps = np.arange(window)
    nearest = np.full(side * side, np.inf)  # squared distance of each cell to the nearest piece
    at_once = max(_CELLS_AT_ONCE // window**2, 1)
    for first in range(0, len(starts), at_once):
        start, move = starts[first : first + at_once], moves[first : first + at_once]
        corner = np.floor((np.minimum(start, start + move) - reach) * FINE).astype(np.intp)
        corner = np.clip(corner, 0, side - window)
        columns, rows = (corner[:, axis, None] + steps for axis in (0, 1))  # each (pieces, window)
        squared = _squared_distances((columns + 0.5) / FINE, (rows + 0.5) / FINE, start, move)
        cells = rows[:, :, None] * side + columns[:, None, :]
        np.minimum.at(nearest, cells.ravel(), squared.ravel())
    ink: Reals = np.clip(0.5 + (radius - np.sqrt(nearest)) * FINE, 0.0, 1.0)
    return thinness * ink.reshape(side, side)


def _squared_distances(x: Reals, y: Reals, start: Reals, move: Reals) -> Reals:
    """Squared distances from each cell of a piece's window to that piece: (pieces, rows, columns)."""
    along_x, along_y = move[:, 0, None], move[:, 1, None]
    from_x, from_y = x - start[:, 0, None], y - start[:, 1, None]
    length = np.maximum((move * move).sum(axis=1), np.finfo(np.float64).tiny)[:, None]
    share = (from_y * along_y / length)[:, :, None] + (from_x * along_x / length)[:, None, :]
    np.clip(share, 0.0, 1.0, out=share)
    gap_x: Reals = from_x[:, None, :] - share * along_x[:, :, None]
    gap_y = from_y[:, :, None] - share * along_y[:, :, None]
    gap_x *= gap_x
    gap_y *= gap_y
    gap_x += gap_y
    return gap_x
