"""From pen strokes to the 28×28 picture that a network trained on MNIST expects.

MNIST's makers fitted each digit into a box of 20×20 and put its centre of mass on the middle of 28×28. Drawn digits
are treated alike: the line is made anew at a width that belongs to the digit's size, drawn finely, averaged down to
pixels, and put by its centre of mass. So neither the place nor the size on the pad, nor the pad's own line, matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIDE = 28
CENTRE_OF_MASS = 14.5
"""Where MNIST's mean centre of mass lies, in pixels from the edge: pixel 14 ends at 15 and has its middle at 14.5."""

_FINE = 5
"""Fine cells along the side of one pixel; the ink of a cell is graded too, so five are plenty."""

_LONGEST_PIECE = 0.5
"""Strokes are cut into straight pieces of at most this many pixels, so that each inks a small window of cells."""

_SHORTEST_MOVE = 0.02
"""Reals less than this many pixels further along the stroke add nothing that could be seen."""

_PIECES_AT_ONCE = 4096

Reals = NDArray[np.float64]
Picture = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Prepared:
    """What the network receives, and the stages on the way.

    Attributes:
        drawn: (side, side) float32, 0 to 1, read-only: the digit alone, drawn anew on fine cells.
        boxed: (box, box) float32, 0 to 1, read-only: the same, averaged into a box of whole pixels.
        centred: (28, 28) uint8, 0 to 255, read-only: the same with its centre of mass on MNIST's, as MNIST stores it.
        image: (28, 28) float32, 0 to 1, read-only: `centred` / 255, the network's input.
    """

    drawn: Picture
    boxed: Picture
    centred: NDArray[np.uint8]
    image: Picture

    def __post_init__(self) -> None:
        for stage in (self.drawn, self.boxed, self.centred, self.image):
            stage.flags.writeable = False


def prepare(strokes: Sequence[NDArray[np.floating]], *, pen: float = 0.12, box: int = 19) -> Prepared | None:
    """Make the network's input from pen strokes.

    Args:
        strokes: each (k, 2), the x and y of its points in any unit, y pointing down; one point is a dot.
        pen: width of the line made anew, as a share of the longer side of the digit's points, above 0.
        box: side of the square, in pixels of 28, that the digit with its line fits into, 1 to 28.

    Returns:
        the picture and its stages, or None if there is no point at all.

    Raises:
        ValueError: a coordinate is not finite, the strokes are no (k, 2) arrays, or `pen` or `box` is no size.
    """
    if not (0 < pen < np.inf and 1 <= box <= SIDE):
        raise ValueError(f"pen must be above 0 and box from 1 to {SIDE}, not {pen} and {box}")
    lines = [np.asarray(stroke, dtype=np.float64) for stroke in strokes if len(stroke)]
    if not lines:
        return None
    starts, moves, radius = _fit(lines, pen, box)
    drawn = _draw(starts, moves, radius, box * _FINE)
    cell_edges = np.arange(drawn.shape[0] + 1) / _FINE
    boxed = _average(drawn, cell_edges, cell_edges, box)
    shift_y, shift_x = _shift(drawn.sum(axis=1)), _shift(drawn.sum(axis=0))
    centred = _average(drawn, cell_edges + shift_y, cell_edges + shift_x, SIDE)
    levels = np.rint(centred * 255).astype(np.uint8)
    return Prepared(
        drawn.astype(np.float32), boxed.astype(np.float32), levels, levels.astype(np.float32) / np.float32(255)
    )


