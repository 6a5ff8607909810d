"""Where the cells of an array are drawn: a cell is one unit square; no pixels, no Qt.

The last axis runs to the right, the one before it down; the third from the end lies behind (up and to the right, the
first matrix in front); the fourth puts stacks side by side, the fifth puts such rows of stacks below each other.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from mnist_lab.tensors.errors import Shape, TensorError
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_AXES = 5
DEPTH = 0.55
"""How far, in cells, each matrix of a stack lies to the right of and above the one before it; at least this."""
_DEPTH_SHARE = 0.06
"""The same as a share of the matrix: a stack of images still shows that it is one."""
_GAP = 1.5
"""Cells between two stacks; at least this."""
_GAP_SHARE = 0.12

Index = tuple[int, ...]


@dataclass(frozen=True)
class Block:
    """One matrix of the array (or a vector as a row, or a scalar as a single cell).

    Attributes:
        index: place on the leading axes, all but the last two.
        x: its left edge, in cells.
        y: its upper edge, in cells; grows downwards.
    """

    index: Index
    x: float
    y: float


@dataclass(frozen=True)
class Layout:
    """Places of the cells that are drawn; an axis with more places than allowed shows its first and last ones.

    Attributes:
        shape: of the whole array.
        shown: for each axis the places that are drawn, in order.
        blocks: matrices in the order to be painted: what lies behind comes first.
        width: of everything, in cells.
        height: of everything, in cells.
    """

    shape: Shape
    shown: tuple[tuple[int, ...], ...]
    blocks: tuple[Block, ...]
    width: float
    height: float

    @property
    def rows(self) -> tuple[int, ...]:
        """Rows of each matrix that are drawn; one row for a vector or a scalar."""
        return self.shown[-2] if len(self.shape) > 1 else (0,)

    @property
    def columns(self) -> tuple[int, ...]:
        """Columns of each matrix that are drawn; one for a scalar."""
        return self.shown[-1] if self.shape else (0,)

    @property
    def is_complete(self) -> bool:
        """Whether every cell of the array is drawn."""
        return all(len(places) == size for places, size in zip(self.shown, self.shape, strict=True))

    def index_of(self, block: Block, row: int, column: int) -> Index:
        """The array's index of the cell in the `row`-th drawn row and `column`-th drawn column of `block`."""
        inner = (self.rows[row], self.columns[column])
        return block.index + inner[2 - min(2, len(self.shape)) :]

    def cell_at(self, x: float, y: float) -> Index | None:
        """The index of the cell in front at this point; None beside all cells."""
        for block in reversed(self.blocks):
            column, row = math.floor(x - block.x), math.floor(y - block.y)
            if 0 <= column < len(self.columns) and 0 <= row < len(self.rows):
                return self.index_of(block, row, column)
        return None

    def corner_of(self, index: Index) -> tuple[float, float] | None:
        """Left and upper edge of the cell with this index; None if it is not drawn."""
        inner = (0, 0, *index)[-2:] if len(index) < 2 else index[-2:]
        for block in self.blocks:
            if block.index == index[:-2] and inner[0] in self.rows and inner[1] in self.columns:
                return block.x + self.columns.index(inner[1]), block.y + self.rows.index(inner[0])
        return None


def shown_places(size: int, most: int) -> tuple[int, ...]:
    """All places of an axis if there are at most `most`, else as many of the first and the last ones."""
    if size <= most:
        return tuple(range(size))
    last = most // 2
    return (*range(most - last), *range(size - last, size))


def lay_out(shape: Shape, *, most_cells: int = 28, most_stacked: int = 8, most_stacks: int = 6) -> Layout:
    """Place the cells of an array of this shape.

    Args:
        shape: up to five axes; an empty axis leaves nothing to draw.
        most_cells: rows, and columns, of a matrix that are drawn.
        most_stacked: matrices of one stack that are drawn.
        most_stacks: stacks beside each other, and rows of stacks, that are drawn.

    Raises:
        TensorError: there are more axes.
    """
    if len(shape) > MOST_AXES:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors", "An array of {rank} axes cannot be drawn: choose a part of it with {most} axes at most."
            ),
            rank=len(shape),
            most=MOST_AXES,
        )
    limits = (most_stacks, most_stacks, most_stacked, most_cells, most_cells)[MOST_AXES - len(shape) :]
    shown = tuple(shown_places(size, limit) for size, limit in zip(shape, limits, strict=True))
    columns = len(shown[-1]) if shape else 1
    rows = len(shown[-2]) if len(shape) > 1 else 1
    leading = shown[:-2]
    depth = max(DEPTH, _DEPTH_SHARE * max(rows, columns)) if len(leading) else 0.0
    behind = depth * max(0, len(leading[-1]) - 1) if leading else 0.0
    gap = max(_GAP, _GAP_SHARE * max(rows, columns))
    blocks = tuple(_blocks(leading, depth, behind, (columns + behind + gap, rows + behind + gap)))
    width = max((block.x for block in blocks), default=0.0) + columns
    height = max((block.y for block in blocks), default=0.0) + rows
    return Layout(shape, shown, blocks, width, height)


def _blocks(
    leading: tuple[tuple[int, ...], ...], depth: float, behind: float, stride: tuple[float, float]
) -> Iterator[Block]:
    """The matrices, from the upper left stack to the lower right one, within a stack from the back to the front."""
    down, right, back = ((), (), (), *(tuple(enumerate(places)) for places in leading))[-3:]
    for (row, outer), (column, middle), (level, inner) in product(
        down or ((0, None),), right or ((0, None),), tuple(reversed(back)) or ((0, None),)
    ):
        index = tuple(place for place in (outer, middle, inner) if place is not None)
        if len(index) == len(leading):  # an empty axis has no matrices
            yield Block(index, column * stride[0] + level * depth, row * stride[1] + behind - level * depth)
