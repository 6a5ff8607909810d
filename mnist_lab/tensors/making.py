"""Functions that make an array, or make one of another type: zeros, arange, astype, to_categorical and others."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from mnist_lab.tensors import shapes
from mnist_lab.tensors.arithmetic import compute
from mnist_lab.tensors.budget import Budget
from mnist_lab.tensors.errors import TensorError, spell_names, wrong_call
from mnist_lab.tensors.values import Array, Value
from mnist_lab.words import QT_TRANSLATE_NOOP

Dtype = np.dtype[np.generic]
_NONE = Value(None, "None")
_TEN = Value(10, "10")
_NANOSECONDS = 8
"""To make one number."""

DTYPES: dict[str, Dtype] = {
    name: np.dtype(name)
    for name in ("bool", "uint8", "int8", "int16", "uint16", "int32", "int64", "float16", "float32", "float64")
} | {"int": np.dtype(np.int64), "float": np.dtype(np.float64)}
"""Types of numbers by the names that may be typed."""


def dtype_of(value: Value, default: Dtype | None = None) -> Dtype:
    """The type that a name such as 'float32' stands for.

    Raises:
        TensorError: there is no such type here.
    """
    if value.content is None and default is not None:
        return default
    if isinstance(value.content, np.dtype):
        return value.content
    if isinstance(value.content, str) and value.content in DTYPES:
        return DTYPES[value.content]
    raise TensorError(
        QT_TRANSLATE_NOOP("errors", "“{text}” is no type of numbers: choose one of {names}."),
        text=value.text,
        names=spell_names(list(DTYPES)),
    )


def astype(text: str, budget: Budget, x: Value, dtype: Value) -> Value:
    """The same values as another type of numbers, in a new array."""
    kind = dtype_of(dtype)
    array = x.array()
    budget.take(text, array.shape, kind)
    budget.take_time(text, array.size, _NANOSECONDS)
    return Value(compute(text, array.astype, kind), text, x.names)


def array(text: str, budget: Budget, x: Value, dtype: Value = _NONE) -> Value:
    """A list of numbers as an array; lists are arrays here, so only the type can change."""
    return astype(text, budget, x, Value(dtype_of(dtype, x.array().dtype), dtype.text))


def _filled(text: str, budget: Budget, shape: Value, dtype: Value, function: Callable[..., Array]) -> Value:
    kind = dtype_of(dtype, np.dtype(np.float64))
    sizes = shape.integers()
    shapes.check_shape(sizes)
    budget.take(text, sizes, kind)
    budget.take_time(text, math.prod(sizes), _NANOSECONDS)
    return Value(function(sizes, dtype=kind), text)


def zeros(text: str, budget: Budget, shape: Value, dtype: Value = _NONE) -> Value:
    """All 0."""
    return _filled(text, budget, shape, dtype, np.zeros)


def ones(text: str, budget: Budget, shape: Value, dtype: Value = _NONE) -> Value:
    """All 1."""
    return _filled(text, budget, shape, dtype, np.ones)


def arange(text: str, budget: Budget, *bounds: Value) -> Value:
    """Numbers from `start` up to, not including, `stop`, `step` apart."""
    if not 1 <= len(bounds) <= 3:
        raise wrong_call("arange", "start=0, stop, step=1")
    numbers: list[Any] = [one.operand() for one in bounds]
    if any(np.ndim(number) for number in numbers):
        raise wrong_call("arange", "start=0, stop, step=1")
    start, stop, step = [0, *numbers, 1] if len(numbers) == 1 else [*numbers, 1][:3]
    if not step:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors", "The step of “{text}” is 0, and so it never ends: write 1, or -1 for backwards."
            ),
            text=text,
        )
    length = math.ceil(min(max(0.0, (float(stop) - float(start)) / float(step)), 1e18))
    budget.take(text, (length,), np.result_type(*(np.min_scalar_type(number) for number in numbers), np.int64))
    budget.take_time(text, length, _NANOSECONDS)
    return Value(compute(text, np.arange, *numbers), text)


def eye(text: str, budget: Budget, n: Value) -> Value:
    """The square matrix with 1 on its diagonal and 0 elsewhere."""
    return _filled(text, budget, Value((n.integer(),) * 2, n.text), _NONE, lambda sizes, dtype: np.eye(sizes[0]))


def to_categorical(text: str, budget: Budget, labels: Value, num_classes: Value = _TEN) -> Value:
    """One-hot rows: 1 at the place of the label, 0 elsewhere; float64, as Keras makes them."""
    array, classes = labels.array(), num_classes.integer()
    is_whole = np.issubdtype(array.dtype, np.integer)
    if not is_whole or (array.size and (int(array.min()) < 0 or int(array.max()) >= classes)):
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors", "“{text}” holds other values than whole numbers from 0 to {last}: give labels."
            ),
            text=labels.text,
            last=classes - 1,
        )
    shape = (*array.shape, max(0, classes))
    budget.take(text, shape, np.dtype(np.float64))
    budget.take(text, array.shape, np.dtype(np.int64))
    budget.take_time(text, math.prod(shape) + array.size, _NANOSECONDS)
    rows = np.zeros((array.size, shape[-1]))
    rows[np.arange(array.size), array.ravel()] = 1.0
    return Value(rows.reshape(shape), text, (*labels.operand_shape().all_names, "digits"))
