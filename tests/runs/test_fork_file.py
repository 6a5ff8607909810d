"""What a fork's file holds from its first moment on: all of its parent's that is behind it. Without Keras."""

import dataclasses
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.network.events import Finished, RateChanged
from mnist_lab.network.recording import Past
from mnist_lab.runs import run_file
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import Batch, DataFacts, KeptRun
from mnist_lab.runs.fork import Fork
from mnist_lab.runs.forking import forked_run, plan_fork
from mnist_lab.runs.moments import kept_moment
from mnist_lab.runs.run import Run, State
from mnist_lab.runs.run_file import RunFile
from mnist_lab.runs.run_reader import as_json, read_facts
from mnist_lab.runs.run_writer import RunWriter
from mnist_lab.runs.store import RunStore
from tests.network.runs import made_up_digits
from tests.runs.kept import EXPERIMENT, batches, end_of, snapshot_at, told


@pytest.fixture(scope="module")
def digits() -> Digits:
    """Ten updates an epoch."""
    return made_up_digits(100, 20)


@pytest.fixture
def parent(store: RunStore, digits: Digits) -> KeptRun:
    """A run of two epochs whose rate was changed before its update 12."""
    writer = store.begin(EXPERIMENT, DataFacts.of(digits))
    for batch in batches():
        writer.write(batch)
    writer.close()
    return store.load(writer.id)


def begun(store: RunStore, fork: Fork) -> RunWriter:
    return store.begin_fork(fork, fork.halt.snapshot)


def test_its_file_holds_what_is_behind_it_and_its_record_is_live(
    store: RunStore, parent: KeptRun, digits: Digits
) -> None:
    fork = plan_fork(store, parent, 13, {"epochs": 3}, digits, snapshot_at(13))
    writer = begun(store, fork)
    assert writer.updates == 13
    kept = store.load(writer.id)
    assert (kept.state, kept.updates, kept.total_updates, kept.epochs) == ("running", 13, 30, parent.epochs[:1])
    assert kept.losses.tobytes() == parent.losses[:13].tobytes()
    assert kept.accuracies.tobytes() == parent.accuracies[:13].tobytes()
    assert kept.training_seconds == pytest.approx(1.3)
    assert [one.updates for one in kept.snapshots] == [0, 10, 13]
    assert (kept.rate_changes, kept.facts.past) == ((RateChanged(12, 0.01),), (Past(13, EXPERIMENT),))
    writer.write(Batch([told(13, 7, 2.0)], [end_of(2)], snapshot=snapshot_at(20)))
    writer.close()
    assert store.check(writer.id) == []
    assert store.load(writer.id).losses.tobytes() == parent.losses.tobytes()
    run = forked_run(fork, digits).run
    assert (run.state, run.number, run.updates, run.total_updates) == (State.PREPARING, None, 13, 30)
    assert (run.learning_rate, run.rates) == (0.01, [(0, 0.001), (12, 0.01)])
    assert run.start_weights is not None
    assert run.start_weights.updates == 0
    assert run.is_of_its_settings
    other = plan_fork(store, parent, 13, {"dropout": 0.5}, digits, snapshot_at(13))
    assert not forked_run(other, digits).run.is_of_its_settings
    assert run.id not in (parent.facts.id, writer.id)


def test_its_speed_and_its_time_are_its_own_not_those_of_the_run_it_goes_on_from(
    store: RunStore, parent: KeptRun, digits: Digits
) -> None:
    """The parent took 0.1 s an update, as in slow motion."""
    fork = plan_fork(store, parent, 13, {"epochs": 3}, digits, snapshot_at(13))
    writer, run = begun(store, fork), forked_run(fork, digits).run
    assert run.taken_over == (13, pytest.approx(1.3))
    numbers = told(13, 17, 1.317)
    run.receive(numbers)
    end = Finished(0.2, 0.9, 0.9, 30, 1.317, 0.1, 0.9)
    run.receive(end)
    assert run.updates_per_second == pytest.approx(1000)
    assert run.own_seconds == pytest.approx(0.017)
    writer.write(Batch([numbers], outcome=end))
    writer.close()
    again = Run.restored(store.load(writer.id), digits, None)
    assert again.updates_per_second == pytest.approx(1000)
    assert again.own_seconds == pytest.approx(0.017)
    whole = Run.restored(parent, digits, None)
    assert whole.updates_per_second == pytest.approx(10)
    assert whole.own_seconds == whole.training_seconds


