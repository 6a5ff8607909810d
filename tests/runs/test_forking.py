"""A fork goes on from any moment of a run: with the very same settings bit for bit, with others from there on."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Finished, RateChanged, Stopped
from mnist_lab.network.recording import Past
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import KeptRun
from mnist_lab.runs.forking import BEGINS_ANEW, chosen_changes, plan_fork, rate_at
from mnist_lab.runs.store import RunStore
from mnist_lab.words import LabError
from tests.network.runs import SMALL, UPDATES_PER_EPOCH, changed_weights, made_up_digits
from tests.runs.conftest import MEMORY
from tests.runs.forked import Runs, change_rate_after, stop_after

pytestmark = pytest.mark.keras
K = 15
"""Within the first epoch of twenty updates."""
_IN_THE_SUITE = ("rmsprop", "adam")


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    """All tests here have one home: what was compiled for one is there for the next."""
    with tempfile.TemporaryDirectory(prefix="mnist-lab-home-", dir=MEMORY) as folder:
        yield Runs(RunStore(Path(folder)), made_up_digits())


@pytest.fixture(scope="module")
def parent(runs: Runs) -> KeptRun:
    return runs.run(SMALL)


def end_of(kept: KeptRun) -> tuple[Any, ...]:
    """All that tells two runs apart, bit for bit; no times."""
    assert isinstance(kept.outcome, Finished)
    return (
        kept.losses.tobytes(),
        kept.accuracies.tobytes(),
        kept.epochs,
        kept.snapshots[-1].weights_sha256,
        tuple((change.update, change.learning_rate) for change in kept.rate_changes),
        (kept.outcome.test_loss, kept.outcome.test_accuracy, kept.outcome.updates),
    )


@pytest.mark.parametrize(
    "optimizer",
    [
        pytest.param(spec.identifier, marks=() if spec.identifier in _IN_THE_SUITE else pytest.mark.acceptance)
        for spec in OPTIMIZERS
    ],
)
def test_with_nothing_changed_a_fork_repeats_its_parent(optimizer: str, runs: Runs) -> None:
    experiment = SMALL.changed(optimizer=optimizer)
    parent = runs.run(experiment)
    child = runs.fork(parent, K)
    assert end_of(child) == end_of(parent)
    assert (child.facts.parent_id, child.facts.parent_update) == (parent.facts.id, K)
    assert child.facts.past == (Past(K, experiment),)
    assert [snapshot.updates for snapshot in child.snapshots] == [0, K, 2 * UPDATES_PER_EPOCH]


def test_so_it_does_where_the_rate_was_changed_and_digits_are_kept_aside_and_at_an_epochs_end(runs: Runs) -> None:
    experiment = SMALL.changed(dropout=0.3, validation="held_out", shuffled_labels=True, optimizer="adam", epochs=3)
    rates = change_rate_after(10, 0.01), change_rate_after(18, 0.002)
    longer = runs.run(experiment, *rates)
    parent = runs.run(experiment.changed(epochs=2), *rates)
    assert [change.update for change in parent.rate_changes] == [10, 18]
    for updates in (10, 18, parent.updates):
        assert end_of(runs.fork(parent, updates, epochs=3)) == end_of(longer), updates


def test_another_learning_rate_is_a_change_of_it_there(runs: Runs) -> None:
    parent = runs.run(SMALL, change_rate_after(30, 0.05))
    child = runs.fork(parent, K, learning_rate=0.01)
    assert child.rate_changes == (RateChanged(K, 0.01),), "the parent's later one is made no more"
    assert end_of(child) == end_of(runs.run(SMALL, change_rate_after(K, 0.01)))
    assert (rate_at(child, K - 1), rate_at(child, K)) == (0.001, 0.01)
    assert child.experiment == SMALL.changed(learning_rate=0.01)
    at_once = runs.fork(parent, 0, learning_rate=0.01)
    assert (at_once.facts.past, at_once.rate_changes) == ((), ())
    assert end_of(at_once) == end_of(runs.run(SMALL.changed(learning_rate=0.01)))


@pytest.mark.parametrize(
    "changes",
    [{"activation": "tanh", "dropout": 0.4, "l2": 0.01}, {"optimizer": "sgd", "learning_rate": 0.1}],
    ids=["network", "optimizer"],
)
def test_other_settings_count_from_there_on(changes: dict[str, Any], runs: Runs, parent: KeptRun) -> None:
    fork = runs.plan(parent, K, **changes)
    assert (fork.changed, fork.begins_anew) == (tuple(changes), False)
    child = runs.fork(parent, K, **changes)
    assert child.losses[:K].tobytes() == parent.losses[:K].tobytes()
    assert child.losses[K:].tobytes() != parent.losses[K:].tobytes()
    start = runs.store.snapshot(child.facts.id, K)
    assert start.weights_sha256 == runs.moment(parent, K).weights_sha256
    assert start.variables["optimizer/iterations"] == (0 if "optimizer" in changes else K)
    assert start.learning_rate == np.float32(0.001)


@pytest.mark.parametrize(
    "changes",
    [
        {"batch_size": 50},
        {"batch_order": "fixed"},
        {"validation": "held_out"},
        {"seed": 1},
        {"one_batch": True},
        {"shuffled_labels": True},
        {"moved_copies": 1},
    ],
    ids=lambda changes: ",".join(changes),
)
def test_other_batches_begin_a_new_epoch_1(changes: dict[str, Any], runs: Runs, parent: KeptRun) -> None:
    fork = runs.plan(parent, K, **changes)
    assert (fork.changed, fork.begins_anew, fork.updates) == (tuple(changes), True, 0)
    assert BEGINS_ANEW.issuperset(changes)
    assert (fork.inherited, fork.past, fork.changes) == (None, (), ())
    assert fork.halt.snapshot.weights_sha256 == runs.moment(parent, K).weights_sha256
    assert not runs.plan(parent, K, held_out_share=0.3, moved_turn=20.0).begins_anew, "neither counts for anything"


def test_on_other_digits_its_own_updates_count_and_the_rate_in_force_is_its_own(runs: Runs) -> None:
    parent, others = runs.run(SMALL, change_rate_after(10, 0.01)), made_up_digits(training=100)
    child = runs.fork(parent, K, digits=others, epochs=1)
    assert runs.plan(parent, K, others).changed == ("data",)
    assert child.facts.data is not None
    assert child.facts.data.train_images == 100
    assert child.experiment == SMALL.changed(epochs=1, learning_rate=0.01)
    assert (child.updates, len(child.epochs), child.rate_changes, child.facts.past) == (4, 1, (), ())
    start = runs.store.snapshot(child.facts.id, 0)
    assert start.weights_sha256 == runs.moment(parent, K).weights_sha256
    assert (start.variables["optimizer/iterations"], start.learning_rate) == (K, np.float32(0.01))
    assert child.facts.begins_trained
    assert runs.plan(child, 2, others).begins_trained, "as long as its updates are counted on"
    assert not runs.plan(parent, K).begins_trained
    assert (child.facts.parent_id, child.facts.parent_update) == (parent.facts.id, K)


def test_a_fork_that_was_stopped_goes_on_with_the_changes_that_are_ahead(runs: Runs) -> None:
    parent = runs.run(SMALL, change_rate_after(30, 0.05))
    stopped = runs.fork(parent, K, stop_after(20))
    assert stopped.outcome == Stopped(20)
    again = runs.resumed(stopped, stop_after(25))
    assert end_of(runs.fork(again, 22)) == end_of(runs.resumed(again)) == end_of(parent)
    otherwise = runs.fork(parent, K, change_rate_after(20, 0.002), stop_after(25))
    assert runs.resumed(otherwise).rate_changes == (RateChanged(20, 0.002),), "another one took their place"


def test_a_fork_of_a_fork_needs_neither_of_both_any_more(runs: Runs) -> None:
    first = runs.run(SMALL)
    second = runs.fork(first, 10, dropout=0.5)
    assert second.experiment is not None
    third = runs.fork(second, 30)
    assert end_of(third) == end_of(second)
    assert third.facts.past == (Past(10, SMALL), Past(30, second.experiment))
    early = runs.fork(second, 5)
    assert early.facts.parent_update == 5
    assert end_of(early) == end_of(second), "settings that changed later change again"
    assert runs.plan(second, 5, learning_rate=0.01).past == (Past(5, SMALL),)
    for run_id in (first.facts.id, second.facts.id):
        runs.store.delete(run_id)
        runs.store.remove_deleted(run_id)
    assert runs.store.check(third.facts.id) == []
    assert end_of(runs.fork(third, 35)) == end_of(third)


def test_a_fork_without_an_update_of_its_own_leaves_nothing_behind(runs: Runs, parent: KeptRun) -> None:
    before = len(runs.store.refresh())
    fork = runs.plan(parent, K)
    writer = runs.store.begin_fork(fork, fork.halt.snapshot)
    assert writer.updates == K
    writer.close()
    assert len(runs.store.refresh()) == before
    assert not list(runs.store.folder.glob(f"{writer.id}.run*"))


def _refused(runs: Runs, parent: KeptRun, updates: int, **changes: Any) -> str:
    with pytest.raises(LabError) as refused:
        runs.plan(parent, updates, **changes)
    return str(refused.value)


def test_what_cannot_be_is_said_in_a_sentence(runs: Runs, parent: KeptRun) -> None:
    assert _refused(runs, parent, K, hidden_units=(5,)) == (
        f"The hidden units of run {parent.facts.number} cannot change, since its network is trained already: leave them"
        " at 12, or start a new run."
    )
    assert "initial weights" in _refused(runs, parent, K, initial_weights="he")
    assert "choose at least 3 epochs" in _refused(runs, parent, 40)
    assert "choose at least 2 epochs" in _refused(runs, parent, 25, epochs=1)
    assert "must be a whole number" in _refused(runs, parent, K, batch_size=0)
    network = runs.store.load(runs.store.keep_network("mine", runs.store.network_weights(parent.facts.id)))
    assert "is a kept network" in _refused(runs, network, 40)
    snapshot = runs.moment(parent, K)
    with pytest.raises(StoreError, match="choose one from 0 to 40"):
        plan_fork(runs.store, parent, 41, {}, runs.digits, snapshot)
    with pytest.raises(StoreError, match="no finite numbers"):
        plan_fork(runs.store, parent, K, {}, runs.digits, changed_weights(snapshot, np.nan))


def test_a_form_changes_what_differs_and_the_rate_if_it_is_not_the_one_in_force() -> None:
    """The rate with which the run began counts no more, once another one was set."""
    before = Experiment(learning_rate=0.001)
    assert chosen_changes(before, before.changed(learning_rate=0.01), 0.01) == {}
    assert chosen_changes(before, before, 0.01) == {"learning_rate": 0.001}
    chosen = before.changed(learning_rate=0.1, dropout=0.5, held_out_share=0.5)
    assert chosen_changes(before, chosen, 0.01) == {"dropout": 0.5, "learning_rate": 0.1}
