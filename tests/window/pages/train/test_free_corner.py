"""Words in a corner cover no mark where there is a corner without one."""

import numpy as np
import pytest

from mnist_lab.window.pages.train.free_corner import Corner, free_corner

LOW, LEFT, HIGH = [0.9, 0.05], [0.1, 0.1], [0.05, 0.95]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], "lower right"),
        ([[0.5, 0.05], [0.9, 0.5]], "lower right"),
        ([LOW], "lower left"),
        ([LOW, LEFT], "upper left"),
        ([LOW, LEFT, HIGH], "upper right"),
        ([LOW, LEFT, HIGH, [0.95, 0.99]], None),
    ],
)
def test_the_first_corner_without_a_mark(marks: list[list[float]], expected: Corner | None) -> None:
    assert free_corner("lower right", 0.4, 0.2, np.array(marks).reshape(-1, 2)) == expected


def test_the_wanted_corner_comes_first() -> None:
    assert free_corner("upper left", 0.4, 0.2, np.array([LOW])) == "upper left"
    assert free_corner("upper left", 0.4, 0.2, np.array([HIGH])) == "lower right"
