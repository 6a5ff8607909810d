"""Which shapes fit together and what comes out: NumPy's rules, with a sentence where NumPy has a traceback.

Every rule knows names of axes where there are any, and hands them on to its result.
"""

import math
from collections.abc import Sequence

from mnist_lab.tensors.budget import check_extent
from mnist_lab.tensors.errors import Shape, TensorError, spell_axis, spell_shape
from mnist_lab.tensors.fits import fits_for_broadcast, fits_for_dot, fits_for_reshape
from mnist_lab.tensors.operand_shape import OperandShape, ResultShape
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_AXES = 32
"""Axes that a reshaped array may have; NumPy itself ends at 64."""


def broadcast(first: OperandShape, second: OperandShape) -> ResultShape:
    """Two arrays combined element by element; an axis of size 1, or one that is missing in front, is stretched.

    Raises:
        TensorError: two sizes differ and neither is 1.
    """
    rank = max(first.rank, second.rank)
    shapes = [(1,) * (rank - operand.rank) + operand.shape for operand in (first, second)]
    names = [("",) * (rank - operand.rank) + operand.all_names for operand in (first, second)]
    for axis in reversed(range(rank)):
        sizes = (shapes[0][axis], shapes[1][axis])
        if sizes[0] != sizes[1] and 1 not in sizes:
            raise TensorError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "“{first}” {first_shape} and “{second}” {second_shape} do not fit together: {first_axis} of the"
                    " first has {first_size}, {second_axis} of the second {second_size}; compared from the last axis,"
                    " two sizes must be equal or one of them 1. This would fit: {fits}.",
                ),
                first=first.text,
                first_shape=spell_shape(first.shape),
                second=second.text,
                second_shape=spell_shape(second.shape),
                first_axis=spell_axis(axis - rank + first.rank, first.names),
                first_size=sizes[0],
                second_axis=spell_axis(axis - rank + second.rank, second.names),
                second_size=sizes[1],
                fits=fits_for_broadcast(first, second),
            )
    shape = tuple(two if one == 1 else one for one, two in zip(*shapes, strict=True))
    return ResultShape(shape, tuple(map(_name, *names, *shapes)))


def _name(first: str, second: str, first_size: int, second_size: int) -> str:
    """The name of a result's axis: that of the array which is not stretched along it."""
    if first_size == 1 and second_size != 1:
        return second or first
    return first or second


def dot(first: OperandShape, second: OperandShape) -> ResultShape:
    """The dot product: the last axis of the first with the second's only axis, or its last but one.

    Raises:
        TensorError: these two axes differ in size.
    """
    if not first.rank or not second.rank:
        return broadcast(first, second)
    summed = max(0, second.rank - 2)
    if first.shape[-1] != second.shape[summed]:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{first}” {first_shape} and “{second}” {second_shape} have no dot product: {first_axis} of the first"
                " has {first_size}, {second_axis} of the second {second_size}, and these two must be equal. This would"
                " fit: {fits}.",
            ),
            first=first.text,
            first_shape=spell_shape(first.shape),
            second=second.text,
            second_shape=spell_shape(second.shape),
            first_axis=spell_axis(first.rank - 1, first.names),
            first_size=first.shape[-1],
            second_axis=spell_axis(summed, second.names),
            second_size=second.shape[summed],
            fits=fits_for_dot(first, second, summed),
        )
    names = second.all_names
    return ResultShape(
        first.shape[:-1] + second.shape[:summed] + second.shape[summed + 1 :],
        first.all_names[:-1] + names[:summed] + names[summed + 1 :],
    )


