"""A network used again starts as a new one does, to the last bit; two leases never share one."""

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network import workbench
from mnist_lab.network.model import build_model
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.variables import assign_values, copied_values, model_variables
from mnist_lab.network.workbench import Workbench, WorkbenchPool
from tests.network.runs import SMALL, same_bits

pytestmark = pytest.mark.keras


class Leases(WorkbenchPool):
    """A pool of the test's own, whose leases are for few images and without XLA."""

    def leased(self, experiment: Experiment = SMALL, samples: int = 64, *, xla: bool = False) -> Workbench:
        return self.lease(experiment, samples, xla=xla)


@pytest.fixture
def pool() -> Leases:
    return Leases()


def losses_and_weights(experiment: Experiment, digits: Digits, pool: WorkbenchPool) -> list[NDArray[np.float32]]:
    session = TrainingSession(experiment, digits, xla=False, pool=pool)
    losses = session.advance(20).losses
    return [losses, *(array for layer in session.weights().layers for array in (layer.kernel, layer.bias))]


@pytest.mark.parametrize("optimizer", ["rmsprop", "nadam"])
def test_a_second_run_on_the_same_workbench_gives_the_bits_of_a_first(
    optimizer: str, digits: Digits, pool: Leases
) -> None:
    experiment = SMALL.changed(optimizer=optimizer, dropout=0.3, seed=5, learning_rate=0.002)
    first = losses_and_weights(experiment, digits, pool)
    losses_and_weights(experiment.changed(seed=6, learning_rate=0.1), digits, pool)  # leaves other values behind
    assert len(pool.idle) == 1
    assert same_bits(losses_and_weights(experiment, digits, pool), first)


def test_every_variable_is_set_anew(pool: Leases) -> None:
    first = pool.leased()
    assign_values(first.model, [value + 1 for value in copied_values(first.model)])
    pool.give_back(first)
    other = SMALL.changed(seed=9, learning_rate=0.5)
    again = pool.leased(other)
    assert again is first
    assert same_bits(copied_values(again.model), copied_values(build_model(other)))


def test_other_initial_weights_share_programs_one_after_the_other_and_never_variables(pool: Leases) -> None:
    first = pool.leased()
    zeros = SMALL.changed(initial_weights="zeros")
    meanwhile = pool.leased(zeros)
    assert meanwhile is not first
    pool.give_back(first)
    again = pool.leased(zeros)
    assert again is first
    assert not any(layer.kernel.numpy().any() for layer in again.model.layers)
    pool.give_back(again)
    assert same_bits(copied_values(pool.leased().model), copied_values(build_model(SMALL)))


@pytest.mark.parametrize("xla", [False, True], ids=["plain", "xla"])
def test_two_leases_of_one_shape_share_no_variable(xla: bool, pool: Leases) -> None:
    first, second = pool.leased(xla=xla), pool.leased(SMALL.changed(learning_rate=0.5), xla=xla)
    assert first is not second
    assert not {id(variable) for variable in model_variables(first.model)} & {
        id(variable) for variable in model_variables(second.model)
    }


@pytest.fixture(scope="module")
def idle() -> tuple[Leases, Workbench]:
    """A pool with one workbench in it."""
    pool = Leases()
    first = pool.leased()
    pool.give_back(first)
    return pool, first


@pytest.mark.parametrize(
    "other",
    [
        {"hidden_units": (13,)},
        {"hidden_units": (12, 12)},
        {"activation": "tanh"},
        {"dropout": 0.1},
        {"l2": 0.1},
        {"optimizer": "sgd"},
        {"optimizer_settings": {"rho": 0.5}},
        {"batch_size": 16},
    ],
)
def test_what_a_program_depends_on_makes_another(other: dict[str, object], idle: tuple[Leases, Workbench]) -> None:
    pool, first = idle
    assert pool.leased(SMALL.changed(**other)) is not first
    assert pool.idle == (first,)


def test_other_images_and_xla_make_another(idle: tuple[Leases, Workbench]) -> None:
    pool, first = idle
    assert pool.leased(samples=65) is not first
    assert pool.leased(xla=True) is not first
    again = pool.leased()
    assert again is first
    pool.give_back(again)


def test_those_idle_for_longest_are_dropped(monkeypatch: pytest.MonkeyPatch, pool: Leases) -> None:
    monkeypatch.setattr(workbench, "MOST_IDLE", 2)
    for units in range(1, 5):
        pool.give_back(pool.leased(SMALL.changed(hidden_units=(units,)), 40))
    pool.leased(SMALL.changed(hidden_units=(20,)), 40)
    assert [bench.shape[0] for bench in pool.idle] == [(3,), (4,)]


def test_idle_ones_take_a_bounded_memory(monkeypatch: pytest.MonkeyPatch, pool: Leases) -> None:
    first = pool.leased()
    monkeypatch.setattr(workbench, "MOST_IDLE_BYTES", 1.5 * first.variable_bytes)
    second = pool.leased()
    pool.give_back(first)
    pool.give_back(second)
    pool.leased(SMALL.changed(hidden_units=(5,)))
    assert pool.idle == (second,)
    monkeypatch.setattr(workbench, "MOST_IDLE_BYTES", first.variable_bytes - 1)
    pool.give_back(first)
    assert pool.idle == (second,), "one that is too large by itself is not kept at all"
