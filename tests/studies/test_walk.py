"""Operations made ready: defaults that fit, views that show what the steps say, sentences for what does not fit."""

from typing import Any

import numpy as np
import pytest

from mnist_lab.studies import walk as walks
from mnist_lab.studies.evaluation import names_of
from mnist_lab.studies.walk import NETWORK_OPERANDS, OPERANDS, Task, Walk, made_by, make_ready, printed
from mnist_lab.tensors.operations import OPERATIONS, Operation, operation
from mnist_lab.work import JobHandle
from tests.tensors.digits import some_digits

NAMES = names_of(some_digits(), 0)
each = pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.identifier)


def ready(identifier: str, *texts: str, names: dict[str, Any] | None = None) -> Walk:
    one = operation(identifier)
    return make_ready(Task(one, texts or OPERANDS[identifier], names or NAMES, {}), JobHandle())


@each
def test_what_stands_in_the_fields_at_first_fits(one: Operation) -> None:
    walk = ready(one.identifier)
    assert walk.error is None
    assert walk.steps is not None
    assert len(walk.texts if hasattr(walk, "texts") else walk.task.texts) == len(one.operands)
    np.testing.assert_array_equal(walk.steps.frame(len(walk.steps)).values, walk.result)
    assert len(walks.signs(one)) == len(one.operands)


@each
def test_every_step_can_be_seen(one: Operation) -> None:
    walk = ready(one.identifier)
    assert walk.steps is not None
    titles = (*one.operands, "result")
    for done in range(len(walk.steps) + 1):
        step = walk.steps[done - 1] if done else None
        shown = walks.views(walk, done, step, titles)
        assert [view.title for view in shown] == list(titles)
        result = shown[-1]
        assert result.done.sum() == walk.steps.frame(done).complete
        if step is not None:
            assert result.current is not None
            assert result.index_of(result.current) == step.result_index
            assert all(bool(view.read) == bool(cells) for view, cells in zip(shown, step.cells, strict=False))
    np.testing.assert_array_equal(shown[-1].values, walk.result)


def test_broadcasting_draws_copies_and_reads_them_with_their_original() -> None:
    walk = ready("broadcast_add")
    assert walk.steps is not None
    last = len(walk.steps)
    y = walks.views(walk, last, walk.steps[last - 1], ("x", "y", "result"))[1]
    np.testing.assert_array_equal(y.values, [[1, 0], [1, 0]])
    np.testing.assert_array_equal(y.ghosts, [[False, False], [True, True]])
    assert y.read == {(1, 1), (0, 1)}


def test_a_layer_on_a_digit_is_seen_as_pictures() -> None:
    generator = np.random.default_rng(0)
    weights, bias = generator.normal(size=(40, 784)).astype("f4"), generator.normal(size=40).astype("f4")
    walk = ready("layer", *NETWORK_OPERANDS, names={**NAMES, "W": weights, "b": bias})
    assert walk.error is None
    assert walk.steps is not None
    assert walk.result.dtype == np.float32
    step = walk.steps[786 * 20 + 30]
    unit, digit, biases, result = walks.views(walk, 786 * 20 + 31, step, ("w", "x", "b", "result"))
    np.testing.assert_array_equal(unit.values, weights[20].reshape(28, 28))
    assert unit.read == digit.read == {(1, 2)}
    assert unit.title == "w[20]"
    assert biases.read == frozenset()
    assert result.current is not None
    assert result.index_of(result.current) == (20, 0)
    assert walks.result_index(walk, (20, 0)) == (20,)
    assert len(made_by(walk, (20,)).cells[1]) == 784


def test_the_weights_of_a_run_that_diverged_are_gone_through_all_the_same() -> None:
    names = {**NAMES, "W": np.full((3, 784), np.nan, "f4"), "b": np.full(3, np.inf, "f4")}
    walk = ready("layer", *NETWORK_OPERANDS, names=names)
    assert walk.error is None
    assert "nan" in made_by(walk, (0,)).words


def test_a_cell_of_very_many_products_is_answered_at_once() -> None:
    walk = ready("dot_vectors", "ones(100000)", "ones(100000)")
    step = made_by(walk, ())
    assert step.value == 100_000
    assert len(step.cells[0]) == 1


@pytest.mark.parametrize(
    ("identifier", "texts", "operand", "words"),
    [
        ("dot_matrices", ("[[1, 2]]", "[[1, 2]]"), None, "(1, 2)"),
        ("relu", ("nothing",), 0, "nothing"),
        ("add", ("[1]", "x["), 1, ""),
        ("relu", ("train_images.shape",), 0, "train_images.shape"),
        ("relu", ("train_images",), None, "31,360"),
    ],
)
def test_what_does_not_fit_is_a_sentence(
    identifier: str, texts: tuple[str, ...], operand: int | None, words: str
) -> None:
    walk = ready(identifier, *texts)
    assert walk.steps is None
    assert words in str(walk.error)
    assert walk.operand == operand


def test_arrays_are_printed_in_one_line() -> None:
    assert printed(np.array([[2, -1], [1, 2]])) == "[[2 -1] [1 2]]"
    assert printed(np.array(12)) == "12"
    assert printed(np.array([0.5, 1 / 3])) == "[0.5 0.3333]"
    assert printed(np.arange(20)) == "[0 1 2 … 17 18 19]"
