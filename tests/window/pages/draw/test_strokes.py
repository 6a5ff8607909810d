"""Strokes are what the pen did, and everything can be taken back."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.window.pages.draw.strokes import PadDrawing, Stroke

Points = list[tuple[float, float]]
POINTS = st.lists(st.tuples(st.floats(-50, 400), st.floats(-50, 400)), min_size=1, max_size=20)
DRAWINGS = st.lists(POINTS, max_size=5)


def draw(drawing: PadDrawing, strokes: list[Points]) -> None:
    for first, *rest in strokes:
        drawing.press(*first)
        for point in rest:
            drawing.move(*point)
        drawing.release()


def same(first: tuple[np.ndarray, ...], second: tuple[np.ndarray, ...]) -> bool:
    return len(first) == len(second) and all(map(np.array_equal, first, second))


def test_strokes_are_what_the_pen_did() -> None:
    drawing = PadDrawing(280)
    draw(drawing, [[(10, 20), (30, 40), (30, 40), (50, 60)], [(5, 5)]])
    first, second = drawing.strokes()
    np.testing.assert_array_equal(first, [[10, 20], [30, 40], [50, 60]])
    np.testing.assert_array_equal(second, [[5, 5]])
    assert first.dtype == np.float64


def test_strokes_are_copies() -> None:
    drawing = PadDrawing(280)
    draw(drawing, [[(10, 20), (30, 40)]])
    drawing.strokes()[0][:] = 0
    assert drawing.strokes()[0][0, 0] == 10


def test_nothing_moves_while_the_pen_is_up() -> None:
    drawing = PadDrawing(280)
    assert drawing.move(1, 1) is None
    assert drawing.is_empty


@given(DRAWINGS)
def test_all_points_are_on_the_pad(strokes: list[Points]) -> None:
    drawing = PadDrawing(280)
    draw(drawing, strokes)
    assert all(stroke.min() >= 0 and stroke.max() <= 280 for stroke in drawing.strokes())


@given(DRAWINGS, st.booleans())
def test_each_step_can_be_taken_back_and_again(strokes: list[Points], clears: bool) -> None:
    drawing = PadDrawing(280)
    states: list[tuple[Stroke, ...]] = [()]
    for stroke in strokes:
        draw(drawing, [stroke])
        states.append(drawing.strokes())
    if clears and strokes:
        drawing.clear()
        states.append(())
    for state in reversed(states[:-1]):
        assert drawing.undo()
        assert same(drawing.strokes(), state)
    assert not drawing.undo()
    for state in states[1:]:
        assert drawing.redo()
        assert same(drawing.strokes(), state)
    assert not drawing.redo()


def test_a_new_stroke_ends_what_could_be_done_again() -> None:
    drawing = PadDrawing(280)
    draw(drawing, [[(1, 1)], [(2, 2)]])
    drawing.undo()
    draw(drawing, [[(3, 3)]])
    assert not drawing.redo()
    assert drawing.strokes()[1][0, 0] == 3


def test_clearing_nothing_is_no_step() -> None:
    drawing = PadDrawing(280)
    drawing.clear()
    assert not drawing.can_undo


def test_no_undo_in_the_middle_of_a_stroke() -> None:
    drawing = PadDrawing(280)
    draw(drawing, [[(1, 1)]])
    drawing.press(5, 5)
    assert not drawing.undo()
    assert drawing.count == 2


@given(DRAWINGS, st.floats(50, 1000))
def test_resizing_keeps_proportions_also_of_the_past(strokes: list[Points], side: float) -> None:
    drawing = PadDrawing(280)
    draw(drawing, strokes)
    before = drawing.strokes()
    drawing.clear()
    drawing.resize(side)
    drawing.undo()
    for old, new in zip(before, drawing.strokes(), strict=bool(strokes)):
        np.testing.assert_allclose(new, old * side / 280)


@given(DRAWINGS, st.lists(st.floats(1, 1000), max_size=5))
def test_resizing_back_and_forth_changes_no_number(strokes: list[Points], sides: list[float]) -> None:
    drawing = PadDrawing(280)
    draw(drawing, strokes)
    before = drawing.strokes()
    for side in [*sides, 280.0]:
        drawing.resize(side)
        drawing.strokes()
    assert same(drawing.strokes(), before)


def test_a_stroke_goes_on_while_the_pad_is_resized() -> None:
    drawing = PadDrawing(280)
    drawing.press(10, 20)
    drawing.resize(560)
    drawing.move(40, 50)
    np.testing.assert_array_equal(drawing.strokes()[0], [[20, 40], [40, 50]])


def test_what_strokes_were_said_to_be_holds_until_one_is_drawn_over_them() -> None:
    drawing = PadDrawing(280)
    drawing.replace((np.array([[10.0, 20.0], [30.0, 40.0]]),), label=7)
    drawing.resize(560)
    assert drawing.label == 7
    draw(drawing, [[(5, 5)]])
    assert drawing.label is None
    drawing.undo()
    assert drawing.label == 7
    drawing.clear()
    assert drawing.label is None
