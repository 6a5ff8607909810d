"""How much memory and time one expression may take, asked before anything is computed."""

import math

import numpy as np

from mnist_lab.tensors.errors import Shape, TensorError, spell_shape
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_BYTES = 1_000_000_000
"""Of one array. All training images in float64 are 376 MB."""
MOST_BYTES_TOGETHER = 3_000_000_000
"""Of all arrays that one expression makes on its way."""
MOST_PRODUCTS = 50_000_000_000
"""Multiply-adds that one expression may ask for, in float: a second or two."""
_SLOWER = {"float32": 1, "float64": 1, "float16": 200}
_SLOWER_WHOLE = 25
"""How many times longer a multiply-add takes in this type: only float32 and float64 have a fast library."""
_GIGABYTE = 1e9


class Budget:
    """What one expression has taken so far."""

    def __init__(self) -> None:
        self._bytes = 0
        self._products = 0

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
        self._bytes += size

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
