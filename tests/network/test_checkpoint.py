"""Going back brings back all that an update changes: weights, optimizer and dropout's random state."""

import numpy as np
import pytest

from mnist_lab.network import checkpoint
from mnist_lab.network.checkpoint import Checkpoint, Checkpoints, weights_are_finite
from mnist_lab.network.compiled import CompiledTraining, ResidentDigits
from mnist_lab.network.model import build_model
from tests.network.runs import SMALL, made_up_digits, same_bits

pytestmark = pytest.mark.keras

MOVING = SMALL.changed(dropout=0.5, optimizer="adam")


def test_the_same_updates_after_going_back_give_the_same_bits() -> None:
    digits = made_up_digits(320, 1)
    model = build_model(MOVING)
    resident = ResidentDigits.of(digits.train_images, digits.train_labels)
    training = CompiledTraining(model, 320, 32, xla=False)
    order = training.order(np.arange(320, dtype=np.int32))
    training.run(resident, order, 0, 3)
    kept = Checkpoint.of(model, 3)
    first_losses, _ = training.run(resident, order, 3, 7)
    first = model.get_weights()
    kept.restore(model)
    assert int(model.optimizer.iterations) == 3
    second_losses, _ = training.run(resident, order, 3, 7)
    assert same_bits([first_losses], [second_losses])
    assert same_bits(first, model.get_weights())


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_one_bad_number_is_found(bad: float) -> None:
    model = build_model(SMALL)
    assert weights_are_finite(model)
    weights = model.get_weights()
    weights[-1][3] = bad
    model.set_weights(weights)
    assert not weights_are_finite(model)


def test_bad_weights_never_replace_good_ones() -> None:
    model = build_model(SMALL)
    checkpoints = Checkpoints(lambda: model)
    model.set_weights([array + 1 for array in model.get_weights()])
    checkpoints.take(5)
    assert checkpoints.newest.updates == 5
    good = model.get_weights()
    model.set_weights([array * np.nan for array in good])
    checkpoints.take(6)
    assert checkpoints.newest.updates == 5
    checkpoints.newest.restore(model)
    assert same_bits(model.get_weights(), good)


def test_checkpoints_come_once_a_second_and_rarer_where_they_are_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that the test turns: two seconds for each copy make the next one wait for forty."""
    now, cost = 100.0, 0.0

    def copy(model: object, updates: int) -> Checkpoint:
        nonlocal now
        now += cost
        return Checkpoint(updates, ())

    monkeypatch.setattr(checkpoint.time, "perf_counter", lambda: now)
    monkeypatch.setattr(Checkpoint, "of", copy)
    model = build_model(SMALL)
    checkpoints = Checkpoints(lambda: model)
    taken: dict[float, int] = {}
    cost = 2.0
    for wait in (0.9, 0.2, 39.0, 2.0):
        now += wait
        checkpoints.take_if_due(len(taken) + 1)
        taken[wait] = checkpoints.newest.updates
    assert taken == {0.9: 0, 0.2: 2, 39.0: 2, 2.0: 4}
