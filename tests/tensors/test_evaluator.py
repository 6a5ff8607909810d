"""Typed expressions give what NumPy gives: shapes, values and types; and the block they have chosen."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mnist_lab.tensors.errors import TensorError
from mnist_lab.tensors.evaluator import evaluate

_GENERATOR = np.random.default_rng(7)
ARRAYS: dict[str, Any] = {
    "train_images": _GENERATOR.integers(0, 256, (40, 9, 7), dtype=np.uint8),
    "train_labels": (np.arange(40) % 10).astype(np.uint8),
    "matrix": np.array([[1, -1], [0, 2]]),
    "vector": np.array([1, 0]),
    "W": _GENERATOR.normal(size=(5, 7)).astype(np.float32),
    "b": _GENERATOR.normal(size=5).astype(np.float32),
    "cube": _GENERATOR.integers(-9, 9, (2, 5, 7)),
    "scalar": np.array(12),
    "n": 2,
}
AXES = {"train_images": ("samples", "height", "width"), "train_labels": ("samples",), "W": ("units", "pixels")}


def same(value: object, expected: object) -> None:
    """Equal in shape, type and every number."""
    one, two = np.asarray(value), np.asarray(expected)
    assert one.shape == two.shape
    assert one.dtype == two.dtype
    np.testing.assert_array_equal(one, two)


places = st.none() | st.integers(-50, 50)
items = st.builds(slice, places, places, places.filter(lambda step: step != 0)) | st.integers(-45, 45) | st.none()


def spell(item: object) -> str:
    if item is ...:
        return "..."
    if isinstance(item, slice):
        ends = [("" if end is None else str(end)) for end in (item.start, item.stop, item.step)]
        return ":".join(ends if item.step is not None else ends[:2])
    return str(item)


@settings(deadline=None, max_examples=300)
@given(chosen=st.lists(items, min_size=1, max_size=4), hole=st.none() | st.integers(0, 4))
def test_slices_equal_numpy_s_and_the_selection_is_the_block(chosen: list[Any], hole: int | None) -> None:
    if hole is not None:
        chosen.insert(min(hole, len(chosen)), ...)
    text = f"train_images[{', '.join(map(spell, chosen))}]"
    array = ARRAYS["train_images"]
    try:
        expected = array[tuple(chosen)]
    except IndexError:
        with pytest.raises(TensorError):
            evaluate(text, ARRAYS, AXES)
        return
    result = evaluate(text, ARRAYS, AXES)
    same(result.value, expected)
    assert len(result.axis_names) == expected.ndim
    assert result.selection is not None
    assert result.selection.name == "train_images"
    block = array[np.ix_(*(list(axis.places) for axis in result.selection.axes))]
    np.testing.assert_array_equal(block.ravel(), np.asarray(expected).ravel())
    for axis, size in zip(result.selection.axes, array.shape, strict=True):
        assert axis.size == size
        assert all(0 <= place < size for place in axis.places)


NAMES = ["train_images", "train_labels", "matrix", "vector", "W", "b", "cube", "scalar", "n", "3", "0.5", "[1, 2]"]
WORTH = ARRAYS | {"3": 3, "0.5": 0.5, "[1, 2]": np.array([1, 2])}
Pair = tuple[str, Callable[[], Any]]


def binary(symbol: str, compute: Callable[[Any, Any], Any]) -> Callable[[Pair, Pair], Pair]:
    return lambda one, two: (f"({one[0]} {symbol} {two[0]})", lambda: within_64_bits(compute(one[1](), two[1]())))


def within_64_bits(value: Any) -> Any:
    """Python's whole numbers reach beyond NumPy's, and are refused there: 40**40, of two shapes."""
    if type(value) is int and value.bit_length() > 63:
        raise OverflowError(value)
    return value


def called(form: str, compute: Callable[..., Any]) -> Callable[..., Pair]:
    return lambda *parts: (form.format(*(part[0] for part in parts)), lambda: compute(*(part[1]() for part in parts)))


def along(axis: int | tuple[int, ...], function: Callable[..., Any], **more: Any) -> Callable[[Any], Any]:
    """Only along axes that are there: NumPy's sum and max take axis 0 of a single number without a word."""
    return lambda x: function(x, axis=axis, **more) if np.ndim(x) else np.sum(x, axis=99)


