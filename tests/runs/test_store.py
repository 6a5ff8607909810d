"""The store: what is kept comes back as it was, in lists and as a whole."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.data.sources import load_starter
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.errors import NetworkError
from mnist_lab.network.events import Diverged, Failed, RateChanged, Stopped
from mnist_lab.runs import catalogue, snapshots
from mnist_lab.runs.catalogue import Catalogue
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import Batch
from mnist_lab.runs.run import Run, State
from mnist_lab.runs.store import RunStore
from tests.benchmarks.many_runs import make_runs
from tests.runs.kept import DATA, EXPERIMENT, FINISHED, RUNTIME, batches, end_of, keep, snapshot_at, told


def test_a_run_comes_back_as_it_was_told(store: RunStore) -> None:
    writer = store.begin(EXPERIMENT, DATA, name="first", runtime=RUNTIME)
    for batch in batches():
        writer.write(batch)
    writer.close()

    kept = store.load(writer.id)
    assert (kept.facts.number, kept.name, kept.state, kept.outcome) == (1, "first", "finished", FINISHED)
    assert (kept.experiment, kept.facts.data, kept.total_updates) == (EXPERIMENT, DATA, 20)
    assert kept.facts.runtime.items() >= {"keras": "2", "max_isa": "AVX2", "xla": True}.items()
    assert kept.facts.versions.items() >= {"tensorflow": "3", "numpy": "4"}.items()
    np.testing.assert_array_equal(kept.losses, np.arange(20, dtype=np.float32))
    np.testing.assert_array_equal(kept.accuracies, np.arange(20, dtype=np.float32) / 1024)
    assert kept.seconds_at.tolist() == [[7, 0.5], [10, 1.0], [15, 1.5], [20, 2.0]]
    assert kept.epochs == (end_of(1), end_of(2, accuracy=0.75))
    assert kept.rate_changes == (RateChanged(12, 0.01),)
    assert [snapshot.updates for snapshot in kept.snapshots] == [0, 10, 20]
    assert store.check(writer.id) == []


def test_a_list_shows_what_the_index_holds(store: RunStore) -> None:
    assert store.rows() == []
    first = keep(store, name="one")
    second = keep(store, 4)

    newer, older = RunStore(store.folder.parent).rows()
    assert (older.id, older.number, older.state, older.name) == (first.id, 1, "finished", "one")
    assert (newer.id, newer.number, newer.state, newer.updates) == (second.id, 2, "interrupted", 15)
    assert (older.epochs_done, older.best_epoch, older.best_accuracy, older.last_accuracy) == (2, 2, 0.75, 0.75)
    assert (older.test_accuracy, older.test_loss, older.test_images) == (0.9, 0.25, 20)
    assert (older.experiment, older.data, older.total_updates, older.problem) == (EXPERIMENT, DATA, 20, "")
    assert older.bytes == (store.folder / f"{first.id}.run").stat().st_size
    np.testing.assert_array_equal(older.curve, np.arange(20, dtype=np.float32) / 1024)


def test_a_long_curve_is_thinned_to_means(store: RunStore) -> None:
    writer = store.begin(EXPERIMENT, DATA)
    writer.write(Batch([told(0, 96)]))
    writer.close()
    np.testing.assert_allclose(store.rows()[0].curve, (np.arange(48) * 2 + 0.5) / 1024)


def test_a_run_is_live_while_its_writer_is_open(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "LOCK_SECONDS", 0.05)
    writer = store.begin(EXPERIMENT, DATA)
    writer.write(batches()[1])
    other = RunStore(store.folder.parent)
    assert other.refresh()[0].state == "running"
    assert other.load(writer.id).state == "running"
    for forbidden in (other.resume, other.delete):
        with pytest.raises(StoreError, match="is being trained"):
            forbidden(writer.id)
    writer.close()
    assert other.rows()[0].state == "interrupted"
    assert not list(store.folder.glob("*.lock"))


def test_a_run_without_an_update_leaves_no_file(store: RunStore) -> None:
    writer = store.begin(EXPERIMENT, DATA)
    writer.write(batches()[0])
    assert store.rows() == [], "only its first number is worth a line in the index"
    assert store.refresh()[0].state == "running"
    writer.close()
    assert store.rows() == store.refresh() == []
    assert list(store.folder.glob("*.run")) == []
    assert keep(store).number == 2


def test_the_index_is_written_when_there_are_numbers_and_at_the_end(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    note = Catalogue.note

    def noting(self: Catalogue, run_id: str) -> None:
        noted.append(run_id)
        note(self, run_id)

    monkeypatch.setattr(Catalogue, "note", noting)
    writer, counts = store.begin(EXPERIMENT, DATA), []
    for batch in batches():
        writer.write(batch)
        counts.append(len(noted))
    writer.close()
    assert counts == [0, 1, 1, 1, 2]
    assert noted == [writer.id] * 2, "nothing has changed since the end was noted"
    assert store.rows()[0].state == "finished"


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Stopped(7), "stopped"),
        (Diverged(7, float("nan"), 5), "diverged"),
        (Failed(NetworkError("Too little memory.")), "failed"),
    ],
    ids=["stopped", "diverged", "failed"],
)
def test_every_end_is_kept(store: RunStore, outcome: Stopped | Diverged | Failed, state: str) -> None:
    writer = store.begin(EXPERIMENT, DATA)
    writer.write(replace(batches()[1], outcome=outcome))
    writer.close()
    kept = store.load(writer.id)
    assert kept.state == store.rows()[0].state == state
    if isinstance(outcome, Failed):
        assert (kept.outcome, kept.failure) == (None, "Too little memory.")
    else:
        assert repr(kept.outcome) == repr(outcome)


def test_numbers_must_follow_each_other(store: RunStore) -> None:
    writer = store.begin(EXPERIMENT, DATA)
    writer.write(Batch([told(0, 4)]))
    with pytest.raises(ValueError, match="cannot follow"):
        writer.write(Batch([told(5, 1)]))
    writer.write(Batch([told(4, 1)]))
    writer.close()
    assert store.load(writer.id).updates == 5


def test_a_run_goes_on_from_its_newest_snapshot(store: RunStore) -> None:
    run_id = keep(store, 4).id
    writer = store.resume(run_id)
    halt = writer.halt()
    assert (halt.updates, halt.training_seconds, writer.changes_ahead) == (10, 1.0, (RateChanged(12, 0.01),))
    np.testing.assert_array_equal(halt.losses, np.arange(10, dtype=np.float32))  # of the epoch that is measured again
    kept = writer.kept()
    assert (kept.updates, kept.epochs, kept.rate_changes, kept.training_seconds) == (10, (), (), 1.0)
    assert store.load(run_id).updates == 15  # until something is written
    assert store.rows()[0].state == "running"

    writer.write(Batch(epochs=[end_of(1)]))
    assert store.load(run_id).updates == 10
    for batch in batches()[3:]:
        writer.write(batch)
    writer.close()
    kept = store.load(run_id)
    assert (kept.updates, kept.rate_changes, len(kept.epochs)) == (20, (RateChanged(12, 0.01),), 2)
    assert store.check(run_id) == []


@pytest.mark.parametrize("batch_count", [2, 5])
def test_a_run_that_was_to_go_on_stays_as_it_was(store: RunStore, batch_count: int) -> None:
    run_id = keep(store, batch_count).id
    before = store.load(run_id)
    store.resume(run_id).close()
    after = store.load(run_id)
    assert (after.state, after.outcome, after.updates) == (before.state, before.outcome, before.updates)
    assert [row.updates for row in store.refresh()] == [before.updates]


def test_a_run_goes_on_where_its_network_is_at_hand(store: RunStore) -> None:
    run_id = keep(store).id
    longer = EXPERIMENT.changed(epochs=3)
    writer = store.resume(run_id, at=13)
    with pytest.raises(ValueError, match="no snapshot"):
        writer.halt()
    writer.set_experiment(longer)
    writer.close()
    kept = store.load(run_id)
    assert (kept.updates, kept.outcome, kept.experiment, kept.facts.experiment) == (13, None, longer, EXPERIMENT)
    assert kept.rate_changes == (RateChanged(12, 0.01),)
    assert kept.seconds_at[-1].tolist() == [13, 1.3]  # in proportion
    assert [snapshot.updates for snapshot in kept.snapshots] == [0, 10]
    with pytest.raises(StoreError, match="up to update 13 only"):
        store.resume(run_id, at=14)
    store.resume(run_id, at=13).close()  # the lock is free again


def test_a_damaged_newest_snapshot_is_passed_over(store: RunStore) -> None:
    run_id = keep(store).id
    with sqlite3.connect(store.folder / f"{run_id}.run") as connection:
        connection.execute("UPDATE parts SET data = zeroblob(length(data)) WHERE updates = 20")
    connection.close()
    with pytest.raises(StoreError, match="a row of “parts” has changed"):
        store.snapshot(run_id)
    writer = store.resume(run_id)
    assert writer.halt().updates == 10
    writer.write(Batch([told(10, 1)]))
    writer.close()
    assert store.check(run_id) == []


def test_snapshots_come_back_with_their_bits(store: RunStore) -> None:
    run_id = keep(store).id
    assert store.snapshot(run_id).hashes == snapshot_at(20).hashes
    assert store.snapshot(run_id, 19).updates == 10
    assert store.snapshot(run_id, 10).updates == 10
    weights = store.network_weights(run_id, 3)
    assert (weights.updates, weights.activation) == (0, "relu")
    assert weights.sha256() == snapshot_at(0).weights_sha256


def test_snapshots_are_cut_into_parts(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "PART_BYTES", 4096)
    run_id = keep(store).id
    with sqlite3.connect(store.folder / f"{run_id}.run") as connection:
        assert connection.execute("SELECT count(*), max(length(data)) FROM parts").fetchone() == (9, 4096)
    connection.close()
    assert store.snapshot(run_id).hashes == snapshot_at(20).hashes


def test_snapshots_are_thinned_to_the_budget(home: Path) -> None:
    size = len(snapshot_at(0).to_bytes())
    store = RunStore(home, budget=4 * size + 100)
    writer = store.begin(EXPERIMENT, DATA)
    for updates in range(0, 160, 10):
        writer.write(Batch([told(updates, 10)], snapshot=snapshot_at(updates)))
        kept = [snapshot.updates for snapshot in store.load(writer.id).snapshots]
        assert len(kept) <= 4
        assert (kept[0], kept[-1]) == (0, updates)
    writer.close()
    assert max(np.diff(kept)) <= 80  # not all at one end
    assert store.check(writer.id) == []


def test_what_the_learner_writes_is_kept(store: RunStore) -> None:
    run_id = keep(store).id
    store.rename(run_id, "  wide  ")
    store.set_note(run_id, "with more units\nand ✓")
    store.set_starred(run_id, True)
    for told_by in (store.rows()[0], store.load(run_id)):
        assert (told_by.name, told_by.note, told_by.is_starred) == ("wide", "with more units\nand ✓", True)
    for change in (store.rename, store.set_note):
        with pytest.raises(StoreError, match="10,001 characters"):
            change(run_id, "n" * 10_001)
    assert store.check(run_id) == []


def test_deleting_can_be_undone_until_the_run_is_removed_for_good(store: RunStore) -> None:
    first, second = keep(store).id, keep(store).id
    store.delete(first)
    assert [row.id for row in store.rows()] == [second]
    assert [row.id for row in store.deleted_rows()] == [first]
    assert store.check(first) == []
    with pytest.raises(StoreError, match="No run"):
        store.load(first)
    store.restore(first)
    assert [row.number for row in store.rows()] == [2, 1]
    with pytest.raises(StoreError, match="No run"):
        store.restore(first)
    store.delete(second)
    for not_deleted in (first, "0" * 32, "../bin"):
        with pytest.raises(StoreError, match="No run"):
            store.remove_deleted(not_deleted)
    store.remove_deleted(second)
    assert store.deleted_rows() == []
    assert list((store.folder / "bin").iterdir()) == []
    assert [row.id for row in store.rows()] == [first]
    with pytest.raises(StoreError, match="No run"):
        store.restore(second)
    assert keep(store).number == 3  # that of a run that has gone is not given again


def test_a_network_is_kept_without_a_run(store: RunStore) -> None:
    weights = NetworkWeights(
        (DenseWeights(np.ones((784, 2), np.float32), np.zeros(2, np.float32)),
         DenseWeights(np.ones((2, 10), np.float32), np.arange(10, dtype=np.float32))), "tanh", 7
    )  # fmt: skip
    parent = keep(store).id
    run_id = store.keep_network("edited", weights, parent, 20, EXPERIMENT)
    row = store.refresh()[0]
    assert (row.id, row.kind, row.name, row.state, row.updates) == (run_id, "network", "edited", "finished", 7)
    assert (row.number, row.parent_id, row.parent_update) == (2, parent, 20)
    again = store.network_weights(run_id)
    assert (again.activation, again.updates, again.sha256()) == ("tanh", 7, weights.sha256())
    assert store.check(run_id) == []
    elsewhere = store.keep_network("", weights)
    assert store.load(elsewhere).experiment is None
    with pytest.raises(StoreError, match="cannot go on"):
        store.resume(elsewhere)


def test_a_restored_run_is_as_it_was_left(store: RunStore) -> None:
    digits = load_starter()
    run = Run.restored(store.load(keep(store, name="one").id), digits, None)
    assert (run.state, run.is_live, run.outcome, run.number, run.name) == (State.FINISHED, False, FINISHED, 1, "one")
    assert (run.updates, run.total_updates, run.updates_per_epoch, run.training_seconds) == (20, 20, 10, 2.0)
    assert (run.learning_rate, run.rates, run.updates_per_second) == (0.01, [(0, 0.001), (12, 0.01)], 10)
    assert len(run.history.epochs) == 2
    cut_off = Run.restored(store.load(keep(store, 4).id), digits, None)
    assert (cut_off.state, cut_off.outcome) == (State.STOPPED, Stopped(15))


def test_no_id_leads_out_of_the_folder(store: RunStore) -> None:
    keep(store)
    for run_id in ("../index", "a\0b", "..\\x", "", "missing"):
        for read in (store.load, store.resume, store.delete, store.restore, store.check):
            with pytest.raises(StoreError, match="No run"):
                read(run_id)


def test_many_runs_are_made_for_benchmarks(home: Path) -> None:
    store = make_runs(home, 5)
    assert [row.number for row in store.rows()] == [5, 4, 3, 2, 1]
    assert all(store.check(row.id) == [] for row in store.rows())
    assert len({row.best_accuracy for row in store.rows()}) == 5
