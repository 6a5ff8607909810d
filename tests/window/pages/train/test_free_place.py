"""Words beside a line cover nothing that is drawn where there is room for that, and never reach beyond the view."""

import numpy as np
import pytest

from mnist_lab.window.pages.train.free_place import best_place, places_beside

NONE = np.empty((0, 2))
HIGH = np.array([[0.0, 0.8], [1.0, 0.8]])
LOW = np.array([[0.0, 0.2], [1.0, 0.2]])
WILD = np.column_stack([np.linspace(0, 1, 61), np.resize([0.0, 1.0], 61)])


def found(line: float, curve: np.ndarray, marks: np.ndarray = NONE, now: tuple[bool, float] | None = None) -> object:
    return best_place([*places_beside(line, 0.3, 0.2, 0.1)], now, curve, marks).name


@pytest.mark.parametrize(
    ("line", "curve", "expected"),
    [
        (0.5, NONE, (False, 1)),
        (0.5, HIGH, (False, 0)),
        (0.5, LOW, (False, 1)),
        (0.5, np.array([[0.5, 0.0], [0.65, 1.0]]), (True, 1)),
        (0.9, NONE, (True, 1)),
        (0.9, HIGH, (True, 0)),
        (0.1, np.array([[0.0, 0.8], [0.3, np.nan], [1.0, 0.8]]), (False, 1)),
    ],
    ids=["nothing", "above", "below", "steep", "at the right end", "above at the right end", "a gap"],
)
def test_the_first_place_that_covers_least(line: float, curve: np.ndarray, expected: tuple[bool, float]):
    assert found(line, curve) == expected


def test_a_mark_is_not_covered_either() -> None:
    assert found(0.5, NONE, np.array([[0.6, 0.8]])) == (False, 0)


def test_words_wider_than_either_side_stand_at_the_right() -> None:
    assert not any(is_left for (is_left, _), *_ in places_beside(0.5, 0.6, 0.2, 0.1))


def test_words_go_elsewhere_only_where_they_cover_nothing() -> None:
    assert found(0.5, HIGH, now=(False, 1)) == (False, 0)
    assert found(0.5, HIGH, now=(False, 0.5)) == (False, 0.5)
    assert found(0.5, WILD, now=(True, 0.25)) == (True, 0.25)