UNARY = [
    called("(-{0})", lambda x: -x),
    called("relu({0})", lambda x: np.maximum(x, 0)),
    called("exp({0})", np.exp),
    called("np.abs({0})", np.abs),
    called("sum({0})", np.sum),
    called("sum({0}, axis=0)", along(0, np.sum)),
    called("mean({0}, axis=-1, keepdims=True)", along(-1, np.mean, keepdims=True)),
    called("max({0}, (0, 1))", along((0, 1), np.max)),
    called("argmax({0}, axis=1)", along(1, np.argmax)),
    called("std({0})", np.std),
    called("transpose({0})", np.transpose),
    called("array({0}).T", lambda x: np.asarray(x).T),
    called("reshape({0}, (5, -1))", lambda x: np.reshape(x, (5, -1))),
    called("array({0}).reshape(7, 10)", lambda x: np.reshape(x, (7, 10))),
    called("array({0}).astype('float32')", lambda x: np.asarray(x).astype("float32")),
    called("astype({0}, bool)", lambda x: np.asarray(x).astype(bool)),
    called("array({0}).shape[0]", lambda x: np.asarray(x).shape[0]),
    called("array({0}).size", lambda x: np.asarray(x).size),
    called("outer({0}, vector)", lambda x: np.outer(x, ARRAYS["vector"])),
    called("expand_dims({0}, 1)", lambda x: np.expand_dims(x, 1)),
    called("array({0}).flatten()", lambda x: np.asarray(x).flatten()),
]
BINARY = [
    *(
        binary(symbol, compute)
        for symbol, compute in [
            ("+", lambda x, y: x + y),
            ("-", lambda x, y: x - y),
            ("*", lambda x, y: x * y),
            ("/", lambda x, y: x / y),
            ("//", lambda x, y: x // y),
            ("%", lambda x, y: x % y),
            ("**", lambda x, y: x**y),
            ("@", lambda x, y: np.asarray(x) @ np.asarray(y)),
            ("==", lambda x, y: x == y),
            ("<", lambda x, y: x < y),
            (">=", lambda x, y: x >= y),
            ("&", lambda x, y: x & y),
            ("|", lambda x, y: x | y),
        ]
    ),
    called("dot({0}, {1})", np.dot),
    called("maximum({0}, {1})", np.maximum),
    called("np.minimum({0}, {1})", np.minimum),
]


@st.composite
def operations(draw: st.DrawFn, depth: int = 2) -> Pair:
    kind = draw(st.sampled_from(["name", "unary", "binary", "binary"])) if depth else "name"
    if depth == 2 and kind == "name":
        kind = "binary"
    if kind == "name":
        name = draw(st.sampled_from(NAMES))
        return name, lambda: WORTH[name]
    if kind == "unary":
        once: Pair = draw(st.sampled_from(UNARY))(draw(operations(depth - 1)))
        return once
    both: Pair = draw(st.sampled_from(BINARY))(draw(operations(depth - 1)), draw(operations(depth - 1)))
    return both


@settings(deadline=None, max_examples=300)
@given(operations())
@example(("(array(train_images).shape[0] ** array(train_images).shape[0])", lambda: within_64_bits(40**40)))
def test_operations_equal_numpy_s_or_are_refused_like_there(operation: Pair) -> None:
    text, compute = operation
    try:
        with np.errstate(all="ignore"):
            expected = compute()
    except (ValueError, TypeError, IndexError, OverflowError, ZeroDivisionError):
        with pytest.raises(TensorError):
            evaluate(text, ARRAYS, AXES)
        return
    result = evaluate(text, ARRAYS, AXES)
    same(result.value, expected)
    if isinstance(result.value, np.ndarray):
        assert len(result.axis_names) == result.value.ndim


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("np.dot(matrix, vector)", "[1 0]"),
        ("matrix * vector", "[[1 0]\n [0 0]]"),
        ("matrix + vector", "[[ 2 -1]\n [ 1  2]]"),
        ("np.maximum(matrix, 0)", "[[1 0]\n [0 2]]"),
    ],
)
def test_the_chapter_s_printed_results(text: str, printed: str) -> None:
    assert str(evaluate(text, ARRAYS).value) == printed


def test_a_batch_moves_with_its_number() -> None:
    for n in range(3):
        result = evaluate("train_images[16*n:16*(n+1)]", ARRAYS | {"n": n})
        same(result.value, ARRAYS["train_images"][16 * n : 16 * (n + 1)])
        assert result.selection is not None
        assert (result.selection.axes[0].start, result.selection.axes[0].stop) == (16 * n, min(40, 16 * (n + 1)))


def test_brackets_behind_brackets_choose_from_what_was_chosen() -> None:
    result = evaluate("train_images[10:30:2][::-1][3, 2:][1:, 4]", ARRAYS, AXES)
    same(result.value, ARRAYS["train_images"][22, 3:, 4])
    assert result.selection is not None
    samples, height, width = result.selection.axes
    assert (samples.index, list(height.places), width.index) == (22, list(range(3, 9)), 4)
    assert result.axis_names == ("height",)


