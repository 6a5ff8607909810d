"""An operation cell by cell: every step is worked out when it is asked for, by the arithmetic of the naive loops.

Nothing is listed in advance: a layer of 512 units on 784 pixels has 402,432 steps.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np

from mnist_lab.tensors.errors import TensorError, spell_shape
from mnist_lab.tensors.loops import Array, Index, Loop
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_CELLS = 20_000
MOST_STEPS = 5_000_000
_MOST_TERMS = 4
"""Products that are written out for a cell; the largest ones of more."""


@dataclass(frozen=True)
class CellStep:
    """One step of the loops, or all that makes a cell.

    Attributes:
        result_index: the result's cell at work.
        cells: for each operand the cells that are read.
        words: the arithmetic with its numbers, the same in every language.
        line: of the listing, from 1.
        value: what stands in the result's cell afterwards.
        is_complete: whether the cell is done with that.
    """

    result_index: Index
    cells: tuple[tuple[Index, ...], ...]
    words: str
    line: int
    value: Any
    is_complete: bool


@dataclass(frozen=True, eq=False)
class Frame:
    """The result while it is being made.

    Attributes:
        values: the result's array, read-only; cells that are not there yet hold 0.
        complete: how many cells, in the order of memory, are done.
        current: the cell that holds a sum in the making; None between two cells.
    """

    values: Array
    complete: int
    current: Index | None


@dataclass(frozen=True)
class Finish:
    """What happens to a cell after its sum, or instead of one.

    Attributes:
        line: of the listing.
        combine: the cell's new value from its old one and the values read.
        words: places {0}, {1}, … are the values read, {p0}, {p1}, … the same with negative numbers in brackets, {old}
            is the old value and {cell} the index of the first cell read, as in [0, 1].
        operands: which operands are read.
    """

    line: int
    combine: Callable[..., Any]
    words: str
    operands: tuple[int, ...] = ()


@dataclass(frozen=True)
class Work:
    """What is done for a cell: products are summed (if the loop has an inner axis), then `finishes` follow.

    Attributes:
        line: of the listing where a product is added; 0 if nothing is summed.
        finishes: in order.
    """

    line: int
    finishes: tuple[Finish, ...] = ()


def spell_number(value: Any) -> str:
    """A number in four digits, with a real minus sign."""
    text = f"{value:.4g}" if isinstance(value, float | np.floating) else str(value)
    return text.replace("-", "−")


def _factor(value: Any) -> str:
    text = spell_number(value)
    return f"({text})" if text.startswith("−") else text


class CellSteps(Sequence[CellStep]):
    """All steps of one operation on some arrays, without making any of them."""

    def __init__(self, loop: Loop, work: Work, operands: Sequence[Array], dtype: np.dtype[Any]) -> None:
        self.loop = loop
        self._work = work
        self._operands = tuple(operands)
        self._values = np.zeros(loop.result_shape, dtype)
        self._done = 0
        self._sums: tuple[Index, Array] | None = None
        self.steps_per_cell = (loop.inner or 0) + len(work.finishes)
        if self._values.size > MOST_CELLS or len(self) > MOST_STEPS:
            raise TensorError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "A result of the shape {shape} takes {steps:,} steps, too many to go through cell by cell: take"
                    " smaller parts of the arrays, with {cells:,} cells and {most:,} steps at most.",
                ),
                shape=spell_shape(loop.result_shape),
                steps=len(self),
                cells=MOST_CELLS,
                most=MOST_STEPS,
            )

    def __len__(self) -> int:
        return self._values.size * self.steps_per_cell

    @overload
    def __getitem__(self, number: int) -> CellStep: ...
    @overload
    def __getitem__(self, number: slice) -> list[CellStep]: ...
    def __getitem__(self, number: int | slice) -> CellStep | list[CellStep]:
        if isinstance(number, slice):
            return [self[one] for one in range(len(self))[number]]
        cell, step = divmod(range(len(self))[number], self.steps_per_cell)
        with np.errstate(all="ignore"):
            return self._step(self._index(cell), step)

    def made_by(self, index: Index) -> CellStep:
        """All cells that make this cell of the result, its arithmetic, and the last line that touches it."""
        inner = self.loop.inner
        with np.errstate(all="ignore"):
            cells: list[list[Index]] = [[] for _ in self._operands]
            for place in range(1 if inner is None else inner):
                for number, cell in enumerate(self.loop.cells(index, place)):
                    if cell is not None and cell not in cells[number][-1:]:
                        cells[number].append(cell)
            words, value = self._in_full(index)
            line = self._work.finishes[-1].line if self._work.finishes else self._work.line
            return CellStep(index, tuple(map(tuple, cells)), f"{words} = {spell_number(value)}", line, value, True)

    def frame(self, steps: int) -> Frame:
        """The result after its first `steps` steps: 0 for none, `len` of this for all."""
        steps = min(max(0, steps), len(self))
        complete, started = divmod(steps, self.steps_per_cell) if self.steps_per_cell else (self._values.size, 0)
        with np.errstate(all="ignore"):
            for cell in range(self._done, complete):
                index = self._index(cell)
                self._values[index] = self._cell(index)
            self._done = max(self._done, complete)
            values = self._values.copy()
            values.reshape(-1)[complete:] = 0
            current = self._index(complete) if started else None
            if current is not None:
                values[current] = self._step(current, started - 1).value
        values.flags.writeable = False
        return Frame(values, complete, current)

    def _index(self, cell: int) -> Index:
        return tuple(int(place) for place in np.unravel_index(cell, self._values.shape))

    def _reads(self, index: Index, finish: Finish) -> list[Any]:
        sources = self.loop.sources(index)
        return [self._operands[number][sources[number]] for number in finish.operands]

    def _totals(self, index: Index) -> Array:
        """The sum after each product, added up one by one as the loops do; the last cell's are kept."""
        if self._sums is None or self._sums[0] != index:
            sources = self.loop.sources(index)
            products = self._operands[0][sources[0]] * self._operands[1][sources[1]]
            self._sums = index, np.add.accumulate(products, dtype=self._values.dtype)
        return self._sums[1]

    def _cell(self, index: Index) -> Any:
        return self._after(index, len(self._work.finishes))

    def _after(self, index: Index, finishes: int) -> Any:
        """The cell's value after its sum and the first few finishes, in the type of the result."""
        value: Any = self._totals(index)[-1] if self.loop.inner else self._values.dtype.type(0)
        for finish in self._work.finishes[:finishes]:
            value = self._values.dtype.type(finish.combine(value, *self._reads(index, finish)))
        return value

    def _step(self, index: Index, step: int) -> CellStep:
        inner = self.loop.inner or 0
        is_complete = step == self.steps_per_cell - 1
        if step < inner:
            cells = self.loop.cells(index, step)[:2]
            one, two = (self._operands[number][cell] for number, cell in enumerate(cells))
            totals = self._totals(index)
            before = totals[step - 1] if step else 0
            words = f"{spell_number(before)} + {_factor(one)} × {_factor(two)} = {spell_number(totals[step])}"
            return self._made(index, cells, words, self._work.line, totals[step], is_complete)
        finish = self._work.finishes[step - inner]
        old, value = self._after(index, step - inner), self._after(index, step - inner + 1)
        words = f"{self._spell(index, finish, spell_number(old))} = {spell_number(value)}"
        sources = self.loop.cells(index, 0)
        read = tuple(cell if number in finish.operands else None for number, cell in enumerate(sources))
        return self._made(index, read, words, finish.line, value, is_complete)

    def _made(
        self, index: Index, cells: Sequence[Index | None], words: str, line: int, value: Any, is_complete: bool
    ) -> CellStep:
        cells = [*cells, *(None,) * (len(self._operands) - len(cells))]
        return CellStep(
            index, tuple(() if cell is None else (cell,) for cell in cells), words, line, value, is_complete
        )

    def _in_full(self, index: Index) -> tuple[str, Any]:
        """The whole arithmetic of a cell, and its value."""
        words = self._sum_in_full(index) if self.loop.inner is not None else ""
        for finish in self._work.finishes:
            words = self._spell(index, finish, words)
        return words, self._cell(index)

    def _spell(self, index: Index, finish: Finish, old: str) -> str:
        reads = self._reads(index, finish)
        factors = {f"p{number}": _factor(read) for number, read in enumerate(reads)}
        first = self.loop.cells(index, 0)[finish.operands[0]] if finish.operands else ()
        return finish.words.format(*map(spell_number, reads), **factors, old=old, cell=list(first or ()))

    def _sum_in_full(self, index: Index) -> str:
        """Products in order; of many only the largest, with … where some are left out."""
        sources = self.loop.sources(index)
        pairs = list(zip(self._operands[0][sources[0]], self._operands[1][sources[1]], strict=True))
        sizes = [-abs(float(one) * float(two)) for one, two in pairs]
        most = _MOST_TERMS if len(pairs) > _MOST_TERMS + 1 else len(pairs)  # … for a single product would be no shorter
        chosen = sorted(int(place) for place in np.argsort(sizes, kind="stable")[:most])
        terms: list[str] = []
        following = 0
        for place in chosen:
            terms += ["…"] * (place > following)
            terms.append(f"{_factor(pairs[place][0])} × {_factor(pairs[place][1])}")
            following = place + 1
        terms += ["…"] * (following < len(pairs))
        return " + ".join(terms) or "0"
