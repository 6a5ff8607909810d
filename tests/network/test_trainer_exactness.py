"""The compiled chunk gives the numbers that Keras itself gives, whatever the chunk's length."""

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.batches import batch_order
from mnist_lab.network.control import Control
from mnist_lab.network.events import Event, Finished, Paused, Updates
from mnist_lab.network.model import build_model
from mnist_lab.network.trainer import Engine
from mnist_lab.optimizers import OPTIMIZERS, OptimizerSpec
from tests.network.runs import (
    BATCH_SIZE,
    SMALL,
    UPDATES_PER_EPOCH,
    Run,
    largest_difference,
    own_numbers,
    run,
    run_with_xla,
    same_bits,
    train_on_batches,
)

pytestmark = pytest.mark.keras

HUNDRED_UPDATES = SMALL.changed(epochs=5)


@pytest.mark.parametrize("spec", OPTIMIZERS, ids=lambda spec: spec.identifier)
def test_with_xla_every_optimizer_gives_the_weights_of_train_on_batch(spec: OptimizerSpec, digits: Digits) -> None:
    """To rounding, with dropout: without XLA, to the bit, see `test_plain_engine`."""
    experiment = HUNDRED_UPDATES.changed(optimizer=spec.identifier, learning_rate=spec.default_rate, dropout=0.3)
    expected = train_on_batches(experiment, digits).get_weights()
    beginning = build_model(experiment).get_weights()
    assert largest_difference(beginning, expected) > 1e-3, "the network must have moved for this to mean anything"
    result = run_with_xla(experiment, digits)
    assert isinstance(result.last, Finished)
    assert result.last.updates == 100
    assert largest_difference(result.parameters(), expected) < 5e-6


SHAPES = [(10,), (784,), (12, 10), (10, 12)]
"""Square kernels too: the twin that is trained holds some of them otherwise than the network does."""
DECAYS = [{}, {"l2": 0.01}, {"optimizer": "adamw"}]


@pytest.mark.parametrize(
    ("hidden_units", "fields"),
    [
        pytest.param(shape, fields, id=f"{shape} {fields}", marks=() if decay == row % 3 else pytest.mark.acceptance)
        for row, shape in enumerate(SHAPES)
        for decay, fields in enumerate(DECAYS)
    ],
)
def test_with_xla_every_shape_of_network_gives_the_weights_of_train_on_batch(
    hidden_units: tuple[int, ...], fields: dict[str, object], digits: Digits
) -> None:
    """Each shape with one kind of decay, with all of them under `--acceptance`."""
    experiment = SMALL.changed(hidden_units=hidden_units, **fields)
    expected = train_on_batches(experiment, digits).get_weights()
    assert largest_difference(run(experiment, digits, Engine(xla=True)).parameters(), expected) < 5e-6


@pytest.mark.parametrize("xla", [True, False], ids=["xla", "plain"])
def test_the_same_seed_gives_the_same_bits_for_every_chunk_length(xla: bool, digits: Digits) -> None:
    experiment = SMALL.changed(epochs=3)
    first = run(experiment, digits, Engine(xla, chunk=1))
    assert {len(event.losses) for event in first.updates} == {1}
    for chunk in (1, 4, 67, None):
        other = run(experiment, digits, Engine(xla, chunk))
        assert same_bits(other.parameters(), first.parameters()), chunk
        assert same_bits([other.losses, other.accuracies], [first.losses, first.accuracies]), chunk
        assert other.epochs == first.epochs, chunk


def test_another_seed_gives_another_run(digits: Digits, small_run: Run) -> None:
    other = run(SMALL.changed(seed=1), digits)
    assert largest_difference(other.parameters(), small_run.parameters()) > 1e-2
    assert not np.array_equal(other.losses, small_run.losses)


def test_dropout_is_decided_by_the_seed(digits: Digits, small_run: Run) -> None:
    experiment = SMALL.changed(dropout=0.3)
    first, second = run(experiment, digits), run(experiment, digits, Engine(xla=False, chunk=3))
    assert same_bits(first.parameters(), second.parameters())
    assert same_bits([first.losses], [second.losses])
    assert largest_difference(first.parameters(), small_run.parameters()) > 1e-3
    assert largest_difference(first.parameters(), run(experiment.changed(seed=5), digits).parameters()) > 1e-2


class StepByStep:
    """Walks through a run in single steps and keeps the weights before each update."""

    def __init__(self) -> None:
        self.before: dict[int, NetworkWeights] = {}
        self.numbers: dict[int, tuple[float, float]] = {}

    def __call__(self, event: Event, control: Control) -> None:
        if isinstance(event, Paused):
            weights = control.take_weights()
            assert weights is not None
            assert weights.updates == event.updates
            self.before[event.updates] = weights
            control.step()
        elif isinstance(event, Updates):
            assert len(event.losses) == 1
            self.numbers[event.first] = (float(event.losses[0]), float(event.accuracies[0]))


