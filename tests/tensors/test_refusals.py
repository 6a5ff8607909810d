"""What cannot be computed gets one sentence at once: no freeze, no memory taken, nothing run."""

import contextlib
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.expressions import ExpressionError
from mnist_lab.tensors import budget
from mnist_lab.tensors.budget import MOST_BYTES
from mnist_lab.tensors.evaluator import Names, evaluate
from mnist_lab.tensors.functions import FUNCTIONS
from mnist_lab.words import LabError
from tests.effort import counted


def big(*shape: int, kind: str = "uint8") -> np.ndarray:
    """An array that takes one byte, whatever its shape."""
    return np.broadcast_to(np.zeros((), kind), shape)


NAMES: Names = {
    "train_images": big(60_000, 28, 28),
    "train_labels": big(60_000),
    "small": np.arange(6).reshape(2, 3),
    "W": big(512, 784, kind="float32"),
    "b": big(512, kind="float32"),
    "n": 3,
}
AXES = {"train_images": ("samples", "height", "width"), "train_labels": ("samples",), "W": ("units", "pixels")}


def refusal(text: str) -> str:
    tracemalloc.start()
    try:
        with pytest.raises(LabError) as caught, counted() as effort:
            evaluate(text, NAMES, AXES)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
        assert effort.calls < 100_000
    finally:
        tracemalloc.stop()
    sentence = str(caught.value)
    assert sentence[-1] in ".?"
    assert "\n" not in sentence
    assert len(sentence) < 500
    assert sentence == caught.value.template.format(**caught.value.values)
    return sentence


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("train_images[::0]", ["“::0”", "step", "-1 for backwards"]),
        ("train_images[60000]", ["60000", "axis 0 (samples)", "60,000", "59999"]),
        ("train_images[:, -29]", ["-29", "axis 1 (height)", "28"]),
        ("train_images[0:0][0]", ["axis 0 (samples)", "empty"]),
        ("train_images[[1, 70000]]", ["70000", "axis 0 (samples)"]),
        ("train_images[1, 2, 3, 4]", ["4 axes", "3 (samples, height, width)"]),
        ("train_images[..., 0, ...]", ["twice"]),
        ("train_images[1.5]", ["“1.5”", "whole number", "//"]),
        ("train_images[128/2:]", ["“128 / 2”", "//"]),
        ("train_images[[0.5, 1]]", ["float64", "astype('int64')"]),
        ("train_images['a']", ["“'a'”"]),
        ("train_images[train_labels[:5] == 0]", ["(5,)", "axis 0 (samples)", "(60000,)"]),
        ("small[" + "None, " * 40 + "0]", ["32 axes"]),
        ("small.shape[2]", ["2 numbers", "0 to 1"]),
        ("small.shape[::0]", ["“::0”"]),
        ("outer(train_images[:64], train_images[:64])", ["(50176, 50176)", "2.5 GB", "0.6 GB"]),
        ("outer(train_labels, train_labels.astype('float32'))", ["(60000, 60000)", "14.4 GB"]),
        ("train_labels[:, None] * train_labels.astype('int64')", ["28.8 GB"]),
        ("dot(train_images.reshape(-1, 1), train_images.reshape(1, -1))", ["2,212,761.6 GB"]),
        ("train_images[:, train_labels]", ["train_images[:, train_labels]"]),
        ("W @ big", ["“big”"]),
        ("dot(train_images.reshape(60000, 784), train_images[:784].reshape(784, 784))", ["multiplications", "uint8"]),
        ("dot(train_images[:600].reshape(600, 784).astype('float16'), zeros((784, 600), 'float16'))", ["250,000,000"]),
        ("zeros(10**12)", ["8,000.0 GB"]),
        ("zeros((-1, 2))", ["(-1, 2)", "no shape"]),
        (f"zeros(({'1, ' * 33}))", ["no shape", "at most 32"]),
        ("arange(10**10)", ["80.0 GB"]),
        ("arange(0, 1e300, 1e-300)", ["GB"]),
        ("arange(0, 5, 0)", ["step", "0"]),
        ("arange()", ["arange(start=0, stop, step=1)"]),
        ("eye(10**6)", ["8,000.0 GB"]),
        ("to_categorical(train_labels, 10**6)", ["480.0 GB"]),
        ("to_categorical([1, 10])", ["0 to 9"]),
        ("to_categorical(train_labels[:0], 2**62)", ["(0, 4611686018427387904)", "too large"]),
        ("zeros((2**62, 2**62, 0))", ["(4611686018427387904, 4611686018427387904, 0)", "too large, empty or not"]),
        ("zeros(0).reshape(2**62, 2**62, 0)", ["too large"]),
        ("ones((0, 2**61)) + ones((2**61, 0, 1))", ["2305843009213693952"]),
        ("zeros(2**62)", ["too large"]),
        ("matmul(train_images.reshape(-1, 1, 1), train_images.reshape(-1, 1, 1))", ["seconds"]),
        ("9**9**9", ["too large"]),
        ("-(9**9**9)", ["too large"]),
        ("2**9999999 % 3", ["too large"]),
        ("9007199254740992 * 9007199254740992", ["too large", "9,223,372,036,854,775,807"]),
        ("1" + "0" * 400, ["too large"]),
        ("2.0**10000", ["2.0 ** 10000", "out of range"]),
        ("(-1)**0.5", ["root of a negative number"]),
        ("1/0", ["divides by 0"]),
        ("small + 9**9**9", ["too large"]),
        ("train_images + 256", ["256", "uint8"]),
        (
            "train_images + train_labels",
            ["axis 2 (width)", "28", "axis 0 (samples)", "60000", "(60000, 1, 1)", "(28,)"],
        ),
        ("small + [1, 2]", ["axis 1", "3", "axis 0", "2", "(3,)", "[1, 2].reshape(2, 1)"]),
        ("dot(W, train_images[0])", ["axis 1 (pixels)", "784", "axis 0 (height)", "28", "reshape(784)"]),
        ("dot(train_images, W)", ["axis 2 (width)", "axis 0 (units)", "dot(train_images.reshape(60000, 784), W.T)"]),
        ("dot(W, b)", ["dot(W.T, b)", "(784,)"]),
        ("dot(b, W.T)", ["dot(b, W)", "W.T.shape == (512, 512)"]),
        ("dot(b + 1, W[1:])", ["W[1:].shape == (512, 784)"]),
        ("dot(W * 2, W - 1)", ["dot(W * 2, (W - 1).T)"]),
        ("dot(small, small)", ["dot(small, small.T)"]),
        ("W @ b", ["have no dot product"]),
        ("3 @ small", ["“3”", "multiply it with *"]),
        ("train_images.reshape(60000, 783)", ["47,040,000", "46,980,000", "(60000, 784)"]),
        ("train_images.reshape(-1, 783)", ["783 × n", "(-1, 783)"]),
        ("small.reshape(-1, -1)", ["more than one -1"]),
        ("small.reshape(-2, 3)", ["below 0"]),
        ("train_images.sum(axis=3)", ["no axis 3", "0 to 2"]),
        ("small.sum(axis=(0, -2))", ["twice"]),
        ("n.sum(axis=0)", ["single number"]),
        ("small.transpose(0, 0)", ["(1, 0)"]),
        ("small[:0].max()", ["empty"]),
        ("small.astype('flot32')", ["float32"]),
        ("~(small / 2)", ["~(small / 2)"]),
        ("trian_images[0]", ["train_images"]),
        ("xyzzyx", ["use train_images, train_labels, small"]),
        ("sofmax(small)", ["no function “sofmax”"]),
        ("small.reshap(6)", ["reshape"]),
        ("relu", ["relu(x)"]),
        ("small.sum", ["()"]),
        ("relu(1, 2)", ["relu(x)"]),
        ("sum(small, axes=0)", ["sum(x, axis=None, keepdims=False)"]),
        ("small.sum(text=1)", ["sum(axis=None, keepdims=False)"]),
        ("small.reshape(shape=(3, 2))", ["reshape(*shape)"]),
        ("0 < small < 3", ["(0 < x) & (x < 9)"]),
        ("small is n", ["=="]),
        ("not small", ["~"]),
        ("small << 2", ["**"]),
        ("[[1, 2], [3]]", ["(1,), (2,)"]),
        ("'text'", ["'text'"]),
        ("2j", ["2j"]),
        ("None", ["None"]),
        ("'a' * 10**9", ["'a'"]),
        ("'a' * 3", ["nothing can be computed"]),
        ("relu(*small)", ["*small"]),
        ("relu(**small)", ["name=value"]),
        ("__import__('os').system('false')", ["system"]),
        ("small.__class__", ["__class__"]),
        ("np.load('x')", ["no function “load”"]),
        ("np.random", ["random"]),
        ("lambda x: x", ["no place"]),
        ("[x for x in small]", ["no place"]),
        ("small if n else b", ["no place"]),
        ("(x := 3)", ["no place"]),
        ("f'{small}'", ["no place"]),
        ("{1: 2}", ["no place"]),
        ("small and small", ["“(small) & (small)”"]),
    ],
)
def test_one_sentence_that_says_what_would_fit(text: str, parts: list[str]) -> None:
    sentence = refusal(text)
    for part in parts:
        assert part in sentence