def matmul(first: OperandShape, second: OperandShape) -> ResultShape:
    """The operator @: as `dot` up to two axes; with more, the axes in front are broadcast.

    Raises:
        TensorError: an operand has no axis, or sizes do not fit.
    """
    for operand in (first, second):
        if not operand.rank:
            raise TensorError(
                QT_TRANSLATE_NOOP("errors", "“{text}” is a single number and has no axis for @: multiply it with *."),
                text=operand.text,
            )
    if first.rank <= 2 and second.rank <= 2:
        return dot(first, second)
    core = dot(
        OperandShape(first.text, first.shape[-2:], first.all_names[-2:]),
        OperandShape(second.text, second.shape[-2:], second.all_names[-2:]),
    )
    stacks = broadcast(
        OperandShape(first.text, first.shape[:-2], first.all_names[:-2]),
        OperandShape(second.text, second.shape[:-2], second.all_names[:-2]),
    )
    return ResultShape(stacks.shape + core.shape, stacks.names + core.names)


def reshape(operand: OperandShape, target: Sequence[int]) -> ResultShape:
    """The same values, in the same order, in another shape; one -1 stands for "as many as are left".

    Raises:
        TensorError: the values do not fill the shape exactly, or it is no shape.
    """
    count, sizes = math.prod(operand.shape), tuple(target)
    if sizes.count(-1) > 1:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors", "{shape} has more than one -1, which stands for as many as are left: keep one."
            ),
            shape=spell_shape(sizes[:MOST_AXES]),
        )
    check_shape([size for size in sizes if size != -1])
    known = math.prod(size for size in sizes if size >= 0)
    if -1 in sizes and known and count % known == 0:
        return _named_anew(operand, tuple(count // known if size < 0 else size for size in sizes))
    if -1 in sizes or known != count:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{text}” {shape} has {count:,} values, and {target} takes {room:,}{times}: sizes must multiply to the"
                " number of values. This would fit: {fits}.",
            ),
            text=operand.text,
            shape=spell_shape(operand.shape),
            count=count,
            target=spell_shape(sizes),
            room=known,
            times=" × n" if -1 in sizes else "",
            fits=fits_for_reshape(count, sizes),
        )
    return _named_anew(operand, sizes)


def check_shape(sizes: Sequence[int]) -> None:
    """See that these can be sizes of axes.

    Raises:
        TensorError: there are too many, a negative one, or they are too large.
    """
    if len(sizes) > MOST_AXES or min(sizes, default=0) < 0:
        raise TensorError(
            QT_TRANSLATE_NOOP("errors", "{shape} is no shape: write at most {most} whole numbers, none below 0."),
            shape=spell_shape(sizes[: MOST_AXES + 1]),
            most=MOST_AXES,
        )
    check_extent(tuple(sizes))


def _named_anew(operand: OperandShape, shape: Shape) -> ResultShape:
    """Axes in front that stay as they are keep their names."""
    names = []
    for name, old, new in zip(operand.all_names, operand.shape, shape, strict=False):
        if old != new:
            break
        names.append(name)
    return ResultShape(shape, (*names, *("",) * len(shape))[: len(shape)])


def check_axis(operand: OperandShape, axis: int) -> int:
    """The axis counted from 0.

    Raises:
        TensorError: the array has no such axis.
    """
    if not -operand.rank <= axis < operand.rank:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{text}” {shape} has no axis {axis}: it has {rank}, counted from 0 to {last}, or from -1 back.",
            )
            if operand.rank
            else QT_TRANSLATE_NOOP("errors", "“{text}” is a single number and has no axis {axis}: leave the axis out."),
            text=operand.text,
            shape=spell_shape(operand.shape),
            axis=axis,
            rank=operand.rank,
            last=operand.rank - 1,
        )
    return axis % operand.rank


def transpose(operand: OperandShape, axes: Sequence[int]) -> ResultShape:
    """Axes in another order.

    Raises:
        TensorError: an axis is missing, named twice, or not there.
    """
    order = [check_axis(operand, axis) for axis in axes]
    if sorted(order) != list(range(operand.rank)):
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors", "{axes} does not put the {rank} axes of “{text}” in order: name each once, such as {fits}."
            ),
            axes=spell_shape(axes),
            rank=operand.rank,
            text=operand.text,
            fits=spell_shape(range(operand.rank)[::-1]),
        )
    return ResultShape(tuple(operand.shape[axis] for axis in order), tuple(operand.all_names[axis] for axis in order))
