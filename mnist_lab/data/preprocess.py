"""From pen strokes, or a picture of a digit, to the 28×28 picture that a network trained on MNIST expects.

MNIST's makers fitted each digit into a box of 20×20 and put its centre of mass on the middle of 28×28 (Y. LeCun,
C. Cortes, C. J. C. Burges, "The MNIST database of handwritten digits", 1998). Drawn digits are treated alike: the line
is made anew at a width that belongs to the digit's size, drawn finely, averaged down to pixels, and put by its centre
of mass. So neither the place nor the size on the pad, nor the pad's own line, matters. Each step can be skipped, to see
what it is good for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.pen_line import FINE, Reals, cut, draw

SIDE = 28
CENTRE_OF_MASS = 14.5
"""Where MNIST's mean centre of mass lies, in pixels from the edge: pixel 14 ends at 15 and has its middle at 14.5."""

PAD_PEN = 16 / 280
"""Width of the pad's own pen as a share of the pad's side."""

_HALF_A_LEVEL = 0.5 / 255
"""Less ink than this is paper: it would be rounded to grey level 0."""

Picture = NDArray[np.float32]


@dataclass(frozen=True)
class Steps:
    """Which steps of preparing a picture are taken; one that is not shows how the network's answer suffers.

    Attributes:
        pen: make the line anew, at a width proportional to the digit. Skipped: the line is as wide as the pad drew it.
        box: shrink the digit until it fills the box. Skipped: the whole pad is averaged into 28×28, as it is.
        centre: put the centre of mass where MNIST's is. Skipped: the box is put in the middle.
        scale: divide grey levels by 255. Skipped: the network receives 0 to 255.
    """

    pen: bool = True
    box: bool = True
    centre: bool = True
    scale: bool = True


ALL_STEPS = Steps()


@dataclass(frozen=True, eq=False)
class PreparedImage:
    """What the network receives, and the picture after each step on the way.

    Attributes:
        drawn: (side, side) float32, 0 to 1, read-only: on fine cells, the digit alone, drawn with the pen; the whole
            pad if `steps.box` was skipped.
        boxed: (box, box) float32, 0 to 1, read-only: the same, averaged into a box of whole pixels; (28, 28) if
            `steps.box` was skipped.
        centred: (28, 28) uint8, 0 to 255, read-only: the same with its centre of mass on MNIST's, as MNIST stores it.
        image: (28, 28) float32, read-only: the network's input, `centred` / 255 from 0 to 1; 0 to 255 if
            `steps.scale` was skipped.
        steps: which steps were taken.
    """

    drawn: Picture
    boxed: Picture
    centred: NDArray[np.uint8]
    image: Picture
    steps: Steps = ALL_STEPS

    def __post_init__(self) -> None:
        for stage in (self.drawn, self.boxed, self.centred, self.image):
            stage.flags.writeable = False


