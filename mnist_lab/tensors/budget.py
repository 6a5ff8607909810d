"""How much memory and time one expression may take, asked before anything is computed."""

import math

import numpy as np

from mnist_lab.tensors.errors import LARGEST, Shape, TensorError, spell_shape
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_BYTES = 600_000_000
"""Of one array. All training images in float64 are 376 MB."""
MOST_BYTES_TOGETHER = 1_200_000_000
"""Of all arrays that one expression makes on its way: three times the training images in float64."""
MOST_SECONDS = 3.0
"""That one expression may take, by what each of its numbers takes."""
MOST_PRODUCTS = 50_000_000_000
"""Multiply-adds that one expression may ask for, in float: a second or two."""
_SLOWER = {"float32": 1, "float64": 1, "float16": 200}
_SLOWER_WHOLE = 25
"""How many times longer a multiply-add takes in this type: only float32 and float64 have a fast library."""
_GIGABYTE = 1e9
_NANOSECONDS = 1e9


def check_extent(shape: Shape, item_bytes: int = 8) -> None:
    """See that NumPy can have such a shape: an axis of size 0 makes the array empty, not its other axes possible.

    Raises:
        TensorError: the other sizes multiply to more than can be counted.
    """
    if math.prod(max(1, size) for size in shape) * item_bytes > LARGEST:
        raise TensorError(
            QT_TRANSLATE_NOOP("errors", "The shape {shape} is too large, empty or not: use smaller sizes."),
            shape=spell_shape(shape),
        )


class Budget:
    """What one expression has taken so far."""

    def __init__(self) -> None:
        self._bytes = 0
        self._products = 0
        self._nanoseconds = 0.0

    def take(self, text: str, shape: Shape, dtype: np.dtype[np.generic]) -> None:
        """Reserve a new array.

        Raises:
            TensorError: it, or all of them together, would be too large.
        """
        size = math.prod(shape) * dtype.itemsize
        if size > MOST_BYTES:
            raise TensorError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "“{text}” would have the shape {shape} and take {size:,.1f} GB in {dtype}: one array may take"
                    " {most:,.1f} GB, so use smaller arrays, or parts of them such as [:100].",
                ),
                text=text,
                shape=spell_shape(shape),
                size=size / _GIGABYTE,
                dtype=dtype.name,
                most=MOST_BYTES / _GIGABYTE,
            )
        if self._bytes + size > MOST_BYTES_TOGETHER:
            raise TensorError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "With “{text}” the arrays on the way would take {size:,.1f} GB together: {most:,.1f} GB are"
                    " allowed, so use smaller arrays, or parts of them such as [:100].",
                ),
                text=text,
                size=(self._bytes + size) / _GIGABYTE,
                most=MOST_BYTES_TOGETHER / _GIGABYTE,
            )
        check_extent(shape, dtype.itemsize)
        self._bytes += size

    def take_time(self, text: str, count: int, nanoseconds: float) -> None:
        """Reserve the time of `count` numbers at so many nanoseconds each.

        Raises:
            TensorError: it, or all that is computed on the way, would take too long.
        """
        self._nanoseconds += count * nanoseconds
        if self._nanoseconds > MOST_SECONDS * _NANOSECONDS:
            raise TensorError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "Up to “{text}” this takes about {seconds:,.0f} seconds: {most:.0f} are allowed, so use smaller"
                    " arrays, or parts of them such as [:100].",
                ),
                text=text,
                seconds=math.ceil(self._nanoseconds / _NANOSECONDS),
                most=MOST_SECONDS,
            )

    def take_products(self, text: str, count: int, dtype: np.dtype[np.generic]) -> None:
        """Reserve the time of `count` multiply-adds.

        Raises:
            TensorError: they would take too long.
        """
        slower = _SLOWER.get(dtype.name, _SLOWER_WHOLE)
        if self._products + count * slower > MOST_PRODUCTS:
            raise TensorError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "“{text}” needs {count:,} multiplications in {dtype}: {most:,} are allowed, so use smaller arrays,"
                    " or parts of them such as [:100].",
                ),
                text=text,
                count=count,
                dtype=dtype.name,
                most=MOST_PRODUCTS // slower,
            )
        self._products += count * slower