@pytest.mark.parametrize("text", ["(" * 5_000 + "n" + ")" * 5_000, "[" * 5_000, "-" * 5_000 + "n", "n" + "[0]" * 300])
def test_deep_brackets(text: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(text, NAMES)


def test_a_ten_gigabyte_outer_product() -> None:
    names = {"x": big(50_000, kind="float32")}
    assert names["x"].size ** 2 * 4 > 10 * MOST_BYTES
    with pytest.raises(LabError, match=r"10\.0 GB in float32: one array may take 0\.6 GB"):
        evaluate("outer(x, x)", names)


def test_arrays_on_the_way_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_BYTES_TOGETHER", 150)
    assert evaluate("small * 2 + small * 3", NAMES).value.tolist() == [[0, 5, 10], [15, 20, 25]]  # 3 × 48 bytes
    with pytest.raises(LabError, match=r"small \* 2 \+ small \* 3 \+ 1.*on the way"):
        evaluate("small * 2 + small * 3 + 1", NAMES)


CALLS = {
    **{name: f"{name}(small)" for name in FUNCTIONS},
    **dict.fromkeys(("reshape", "transpose", "ravel", "expand_dims"), ""),  # views of what is there already
    **{name: f"{name}(small, small.T)" for name in ("dot", "matmul", "outer")},
    **{name: f"{name}(small, n)" for name in ("maximum", "minimum", "add", "subtract", "multiply", "divide", "power")},
    "astype": "small.astype('float32')",
    "zeros": "zeros(3)",
    "ones": "ones(3)",
    "arange": "arange(3)",
    "eye": "eye(3)",
}


@pytest.mark.parametrize("name", sorted(name for name, call in CALLS.items() if call))
def test_every_function_asks_for_its_memory_and_its_time(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluate(CALLS[name], NAMES)
    monkeypatch.setattr(budget, "MOST_SECONDS", 1e-9)
    with pytest.raises(LabError, match="takes about 1 seconds"):
        evaluate(CALLS[name], NAMES)
    monkeypatch.setattr(budget, "MOST_BYTES", 0)
    with pytest.raises(LabError, match=r"would have the shape .* and take 0\.0 GB"):
        evaluate(CALLS[name], NAMES)


@pytest.mark.parametrize(
    "text", ["small + 1", "~small", "small[[0, 1]]", "small == 2", "small @ small.T", "small.T.ravel()"]
)
def test_operators_and_brackets_ask_for_their_time(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_SECONDS", 1e-9)
    with pytest.raises(LabError, match="takes about"):
        evaluate(text, NAMES)


@pytest.mark.acceptance
@pytest.mark.parametrize("name", sorted(name for name, call in CALLS.items() if call))
@pytest.mark.parametrize("kind", ["uint8", "float16", "int64", "float64"])
def test_what_the_budget_lets_through_is_over_soon(name: str, kind: str) -> None:
    images = np.broadcast_to(np.arange(28, dtype=kind), (30_000, 28, 28))
    calls = [
        CALLS[name],
        f"{name}(small, axis=0)",
        f"{name}(small, axis=-1)",
        f"{name}(small[:9], n)",
        f"{name}(small, b)",
    ]
    names = {"small": images, "n": 3, "b": images[0]}
    for call in calls:
        tracemalloc.start()
        begun = time.process_time()
        with contextlib.suppress(LabError):
            evaluate(call, names)
        assert time.process_time() - begun < 10, call
        assert tracemalloc.get_traced_memory()[1] < 1_400_000_000, call
        tracemalloc.stop()


@settings(deadline=None, max_examples=200)
@given(st.text("small()[],:.nWb0129*+-/@<=!~&|'\" Nonesumdtraxi", max_size=40))
def test_any_text_gives_a_value_or_a_sentence(text: str) -> None:
    with contextlib.suppress(LabError):
        evaluate(text, {"small": NAMES["small"], "n": 3, "b": np.ones(3, np.float32)})
