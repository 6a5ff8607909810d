"""The steps of the preparation are those of the chapter, and each is what its description says."""

import itertools
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.tensors.arrays import AXIS_WORDS, describe
from mnist_lab.tensors.errors import TensorError
from mnist_lab.tensors.evaluator import evaluate
from mnist_lab.tensors.preparation import PREPARATION_STEPS, PreparationStep, one_hot, prepare, steps_of
from tests.tensors.digits import some_digits


def images_and_labels(samples: int) -> dict[str, np.ndarray]:
    digits = some_digits(train=samples)
    return {"images": digits.train_images, "labels": digits.train_labels}


@pytest.mark.parametrize("step", PREPARATION_STEPS, ids=lambda step: step.identifier)
@pytest.mark.parametrize("samples", [0, 1, 17])
def test_a_step_does_what_it_says(step: PreparationStep, samples: int) -> None:
    before = prepare(step.array, images_and_labels(samples)[step.array], steps_of(step.array).index(step))
    after = step.run(before)
    assert describe(before, step.before.axis_names) == step.before.describe(samples)
    assert describe(after, step.after.axis_names) == step.after.describe(samples)
    assert set(step.after.axis_names) <= set(AXIS_WORDS)
    if samples > 1:
        assert (before.min(), before.max()) == (step.before.lowest, step.before.highest)
        assert (after.min(), after.max()) == (step.after.lowest, step.after.highest)
    name = f"train_{step.array}"
    code = step.line(name, samples)
    assert code.startswith(f"{name} = ")
    if samples:
        typed = evaluate(code.partition(" = ")[2], {name: before})
        np.testing.assert_array_equal(typed.value, after)
        assert typed.value.dtype == after.dtype


def test_each_step_takes_what_the_one_before_gives() -> None:
    for array in ("images", "labels"):
        steps = steps_of(array)
        for one, following in itertools.pairwise(steps):
            assert one.after == following.before
    with pytest.raises(KeyError):
        steps_of("sounds")


def test_the_chapter_s_shapes() -> None:
    images, labels = steps_of("images"), steps_of("labels")
    assert images[0].before.describe(60_000).shape == (60_000, 28, 28)
    assert images[0].before.describe(60_000).bytes == 47_040_000
    assert images[-1].after.describe(60_000).shape == (60_000, 784)
    assert images[-1].after.describe(60_000).bytes == 188_160_000
    assert labels[0].before.describe(60_000).shape == (60_000,)
    assert labels[-1].after.describe(60_000).shape == (60_000, 10)
    assert images[0].line("train_images", 60_000) == "train_images = train_images.reshape((60000, 28 * 28))"


def test_describing_the_whole_set_takes_no_memory() -> None:
    tracemalloc.start()
    try:
        for step in PREPARATION_STEPS:
            step.before.describe(60_000)
            step.after.describe(60_000)
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


def test_one_hot() -> None:
    assert one_hot(np.array([0, 9, 3], np.uint8)).tolist() == np.eye(10)[[0, 9, 3]].tolist()
    with pytest.raises(TensorError, match="A label is 10"):
        one_hot(np.array([1, 10], np.uint8))


def test_the_real_set(mnist_file: Path) -> None:
    with np.load(mnist_file, allow_pickle=False) as arrays:
        images, labels = arrays["x_test"], arrays["y_test"]
    prepared = prepare("images", images[:100])
    np.testing.assert_array_equal(prepared, images[:100].reshape(100, 784).astype("float32") / 255)
    assert (prepare("labels", labels[:100]).argmax(axis=1) == labels[:100]).all()
