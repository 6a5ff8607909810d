"""A network used again starts as a new one does, to the last bit, and is kept only while it is worth it."""

from collections import OrderedDict

import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network import twin, workbench
from mnist_lab.network.backend import as_array
from mnist_lab.network.model import build_model
from mnist_lab.network.workbench import kept_workbench, new_workbench
from tests.network.runs import PLAIN, SMALL, run, same_bits

pytestmark = pytest.mark.keras


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbench, "_kept", OrderedDict())


@pytest.mark.parametrize("optimizer", ["rmsprop", "nadam"])
def test_a_second_run_on_a_kept_network_gives_the_bits_of_a_first(optimizer: str, digits: Digits) -> None:
    experiment = SMALL.changed(optimizer=optimizer, dropout=0.3, seed=5, learning_rate=0.002)
    first = run(experiment, digits, PLAIN)
    run(experiment.changed(seed=6, learning_rate=0.1, epochs=1), digits, PLAIN)  # leaves other values behind
    assert len(workbench._kept) == 1
    again = run(experiment, digits, PLAIN)
    assert same_bits([first.losses], [again.losses])
    assert same_bits([layer.kernel for layer in first.weights.layers], [layer.kernel for layer in again.weights.layers])


def test_every_variable_of_a_kept_network_is_set_anew() -> None:
    first = new_workbench(SMALL, build_model(SMALL), 64, xla=False)
    for variable in (*first.model.variables, *first.model.optimizer.variables):
        variable.assign(as_array(variable) + 1)
    other = build_model(SMALL.changed(seed=9, learning_rate=0.5))
    kept = kept_workbench(SMALL.changed(seed=9, learning_rate=0.5), other, 64, xla=False)
    assert kept is first
    assert same_bits(
        [as_array(variable) for variable in (*kept.model.variables, *kept.model.optimizer.variables)],
        [as_array(variable) for variable in (*other.variables, *other.optimizer.variables)],
    )


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
    new_workbench(SMALL, build_model(SMALL), 64, xla=False)
    different: Experiment = SMALL.changed(**other)
    assert kept_workbench(different, build_model(different), 64, xla=False) is None
    assert kept_workbench(SMALL, build_model(SMALL), 65, xla=False) is None
    assert kept_workbench(SMALL, build_model(SMALL), 64, xla=True) is None


def test_only_the_latest_few_are_kept() -> None:
    for units in range(1, 7):
        experiment = SMALL.changed(hidden_units=(units,))
        new_workbench(experiment, build_model(experiment), 40, xla=False)
    assert [key[0] for key in workbench._kept] == [(3,), (4,), (5,), (6,)]


def test_a_very_large_network_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twin, "MOST_PARAMETERS", SMALL.parameters() - 1)
    new_workbench(SMALL, build_model(SMALL), 40, xla=False)
    assert not workbench._kept
