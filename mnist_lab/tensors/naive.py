"""Every operation as plain loops, one number at a time: what is run is what is shown, line by line.

The loops are slow on purpose. They take any type of numbers and give NumPy's: whole numbers that outgrow their type
wrap around, and a caller who does not want warnings about that sets `np.errstate`.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Index = tuple[int, ...]


def naive_relu(x: Array) -> Array:
    """Keep what is above 0; the rest becomes 0."""
    result = np.empty_like(x)
    for index in np.ndindex(x.shape):
        result[index] = max(x[index], 0)
    return result


def naive_add(x: Array, y: Array) -> Array:
    """Add two arrays of the same shape."""
    result = np.empty(x.shape, np.result_type(x, y))
    for index in np.ndindex(x.shape):
        result[index] = x[index] + y[index]
    return result


def naive_broadcast_add(x: Array, y: Array) -> Array:
    """Add; where an axis has size 1, its only place counts everywhere."""
    result = np.empty(np.broadcast_shapes(x.shape, y.shape), np.result_type(x, y))
    for index in np.ndindex(result.shape):
        result[index] = x[stretched(index, x.shape)] + y[stretched(index, y.shape)]
    return result


def naive_broadcast_multiply(x: Array, y: Array) -> Array:
    """Multiply cell by cell; where an axis has size 1, its only place counts everywhere."""
    result = np.empty(np.broadcast_shapes(x.shape, y.shape), np.result_type(x, y))
    for index in np.ndindex(result.shape):
        result[index] = x[stretched(index, x.shape)] * y[stretched(index, y.shape)]
    return result


def stretched(index: Index, shape: Index) -> Index:
    """Find the cell that stands at `index` once axes of size 1 are stretched."""
    own = index[len(index) - len(shape) :]
    return tuple(0 if size == 1 else place for place, size in zip(own, shape, strict=True))


def naive_dot_vectors(x: Array, y: Array) -> Any:
    """Multiply in pairs and add up: one number."""
    total = 0
    for i in range(x.shape[0]):
        total += x[i] * y[i]
    return total


def naive_dot_matrix_vector(x: Array, y: Array) -> Array:
    """Take the dot product of every row of x with y."""
    result = np.zeros(x.shape[0], np.result_type(x, y))
    for row in range(x.shape[0]):
        for i in range(x.shape[1]):
            result[row] += x[row, i] * y[i]
    return result


def naive_dot_matrices(x: Array, y: Array) -> Array:
    """Take the dot product of every row of x with every column of y."""
    result = np.zeros((x.shape[0], y.shape[1]), np.result_type(x, y))
    for row in range(x.shape[0]):
        for column in range(y.shape[1]):
            for i in range(x.shape[1]):
                result[row, column] += x[row, i] * y[i, column]
    return result


def naive_dot_tensor_vector(x: Array, y: Array) -> Array:
    """Take the dot product of y with x along its last axis."""
    result = np.zeros(x.shape[:-1], np.result_type(x, y))
    for index in np.ndindex(result.shape):
        for i in range(y.shape[0]):
            result[index] += x[*index, i] * y[i]
    return result


def naive_dot_tensor_matrix(x: Array, y: Array) -> Array:
    """Take the dot product of every column of y with x along its last axis."""
    result = np.zeros((*x.shape[:-1], y.shape[1]), np.result_type(x, y))
    for *index, column in np.ndindex(result.shape):
        for i in range(y.shape[0]):
            result[*index, column] += x[*index, i] * y[i, column]
    return result


def naive_transpose(x: Array) -> Array:
    """Write every cell where its index, read backwards, points."""
    result = np.empty(x.shape[::-1], x.dtype)
    for index in np.ndindex(result.shape):
        result[index] = x[index[::-1]]
    return result


def naive_reshape(x: Array, shape: Array) -> Array:
    """Read all cells in order and write them, in order, into the new shape."""
    result = np.empty(shape, x.dtype)
    for new, old in zip(np.ndindex(result.shape), np.ndindex(x.shape), strict=True):
        result[new] = x[old]
    return result


def naive_layer(w: Array, x: Array, b: Array) -> Array:
    """Compute relu(dot(w, x) + b), one unit after the other."""
    result = np.zeros(w.shape[0], np.result_type(w, x, b))
    for unit in range(w.shape[0]):
        for i in range(w.shape[1]):
            result[unit] += w[unit, i] * x[i]
        result[unit] += b[unit]
        result[unit] = max(result[unit], 0)
    return result


@dataclass(frozen=True)
class SourceListing:
    """The loops as they are written here.

    Attributes:
        lines: without line ends; the first is line 1.
    """

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    def line(self, fragment: str) -> int:
        """Number of the only line that holds `fragment`; ValueError if that is none or several."""
        (found,) = [number for number, line in enumerate(self.lines, start=1) if fragment in line]
        return found


def listing(*functions: Callable[..., Any]) -> SourceListing:
    """The source of some functions, below each other."""
    return SourceListing(tuple("\n\n".join(inspect.getsource(one) for one in functions).rstrip().split("\n")))
