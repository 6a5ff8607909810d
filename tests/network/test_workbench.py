"""A network used again starts as a new one does, to the last bit; two leases never share one."""

import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network import workbench
from mnist_lab.network.model import build_model
from mnist_lab.network.variables import assign_values, copied_values, model_variables
from mnist_lab.network.workbench import Workbench, give_back, lease
from tests.network.runs import PLAIN, SMALL, run, same_bits

pytestmark = pytest.mark.keras


@pytest.fixture(autouse=True)
def nothing_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbench, "_idle", [])


def leased(experiment: Experiment = SMALL, samples: int = 64, *, xla: bool = False) -> Workbench:
    return lease(experiment, samples, xla=xla)


@pytest.mark.parametrize("optimizer", ["rmsprop", "nadam"])
def test_a_second_run_on_the_same_workbench_gives_the_bits_of_a_first(optimizer: str, digits: Digits) -> None:
    experiment = SMALL.changed(optimizer=optimizer, dropout=0.3, seed=5, learning_rate=0.002)
    first = run(experiment, digits, PLAIN)
    run(experiment.changed(seed=6, learning_rate=0.1, epochs=1), digits, PLAIN)  # leaves other values behind
    assert len(workbench._idle) == 1
    again = run(experiment, digits, PLAIN)
    assert same_bits([first.losses], [again.losses])
    assert same_bits(first.parameters(), again.parameters())


def test_every_variable_is_set_anew() -> None:
    first = leased()
    assign_values(first.model, [value + 1 for value in copied_values(first.model)])
    give_back(first)
    other = SMALL.changed(seed=9, learning_rate=0.5)
    again = leased(other)
    assert again is first
    assert same_bits(copied_values(again.model), copied_values(build_model(other)))


@pytest.mark.parametrize("xla", [False, True], ids=["plain", "xla"])
def test_two_leases_of_one_shape_share_no_variable(xla: bool) -> None:
    first, second = leased(xla=xla), leased(SMALL.changed(learning_rate=0.5), xla=xla)
    assert first is not second
    assert not {id(variable) for variable in model_variables(first.model)} & {
        id(variable) for variable in model_variables(second.model)
    }


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
def test_what_a_program_depends_on_makes_another(other: dict[str, object]) -> None:
    first = leased()
    give_back(first)
    assert leased(SMALL.changed(**other)) is not first
    assert leased(samples=65) is not first
    assert leased(xla=True) is not first
    assert leased() is first


def test_those_idle_for_longest_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbench, "MOST_IDLE", 2)
    for units in range(1, 5):
        give_back(leased(SMALL.changed(hidden_units=(units,)), 40))
    leased(SMALL.changed(hidden_units=(20,)), 40)
    assert [bench.shape[0] for bench in workbench._idle] == [(3,), (4,)]


def test_idle_ones_take_a_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    first = leased()
    monkeypatch.setattr(workbench, "MOST_IDLE_BYTES", 1.5 * first.variable_bytes)
    second = leased()
    give_back(first)
    give_back(second)
    leased(SMALL.changed(hidden_units=(5,)))
    assert workbench._idle == [second]
    monkeypatch.setattr(workbench, "MOST_IDLE_BYTES", first.variable_bytes - 1)
    give_back(first)
    assert workbench._idle == [second], "one that is too large by itself is not kept at all"