def test_its_network_has_the_activation_with_which_it_was_trained_then(
    store: RunStore, parent: KeptRun, digits: Digits
) -> None:
    fork = plan_fork(store, parent, 13, {"activation": "tanh", "optimizer": "sgd"}, digits, snapshot_at(13))
    writer = begun(store, fork)
    writer.write(Batch([told(13, 7, 2.0)], snapshot=snapshot_at(20)))
    writer.close()
    found = [store.network_weights(writer.id, updates).activation for updates in (0, 10, 13, 20)]
    assert found == ["relu", "relu", "tanh", "tanh"]
    assert kept_moment(store, store.load(writer.id), 12).weights.activation == "relu"
    forked = forked_run(fork, digits)
    assert forked.run.start_weights is not None
    assert (forked.run.start_weights.activation, forked.weights.activation) == ("relu", "tanh")
    assert [forked.run.experiment_of(update).optimizer for update in (0, 12, 13)] == ["rmsprop", "rmsprop", "sgd"]


def test_where_it_began_at_an_epochs_end_it_goes_on_with_what_its_parent_has_measured(
    store: RunStore, parent: KeptRun, digits: Digits
) -> None:
    fork = plan_fork(store, parent, 10, {"l2": 0.1}, digits, snapshot_at(10))
    assert fork.ahead == ((12, 0.01),)
    writer = begun(store, fork)
    writer.write(Batch([told(10, 1)]))
    writer.close()
    again = store.resume(writer.id)
    halt = again.halt()
    assert (halt.updates, len(halt.losses), again.kept().epochs) == (10, 0, parent.epochs[:1])
    assert again.changes_ahead == (RateChanged(12, 0.01),)
    again.close()


def test_the_snapshot_with_which_it_begins_stays_whatever_the_budget_is(
    home: Path, parent: KeptRun, digits: Digits
) -> None:
    size = parent.snapshots[0].bytes
    store = RunStore(home, budget=int(3.5 * size))
    writer = begun(store, plan_fork(store, parent, 9, {"dropout": 0.5}, digits, snapshot_at(9)))
    for updates in (10, 11, 12):
        writer.write(Batch([told(updates - 1, 1)], snapshot=snapshot_at(updates)))
    writer.close()
    assert [one.updates for one in store.load(writer.id).snapshots] == [0, 9, 12]


def test_a_snapshot_of_its_parent_that_is_damaged_is_left_out(store: RunStore, parent: KeptRun, digits: Digits) -> None:
    """An older one leads to the same bits; but not to those with which the parent itself was forked."""
    with closing(sqlite3.connect(store.folder / f"{parent.facts.id}.run")) as connection, connection:
        connection.execute("UPDATE parts SET data = zeroblob(length(data)) WHERE updates = 10")
    fork = plan_fork(store, parent, 13, {}, digits, snapshot_at(13))
    assert [snapshot.updates for snapshot in fork.snapshots] == [0]
    forked_there = dataclasses.replace(parent, facts=dataclasses.replace(parent.facts, past=(Past(10, EXPERIMENT),)))
    with pytest.raises(StoreError, match="changed"):
        plan_fork(store, forked_there, 13, {"l2": 0.1}, digits, snapshot_at(13))


def test_a_file_that_has_less_than_it_says_is_damaged(store: RunStore, parent: KeptRun, digits: Digits) -> None:
    writer = begun(store, plan_fork(store, parent, 13, {}, digits, snapshot_at(13)))
    writer.write(Batch([told(13, 1)]))
    writer.close()
    with RunFile(writer.path, write=True) as file, file.writing():
        facts = dataclasses.replace(read_facts(file), past=(Past(99, EXPERIMENT),))
        file.put(run_file.FACTS, 0, as_json(facts))
    with pytest.raises(StoreError, match="what it has from its parent is not whole"):
        store.load(writer.id)
    assert [row.state for row in store.refresh()] == ["damaged", "finished"]
    for rate in (np.nan, np.inf, -1.0):
        with RunFile(writer.path, write=True) as file, file.writing():
            file.put(run_file.FACTS, 0, as_json(dataclasses.replace(facts, past=(), ahead=((15, rate),))))
        with pytest.raises(StoreError, match="makes no sense"):
            store.load(writer.id)


def test_numbers_of_another_place_are_refused(store: RunStore, parent: KeptRun, digits: Digits) -> None:
    writer = begun(store, plan_fork(store, parent, 13, {}, digits, snapshot_at(13)))
    with pytest.raises(ValueError, match="cannot follow those of 13 updates"):
        writer.write(Batch([told(0, 3)]))
    writer.close()
    assert not writer.path.exists()
    assert np.array_equal(store.load(parent.facts.id).losses, parent.losses)
