"""What fits of one run's state is another's start, the rest is new."""

import numpy as np
import pytest

from mnist_lab.network.snapshot import Snapshot, SnapshotError
from mnist_lab.network.transplant import adapted
from tests.runs.kept import snapshot_at

OPTIMIZER = "optimizer/velocity/output/bias"
DROPOUT = "dropout_1/random_state"


def snapshot(updates: int, optimizer: str, **more: object) -> Snapshot:
    """All of its numbers are its updates."""
    made = snapshot_at(updates)
    variables = dict(made.variables) | {name: np.asarray(value) for name, value in more.items()}
    return Snapshot(updates, optimizer, variables, made.runtime)


def test_everything_is_carried_where_nothing_is_otherwise() -> None:
    before = snapshot(7, "rmsprop", **{OPTIMIZER: [7.0], DROPOUT: [7]})
    start = adapted(before, snapshot(0, "rmsprop", **{OPTIMIZER: [0.0], DROPOUT: [0]}))
    assert (start.updates, start.optimizer, list(start.variables)) == (7, "rmsprop", list(before.variables))
    assert start.hashes == before.hashes


@pytest.mark.parametrize(
    ("optimizer", "state"),
    [("sgd_momentum", {OPTIMIZER: [0.0]}), ("rmsprop", {}), ("rmsprop", {"optimizer/momentum/output/bias": [0.0]})],
    ids=["another", "keeps less", "keeps other variables"],
)
def test_an_optimizer_begins_anew_as_a_whole_where_it_is_another(optimizer: str, state: dict[str, object]) -> None:
    before = snapshot(7, "rmsprop", **{OPTIMIZER: [7.0], "optimizer/learning_rate": np.float32(0.5)})
    start = adapted(before, snapshot(0, optimizer, **state))
    assert start.variables["optimizer/iterations"] == 0
    assert all(start.variables[name] == 0 for name in state)
    assert start.weights_sha256 == before.weights_sha256
    assert (start.learning_rate, start.optimizer) == (0.5, optimizer)


def test_dropouts_random_state_is_new_where_there_was_none_and_goes_where_there_is_none_any_more() -> None:
    without, dropping = snapshot(7, "sgd"), snapshot(0, "sgd", **{DROPOUT: [3]})
    assert adapted(without, dropping).variables[DROPOUT] == 3
    assert DROPOUT not in adapted(dropping, without).variables


def test_another_network_is_refused() -> None:
    with pytest.raises(SnapshotError, match=r"hidden_1/kernel.*784×3.*784×4"):
        adapted(snapshot_at(7, units=3), snapshot_at(0, units=4))
