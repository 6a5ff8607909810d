"""Every cell has a place of its own, and a place leads back to its cell."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.tensors.errors import TensorError
from mnist_lab.tensors.layout import lay_out, shown_places


@pytest.mark.parametrize(
    ("size", "most", "places"),
    [
        (0, 4, ()),
        (3, 4, (0, 1, 2)),
        (4, 4, (0, 1, 2, 3)),
        (60_000, 4, (0, 1, 59_998, 59_999)),
        (9, 3, (0, 1, 8)),
        (5, 1, (0,)),
    ],
)
def test_a_long_axis_shows_both_ends(size: int, most: int, places: tuple[int, ...]) -> None:
    assert shown_places(size, most) == places


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 5), max_size=5))
def test_every_cell_is_drawn_and_found_again(sizes: list[int]) -> None:
    shape = tuple(sizes)
    layout = lay_out(shape)
    assert layout.is_complete
    drawn = {
        layout.index_of(block, row, column)
        for block in layout.blocks
        for row in range(len(layout.rows))
        for column in range(len(layout.columns))
    }
    assert drawn == set(np.ndindex(*shape))
    for index in drawn:
        corner = layout.corner_of(index)
        assert corner is not None
        assert 0 <= corner[0] <= layout.width - 1 + 1e-9
        assert -1e-9 <= corner[1] <= layout.height - 1 + 1e-9
        if not index[-3:-2] or index[-3] == 0:  # in front: nothing covers it
            assert layout.cell_at(corner[0] + 0.5, corner[1] + 0.5) == index


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 4), min_size=3, max_size=5))
def test_stacks_do_not_touch_and_the_back_is_painted_first(sizes: list[int]) -> None:
    layout = lay_out(tuple(sizes))
    boxes: dict[tuple[int, ...], list[tuple[float, float]]] = {}
    for block in layout.blocks:
        boxes.setdefault(block.index[:-1], []).append((block.x, block.y))
    for corners in boxes.values():
        assert corners == sorted(corners, key=lambda corner: -corner[0])  # from the back, which lies to the right
    rectangles = [
        (
            min(x for x, _ in corners),
            min(y for _, y in corners),
            max(x for x, _ in corners) + len(layout.columns),
            max(y for _, y in corners) + len(layout.rows),
        )
        for corners in boxes.values()
    ]
    for number, one in enumerate(rectangles):
        for other in rectangles[:number]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]


def test_a_large_array_shows_its_corners() -> None:
    layout = lay_out((60_000, 28, 28), most_stacked=6)
    assert not layout.is_complete
    assert [block.index for block in layout.blocks] == [(59_999,), (59_998,), (59_997,), (2,), (1,), (0,)]
    assert layout.corner_of((30_000, 0, 0)) is None
    assert layout.corner_of((0, 0, 0)) == pytest.approx((0, layout.height - 28))


def test_beside_all_cells_there_is_none() -> None:
    assert lay_out((2, 3)).cell_at(3.1, 0.5) is None
    assert lay_out((2, 3)).cell_at(-0.1, 0.5) is None
    assert lay_out((2, 3)).cell_at(2.9, 1.9) == (1, 2)
    assert lay_out(()).cell_at(0.5, 0.5) == ()


@pytest.mark.parametrize("shape", [(0,), (0, 3), (3, 0), (0, 2, 2), (2, 0, 2, 2), (0, 2, 2, 2, 2)])
def test_an_empty_array_has_no_cells(shape: tuple[int, ...]) -> None:
    layout = lay_out(shape)
    assert not layout.blocks or not layout.rows or not layout.columns
    assert layout.cell_at(0.5, 0.5) is None


def test_six_axes_are_too_many() -> None:
    with pytest.raises(TensorError, match="6 axes cannot be drawn"):
        lay_out((1, 1, 1, 1, 1, 1))
