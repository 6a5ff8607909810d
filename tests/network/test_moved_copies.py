"""Moved copies in a run: which there are, that each batch is the one that is told, and that every count has them."""

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.data.moved import moved
from mnist_lab.data.sources import load_path
from mnist_lab.experiment import MOVED_STRENGTHS, Experiment
from mnist_lab.network.batches import as_trained, batch_order, copies_of, images_trained_on, origin, split_held_out
from mnist_lab.network.control import Control
from mnist_lab.network.errors import NetworkError
from mnist_lab.network.events import Event, Finished, Preparing, Stopped
from mnist_lab.network.memory import bytes_of_copies, check_memory
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.trainer import Engine
from tests.conftest import SHARED_DATA
from tests.network.runs import BATCH_SIZE, SMALL, TRAINING_IMAGES, own_numbers, run, same_bits
from tests.network.test_memory import leave_free

COPIED = SMALL.changed(moved_copies=2)
HELD_OUT = COPIED.changed(validation="held_out", held_out_share=0.25, shuffled_labels=True)


# Which images


def test_copies_are_counted_on_from_the_last_image(digits: Digits) -> None:
    trained, held_out = split_held_out(COPIED, digits)
    assert trained.tolist() == list(range(3 * TRAINING_IMAGES))
    assert len(held_out) == 0
    images, labels = images_trained_on(COPIED, digits, trained)
    assert np.array_equal(images[:TRAINING_IMAGES], digits.train_images)
    strengths = [getattr(COPIED, name) for name in MOVED_STRENGTHS]
    assert np.array_equal(images[TRAINING_IMAGES:], moved(digits.train_images, 2, [COPIED.seed, 6], *strengths))
    assert labels[TRAINING_IMAGES:].tolist() == np.repeat(digits.train_labels, 2).tolist()


def test_the_copies_are_of_images_that_are_trained_on_and_have_their_labels(digits: Digits) -> None:
    unmoved = HELD_OUT.changed(**dict.fromkeys(MOVED_STRENGTHS, 0))
    trained, held_out = split_held_out(unmoved, digits)
    alone, same_held_out = split_held_out(unmoved.changed(moved_copies=0), digits)
    assert held_out.tolist() == same_held_out.tolist()
    assert trained[: len(alone)].tolist() == alone.tolist()
    shuffled = as_trained(unmoved, digits)
    images, labels = images_trained_on(unmoved, shuffled, trained)
    assert np.array_equal(images[len(alone) :], np.repeat(digits.train_images[alone], 2, axis=0))
    assert labels[len(alone) :].tolist() == np.repeat(shuffled.train_labels[alone], 2).tolist()
    assert len(trained) == unmoved.samples(TRAINING_IMAGES)


def test_any_of_them_can_be_had_alone(digits: Digits) -> None:
    trained, held_out = split_held_out(HELD_OUT, digits)
    images, labels = images_trained_on(HELD_OUT, digits, trained)
    some = np.random.default_rng(1).permutation(len(trained))[:40]
    alone = images_trained_on(HELD_OUT, digits, trained[some].astype(np.int32))
    assert np.array_equal(alone[0], images[some])
    assert np.array_equal(alone[1], labels[some])
    place = 17
    begin = len(trained) // 3 + 2 * place
    copies = copies_of(HELD_OUT, digits, int(trained[place]))
    assert copies is not None
    assert np.array_equal(copies, images[begin : begin + 2])
    told = [origin(HELD_OUT, TRAINING_IMAGES, int(index)) for index in trained[[place, begin, begin + 1]]]
    assert told == [(trained[place], copy) for copy in (0, 1, 2)]
    assert copies_of(HELD_OUT, digits, int(held_out[3])) is None
    assert copies_of(HELD_OUT, digits, TRAINING_IMAGES) is None


@pytest.mark.parametrize("experiment", [COPIED, HELD_OUT], ids=["test", "held out"])
def test_one_batch_is_the_first_of_all_the_others(experiment: Experiment, digits: Digits) -> None:
    everything, _ = split_held_out(experiment, digits)
    first = everything[batch_order(experiment, len(everything), 0)[:BATCH_SIZE]]
    assert first.max() >= TRAINING_IMAGES, "a copy is among them, or this means little"
    alone, _ = split_held_out(experiment.changed(one_batch=True), digits)
    assert alone.tolist() == first.tolist()


# Runs


