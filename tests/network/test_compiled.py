"""The programs alone: their arithmetic of positions, and that images arrive as the chapter's."""

import numpy as np
import pytest

from mnist_lab.network import compiled
from mnist_lab.network.backend import keras_and_tensorflow
from mnist_lab.network.compiled import (
    MOST_UPDATES,
    CompiledEvaluation,
    CompiledTraining,
    MeasuredDigits,
    ResidentDigits,
)
from mnist_lab.network.model import build_model
from tests.network.runs import SMALL, made_up_digits, same_bits, scaled

pytestmark = pytest.mark.keras


def training(images: int, batch_size: int) -> CompiledTraining:
    return CompiledTraining(build_model(SMALL), images, batch_size, xla=False)


@pytest.mark.parametrize("xla", [True, False], ids=["xla", "plain"])
def test_images_arrive_as_by_the_chapters_division(xla: bool) -> None:
    """All 256 greys, bit for bit, though no division is done."""
    _, tf = keras_and_tensorflow()
    greys = np.arange(256, dtype=np.uint8).reshape(1, 256)
    program = tf.function(lambda images, reciprocal: compiled.scaled(tf, images, reciprocal), jit_compile=xla)
    expected = [greys.astype(np.float32) / np.float32(255)]
    assert same_bits([program(tf.constant(greys), tf.constant(compiled.RECIPROCAL)).numpy()], expected)


def test_the_reciprocal_gives_the_division_whether_or_not_a_processor_rounds_in_between() -> None:
    greys = np.arange(256, dtype=np.float32)
    high, low = (np.float32(part) for part in compiled.RECIPROCAL)
    products = greys * high, greys * low
    assert (products[0].astype(np.float64) == greys.astype(np.float64) * float(high)).all(), "exact"
    fused = (products[0].astype(np.float64) + greys.astype(np.float64) * float(low)).astype(np.float32)
    expected = greys / np.float32(255)
    assert same_bits([products[0] + products[1], fused], [expected, expected])


def test_resident_digits_are_the_digits() -> None:
    digits = made_up_digits(7, 1)
    resident = ResidentDigits.of(digits.train_images, digits.train_labels)
    assert np.array_equal(resident.images.numpy(), digits.train_images.reshape(7, 784))
    assert resident.images.numpy().dtype == np.uint8
    assert np.array_equal(resident.labels.numpy(), digits.train_labels)


def test_measured_digits_are_the_digits_in_parts() -> None:
    digits = made_up_digits(1, 2345)
    measured = MeasuredDigits.of(digits.test_images, digits.test_labels)
    assert measured.count == 2345
    assert [len(labels) for _, labels in measured.parts] == [1000, 1000, 345]
    assert np.array_equal(np.concatenate([images for images, _ in measured.parts]), digits.test_images.reshape(-1, 784))
    assert np.array_equal(np.concatenate([labels for _, labels in measured.parts]), digits.test_labels)


@pytest.mark.parametrize(
    ("images", "batch_size", "longest"),
    [
        (100, 30, {0: 3, 1: 2, 2: 1, 3: 1}),
        (90, 30, {0: 3, 2: 1}),
        (20, 30, {0: 1}),
        (1400, 2, {0: MOST_UPDATES, 187: MOST_UPDATES, 188: MOST_UPDATES, 189: 511, 699: 1}),
    ],
)
def test_a_chunk_never_reaches_over_the_short_batch_or_the_epochs_end(
    images: int, batch_size: int, longest: dict[int, int]
) -> None:
    compiled = training(images, batch_size)
    assert compiled.updates_per_epoch == -(-images // batch_size)
    assert {position: compiled.longest(position) for position in longest} == longest


def test_no_update_changes_nothing() -> None:
    model = build_model(SMALL)
    before = model.get_weights()
    digits = made_up_digits(70, 1)
    resident = ResidentDigits.of(digits.train_images, digits.train_labels)
    compiled = CompiledTraining(model, 70, 32, xla=False)
    losses, accuracies = compiled.run(resident, compiled.order(np.arange(70, dtype=np.int32)), 0, 0)
    assert losses.shape == accuracies.shape == (0,)
    assert same_bits(model.get_weights(), before)
    assert int(model.optimizer.iterations) == 0


def test_measuring_changes_nothing_and_gives_kerass_own_numbers() -> None:
    model = build_model(SMALL)
    before = [variable.value.numpy() for variable in (*model.variables, *model.optimizer.variables)]
    digits = made_up_digits(1, 150)
    measured = CompiledEvaluation(model, xla=False).measure(
        MeasuredDigits.of(digits.test_images, digits.test_labels), lambda: None
    )
    after = [variable.value.numpy() for variable in (*model.variables, *model.optimizer.variables)]
    assert same_bits(before, after)
    targets = np.eye(10, dtype="float32")[digits.test_labels]
    expected = model.evaluate(scaled(digits.test_images), targets, verbose=0)
    assert measured == pytest.approx(tuple(expected), abs=1e-5)


def test_whole_parts_through_xla_and_a_rest_without_add_up_to_kerass_own_numbers() -> None:
    model = build_model(SMALL.changed(l2=0.01))
    digits = made_up_digits(1, 2345)
    resident = MeasuredDigits.of(digits.test_images, digits.test_labels)
    targets = np.eye(10, dtype="float32")[digits.test_labels]
    expected = model.evaluate(scaled(digits.test_images), targets, verbose=0)
    for xla in (True, False):
        assert CompiledEvaluation(model, xla=xla).measure(resident, lambda: None) == pytest.approx(
            tuple(expected), abs=1e-5
        )


class EnoughError(Exception):
    pass


def test_measuring_can_be_stopped_between_two_parts() -> None:
    digits = made_up_digits(1, 2500)
    resident = MeasuredDigits.of(digits.test_images, digits.test_labels)
    calls: list[int] = []

    def between() -> None:
        calls.append(len(calls))
        if len(calls) == 3:
            raise EnoughError

    with pytest.raises(EnoughError):
        CompiledEvaluation(build_model(SMALL), xla=False).measure(resident, between)
    assert calls == [0, 1, 2], "called before each of the three parts"
