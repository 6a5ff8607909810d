"""Every operation cell by cell: the last frame equals NumPy, the lit lines are the ones that run."""

import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.tensors import cells
from mnist_lab.tensors.cells import CellStep
from mnist_lab.tensors.errors import TensorError
from mnist_lab.tensors.loops import Ghost
from mnist_lab.tensors.operations import OPERATIONS, Operation, operation

MATRIX = np.array([[1, -1], [0, 2]])
VECTOR = np.array([1, 0])
SIZES = st.integers(0, 4)
each = pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.identifier)


def shapes_for(one: Operation, sizes: list[int], rank: int) -> list[tuple[int, ...]]:
    """Shapes that fit, from any seven sizes."""
    free = tuple(sizes[: min(rank, 4)])
    a, b, c, d, e = sizes[:5]
    fitting: dict[str, list[tuple[int, ...]]] = {
        "relu": [free],
        "add": [free, free],
        "broadcast_add": [free, tuple(1 if place % 2 else size for place, size in enumerate(free))[rank % 2 :]],
        "broadcast_multiply": [free[1:], tuple(1 if size == 2 else size for size in free)],
        "dot_vectors": [(a,), (a,)],
        "dot_matrix_vector": [(a, b), (b,)],
        "dot_matrices": [(a, b), (b, c)],
        "dot_tensor_vector": [(a, b, c, d), (d,)],
        "dot_tensor_matrix": [(a, b, c, d), (d, e)],
        "transpose": [free],
        "reshape": [free],
        "layer": [(a, b), (b,), (a,)],
    }
    return fitting[one.identifier]


def operands_for(one: Operation, sizes: list[int], rank: int, seed: int, kind: str) -> list[np.ndarray]:
    generator = np.random.default_rng(seed)
    arrays = [
        generator.integers(0 if kind == "uint8" else -9, 10, shape).astype(kind)
        if kind != "float32"
        else generator.normal(size=shape).astype(kind)
        for shape in shapes_for(one, sizes, rank)
    ]
    if one.identifier == "reshape":
        arrays.append(np.array([*arrays[0].shape[1:], *arrays[0].shape[:1]], np.int64))
    return arrays


def same(value: np.ndarray, expected: np.ndarray) -> None:
    assert value.shape == expected.shape
    if np.issubdtype(expected.dtype, np.floating):
        np.testing.assert_allclose(value, expected, rtol=1e-4, atol=1e-5)
    else:
        np.testing.assert_array_equal(value, expected)


@each
@settings(deadline=None, max_examples=40)
@given(
    sizes=st.lists(SIZES, min_size=5, max_size=5),
    rank=st.integers(0, 4),
    seed=st.integers(0, 999),
    kind=st.sampled_from(["int64", "uint8", "float32", "float64"]),
)
def test_steps_frames_and_loops_equal_numpy(one: Operation, sizes: list[int], rank: int, seed: int, kind: str) -> None:
    arrays = operands_for(one, sizes, rank, seed, kind)
    expected = one.compute(arrays)
    steps = one.steps(arrays)
    assert one.loop(arrays).result_shape == expected.shape
    same(steps.frame(len(steps)).values, expected)
    assert steps.frame(len(steps)).complete == expected.size
    with np.errstate(all="ignore"):
        same(np.asarray(one.naive(*arrays)), expected)
    for step in steps:
        if step.is_complete:
            same(np.asarray(step.value), expected[step.result_index])
    for index in np.ndindex(expected.shape):
        same(np.asarray(steps.made_by(index).value), expected[index])


@each
def test_every_cell_has_its_steps_in_order_and_reads_real_cells(one: Operation) -> None:
    arrays = operands_for(one, [2, 3, 2, 3, 2], 3, 1, "int64")
    steps = one.steps(arrays)
    expected = one.compute(arrays)
    cells: list[tuple[int, ...]] = []
    for number, step in enumerate(steps):
        frame = steps.frame(number + 1)
        assert frame.values[step.result_index] == step.value
        assert frame.complete == len(cells) + step.is_complete
        assert frame.current == (None if step.is_complete else step.result_index)
        assert len(step.cells) == len(arrays)
        assert any(step.cells) or "max(" in step.words
        for operand, read in zip(arrays, step.cells, strict=True):
            for cell in read:
                operand[cell]
                assert len(cell) == operand.ndim
        assert step.words.count("=") == 1
        assert 1 <= step.line <= len(one.listing.lines)
        if step.is_complete:
            cells.append(step.result_index)
    assert cells == list(np.ndindex(expected.shape))
    assert steps[-1].result_index == cells[-1]
    assert steps[::-2] == [steps[number] for number in range(len(steps))[::-2]]
    assert not steps.frame(0).values.any()
    same(steps.frame(0).values, np.zeros(expected.shape, expected.dtype))  # stepping back after having been at the end