@pytest.mark.keras
def test_a_session_trains_on_what_it_says_and_every_count_has_the_copies(digits: Digits) -> None:
    """The loss of each update is that of the batch it names; the last batch of an epoch is the short one."""
    session = TrainingSession(HELD_OUT, digits, xla=False)
    labelled = as_trained(HELD_OUT, digits)
    assert session.samples == HELD_OUT.samples(TRAINING_IMAGES) == 465 * 3
    assert session.updates_per_epoch == HELD_OUT.updates_per_epoch(TRAINING_IMAGES) == 44
    names: list[int] = []
    for count in (0, 1, 41):
        session.advance(count)
        batch = session.next_batch()
        before = session.weights()
        loss, accuracy = own_numbers(before, *images_trained_on(HELD_OUT, labelled, batch))
        numbers = session.advance(1)
        names += batch.tolist()
        assert numbers.losses[0] == pytest.approx(loss, rel=1e-5)
        assert numbers.accuracies[0] == pytest.approx(accuracy)
    assert session.position == (1, 0) or session.updates == 45
    assert max(names) >= TRAINING_IMAGES
    assert session.sample_size == 150, "as many as there are test images"
    session.close()


@pytest.mark.keras
@pytest.mark.parametrize("xla", [False, pytest.param(True, marks=pytest.mark.acceptance)])
def test_a_session_entered_again_has_the_bits_of_one_that_was_not_left(xla: bool, digits: Digits) -> None:
    experiment = HELD_OUT.changed(dropout=0.3) if xla else HELD_OUT
    whole = TrainingSession(experiment, digits, xla=xla)
    losses = whole.advance(60).losses
    first = TrainingSession(experiment, digits, xla=xla)
    told = [first.advance(50).losses]
    kept = first.snapshot()
    first.advance(3)
    other = TrainingSession(experiment, digits, kept, xla=xla)
    told += [other.advance(4).losses, other.advance(6).losses]
    assert same_bits([np.concatenate(told)], [losses])
    assert other.snapshot().hashes == whole.snapshot().hashes
    for session in (whole, first, other):
        session.close()


@pytest.mark.keras
def test_pixels_that_only_a_copy_has_ink_in_are_trained(digits: Digits) -> None:
    """The rows below are black in every training image; a copy may be shifted there. XLA leaves black pixels out."""
    session = TrainingSession(COPIED, digits)
    before = session.weights()
    session.advance(20)
    after, batch = session.weights(), session.next_batch()
    loss, _ = own_numbers(after, *images_trained_on(COPIED, digits, batch))
    assert session.advance(1).losses[0] == pytest.approx(loss, rel=1e-4)
    rows = slice(25 * 28, 27 * 28)
    assert (after.layers[0].kernel[rows] != before.layers[0].kernel[rows]).any()
    session.close()


@pytest.mark.keras
def test_making_copies_is_told_and_can_be_stopped(digits: Digits) -> None:
    stages: list[str] = []

    def stop(event: Event, control: Control) -> None:
        if isinstance(event, Preparing):
            stages.append(event.stage)
            if event.stage == "moving":
                control.stop()

    result = run(COPIED, digits, listener=stop)
    assert result.last == Stopped(0)
    assert stages == ["importing", "building", "moving"]


# Memory


def test_copies_that_do_not_fit_are_refused_before_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    leave_free(monkeypatch, 2e9)
    check_memory(Experiment(moved_copies=3), 60_000)
    with pytest.raises(NetworkError) as caught:
        check_memory(Experiment(moved_copies=100), 60_000)
    assert "100 moved copies of each image an epoch has 6,060,000 images" in str(caught.value)
    assert "only 2.0 GB are free: choose fewer moved copies." in str(caught.value)
    check_memory(Experiment(), 60_000)
    assert bytes_of_copies(Experiment(), 60_000) == 0


# All of MNIST


@pytest.mark.keras
@pytest.mark.acceptance
def test_three_copies_of_all_of_mnist_teach_more_than_mnist_alone() -> None:
    """98.7 % after five epochs, as the issue asks; without copies the chapter's network has about 98.0 %."""
    path = SHARED_DATA / "mnist.npz"
    if not path.exists():
        pytest.skip("the full MNIST set is not in ../shared/data")
    last = run(Experiment(moved_copies=3), load_path(path), Engine()).last
    assert isinstance(last, Finished)
    assert last.updates == 5 * 1_875
    assert last.test_accuracy >= 0.987  # measured: 0.9882