def prepare(
    strokes: Sequence[NDArray[np.floating]],
    *,
    pen: float = 0.12,
    box: int = 19,
    steps: Steps = ALL_STEPS,
    pad: float | None = None,
    pad_pen: float = PAD_PEN,
) -> PreparedImage | None:
    """Make the network's input from pen strokes.

    Args:
        strokes: each (k, 2), the x and y of its points in any unit, y pointing down; one point is a dot.
        pen: width of the line made anew, as a share of the longer side of the digit's points, above 0. With 0.12
            and a box of 19 the line is 0.12 / 1.12 · 19 = 2 pixels wide; in MNIST most lines have 2 to 3.5.
        box: side of the square, in pixels of 28, that the digit with its line fits into, 1 to 28. MNIST's digits
            touch 20 pixels in their longer direction; ink of 19 that may begin within a pixel touches 20 as well, ink
            of 20 would touch 21.
        steps: which steps are taken.
        pad: side of the pad in the strokes' unit, from 0 at its upper left corner; needed where `steps` skips pen or
            box. Without the box, points beyond the pad count as on its edge.
        pad_pen: width of the pad's own line, as a share of `pad`, above 0; used where `steps` skips pen.

    Returns:
        the picture and its stages, or None if nothing is inked.

    Raises:
        ValueError: a coordinate is not finite, the strokes are no (k, 2) arrays, a size is none, or `pad` is missing.
    """
    _check_box(box)
    if not (0 < pen < np.inf and 0 < pad_pen < np.inf):
        raise ValueError(f"pen and pad_pen must be above 0, not {pen} and {pad_pen}")
    if pad is None and not (steps.pen and steps.box):
        raise ValueError("without the steps pen or box, the side of the pad is needed")
    if pad is not None and not 0 < pad < np.inf:
        raise ValueError(f"the pad must be above 0, not {pad}")
    lines = [np.asarray(stroke, dtype=np.float64) for stroke in strokes if len(stroke)]
    if not lines:
        return None
    pad_width = None if steps.pen or pad is None else pad_pen * pad
    if steps.box or pad is None:
        lines, radius = _fit(lines, pen, pad_width, box)
        frame = box
    else:
        lines, radius = _lay_on_pad(lines, pen, pad_width, pad, box)
        frame = SIDE
    pieces = [cut(line) for line in lines]
    starts, moves = np.concatenate([start for start, _ in pieces]), np.concatenate([move for _, move in pieces])
    return _finish(draw(starts, moves, radius, frame * FINE), frame, steps)


