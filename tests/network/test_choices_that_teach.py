"""Initial weights, shuffled labels and one batch: what each is for is seen in its numbers."""

import dataclasses
import math

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.data.sources import load_starter
from mnist_lab.experiment import INITIAL_WEIGHTS, Experiment
from mnist_lab.network.batches import as_trained, batch_order, split_held_out
from mnist_lab.network.session import TrainingSession
from mnist_lab.optimizers import OPTIMIZERS, OptimizerSpec
from tests.network.runs import BATCH_SIZE, SMALL, own_numbers, run, same_bits

LN_10 = math.log(10)
HELD_OUT = SMALL.changed(validation="held_out", held_out_share=0.25)


@pytest.fixture(scope="module")
def few() -> Digits:
    """The first 200 training and 500 test images of the starter set."""
    all_of_them = load_starter()
    return dataclasses.replace(
        all_of_them,
        train_images=all_of_them.train_images[:200],
        train_labels=all_of_them.train_labels[:200],
        test_images=all_of_them.test_images[:500],
        test_labels=all_of_them.test_labels[:500],
    )


# Which images and labels


def test_shuffled_labels_are_the_same_labels_on_other_images(digits: Digits) -> None:
    shuffled = as_trained(SMALL.changed(shuffled_labels=True, seed=3), digits)
    assert np.bincount(shuffled.train_labels).tolist() == np.bincount(digits.train_labels).tolist()
    assert (shuffled.train_labels == digits.train_labels).mean() < 0.2
    assert shuffled.test_labels is digits.test_labels
    assert shuffled.train_images is digits.train_images
    assert as_trained(SMALL, digits) is digits


def test_the_seed_alone_decides_how_labels_are_shuffled(digits: Digits) -> None:
    first = as_trained(SMALL.changed(shuffled_labels=True), digits).train_labels
    other_settings = SMALL.changed(shuffled_labels=True, batch_size=7, validation="held_out", initial_weights="zeros")
    assert (as_trained(other_settings, digits).train_labels == first).all()
    assert (as_trained(SMALL.changed(shuffled_labels=True, seed=1), digits).train_labels != first).any()


@pytest.mark.parametrize("experiment", [SMALL, HELD_OUT], ids=["test", "held out"])
def test_one_batch_is_the_first_of_all_the_others(experiment: Experiment, digits: Digits) -> None:
    everything, held_out = split_held_out(experiment, digits)
    first = everything[batch_order(experiment, len(everything), 0)[:BATCH_SIZE]]
    alone = experiment.changed(one_batch=True)
    trained, kept_aside = split_held_out(alone, digits)
    assert trained.tolist() == first.tolist()
    assert kept_aside.tolist() == held_out.tolist()
    assert len(trained) == alone.samples(len(digits.train_images)) == BATCH_SIZE
    for epoch in (0, 5):
        assert batch_order(alone, BATCH_SIZE, epoch).tolist() == list(range(BATCH_SIZE))


def test_one_batch_of_more_images_than_there_are_is_all_of_them(digits: Digits) -> None:
    trained, _ = split_held_out(SMALL.changed(one_batch=True, batch_size=100_000), digits)
    assert sorted(trained) == list(range(len(digits.train_images)))


# What training makes of it


@pytest.mark.keras
def test_a_session_trains_on_what_it_says_and_begins_as_the_others_do(digits: Digits) -> None:
    """One batch, shuffled labels, held-out images: the loss of each update is that of the batch it names."""
    experiment = HELD_OUT.changed(shuffled_labels=True)
    alone = experiment.changed(one_batch=True)
    labels = as_trained(experiment, digits).train_labels
    sessions = [TrainingSession(one, digits, xla=False) for one in (experiment, alone)]
    first, second = (session.advance(1).losses[0] for session in sessions)
    assert first == second
    assert [session.updates_per_epoch for session in sessions] == [15, 1]
    session = sessions[1]
    for _ in range(3):
        batch = session.next_batch()
        before = session.weights()
        loss, accuracy = own_numbers(before, digits.train_images[batch], labels[batch])
        numbers = session.advance(1)
        assert numbers.losses[0] == pytest.approx(loss, rel=1e-5)
        assert numbers.accuracies[0] == pytest.approx(accuracy)
    assert session.total_updates == alone.total_updates(len(digits.train_images)) == 2
    for one in sessions:
        one.close()


