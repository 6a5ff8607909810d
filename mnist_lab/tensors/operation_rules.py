"""Which operands an operation takes, and the way through their cells."""

from collections.abc import Callable, Sequence

import numpy as np

from mnist_lab.tensors import shapes
from mnist_lab.tensors.errors import TensorError, spell_names, spell_shape
from mnist_lab.tensors.layout import MOST_AXES
from mnist_lab.tensors.loops import INNER, Array, FlatLoop, LabelledLoop
from mnist_lab.tensors.operand_shape import OperandShape
from mnist_lab.words import QT_TRANSLATE_NOOP

_LETTERS = "abcdefgh"  # labels of the result's axes; "i" is that of the sum


def _check_rank(operand: OperandShape, fewest: int, most: int) -> None:
    """See that an operand has as many axes as the operation can go through.

    Raises:
        TensorError: it has more or fewer.
    """
    if not fewest <= operand.rank <= most:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{text}” {shape} has {rank} axes, and this operation takes {wanted} there: reshape it, or choose a"
                " part of it.",
            ),
            text=operand.text,
            shape=spell_shape(operand.shape),
            rank=operand.rank,
            wanted=fewest if fewest == most else f"{fewest}–{most}",
        )


def _labels(rank: int) -> tuple[str, ...]:
    return tuple(_LETTERS[:rank])


def same_cells(inputs: Sequence[OperandShape], arrays: Sequence[Array]) -> LabelledLoop:
    """One operand, cell by cell."""
    del arrays
    (operand,) = inputs
    _check_rank(operand, 0, MOST_AXES)
    labels = _labels(operand.rank)
    return LabelledLoop(dict(zip(labels, operand.shape, strict=True)), labels, (labels,), operand.all_names)


def same_shape(inputs: Sequence[OperandShape], arrays: Sequence[Array]) -> LabelledLoop:
    """Two operands of one shape, cell by cell."""
    first, second = inputs
    outcome = shapes.broadcast(first, second)  # what does not even broadcast has a sentence of its own
    if first.shape != second.shape:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{first}” {first_shape} and “{second}” {second_shape} differ in shape, and element by element they"
                " must not: choose broadcasting, which stretches them to {shape}.",
            ),
            first=first.text,
            first_shape=spell_shape(first.shape),
            second=second.text,
            second_shape=spell_shape(second.shape),
            shape=spell_shape(outcome.shape),
        )
    loop = same_cells((first,), arrays)
    return LabelledLoop(loop.sizes, loop.result, loop.operands * 2, outcome.names)


def broadcast(inputs: Sequence[OperandShape], arrays: Sequence[Array]) -> LabelledLoop:
    """Two operands; axes that are missing in front or have size 1 are stretched."""
    del arrays
    outcome = shapes.broadcast(*inputs)
    for operand in inputs:
        _check_rank(operand, 0, MOST_AXES)
    labels = _labels(len(outcome.shape))
    operands = []
    for operand in inputs:
        own = labels[len(labels) - operand.rank :]
        sizes = outcome.shape[len(labels) - operand.rank :]
        pairs = zip(own, operand.shape, sizes, strict=True)
        operands.append(tuple(None if size == 1 != wanted else label for label, size, wanted in pairs))
    return LabelledLoop(dict(zip(labels, outcome.shape, strict=True)), labels, tuple(operands), outcome.names)


def dot(
    first_ranks: tuple[int, int], second_rank: int
) -> Callable[[Sequence[OperandShape], Sequence[Array]], LabelledLoop]:
    """The dot product of operands with so many axes: fewest and most of the first, exactly of the second."""

    def rule(inputs: Sequence[OperandShape], arrays: Sequence[Array]) -> LabelledLoop:
        del arrays
        first, second = inputs
        _check_rank(first, *first_ranks)
        _check_rank(second, second_rank, second_rank)
        outcome = shapes.dot(first, second)
        labels = _labels(len(outcome.shape))
        own = (*labels[: first.rank - 1], INNER)
        other = (INNER, *labels[first.rank - 1 :])
        sizes = dict(zip(labels, outcome.shape, strict=True)) | {INNER: first.shape[-1]}
        return LabelledLoop(sizes, labels, (own, other), outcome.names)

    return rule


def transpose(inputs: Sequence[OperandShape], arrays: Sequence[Array]) -> LabelledLoop:
    """One operand, its axes backwards."""
    loop = same_cells(inputs, arrays)
    return LabelledLoop(loop.sizes, loop.result[::-1], loop.operands, loop.names[::-1])


def reshape(inputs: Sequence[OperandShape], arrays: Sequence[Array]) -> FlatLoop:
    """The first operand in the shape that the second one spells out."""
    operand, target = inputs[0], arrays[1]
    if target.ndim != 1 or not np.issubdtype(target.dtype, np.integer):
        raise TensorError(
            QT_TRANSLATE_NOOP("errors", "“{text}” is no shape: write whole numbers in a row, such as {fits}."),
            text=inputs[1].text,
            fits=spell_names([str(list(operand.shape))]),
        )
    outcome = shapes.reshape(operand, [int(size) for size in target])
    for part in (operand, OperandShape(inputs[1].text, outcome.shape)):
        _check_rank(part, 0, MOST_AXES)
    return FlatLoop(operand.shape, outcome.shape)


def layer(inputs: Sequence[OperandShape], arrays: Sequence[Array]) -> LabelledLoop:
    """Weights (units, inputs), one input (inputs,), a bias (units,)."""
    weights, _, bias = inputs
    loop = dot((2, 2), 1)(inputs[:2], arrays[:2])
    _check_rank(bias, 1, 1)
    if bias.shape != loop.result_shape:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{bias}” has {size} values, but “{weights}” {shape} has {units} units, and each takes one: {fits}"
                " would fit.",
            ),
            bias=bias.text,
            size=bias.shape[0],
            weights=weights.text,
            shape=spell_shape(weights.shape),
            units=weights.shape[0],
            fits=spell_shape(loop.result_shape),
        )
    return LabelledLoop(loop.sizes, loop.result, (*loop.operands, loop.result), loop.names)