def lines_run(function: Any, arrays: list[np.ndarray]) -> Iterator[int]:
    """Lines of `function`, counted from its first, in the order in which Python runs them."""
    seen: list[int] = []

    def trace(frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code is not function.__code__:
            return None
        if event == "line":
            seen.append(frame.f_lineno - function.__code__.co_firstlineno + 1)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function(*arrays)
    finally:
        sys.settrace(before)
    return iter(seen)


@each
def test_the_lit_lines_are_the_ones_that_python_runs(one: Operation) -> None:
    arrays = operands_for(one, [2, 3, 2, 2, 2], 2, 3, "int64")
    steps = one.steps(arrays)
    lit = {step.line for step in steps}
    assert [step.line for step in steps] == [line for line in lines_run(one.naive, arrays) if line in lit]


@each
def test_an_operation_is_described(one: Operation) -> None:
    assert one.label
    assert one.formula
    assert one.shapes
    assert one.operands == tuple(one.naive.__code__.co_varnames[: one.naive.__code__.co_argcount])
    assert one.listing.lines[0].startswith(f"def {one.naive.__name__}(")
    assert operation(one.identifier) is one


def test_unknown_operations_are_unknown() -> None:
    with pytest.raises(KeyError):
        operation("convolution")


@pytest.mark.parametrize(
    ("identifier", "arrays", "printed"),
    [
        ("dot_matrix_vector", [MATRIX, VECTOR], "[1 0]"),
        ("broadcast_multiply", [MATRIX, VECTOR], "[[1 0]\n [0 0]]"),
        ("broadcast_add", [MATRIX, VECTOR], "[[ 2 -1]\n [ 1  2]]"),
        ("relu", [MATRIX], "[[1 0]\n [0 2]]"),
    ],
)
def test_the_chapter_s_printed_results(identifier: str, arrays: list[np.ndarray], printed: str) -> None:
    one = operation(identifier)
    steps = one.steps(arrays)
    assert str(one.compute(arrays)) == printed
    assert str(steps.frame(len(steps)).values) == printed
    assert str(one.naive(*arrays)) == printed


def test_the_arithmetic_is_told_with_its_numbers() -> None:
    dot = operation("dot_matrix_vector").steps([MATRIX, VECTOR])
    assert [step.words for step in dot] == [
        "0 + 1 × 1 = 1",
        "1 + (−1) × 0 = 1",
        "0 + 0 × 1 = 0",
        "0 + 2 × 0 = 0",
    ]
    assert dot[1].cells == (((0, 1),), ((1,),))
    made = dot.made_by((0,))
    assert made == CellStep((0,), (((0, 0), (0, 1)), ((0,), (1,))), "1 × 1 + (−1) × 0 = 1", dot[0].line, 1, True)
    assert operation("relu").steps([MATRIX])[1].words == "max(−1, 0) = 0"
    assert operation("broadcast_add").steps([MATRIX, VECTOR])[1].words == "−1 + 0 = −1"
    assert operation("transpose").steps([MATRIX])[1].words == "x[1, 0] = 0"
    assert operation("reshape").steps([MATRIX, np.array([4])])[3].words == "x[1, 1] = 2"


def test_a_layer_s_cell_is_summed_shifted_and_cut_off() -> None:
    w, x, b = np.array([[1, 2], [3, -4]]), np.array([5, 6]), np.array([-1, -2])
    steps = operation("layer").steps([w, x, b])
    assert [step.words for step in steps[4:]] == [
        "0 + 3 × 5 = 15",
        "15 + (−4) × 6 = −9",
        "−9 + (−2) = −11",
        "max(−11, 0) = 0",
    ]
    assert steps[6].cells == ((), (), ((1,),))
    assert steps[7].cells == ((), (), ())
    assert steps.made_by((1,)).words == "max(3 × 5 + (−4) × 6 + (−2), 0) = 0"
    assert steps.made_by((1,)).cells == (((1, 0), (1, 1)), ((0,), (1,)), ((1,),))


def layer_of_512() -> list[np.ndarray]:
    generator = np.random.default_rng(0)
    pixels = np.where(generator.random(784) < 0.8, 0, generator.random(784)).astype(np.float32)
    return [
        generator.normal(0, 0.05, (512, 784)).astype(np.float32),
        pixels,
        generator.normal(0, 0.05, 512).astype(np.float32),
    ]


def test_a_real_layer_is_not_listed_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = layer_of_512()
    one = operation("layer")
    made: list[CellStep] = []

    def note(*parts: Any) -> CellStep:
        made.append(CellStep(*parts))
        return made[-1]

    monkeypatch.setattr(cells, "CellStep", note)
    steps = one.steps(arrays)
    assert len(steps) == 512 * 786
    step = steps[300 * 786 + 785]
    assert (step.result_index, step.is_complete) == ((300,), True)
    assert made[0] is step
    assert len(made) == 1
    expected = one.compute(arrays)
    assert step.value == pytest.approx(expected[300], rel=1e-4, abs=1e-5)
    same(steps.frame(len(steps)).values, expected)
    assert len(made) == 1
    words = steps.made_by((300,)).words
    assert words.count("×") == 4
    assert "…" in words
    assert len(words) < 160


def test_ghosts_tell_which_axis_is_stretched() -> None:
    one = operation("broadcast_add")
    images, mean = np.zeros((4, 3, 2)), np.zeros((3, 1))
    ghosts = one.ghosts([images, mean], [("samples", "height", "width"), ("height", "")])
    assert ghosts == (Ghost(1, 0, "samples", 4, True), Ghost(1, 2, "width", 2, False))
    assert one.ghosts([images, images]) == ()
    assert one.ghosts([np.zeros((1, 2)), np.zeros((3, 1))]) == (Ghost(0, 0, "", 3, False), Ghost(1, 1, "", 2, False))
    assert operation("dot_matrices").ghosts([np.zeros((2, 3)), np.zeros((3, 2))]) == ()
    assert operation("reshape").ghosts([np.zeros((2, 3)), np.array([6])]) == ()


@pytest.mark.parametrize(
    ("identifier", "shapes", "parts"),
    [
        ("add", [(2, 3), (3,)], ["“x” (2, 3)", "“y” (3,)", "broadcasting"]),
        ("add", [(2, 3), (2, 4)], ["axis 1 of the first has 3", "axis 1 of the second 4", "(2, 3)"]),
        ("broadcast_add", [(2, 3), (2,)], ["axis 1", "3", "axis 0", "2", "y.reshape(2, 1)"]),
        ("dot_vectors", [(2, 3), (3,)], ["“x” (2, 3) has 2 axes", "takes 1"]),
        ("dot_vectors", [(2,), (3,)], ["axis 0 of the first has 2", "(2,)"]),
        ("dot_matrix_vector", [(2, 3), (2,)], ["axis 1 of the first has 3", "dot(x.T, y)", "(3,)"]),
        ("dot_matrices", [(2, 3), (2, 3)], ["dot(x, y.T)", "(3, 3)"]),
        ("dot_tensor_vector", [(2, 3), (3,)], ["3–5"]),
        ("dot_tensor_matrix", [(2, 2, 2, 3), (4, 5)], ["axis 3 of the first has 3", "(3, 5)"]),
        ("layer", [(5, 3), (3,), (4,)], ["“b” has 4", "5 units", "(5,)"]),
        ("layer", [(5, 3), (5,), (5,)], ["axis 1", "3"]),
        ("relu", [(1, 1, 1, 1, 1, 1)], ["6 axes"]),
    ],
)
def test_what_does_not_fit_says_what_would(identifier: str, shapes: list[tuple[int, ...]], parts: list[str]) -> None:
    arrays = [np.zeros(shape) for shape in shapes]
    for method in (operation(identifier).compute, operation(identifier).steps, operation(identifier).ghosts):
        with pytest.raises(TensorError) as caught:
            method(arrays)
        for part in parts:
            assert part in str(caught.value)


@pytest.mark.parametrize(
    ("target", "part"),
    [([5], r"\(6,\)"), ([4, -1], r"4 × n"), ([-1, -1], "more than one -1"), ([2.5], "no shape"), ([1] * 6, "6 axes")],
)
def test_a_reshape_that_does_not_fit_says_what_would(target: list[float], part: str) -> None:
    with pytest.raises(TensorError, match=part):
        operation("reshape").steps([np.ones((2, 3)) if len(target) < 6 else np.ones(1), np.array(target)])


def test_a_reshape_may_leave_one_size_open() -> None:
    steps = operation("reshape").steps([np.arange(6), np.array([-1, 2])])
    assert steps.frame(6).values.tolist() == [[0, 1], [2, 3], [4, 5]]


def test_too_many_cells_to_look_at() -> None:
    images = np.broadcast_to(np.zeros((), np.uint8), (60_000, 28, 28))
    with pytest.raises(TensorError, match="47,040,000 steps"):
        operation("relu").steps([images])


def test_names_of_the_learner_stand_in_sentences() -> None:
    with pytest.raises(TensorError, match=r"“W” .*“digit”.*axis 1 \(pixels\).*axis 0 \(height\)"):
        operation("layer").steps(
            [np.zeros((5, 784)), np.zeros(28), np.zeros(5)], [("units", "pixels"), ("height",)], ("W", "digit", "b")
        )