def _fit(lines: list[Reals], pen: float, box: int) -> tuple[Reals, Reals, float]:
    """Scale and move the strokes into the box, and cut them into pieces.

    Returns:
        start of each piece (n, 2) and the move to its end (n, 2), and the pen's radius, all in pixels from the box's
        upper left corner.
    """
    points = np.concatenate(lines)
    if points.ndim != 2 or points.shape[1] != 2 or not np.isfinite(points).all():
        raise ValueError("strokes must be (k, 2) arrays of finite numbers")
    low, high = points.min(axis=0), points.max(axis=0)
    middle = low / 2 + high / 2  # halves first: the sum of two huge coordinates could overflow
    half = float((high / 2 - low / 2).max())
    radius = box * pen / (1 + pen) / 2  # the digit and half a line on either side fill the box
    # A dot has no size that a line's width could belong to: it gets the line's width in a full box.
    scaled = [(line - middle) / half if half > 0 else np.zeros_like(line) for line in lines]
    pieces = [_cut(line * (box / 2 - radius) + box / 2) for line in scaled]
    return np.concatenate([start for start, _ in pieces]), np.concatenate([move for _, move in pieces]), radius


def _cut(line: Reals) -> tuple[Reals, Reals]:
    """Starts and moves of short straight pieces along one stroke; a dot is a piece that does not move."""
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


def _draw(starts: Reals, moves: Reals, radius: float, side: int) -> Reals:
    """The ink of a round pen along all pieces, (side, side) from 0 to 1, on cells of 1/_FINE pixel.

    Each cell's ink follows from the distance between its middle and the nearest piece: full well inside the pen,
    none outside, graded over the width of one cell at the rim.
    """
    reach = radius + 0.5 / _FINE
    window = min(int(np.ceil((2 * reach + _LONGEST_PIECE) * _FINE)) + 1, side)
    steps = np.arange(window)
    nearest = np.full(side * side, np.inf)  # squared distance of each cell to the nearest piece
    for first in range(0, len(starts), _PIECES_AT_ONCE):
        start, move = starts[first : first + _PIECES_AT_ONCE], moves[first : first + _PIECES_AT_ONCE]
        corner = np.floor((np.minimum(start, start + move) - reach) * _FINE).astype(np.intp)
        corner = np.clip(corner, 0, side - window)
        columns, rows = (corner[:, axis, None] + steps for axis in (0, 1))  # each (pieces, window)
        squared = _squared_distances((columns + 0.5) / _FINE, (rows + 0.5) / _FINE, start, move)
        cells = rows[:, :, None] * side + columns[:, None, :]
        np.minimum.at(nearest, cells.ravel(), squared.ravel())
    ink: Reals = np.clip(0.5 + (radius - np.sqrt(nearest)) * _FINE, 0.0, 1.0)
    return ink.reshape(side, side)


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


def _shift(ink: Reals) -> float:
    """How far the digit moves along one axis, in pixels, for its centre of mass to stand where MNIST's does.

    A lopsided drawing stops at the edge of the picture: no ink may be lost, which the network would then not see.

    Args:
        ink: (n,), ink of each row or column of cells.
    """
    edges = np.arange(len(ink) + 1) / _FINE
    centre = float(ink @ (edges[:-1] + edges[1:]) / 2 / ink.sum())
    inked = np.flatnonzero(ink)
    first, last = edges[inked[0]], edges[inked[-1] + 1]
    return float(np.clip(CENTRE_OF_MASS - centre, -first, SIDE - last))


def _average(drawn: Reals, row_edges: Reals, column_edges: Reals, side: int) -> Reals:
    """Average fine cells over whole pixels: each pixel is the mean ink of exactly the area it covers.

    Args:
        drawn: (n, n), ink of the cells.
        row_edges: (n + 1,), where the rows of cells begin and end, in pixels.
        column_edges: (n + 1,), the same for the columns.
        side: the result is (side, side).
    """
    return _overlaps(row_edges, side) @ drawn @ _overlaps(column_edges, side).T


def _overlaps(edges: Reals, side: int) -> Reals:
    """How much of each pixel each cell covers along one axis: (side, n)."""
    pixels = np.arange(side + 1.0)[:, None]
    covered: Reals = np.minimum(pixels[1:], edges[1:]) - np.maximum(pixels[:-1], edges[:-1])
    return np.maximum(covered, 0.0)
