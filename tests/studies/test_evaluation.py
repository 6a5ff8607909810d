"""Expressions and presets, worked out into what the page shows."""

import tracemalloc

import numpy as np
import pytest

from mnist_lab.studies.evaluation import ExpressionResult, Extent, Question, answer, can_be_typed, uses_n
from mnist_lab.tensors.presets import PRESETS, Preset
from mnist_lab.window.pages.tensors.array_controls import EXAMPLES
from mnist_lab.work import JobHandle
from tests.effort import counted
from tests.tensors.digits import some_digits

DIGITS = some_digits(train=300)


def ask(text: str, n: int = 0) -> ExpressionResult:
    return answer(Question(text, DIGITS, n, {"samples": "Stichproben"}), JobHandle())


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_can_be_worked_out(text: str) -> None:
    result = ask(text)
    assert result.error is None
    assert result.description is not None
    assert result.picture.shape == result.description.shape


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.identifier)
def test_every_preset_has_a_picture(preset: Preset) -> None:
    result = answer(Question("", DIGITS, 0, {}, preset), JobHandle())
    assert result.error is None
    assert result.description.shape == preset.make(DIGITS).shape
    assert result.description.axis_names == preset.axis_names
    assert result.picture.values.size > 0


def test_the_chosen_block_is_lit_in_its_stack() -> None:
    result = ask("train_images[10:100, 7:-7, 7:-7]")
    np.testing.assert_array_equal(result.picture.values[0], DIGITS.train_images[10, 7:-7, 7:-7])
    samples, rows, columns = result.stack.places
    assert samples == (0, 1, 10, 11, 98, 99, 298, 299)
    assert rows == columns == tuple(range(28))
    assert result.stack.lit is not None
    for place, index in enumerate(samples):
        expected = np.zeros((28, 28), bool)
        expected[7:21, 7:21] = 10 <= index < 100
        np.testing.assert_array_equal(result.stack.lit[place], expected)
    assert result.stack.names == ("Stichproben", "height", "width")


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("train_images[:2] - train_images[:2]", Extent(1568, (0, 0))),
        ("zeros(3) / zeros(3)", Extent(3, None, nans=3)),
        ("array([0, 1, -2, 3]) / array([0, 0, 0, 3])", Extent(4, (1.0, 1.0), nans=1, infinities=2)),
        ("array([[0, 4], [2, 0]]) / array([[0, 2], [8, 0]])", Extent(4, (0.25, 2.0), nans=2)),
        ("ones(2) / zeros(2)", Extent(2, None, infinities=2)),
    ],
)
def test_what_is_not_finite_is_counted_beside_the_limits_of_the_rest(text: str, extent: Extent) -> None:
    result = ask(text)
    assert result.error is None
    assert result.extent == extent


def test_n_moves_the_batch() -> None:
    result = ask("train_images[128*n:128*(n+1)]", n=2)
    assert result.description.shape == (44, 28, 28)
    assert result.selection.axes[0].places == range(256, 300)
    assert (uses_n("train_images[128*n]"), uses_n("train_images[0]"), uses_n("n +")) == (True, False, False)


@pytest.mark.parametrize("text", ["train_images[::0]", "outer(train_images, train_images)", "[" * 5000, "", "x", "n n"])
def test_what_cannot_be_is_a_sentence_at_once(text: str) -> None:
    """Before anything is computed: it takes neither steps nor room."""
    tracemalloc.start()
    try:
        with counted() as effort:
            result = ask(text)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert effort.calls < 100_000
    assert len(str(result.error)) > 20
    assert result.picture is None


def test_a_whole_array_has_no_block_and_a_shape_no_picture() -> None:
    assert ask("train_images").stack is None
    assert ask("train_images[:]").stack is None
    assert ask("train_images.shape").value == "(300, 28, 28)"
    assert ask("zeros((2, 2, 2, 2, 2, 2))").error is not None


def test_a_number_a_truth_value_and_nothing_at_all() -> None:
    assert ask("1 + 2").picture.values.shape == ()
    assert ask("train_labels == 3").description.dtype == "bool"
    empty = ask("train_images[5:5]")
    assert (empty.description.shape, empty.extent) == ((0, 28, 28), None)
    assert not empty.stack.lit.any()


def test_only_codes_that_are_expressions_are_typed_into_the_field() -> None:
    typed = [preset.identifier for preset in PRESETS if can_be_typed(preset.code)]
    assert typed == ["scalar", "vector", "matrix", "train_images", "train_labels", "test_images", "test_labels"]
    for preset in PRESETS:
        if preset.identifier in typed:
            np.testing.assert_array_equal(ask(preset.code).picture.values, view(preset))


def view(preset: Preset) -> np.ndarray:
    return answer(Question("", DIGITS, 0, {}, preset), JobHandle()).picture.values