@pytest.mark.parametrize(
    ("xla", "l2"),
    [
        (True, 0.05),
        (False, 0.0),
        pytest.param(True, 0.0, marks=pytest.mark.acceptance),
        pytest.param(False, 0.05, marks=pytest.mark.acceptance),
    ],
    ids=["xla-0.05", "plain-0.0", "xla-0.0", "plain-0.05"],
)
def test_each_loss_and_accuracy_is_its_own_batchs(xla: bool, l2: float, digits: Digits) -> None:
    """The loss that is published for an update is that of its batch alone, before it, penalty included."""
    experiment = SMALL.changed(l2=l2, optimizer="adam", learning_rate=0.01)
    walk = StepByStep()
    run(experiment, digits, Engine(xla), Control(paused=True), walk)
    assert sorted(walk.numbers) == list(range(2 * UPDATES_PER_EPOCH))
    for update, (loss, accuracy) in walk.numbers.items():
        epoch, position = divmod(update, UPDATES_PER_EPOCH)
        indices = batch_order(experiment, 620, epoch)[position * BATCH_SIZE :][:BATCH_SIZE]
        expected = own_numbers(walk.before[update], digits.train_images[indices], digits.train_labels[indices], l2)
        assert (loss, accuracy) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("chunk", [4, None])
def test_without_a_learning_rate_each_batch_keeps_its_loss(chunk: int | None, digits: Digits) -> None:
    experiment = SMALL.changed(learning_rate=0.0, batch_order="fixed", epochs=4)
    by_epoch = run(experiment, digits, Engine(xla=True, chunk=chunk)).losses.reshape(4, UPDATES_PER_EPOCH)
    assert np.ptp(by_epoch, axis=0).max() == 0
    assert np.ptp(by_epoch[0]) > 0.1, "the batches themselves must differ"


def test_reshuffled_batches_differ_from_epoch_to_epoch(digits: Digits) -> None:
    experiment = SMALL.changed(learning_rate=0.0, batch_order="reshuffled")
    first, second = run(experiment, digits).losses.reshape(2, UPDATES_PER_EPOCH)
    assert not np.array_equal(first, second)
    sizes = np.full(UPDATES_PER_EPOCH, BATCH_SIZE)
    sizes[-1] = 620 - sizes[:-1].sum()
    # The same images in other batches: the mean over the images stays.
    assert np.average(first, weights=sizes) == pytest.approx(np.average(second, weights=sizes), rel=1e-6)


def test_setting_the_same_learning_rate_changes_no_bit(digits: Digits, small_run: Run) -> None:
    def set_again(event: Event, control: Control) -> None:
        if isinstance(event, Updates):
            control.set_learning_rate(SMALL.learning_rate)

    disturbed = run(SMALL, digits, Engine(xla=False, chunk=3), listener=set_again)
    assert same_bits(disturbed.parameters(), small_run.parameters())
    assert same_bits([disturbed.losses], [small_run.losses])


def test_a_new_learning_rate_acts_from_the_next_chunk_on(digits: Digits, small_run: Run) -> None:
    def set_to_zero(event: Event, control: Control) -> None:
        if isinstance(event, Updates) and event.first == 0:
            control.set_learning_rate(0.0)

    experiment = SMALL.changed(epochs=1)
    stopped_moving = run(experiment, digits, Engine(xla=False, chunk=3), listener=set_to_zero)

    def stop_after_three(event: Event, control: Control) -> None:
        if isinstance(event, Updates):
            control.stop()

    three_updates = run(experiment, digits, Engine(xla=False, chunk=3), listener=stop_after_three)
    assert same_bits(stopped_moving.parameters(), three_updates.parameters())
    assert largest_difference(stopped_moving.parameters(), small_run.parameters()) > 1e-3


def test_looking_at_the_weights_disturbs_nothing(digits: Digits, small_run: Run) -> None:
    looks: list[int] = []

    def look(event: Event, control: Control) -> None:
        if isinstance(event, Updates) and (weights := control.take_weights()) is not None:
            looks.append(weights.updates)
        control.request_weights()

    watched = run(SMALL, digits, Engine(xla=False, chunk=5), listener=look)
    assert looks == [0, 5, 10, 15, 19, 20, 25, 30, 35, 39], "one copy before each chunk, none skipped"
    assert same_bits([watched.losses], [small_run.losses])
    assert same_bits(watched.parameters(), small_run.parameters())


def test_nobody_gets_copies_that_were_not_asked_for(digits: Digits) -> None:
    taken: list[int] = []

    def take(event: Event, control: Control) -> None:
        if isinstance(event, Updates) and (weights := control.take_weights()) is not None:
            taken.append(weights.updates)

    run(SMALL, digits, Engine(xla=False, chunk=5), listener=take)
    assert taken == []


def test_another_data_type_policy_in_this_thread_changes_no_bit(digits: Digits, small_run: Run) -> None:
    import keras

    keras.config.set_dtype_policy("float64")
    try:
        assert same_bits(run(SMALL, digits).parameters(), small_run.parameters())
    finally:
        keras.config.set_dtype_policy("float32")
