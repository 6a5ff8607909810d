"""Growing columns: what goes in comes out, however it is cut."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.runs.history import Column


@given(st.lists(st.integers(min_value=0, max_value=3_000), max_size=8))
def test_a_column_holds_all_pieces_in_order(sizes: list[int]) -> None:
    column = Column()
    everything = np.arange(sum(sizes), dtype=np.float32)
    start = 0
    for size in sizes:
        column.append(everything[start : start + size])
        start += size
    assert len(column) == len(everything)
    np.testing.assert_array_equal(column.values, everything)


def test_a_view_of_a_column_can_be_read_only() -> None:
    column = Column()
    column.append(np.ones(3, np.float32))
    with pytest.raises(ValueError, match="read-only"):
        column.values[0] = 2
    column.append(np.zeros(2, np.float32))
    np.testing.assert_array_equal(column.values, [1, 1, 1, 0, 0])


def test_values_do_not_copy() -> None:
    column = Column()
    column.append(np.ones(100, np.float32))
    assert np.shares_memory(column.values, column.values)
