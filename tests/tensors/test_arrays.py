"""An array is described as NumPy sees it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays, boolean_dtypes, floating_dtypes, integer_dtypes

from mnist_lab.tensors.arrays import describe
from mnist_lab.tensors.errors import TensorError, spell_axis


@given(
    arrays(integer_dtypes() | floating_dtypes() | boolean_dtypes(), array_shapes(min_dims=0, max_dims=7, max_side=3))
)
def test_a_description_is_what_numpy_says(array: np.ndarray) -> None:
    description = describe(array)
    assert description.rank == array.ndim
    assert description.shape == array.shape
    assert description.axis_names == ("",) * array.ndim
    assert np.dtype(description.dtype) == array.dtype.newbyteorder("=")
    assert (description.item_bytes, description.bytes, description.count) == (array.itemsize, array.nbytes, array.size)
    assert description.words


def test_axes_have_names() -> None:
    description = describe(np.zeros((60, 28, 28), np.uint8), ("samples", "height", "width"))
    assert description.axis_names == ("samples", "height", "width")
    assert "3D" in description.words


def test_every_axis_must_be_named_once() -> None:
    with pytest.raises(TensorError, match="2 axes are named, but the array has 3"):
        describe(np.zeros((6, 2, 2)), ("height", "width"))


@given(st.integers(0, 3))
def test_an_axis_is_called_by_number_and_name(axis: int) -> None:
    assert (
        str(spell_axis(axis, ("samples", "height")))
        == ["axis 0 (samples)", "axis 1 (height)", "axis 2", "axis 3"][axis]
    )