@pytest.mark.keras
def test_the_loss_of_one_batch_goes_to_zero_and_epochs_count_its_updates(few: Digits) -> None:
    result = run(SMALL.changed(one_batch=True, epochs=80, learning_rate=0.003), few)
    assert len(result.losses) == len(result.epochs) == 80
    assert result.losses[0] > 2
    assert result.losses[-1] < 0.02
    assert result.accuracies[-1] == 1
    assert [end.updates for end in result.epochs] == list(range(1, 81))
    assert result.epochs[-1].train_loss == result.losses[-1]


@pytest.mark.keras
def test_shuffled_labels_are_learned_by_heart_and_help_with_no_new_image(few: Digits) -> None:
    """After some epochs nearly all of the 200 images are right, and of others a tenth or less."""
    experiment = SMALL.changed(hidden_units=(64,), epochs=30, shuffled_labels=True, learning_rate=0.003)
    last = run(experiment, few).epochs[-1]
    assert last.train_accuracy_after > 0.95
    assert last.validation_accuracy < 0.15
    sensible = run(experiment.changed(shuffled_labels=False, epochs=10), few).epochs[-1]
    assert sensible.validation_accuracy > 0.7


@pytest.mark.keras
@pytest.mark.parametrize(("activation", "learns"), [("sigmoid", True), ("relu", False)])
def test_units_that_begin_with_zeros_stay_equal(activation: str, learns: bool, digits: Digits) -> None:
    """With sigmoid they move, all alike; with relu they put out 0, so that the output's biases alone can move."""
    experiment = SMALL.changed(initial_weights="zeros", activation=activation)
    session = TrainingSession(experiment, digits, xla=False)
    losses = session.advance(10).losses
    hidden, output = session.weights().layers
    session.close()
    assert losses[0] == pytest.approx(LN_10, abs=1e-6)
    for columns in (hidden.kernel.T, hidden.bias, output.kernel):
        np.testing.assert_allclose(columns, np.broadcast_to(columns[:1], columns.shape), rtol=1e-4, atol=1e-7)
    assert hidden.kernel.any() == output.kernel.any() == learns
    assert output.bias.any()


@pytest.mark.keras
def test_too_large_weights_are_sure_and_wrong_before_anything_was_learned(digits: Digits) -> None:
    """He's and Glorot's begin near ln 10."""
    first = {}
    for kind in INITIAL_WEIGHTS:
        session = TrainingSession(SMALL.changed(initial_weights=kind), digits, xla=False)
        first[kind] = float(session.advance(1).losses[0])
        session.close()
    assert first["large"] > 10
    assert first["zeros"] == pytest.approx(LN_10, abs=1e-6)
    assert abs(first["glorot"] - LN_10) < 0.5
    assert abs(first["he"] - LN_10) < 1


# Exactness


@pytest.mark.keras
@pytest.mark.parametrize(
    "fields", [{}, pytest.param({"dropout": 0.3}, marks=pytest.mark.acceptance)], ids=["plain", "dropout and xla"]
)
def test_a_session_entered_again_has_the_bits_of_one_that_was_not_left(
    fields: dict[str, object], digits: Digits
) -> None:
    experiment = SMALL.changed(initial_weights="he", shuffled_labels=True, one_batch=True, **fields)
    whole, other = (TrainingSession(experiment, digits, xla=bool(fields)) for _ in range(2))
    losses = whole.advance(12).losses
    told = [other.advance(count).losses for count in (1, 4)]
    kept = other.snapshot()
    other.advance(3)
    other.restore(kept)
    told += [other.advance(count).losses for count in (2, 5)]
    assert same_bits([np.concatenate(told)], [losses])
    assert other.snapshot().hashes == whole.snapshot().hashes
    for session in (whole, other):
        session.close()


@pytest.mark.keras
@pytest.mark.acceptance
@pytest.mark.parametrize("kind", INITIAL_WEIGHTS)
@pytest.mark.parametrize("spec", OPTIMIZERS, ids=lambda spec: spec.identifier)
def test_every_optimizer_trains_from_every_start_alike_in_chunks_of_any_length(
    spec: OptimizerSpec, kind: str, digits: Digits
) -> None:
    experiment = SMALL.changed(
        optimizer=spec.identifier, learning_rate=spec.default_rate, initial_weights=kind, hidden_units=(12, 9),
        dropout=0.3, shuffled_labels=True,
    )  # fmt: skip
    hashes = []
    for counts in ((15,), (4, 1, 10)):
        session = TrainingSession(experiment, digits)
        for count in counts:
            assert np.isfinite(session.advance(count).losses).all()
        hashes.append(session.snapshot().hashes)
        session.close()
    assert hashes[0] == hashes[1]
