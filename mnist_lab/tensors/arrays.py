"""What an array is: rank, shape, names of its axes, type of its numbers, memory."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.tensors.errors import AxisNames, Shape, TensorError
from mnist_lab.words import QT_TRANSLATE_NOOP

AXIS_WORDS = {
    "samples": QT_TRANSLATE_NOOP("axes", "samples"),
    "height": QT_TRANSLATE_NOOP("axes", "height"),
    "width": QT_TRANSLATE_NOOP("axes", "width"),
    "channels": QT_TRANSLATE_NOOP("axes", "channels"),
    "frames": QT_TRANSLATE_NOOP("axes", "frames"),
    "timesteps": QT_TRANSLATE_NOOP("axes", "timesteps"),
    "features": QT_TRANSLATE_NOOP("axes", "features"),
    "rows": QT_TRANSLATE_NOOP("axes", "rows"),
    "columns": QT_TRANSLATE_NOOP("axes", "columns"),
    "matrices": QT_TRANSLATE_NOOP("axes", "matrices"),
    "values": QT_TRANSLATE_NOOP("axes", "values"),
    "units": QT_TRANSLATE_NOOP("axes", "units"),
    "digits": QT_TRANSLATE_NOOP("axes", "digits"),
    "pixels": QT_TRANSLATE_NOOP("axes", "pixels"),
}
"""The names that axes have here, each in the words for a person (context "axes")."""

_RANK_WORDS = (
    QT_TRANSLATE_NOOP("tensors", "Scalar: a single number, without an axis (0D tensor)"),
    QT_TRANSLATE_NOOP("tensors", "Vector: numbers in a row, along one axis (1D tensor)"),
    QT_TRANSLATE_NOOP("tensors", "Matrix: a grid of numbers, rows and columns (2D tensor)"),
    QT_TRANSLATE_NOOP("tensors", "Cube: a stack of matrices, along three axes (3D tensor)"),
    QT_TRANSLATE_NOOP("tensors", "Row of stacks, along four axes (4D tensor)"),
    QT_TRANSLATE_NOOP("tensors", "Grid of stacks, along five axes (5D tensor)"),
)
_MORE_AXES = QT_TRANSLATE_NOOP("tensors", "More axes than can be drawn")


@dataclass(frozen=True)
class Description:
    """What can be said of an array without its numbers.

    Attributes:
        rank: number of axes.
        shape: how many places each axis has.
        axis_names: a word an axis, "" where nobody named it; a key of `AXIS_WORDS` where the lab did.
        dtype: NumPy's name for the type of every number: "uint8", "float32".
        item_bytes: bytes of one number.
        bytes: bytes of all of them.
        count: how many numbers.
        words: what an array of this rank is called; context "tensors".
    """

    rank: int
    shape: Shape
    axis_names: AxisNames
    dtype: str
    item_bytes: int
    bytes: int
    count: int
    words: str


def describe(array: NDArray[np.generic], axis_names: Sequence[str] | None = None) -> Description:
    """Say what `array` is.

    Args:
        array: any rank, numbers or truth values.
        axis_names: one word an axis; none: all "".

    Raises:
        TensorError: there are more or fewer names than axes.
    """
    names = tuple(axis_names) if axis_names is not None else ("",) * array.ndim
    if len(names) != array.ndim:
        raise TensorError(
            QT_TRANSLATE_NOOP("errors", "{names} axes are named, but the array has {rank}: name every axis once."),
            names=len(names),
            rank=array.ndim,
        )
    return Description(
        rank=array.ndim,
        shape=array.shape,
        axis_names=names,
        dtype=array.dtype.name,
        item_bytes=array.dtype.itemsize,
        bytes=array.nbytes,
        count=array.size,
        words=_RANK_WORDS[array.ndim] if array.ndim < len(_RANK_WORDS) else _MORE_AXES,
    )