def prepare_picture(ink: NDArray[np.floating], steps: Steps = ALL_STEPS, *, box: int = 19) -> PreparedImage | None:
    """Make the network's input from a picture of a digit; there is no pen step, its line is as wide as it is.

    With box and centre skipped, a picture of 28×28 comes out as it went in.

    Args:
        ink: (h, w), 0 (paper) to 1 (ink). A picture that is no square keeps its proportions.
        steps: which steps are taken; `steps.pen` changes nothing.
        box: side of the square, in pixels of 28, that what is inked fits into, 1 to 28.

    Returns:
        the picture and its stages, or None if nothing is inked.

    Raises:
        ValueError: `ink` is no such array, or `box` is no size.
    """
    _check_box(box)
    cells = np.asarray(ink, dtype=np.float64)
    if cells.ndim != 2 or not ((cells >= 0) & (cells <= 1)).all():  # so that NaN is refused, too
        raise ValueError("ink must be an (h, w) array of numbers from 0 to 1")
    inked = cells >= _HALF_A_LEVEL
    if not inked.any():
        return None
    if steps.box:
        rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
        cells = cells[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    frame = box if steps.box else SIDE
    fine, longer = frame * FINE, max(cells.shape)
    edges = [(np.arange(length + 1) + (longer - length) / 2) * fine / longer for length in cells.shape]
    return _finish(_average(cells, edges[0], edges[1], fine), frame, steps)


def _check_box(box: int) -> None:
    if not 1 <= box <= SIDE:
        raise ValueError(f"box must be from 1 to {SIDE}, not {box}")


def _finish(drawn: Reals, frame: int, steps: Steps) -> PreparedImage | None:
    """Average fine cells into whole pixels, in the frame and then in place; None if that leaves paper only.

    Args:
        drawn: (frame · FINE, frame · FINE), ink of the cells.
        frame: side, in pixels, of what is drawn: the box or the whole pad.
        steps: which steps are taken.
    """
    if not drawn.any():
        return None
    cell_edges = np.arange(drawn.shape[0] + 1) / FINE
    boxed = _average(drawn, cell_edges, cell_edges, frame)
    shift_y = shift_x = (SIDE - frame) / 2
    if steps.centre:
        shift_y, shift_x = _shift(drawn.sum(axis=1)), _shift(drawn.sum(axis=0))
    centred = _average(drawn, cell_edges + shift_y, cell_edges + shift_x, SIDE)
    levels = np.rint(centred * 255).astype(np.uint8)
    if not levels.any():
        return None
    image = levels.astype(np.float32)
    if steps.scale:
        image /= np.float32(255)
    return PreparedImage(drawn.astype(np.float32), boxed.astype(np.float32), levels, image, steps)


def _fit(lines: list[Reals], pen: float, pad_width: float | None, box: int) -> tuple[list[Reals], float]:
    """Scale and move the strokes into the box.

    Args:
        lines: (k, 2) each.
        pen: width of the line as a share of the digit's longer side.
        pad_width: width of the line in the strokes' unit, instead, or None.
        box: side of the box in pixels.

    Returns:
        the strokes, in pixels from the box's upper left corner, and the pen's radius in pixels.
    """
    low, high = _corners(lines)
    middle = low / 2 + high / 2  # halves first: the sum of two huge coordinates could overflow
    half = float((high / 2 - low / 2).max())
    if pad_width is None:
        radius = _radius_in_box(pen, box)
    else:
        radius = _radius_in_box(pad_width / 2 / half, box) if half > 0 else box / 2
    # A dot has no size that a line's width could belong to: it gets the line's width in a full box.
    scaled = [(line - middle) / half if half > 0 else np.zeros_like(line) for line in lines]
    return [line * (box / 2 - radius) + box / 2 for line in scaled], radius


def _lay_on_pad(
    lines: list[Reals], pen: float, pad_width: float | None, pad: float, box: int
) -> tuple[list[Reals], float]:
    """Scale the strokes with the whole pad, in the manner of `_fit`."""
    _corners(lines)
    lines = [np.clip(line, 0.0, pad) / pad * SIDE for line in lines]  # clipped first: no quotient overflows
    if pad_width is not None:
        return lines, pad_width / pad * SIDE / 2
    low, high = _corners(lines)
    longer = float((high - low).max())
    return lines, pen * longer / 2 if longer > 0 else _radius_in_box(pen, box)


def _corners(lines: list[Reals]) -> tuple[Reals, Reals]:
    """The least and the largest x and y."""
    points = np.concatenate(lines)
    if points.ndim != 2 or points.shape[1] != 2 or not np.isfinite(points).all():
        raise ValueError("strokes must be (k, 2) arrays of finite numbers")
    return points.min(axis=0), points.max(axis=0)


def _radius_in_box(pen: float, box: int) -> float:
    """The pen's radius in pixels, if the digit and half a line on either side fill the box."""
    return box * pen / (1 + pen) / 2 if pen < 1e12 else box / 2


def _shift(ink: Reals) -> float:
    """How far the digit moves along one axis, in pixels, for its centre of mass to stand where MNIST's does.

    A lopsided drawing stops at the edge of the picture: no ink may be lost, which the network would then not see.

    Args:
        ink: (n,), ink of each row or column of cells.
    """
    edges = np.arange(len(ink) + 1) / FINE
    centre = float(ink @ (edges[:-1] + edges[1:]) / 2 / ink.sum())
    inked = np.flatnonzero(ink)
    first, last = edges[inked[0]], edges[inked[-1] + 1]
    return float(np.clip(CENTRE_OF_MASS - centre, -first, SIDE - last))


def _average(drawn: Reals, row_edges: Reals, column_edges: Reals, side: int) -> Reals:
    """Average cells over whole pixels: each pixel is the mean ink of exactly the area it covers.

    Args:
        drawn: (h, w), ink of the cells.
        row_edges: (h + 1,), where the rows of cells begin and end, in pixels.
        column_edges: (w + 1,), the same for the columns.
        side: the result is (side, side).
    """
    return _overlaps(row_edges, side) @ drawn @ _overlaps(column_edges, side).T


def _overlaps(edges: Reals, side: int) -> Reals:
    """How much of each pixel each cell covers along one axis: (side, n)."""
    pixels = np.arange(side + 1.0)[:, None]
    covered: Reals = np.minimum(pixels[1:], edges[1:]) - np.maximum(pixels[:-1], edges[:-1])
    return np.maximum(covered, 0.0)
