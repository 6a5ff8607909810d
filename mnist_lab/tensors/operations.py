"""The operations of the chapter.

Adding one is its loops in `naive.py` and one `Operation` in `OPERATIONS`; page and tests follow.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from mnist_lab.tensors import operation_rules as rules
from mnist_lab.tensors.cells import Finish, Work
from mnist_lab.tensors.layout import MOST_AXES
from mnist_lab.tensors.naive import (
    SourceListing,
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
from mnist_lab.tensors.operation import Operation
from mnist_lab.words import QT_TRANSLATE_NOOP

__all__ = ["OPERATIONS", "Operation", "operation"]


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
