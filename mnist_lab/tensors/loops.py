"""In what order an operation goes through its cells, what it reads for each, and how its work is cut into blocks."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mnist_lab.tensors.errors import AxisNames, Shape

Array = NDArray[Any]
Index = tuple[int, ...]
INNER = "i"
"""The label of the axis that is summed over."""


@dataclass(frozen=True)
class Ghost:
    """An axis along which an operand is stretched: its cells count again and again, as if they were copied.

    Attributes:
        operand: which operand, from 0.
        axis: of the result.
        name: of this axis, "" where nobody named it.
        times: how often every cell counts.
        is_missing: whether the operand lacks the axis; else it has it with size 1.
    """

    operand: int
    axis: int
    name: str
    times: int
    is_missing: bool


class Loop(Protocol):
    """One way through all cells of a result, in the order of its memory."""

    @property
    def result_shape(self) -> Shape:
        """Of the result."""
        ...

    @property
    def inner(self) -> int | None:
        """How many products are summed for a cell; None where nothing is summed."""
        ...

    def sources(self, index: Index) -> tuple[Any, ...]:
        """For each operand the key of what is read for a result cell: one cell, or a line of cells along the sum."""
        ...

    def cells(self, index: Index, inner: int) -> tuple[Index | None, ...]:
        """For each operand the one cell that is read; None for an operand without cells, such as a shape."""
        ...

    def blocks(self, operands: Sequence[Array], most_steps: int) -> Iterator[tuple[tuple[Array, ...], float]]:
        """The work in blocks of about `most_steps` steps: smaller operands, and their share of the whole."""
        ...


@dataclass(frozen=True)
class LabelledLoop:
    """Axes with labels, as in (a, b, i)·(i, c) → (a, b, c): the same label is the same place.

    Attributes:
        sizes: places of each label.
        result: labels of the result's axes.
        operands: for each operand the labels of its axes; None for an axis of size 1 that is stretched.
        names: of the result's axes.
    """

    sizes: Mapping[str, int]
    result: tuple[str, ...]
    operands: tuple[tuple[str | None, ...], ...]
    names: AxisNames = ()

    @property
    def result_shape(self) -> Shape:
        """Of the result."""
        return tuple(self.sizes[label] for label in self.result)

    @property
    def inner(self) -> int | None:
        """How many products are summed for a cell; None where nothing is summed."""
        return self.sizes.get(INNER)

    @property
    def ghosts(self) -> tuple[Ghost, ...]:
        """All axes along which an operand is stretched; none in a sum of products."""
        if self.inner is not None:
            return ()
        names = (*self.names, *("",) * len(self.result))
        ghosts = []
        for number, labels in enumerate(self.operands):
            missing = len(self.result) - len(labels)
            for axis, label in enumerate(self.result):
                is_missing = axis < missing and label not in labels
                if self.sizes[label] != 1 and (is_missing or (axis >= missing and labels[axis - missing] is None)):
                    ghosts.append(Ghost(number, axis, names[axis], self.sizes[label], is_missing))
        return tuple(ghosts)

    def sources(self, index: Index) -> tuple[Any, ...]:
        """For each operand the key of what is read: `slice(None)` along the sum."""
        places: dict[str | None, Any] = dict(zip(self.result, index, strict=True))
        places |= {None: 0, INNER: slice(None)}
        return tuple(tuple(places[label] for label in labels) for labels in self.operands)

    def cells(self, index: Index, inner: int) -> tuple[Index | None, ...]:
        """For each operand the one cell that is read for the `inner`-th product."""
        places: dict[str | None, int] = dict(zip(self.result, index, strict=True))
        places |= {None: 0, INNER: inner}
        return tuple(tuple(places[label] for label in labels) for labels in self.operands)

    def blocks(self, operands: Sequence[Array], most_steps: int) -> Iterator[tuple[tuple[Array, ...], float]]:
        """Halve the longest label until a block has few enough steps; then go through all blocks."""
        whole = math.prod(self.sizes.values())
        lengths = dict(self.sizes)
        while lengths and math.prod(lengths.values()) > max(1, most_steps):
            longest = max(lengths, key=lambda label: lengths[label])
            lengths[longest] = -(-lengths[longest] // 2)
        starts = [range(0, self.sizes[label], max(1, lengths[label])) for label in lengths]
        for corner in product(*starts):
            cuts: dict[str | None, slice] = {
                label: slice(start, min(start + lengths[label], self.sizes[label]))
                for label, start in zip(lengths, corner, strict=True)
            }
            steps = math.prod(cut.stop - cut.start for cut in cuts.values())
            cuts[None] = slice(None)
            parts = tuple(
                operand[tuple(cuts[label] for label in labels)]
                for operand, labels in zip(operands, self.operands, strict=True)
            )
            yield parts, steps / whole if whole else 1.0


@dataclass(frozen=True)
class FlatLoop:
    """The same cells in the same order, in another shape: reshape. The second operand is the shape.

    Attributes:
        source_shape: of what is reshaped.
        result_shape: of the result.
    """

    source_shape: Shape
    result_shape: Shape
    inner: int | None = None

    def sources(self, index: Index) -> tuple[Any, ...]:
        """The cell at the same place of the row in which all cells stand; nothing of the shape."""
        return (self.cells(index, 0)[0], None)

    def cells(self, index: Index, inner: int) -> tuple[Index | None, ...]:
        """The cell at the same place of the row in which all cells stand."""
        del inner
        flat = 0
        for place, size in zip(index, self.result_shape, strict=True):
            flat = flat * size + place
        return (tuple(int(place) for place in np.unravel_index(flat, self.source_shape)), None)

    def blocks(self, operands: Sequence[Array], most_steps: int) -> Iterator[tuple[tuple[Array, ...], float]]:
        """Pieces of that row."""
        row = operands[0].reshape(-1)
        for start in range(0, row.size, max(1, most_steps)):
            piece = row[start : start + most_steps]
            yield (piece, np.array([piece.size])), piece.size / row.size
