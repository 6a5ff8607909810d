"""After each epoch images that are trained on are measured, with its weights and without dropout; no bit changes."""

from typing import Any

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.network.batches import split_held_out
from mnist_lab.network.control import Control
from mnist_lab.network.events import EpochEnd, Finished, Stopped
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.trained_sample import spread_sample
from tests.network.runs import (
    PLAIN,
    SMALL,
    TEST_IMAGES,
    TRAINING_IMAGES,
    UPDATES_PER_EPOCH,
    Run,
    own_numbers,
    run,
    same_bits,
)


@pytest.mark.parametrize(
    ("count", "most"), [(60_000, 10_000), (4_000, 1_000), (620, 150), (1_000, 999), (7, 3), (1, 1)]
)
def test_the_sample_is_the_same_each_time_and_spread_over_all_images(count: int, most: int) -> None:
    sample = spread_sample(count, most)
    assert sample.dtype == np.intp
    assert len(sample) == most
    assert np.array_equal(sample, spread_sample(count, most))
    parts = np.arange(most + 1) * count // most
    assert (parts[:-1] <= sample).all()
    assert (sample < parts[1:]).all()


def test_digits_in_order_are_all_in_the_sample() -> None:
    """Every fourth of 0, 1, 2 … 9, 0, 1 … would be an even digit."""
    labels = np.arange(4_000) % 10
    counts = np.bincount(labels[spread_sample(4_000, 1_000)], minlength=10)
    assert counts.min() > 60


def test_fewer_images_than_wanted_are_all_measured() -> None:
    assert np.array_equal(spread_sample(20, 150), np.arange(20))


def sampled(digits: Digits) -> tuple[Any, Any]:
    sample = spread_sample(TRAINING_IMAGES, TEST_IMAGES)
    return digits.train_images[sample], digits.train_labels[sample]


@pytest.mark.keras
@pytest.mark.parametrize("fields", [{}, {"dropout": 0.9}, {"l2": 0.02}], ids=["chapter", "dropout", "l2"])
def test_it_is_measured_with_the_weights_at_the_epochs_end_without_dropout(
    fields: dict[str, Any], digits: Digits
) -> None:
    result = run(SMALL.changed(epochs=1, **fields), digits)
    assert result.weights is not None
    (end,) = result.epochs
    expected = own_numbers(result.weights, *sampled(digits), fields.get("l2", 0.0))
    assert (end.train_loss_after, end.train_accuracy_after) == pytest.approx(expected, abs=1e-5)
    assert end.train_sample == TEST_IMAGES
    assert isinstance(result.last, Finished)
    assert result.last.train_loss_after == end.train_loss_after
    assert result.last.train_accuracy_after == end.train_accuracy_after
    assert result.last.training_seconds == result.updates[-1].training_seconds, "measuring is no training"


@pytest.mark.keras
def test_it_is_of_the_images_that_are_trained_on_not_of_those_held_out(digits: Digits) -> None:
    experiment = SMALL.changed(validation="held_out", held_out_share=0.8, epochs=1)
    trained, _ = split_held_out(experiment, digits)
    result = run(experiment, digits)
    assert result.weights is not None
    (end,) = result.epochs
    assert end.train_sample == len(trained) == 124, "fewer than there are test images: all of them"
    expected = own_numbers(result.weights, digits.train_images[trained], digits.train_labels[trained])
    assert (end.train_loss_after, end.train_accuracy_after) == pytest.approx(expected, abs=1e-5)


@pytest.mark.keras
def test_measuring_moves_no_bit_and_repeats_itself(digits: Digits) -> None:
    """Measured after every fifth update or never: the same weights, optimizer state and random states."""
    session = TrainingSession(SMALL.changed(dropout=0.3), digits)
    start = session.snapshot()
    losses = session.advance(UPDATES_PER_EPOCH).losses
    alone = session.snapshot().hashes
    session.restore(start)
    watched = []
    for _ in range(UPDATES_PER_EPOCH // 5):
        watched.append(session.advance(5).losses)
        assert session.measure("trained") == session.measure("trained")
    assert session.snapshot().hashes == alone
    assert same_bits([np.concatenate(watched)], [losses])
    assert session.sample_size == TEST_IMAGES
    session.close()


@pytest.mark.keras
def test_stop_is_obeyed_while_it_is_measured_and_the_run_goes_on_from_there(
    monkeypatch: pytest.MonkeyPatch, digits: Digits, small_run: Run
) -> None:
    control = Control()

    def measure(self: TrainingSession, images: str = "validation", *between: Any) -> Any:
        if images == "trained":
            control.stop()
        return original(self, images, *between)  # type: ignore[arg-type]

    original = TrainingSession.measure
    with monkeypatch.context() as patch:
        patch.setattr(TrainingSession, "measure", measure)
        stopped = run(SMALL, digits, PLAIN, control)
    assert stopped.last == Stopped(UPDATES_PER_EPOCH)
    assert not stopped.of(EpochEnd)
    rest = run(SMALL, digits, PLAIN, halt=control.halt)
    assert rest.epochs == small_run.epochs
    assert same_bits(rest.parameters(), small_run.parameters())


@pytest.mark.keras
def test_what_it_is_measured_at_ends_no_run(monkeypatch: pytest.MonkeyPatch, digits: Digits, small_run: Run) -> None:
    """Weights so large that some image of the sample has no finite loss, and no validation image: the run goes on."""

    def measure(self: TrainingSession, images: str = "validation", *between: Any) -> Any:
        result = original(self, images, *between)  # type: ignore[arg-type]
        return result._replace(loss=float("inf")) if images == "trained" else result

    original = TrainingSession.measure
    monkeypatch.setattr(TrainingSession, "measure", measure)
    result = run(SMALL, digits)
    assert isinstance(result.last, Finished)
    assert same_bits(result.parameters(), small_run.parameters())
