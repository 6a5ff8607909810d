"""Functions that sum up, choose from, or rearrange an array: sum, max, argmax, reshape and others."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mnist_lab.tensors import shapes
from mnist_lab.tensors.arithmetic import compute
from mnist_lab.tensors.budget import Budget
from mnist_lab.tensors.errors import Shape, TensorError
from mnist_lab.tensors.operand_shape import OperandShape
from mnist_lab.tensors.values import Value
from mnist_lab.words import QT_TRANSLATE_NOOP

_NONE = Value(None, "None")
_FALSE = Value(False, "False")
_INPUT, _OUTPUT = 8, 30
"""Nanoseconds for one number that is read, and for one that comes out: an axis of two takes as long as one of ten."""


def reduction(
    function: Callable[..., Any], *, needs_values: bool = False, one_axis: bool = False, copies: int = 0
) -> Callable[..., Value]:
    """A function that takes away the axes it is told, or all of them.

    Args:
        function: NumPy's.
        needs_values: whether nothing can come of no values.
        one_axis: whether it takes one axis at most.
        copies: of the array in float64 that NumPy makes on the way.
    """

    def call(text: str, budget: Budget, x: Value, axis: Value = _NONE, keepdims: Value = _FALSE) -> Value:
        operand, array = x.operand_shape(), x.array()
        axes = _axes(operand, axis, one_axis=one_axis)
        if needs_values and not math.prod(operand.shape[place] for place in axes):
            raise TensorError(
                QT_TRANSLATE_NOOP("errors", "“{text}” has nothing to choose from: this part of the array is empty."),
                text=text,
            )
        keeps = bool(keepdims.content)
        kept = [place for place in range(operand.rank) if place not in axes]
        budget.take(text, tuple(operand.shape[place] for place in kept), np.dtype(np.float64))
        for _ in range(copies):
            budget.take(text, array.shape, np.dtype(np.float64))
        budget.take_time(text, array.size, _INPUT * (1 + copies))
        budget.take_time(text, math.prod(operand.shape[place] for place in kept), _OUTPUT * (1 + copies))
        chosen = None if axis.content is None else axes[0] if one_axis else axes
        result = compute(text, lambda: function(array, axis=chosen, keepdims=keeps))
        names = operand.all_names if keeps else tuple(operand.all_names[place] for place in kept)
        return Value(result, text, names)

    return call


def _axes(operand: OperandShape, axis: Value, *, one_axis: bool) -> Shape:
    if axis.content is None:
        return tuple(range(operand.rank))
    axes = (axis.integer(),) if one_axis else axis.integers()
    places = tuple(shapes.check_axis(operand, one) for one in axes)
    if len(set(places)) < len(places):
        raise TensorError(QT_TRANSLATE_NOOP("errors", "“{text}” names an axis twice: name each once."), text=axis.text)
    return places


def reshape(text: str, budget: Budget, x: Value, *shape: Value) -> Value:
    """The same values in another shape: a view where they lie in a row in memory, else a copy."""
    array = x.array()
    target = shape[0].integers() if len(shape) == 1 else tuple(one.integer() for one in shape)
    outcome = shapes.reshape(x.operand_shape(), target)
    if not array.flags.c_contiguous:  # else it is a view
        budget.take(text, outcome.shape, array.dtype)
        budget.take_time(text, array.size, _INPUT)
    return Value(array.reshape(outcome.shape), text, outcome.names)


def transpose(text: str, budget: Budget, x: Value, *axes: Value) -> Value:
    """Axes in the order given, or backwards."""
    del budget  # a view
    array = x.array()
    order: Sequence[int] = range(array.ndim)[::-1]
    if axes and axes[0].content is not None:
        order = axes[0].integers() if len(axes) == 1 else [one.integer() for one in axes]
    outcome = shapes.transpose(x.operand_shape(), order)
    return Value(array.transpose(order), text, outcome.names)


def ravel(text: str, budget: Budget, x: Value) -> Value:
    """All values along one axis."""
    return reshape(text, budget, x, Value(-1, "-1"))


def expand_dims(text: str, budget: Budget, x: Value, axis: Value) -> Value:
    """One more axis, of size 1, at this place of the result."""
    del budget  # a view
    array = x.array()
    place = shapes.check_axis(OperandShape(x.text, (*array.shape, 1)), axis.integer())
    names = x.operand_shape().all_names
    return Value(np.expand_dims(array, place), text, (*names[:place], "", *names[place:]))
