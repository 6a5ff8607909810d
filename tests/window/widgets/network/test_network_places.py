"""Where everything stands: nothing on anything else, rows in line, at every size and for every network of the form."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from mnist_lab.window.widgets.network.network_places import NetworkPlaces, TextRoom, places, units_with_room

NORMAL, LARGE = TextRoom(14, 18, 50, 480), TextRoom(28, 36, 100, 960)
SIZES = ((418, 300), (524, 140), (546, 480), (780, 330), (1700, 1000), (2300, 1200))
NETWORKS = ((1,), (16,), (512,), (2048,), (128, 64, 32, 16), (512,) * 4, (1, 1, 1, 1), (3, 1, 2, 40))


def laid_out(hidden: tuple[int, ...], size: tuple[int, int], text: TextRoom, ratio: float) -> NetworkPlaces:
    room = units_with_room(*size, text)
    shown = [min(units, room) for units in hidden]
    others = [units - count for units, count in zip(hidden, shown, strict=True)]
    return places(*size, ratio, (*shown, 10), (*others, 0), text)


def across(areas: list[QRectF]) -> QRectF:
    whole = QRectF()
    for area in areas:
        whole = whole.united(area)
    return whole


@pytest.mark.parametrize("hidden", NETWORKS, ids=str)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_stands_on_anything_else_and_lines_have_room(hidden: tuple[int, ...], size: tuple[int, int]) -> None:
    for text, ratio in ((NORMAL, 1.0), (NORMAL, 2.0)):
        where = laid_out(hidden, size, text, ratio)
        parts = [where.picture]
        parts += [across([*one.units, *one.lamps, *([one.bundle] if one.bundle else [])]) for one in where.columns]
        parts += [across(list(where.digits)), across(list(where.bars)), across(list(where.shares))]
        for left, right in itertools.pairwise(parts):
            assert left.right() <= right.left() + 0.01
        gaps = [right.left() - left.right() for left, right in itertools.pairwise(parts[: len(hidden) + 2])]
        assert min(gaps) >= 20, "lines are longer than they are high, or nearly"
        assert parts[-1].right() <= size[0]
        for column in where.columns:
            things = [*column.units, *([column.bundle] if column.bundle else [])]
            assert all(upper.bottom() <= lower.top() for upper, lower in itertools.pairwise(things))
            assert all(one.top() >= 0 and one.bottom() <= where.scale.top() for one in things)
            assert column.foot.isEmpty() or column.foot.bottom() <= where.scale.top() + 1


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_units_of_layers_that_show_as_many_stand_in_rows(size: tuple[int, int]) -> None:
    where = laid_out((512,) * 4, size, NORMAL, 1.0)
    rows = [[unit.center().y() for unit in column.units] for column in where.columns[:-1]]
    for row in rows[1:]:
        np.testing.assert_allclose(row, rows[0], atol=1)


def test_lines_are_finer_where_units_are_close_and_leave_in_a_fan() -> None:
    small, large = (laid_out((512,), size, NORMAL, 1.0) for size in ((524, 100), (1700, 1000)))
    assert small.widest < 3
    assert large.widest == 5
    for where in (small, large):
        column = where.columns[0]
        for points, area in (
            (where.picture_exits(9), where.picture),
            (column.bundle_exits(10), column.bundle),
            (column.bundle_entries(5), column.bundle),
        ):
            assert area is not None
            assert (np.diff(points[:, 1]) > 0).all()
            assert area.top() < points[0, 1] < points[-1, 1] < area.bottom()


def test_a_scale_that_does_not_fit_into_one_line_has_two_and_a_low_picture_has_one() -> None:
    assert laid_out((16,), (418, 300), NORMAL, 1.0).scale.height() == 2 * NORMAL.line
    assert laid_out((16,), (780, 330), NORMAL, 1.0).scale.height() == NORMAL.line
    assert laid_out((16,), (418, 140), NORMAL, 1.0).scale.height() == NORMAL.line


def test_large_text_leaves_units_their_room() -> None:
    for size in ((836, 700), (1700, 1000)):
        where = laid_out((128, 64, 32, 16), size, LARGE, 1.0)
        assert min(unit.height() for column in where.columns for unit in column.units) >= 10
