"""The operations of the chapter: which shapes go in, what comes out, NumPy's way, and the way cell by cell.

Adding one is its loops in `naive.py` and one `Operation` in `OPERATIONS`; page and tests follow.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from mnist_lab.tensors import operation_rules as rules
from mnist_lab.tensors.budget import Budget
from mnist_lab.tensors.cells import CellSteps, Finish, Work
from mnist_lab.tensors.errors import AxisNames
from mnist_lab.tensors.layout import MOST_AXES
from mnist_lab.tensors.loops import Array, Ghost, LabelledLoop, Loop
from mnist_lab.tensors.naive import (
    SourceListing,
    listing,
    naive_add,
    naive_broadcast_add,
    naive_broadcast_multiply,
    naive_dot_matrices,
    naive_dot_matrix_vector,
    naive_dot_tensor_matrix,
    naive_dot_tensor_vector,
    naive_dot_vectors,
    naive_layer,
    naive_relu,
    naive_reshape,
    naive_transpose,
    stretched,
)
from mnist_lab.tensors.sides import Side
from mnist_lab.words import QT_TRANSLATE_NOOP


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
        rule: the way through the cells for given sides; raises what `loop` raises.
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
    rule: Callable[[Sequence[Side], Sequence[Array]], Loop]
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
        sides = [Side(text, array.shape, name) for text, array, name in zip(texts, arrays, names, strict=False)]
        return self.rule(sides, arrays)

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


def _single(fragment: str, combine: Callable[..., Any], words: str, operands: int) -> Callable[[SourceListing], Work]:
    """Work of one step a cell."""
    return lambda shown: Work(0, (Finish(shown.line(fragment), combine, words, tuple(range(operands))),))


def _summed(shown: SourceListing) -> Work:
    """Work of a sum of products alone."""
    return Work(shown.line(" += "))


def _layer_work(shown: SourceListing) -> Work:
    return Work(
        shown.line("+= w["),
        (
            Finish(shown.line("+= b["), lambda total, bias: total + bias, "{old} + {p0}", (2,)),
            Finish(shown.line("max("), lambda total: max(total, 0), "max({old}, 0)"),
        ),
    )


_COPY = _single("] = x[", lambda _, one: one, "x{cell}", 1)

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "relu",
        QT_TRANSLATE_NOOP("tensors", "relu, element by element"),
        "np.maximum(x, 0)",
        "(…) → (…)",
        ("x",),
        rules.same_cells,
        lambda x: np.maximum(x, 0),
        naive_relu,
        _single("max(", lambda _, one: max(one, 0), "max({0}, 0)", 1),
    ),
    Operation(
        "add",
        QT_TRANSLATE_NOOP("tensors", "Addition, element by element"),
        "x + y",
        "(…) + (…) → (…)",
        ("x", "y"),
        rules.same_shape,
        lambda x, y: x + y,
        naive_add,
        _single(" + ", lambda _, one, two: one + two, "{0} + {p1}", 2),
    ),
    Operation(
        "broadcast_add",
        QT_TRANSLATE_NOOP("tensors", "Addition with broadcasting"),
        "x + y",
        "(a, b) + (b,) → (a, b)",
        ("x", "y"),
        rules.broadcast,
        lambda x, y: x + y,
        naive_broadcast_add,
        _single("] + y[", lambda _, one, two: one + two, "{0} + {p1}", 2),
        (stretched,),
    ),
    Operation(
        "broadcast_multiply",
        QT_TRANSLATE_NOOP("tensors", "Multiplication, element by element"),
        "x * y",
        "(a, b) * (b,) → (a, b)",
        ("x", "y"),
        rules.broadcast,
        lambda x, y: x * y,
        naive_broadcast_multiply,
        _single("] * y[", lambda _, one, two: one * two, "{p0} × {p1}", 2),
        (stretched,),
    ),
    Operation(
        "dot_vectors",
        QT_TRANSLATE_NOOP("tensors", "dot: vector · vector"),
        "np.dot(x, y)",
        "(a,)·(a,) → ()",
        ("x", "y"),
        rules.dot((1, 1), 1),
        np.dot,
        naive_dot_vectors,
        _summed,
    ),
    Operation(
        "dot_matrix_vector",
        QT_TRANSLATE_NOOP("tensors", "dot: matrix · vector"),
        "np.dot(x, y)",
        "(a, b)·(b,) → (a,)",
        ("x", "y"),
        rules.dot((2, 2), 1),
        np.dot,
        naive_dot_matrix_vector,
        _summed,
    ),
    Operation(
        "dot_matrices",
        QT_TRANSLATE_NOOP("tensors", "dot: matrix · matrix"),
        "np.dot(x, y)",
        "(a, b)·(b, c) → (a, c)",
        ("x", "y"),
        rules.dot((2, 2), 2),
        np.dot,
        naive_dot_matrices,
        _summed,
    ),
    Operation(
        "dot_tensor_vector",
        QT_TRANSLATE_NOOP("tensors", "dot: tensor · vector"),
        "np.dot(x, y)",
        "(a, b, c, d)·(d,) → (a, b, c)",
        ("x", "y"),
        rules.dot((3, MOST_AXES), 1),
        np.dot,
        naive_dot_tensor_vector,
        _summed,
    ),
    Operation(
        "dot_tensor_matrix",
        QT_TRANSLATE_NOOP("tensors", "dot: tensor · matrix"),
        "np.dot(x, y)",
        "(a, b, c, d)·(d, e) → (a, b, c, e)",
        ("x", "y"),
        rules.dot((3, MOST_AXES), 2),
        np.dot,
        naive_dot_tensor_matrix,
        _summed,
    ),
    Operation(
        "transpose",
        QT_TRANSLATE_NOOP("tensors", "Transposition: axes backwards"),
        "np.transpose(x)",
        "(a, b) → (b, a)",
        ("x",),
        rules.transpose,
        np.transpose,
        naive_transpose,
        _COPY,
        is_view=True,
    ),
    Operation(
        "reshape",
        QT_TRANSLATE_NOOP("tensors", "Reshaping: same values, another shape"),
        "x.reshape(shape)",
        "(a, b) → (a × b,)",
        ("x", "shape"),
        rules.reshape,
        lambda x, shape: x.reshape([int(size) for size in shape]),
        naive_reshape,
        _COPY,
        is_view=True,
    ),
    Operation(
        "layer",
        QT_TRANSLATE_NOOP("tensors", "A layer: relu(dot(w, x) + b)"),
        "np.maximum(np.dot(w, x) + b, 0)",
        "(a, b)·(b,) + (a,) → (a,)",
        ("w", "x", "b"),
        rules.layer,
        lambda w, x, b: np.maximum(np.dot(w, x) + b, 0),
        naive_layer,
        _layer_work,
    ),
)
"""In the order of the chapter, from one array to a whole layer."""


def operation(identifier: str) -> Operation:
    """The operation of this identifier; KeyError if there is none."""
    for one in OPERATIONS:
        if one.identifier == identifier:
            return one
    raise KeyError(identifier)
