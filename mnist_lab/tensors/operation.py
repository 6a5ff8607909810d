"""One operation on arrays: which shapes go in, what comes out, NumPy's way, and the way cell by cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from mnist_lab.tensors.budget import Budget
from mnist_lab.tensors.cells import CellSteps, Work
from mnist_lab.tensors.errors import AxisNames
from mnist_lab.tensors.loops import Array, Ghost, LabelledLoop, Loop
from mnist_lab.tensors.naive import SourceListing, listing
from mnist_lab.tensors.operand_shape import OperandShape


@dataclass(frozen=True)
class Operation:
    """What the lab knows of one operation.

    Attributes:
        identifier: stays the same in every language.
        label: words for the list; context "tensors".
        formula: as NumPy writes it.
        shapes: the rule of shapes in letters, as in (a, b)·(b,) → (a,).
        operands: names of what it takes, in order.
        is_view: whether NumPy makes no new numbers but looks at the old ones in another order: its time tells that.
        rule: the way through the cells of given operands; raises what `loop` raises.
        forward: NumPy's way; its operands fit.
        naive: the loops; their operands fit, and a shape has no -1.
        helpers: functions that the loops call, shown below them.
        work: what the loops do for a cell; its lines count in `listing`.
    """

    identifier: str
    label: str
    formula: str
    shapes: str
    operands: tuple[str, ...]
    rule: Callable[[Sequence[OperandShape], Sequence[Array]], Loop]
    forward: Callable[..., Any]
    naive: Callable[..., Any]
    work: Callable[[SourceListing], Work]
    helpers: tuple[Callable[..., Any], ...] = ()
    is_view: bool = False

    @cached_property
    def listing(self) -> SourceListing:
        """The loops, as they are run."""
        return listing(self.naive, *self.helpers)

    def loop(self, arrays: Sequence[Array], names: Sequence[AxisNames] = (), texts: Sequence[str] = ()) -> Loop:
        """The way through the cells: which cells of the operands each cell of the result is made of.

        Args:
            arrays: one array of numbers for each of `operands`, in order; where an operand is a shape or an order of
                axes, a (k,) array of whole numbers.
            names: for each array, a word for each of its axes, as far as known; fewer than `arrays` is fine.
            texts: for each array, what the learner calls it in sentences; none: `operands`.

        Raises:
            TensorError: a rank or a size does not fit; the sentence names axes and says what would.
        """
        texts = texts or self.operands
        names = (*names, *((),) * len(arrays))
        inputs = [
            OperandShape(text, array.shape, name) for text, array, name in zip(texts, arrays, names, strict=False)
        ]
        return self.rule(inputs, arrays)

    def compute(self, arrays: Sequence[Array], names: Sequence[AxisNames] = (), texts: Sequence[str] = ()) -> Array:
        """NumPy's result.

        Args:
            arrays: as for `loop`.
            names: as for `loop`.
            texts: as for `loop`.

        Returns:
            an array of the shape `loop(…).result_shape`, of the type to which NumPy promotes those of the operands; a
            view of the operand if `is_view`. What is no number (1 / 0) is infinite or NaN, without a warning.

        Raises:
            TensorError: as `loop`; or the result would take more memory or time than `Budget` allows.
        """
        loop, dtype, budget = self.loop(arrays, names, texts), np.result_type(*arrays), Budget()
        if not self.is_view:
            budget.take(self.formula, loop.result_shape, dtype)
            budget.take_products(self.formula, int(np.prod(loop.result_shape, dtype=float)) * (loop.inner or 0), dtype)
        with np.errstate(all="ignore"):
            return np.asarray(self.forward(*arrays))

    def steps(self, arrays: Sequence[Array], names: Sequence[AxisNames] = (), texts: Sequence[str] = ()) -> CellSteps:
        """The loops, cell by cell.

        Args:
            arrays: as for `loop`.
            names: as for `loop`.
            texts: as for `loop`.

        Returns:
            the steps in the order of the loops; `frame` shows the result as it stands after so many of them, of the
            shape and type that `compute` gives.

        Raises:
            TensorError: as `loop`; or there are more cells than one can look at.
        """
        dtype = arrays[0].dtype if self.is_view else np.result_type(*arrays)
        return CellSteps(self.loop(arrays, names, texts), self.work(self.listing), arrays, dtype)

    def ghosts(self, arrays: Sequence[Array], names: Sequence[AxisNames] = ()) -> tuple[Ghost, ...]:
        """The axes along which broadcasting repeats an operand, as pictures draw them in outline.

        Args:
            arrays: as for `loop`.
            names: as for `loop`.

        Returns:
            one for each operand and axis of the result that it is repeated along; none without broadcasting.

        Raises:
            TensorError: as `loop`.
        """
        loop = self.loop(arrays, names)
        return loop.ghosts if isinstance(loop, LabelledLoop) else ()