def test_no_selection_where_the_array_was_computed_with() -> None:
    for text in ("train_images + 1", "train_images[[1, 2]]", "train_images.T", "(train_images * 1)[0]", "n"):
        assert evaluate(text, ARRAYS).selection is None
    assert evaluate("train_images", ARRAYS).selection is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("train_images[[3, 1, 3]]", lambda a: a["train_images"][[3, 1, 3]]),
        ("train_images[train_labels == 3]", lambda a: a["train_images"][a["train_labels"] == 3]),
        ("train_images[:, 2, [0, 6, -1]]", lambda a: a["train_images"][:, 2, [0, 6, -1]]),
        ("train_images[[[0], [1]], [2, 3]]", lambda a: a["train_images"][[[0], [1]], [2, 3]]),
        ("train_images[train_images > 250]", lambda a: a["train_images"][a["train_images"] > 250]),
        ("train_images[[]]", lambda a: a["train_images"][[]]),
        ("scalar[...]", lambda a: a["scalar"][...]),
        ("to_categorical(train_labels)", lambda a: np.eye(10)[a["train_labels"]]),
        ("zeros((2, 3), dtype='uint8')", lambda a: np.zeros((2, 3), "uint8")),
        ("ones(4)", lambda a: np.ones(4)),
        ("eye(3)", lambda a: np.eye(3)),
        ("arange(5)", lambda a: np.arange(5)),
        ("arange(2, 3, 0.25)", lambda a: np.arange(2, 3, 0.25)),
        ("arange(5, 2, -1)", lambda a: np.arange(5, 2, -1)),
        ("array([[1, 2], [3, 4.5]])", lambda a: np.array([[1, 2], [3, 4.5]])),
        ("train_images.transpose(1, 0, 2)", lambda a: a["train_images"].transpose(1, 0, 2)),
        ("transpose(train_images, (2, 0, 1))", lambda a: a["train_images"].transpose(2, 0, 1)),
        ("train_images.mean(axis=(1, 2))", lambda a: a["train_images"].mean(axis=(1, 2))),
        ("(train_images / 255).std(axis=0)", lambda a: (a["train_images"] / 255).std(axis=0)),
        ("relu(dot(W, train_images[0, 0]) + b)", lambda a: np.maximum(a["W"] @ a["train_images"][0, 0] + a["b"], 0)),
        (
            "train_images.reshape((40, 9*7)).astype('float32') / 255",
            lambda a: a["train_images"].reshape(40, 63).astype("f4") / 255,
        ),
        ("np.float32", lambda a: np.dtype("float32")),
        ("2**62", lambda a: 2**62),
        ("not_a_name if 0 else 1", None),
    ],
)
def test_other_ways_to_choose_and_to_make(text: str, expected: Callable[[Any], Any] | None) -> None:
    if expected is None:
        with pytest.raises(TensorError):
            evaluate(text, ARRAYS)
        return
    result = evaluate(text, ARRAYS).value
    wanted = expected(ARRAYS)
    if isinstance(wanted, np.dtype):
        assert result == wanted
    else:
        same(result, wanted)


def test_shapes_and_types_are_values_too() -> None:
    assert evaluate("train_images.shape", ARRAYS).value == (40, 9, 7)
    assert evaluate("train_images.shape[1:]", ARRAYS).value == (9, 7)
    assert evaluate("train_images.ndim", ARRAYS).value == 3
    assert evaluate("train_images.dtype", ARRAYS).value == np.uint8
    assert evaluate("train_images.shape", ARRAYS).array is None
    assert evaluate("3", ARRAYS).array == 3


def test_names_of_axes_follow_the_values() -> None:
    for text, names in {
        "train_images[0]": ("height", "width"),
        "train_images[:, None]": ("samples", "", "height", "width"),
        "train_images / 255": ("samples", "height", "width"),
        "train_images.sum(axis=0)": ("height", "width"),
        "train_images.T": ("width", "height", "samples"),
        "dot(train_images, W.T)": ("samples", "height", "units"),
        "to_categorical(train_labels)": ("samples", "digits"),
        "train_images.reshape(40, 63)": ("samples", ""),
        "train_images[train_labels == 3]": ("samples", "height", "width"),
        "train_images[0, :, [1, 2]]": ("", ""),
    }.items():
        assert evaluate(text, ARRAYS, AXES).axis_names == names, text


def test_named_arrays_are_left_as_they_are() -> None:
    before = {name: np.array(value) for name, value in ARRAYS.items()}
    for text in ("train_images.T + 1", "-matrix", "relu(cube)", "train_images.astype('uint8')"):
        evaluate(text, ARRAYS)
    for name, value in before.items():
        np.testing.assert_array_equal(ARRAYS[name], value)
