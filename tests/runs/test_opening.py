"""A kept run is opened with its digits where they can be had, and goes on where its newest snapshot is."""

from dataclasses import replace

import numpy as np
import pytest

from mnist_lab.data import sources
from mnist_lab.data.digits import DataError, Digits, Kind
from mnist_lab.network.events import Stopped
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import Batch, DataFacts
from mnist_lab.runs.opening import open_run, resume_run
from mnist_lab.runs.run import State
from mnist_lab.runs.store import RunStore
from tests.network.runs import made_up_digits
from tests.runs import kept

DIGITS, OTHERS = made_up_digits(100, 20), made_up_digits(60, 20)


@pytest.fixture
def store() -> RunStore:
    return RunStore()


def _keep(store: RunStore, count: int, data: DataFacts | None = None) -> str:
    """A run on `DIGITS` of which `count` batches are kept."""
    writer = store.begin(kept.EXPERIMENT, data or DataFacts.of(DIGITS))
    for batch in kept.batches()[:count]:
        writer.write(batch)
    writer.close()
    return writer.id


def test_a_finished_run_is_as_it_was_left(store: RunStore) -> None:
    run_id = _keep(store, 5)
    opened = open_run(store, run_id, [OTHERS, DIGITS])
    run = opened.run
    assert (run.id, run.number, run.state, run.updates, run.is_live) == (run_id, 1, State.FINISHED, 20, False)
    assert run.digits is DIGITS
    assert opened.can_go_on
    assert opened.weights is not None
    assert opened.weights.updates == 20
    assert opened.weights.layers[0].kernel.shape == (784, 3)
    assert run.start_weights is not None
    assert run.start_weights.updates == 0
    np.testing.assert_array_equal(run.history.losses.values, np.arange(20, dtype=np.float32))


def test_without_its_digits_it_is_shown_and_cannot_go_on(store: RunStore) -> None:
    opened = open_run(store, _keep(store, 5), [OTHERS])
    assert opened.run.digits is OTHERS
    assert opened.run.total_updates == 20, "as many as it had"
    assert not opened.has_digits
    assert not opened.can_go_on


@pytest.mark.parametrize("kind", ["starter", "full", "own"])
def test_its_digits_are_read_again_from_where_they_were(
    store: RunStore, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    digits = replace(DIGITS, kind=kind, origin="" if kind == "starter" else "digits.npz")
    run_id = _keep(store, 5, replace(DataFacts.of(digits), origin=digits.origin))
    read: list[Digits] = []

    def load(*_where: object) -> Digits:
        read.append(digits)
        return digits

    monkeypatch.setattr(sources, "load_starter", load)
    monkeypatch.setattr(sources, "load_full", lambda: sources.FullSet(load(), None))
    monkeypatch.setattr(sources, "load_path", load)
    opened = open_run(store, run_id, [OTHERS])
    assert opened.run.digits is digits
    assert opened.can_go_on
    assert read == [digits]


def test_digits_that_have_gone_are_no_error(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: object) -> Digits:
        raise DataError("It is not there.")

    monkeypatch.setattr(sources, "load_path", fail)
    run_id = _keep(store, 5, replace(DataFacts.of(DIGITS), kind="own", origin="/nowhere/digits.npz"))
    assert not open_run(store, run_id, [OTHERS]).has_digits


def test_an_interrupted_run_goes_on_from_its_newest_snapshot(store: RunStore) -> None:
    run_id = _keep(store, 4)  # 15 updates, the newest snapshot after 10, another rate from 12 on
    opened = open_run(store, run_id, [DIGITS]).run
    assert (opened.updates, opened.was_interrupted) == (15, True)
    resumed = resume_run(store, run_id, DIGITS, lambda: True)
    assert resumed is not None
    run = resumed.run
    assert (run.id, run.updates, run.total_updates, run.is_live) == (run_id, 10, 20, True)
    assert not run.was_interrupted, "any more"
    assert (resumed.halt.updates, resumed.weights.updates) == (10, 10)
    assert [(change.update, change.learning_rate) for change in resumed.changes] == [(12, 0.01)]
    assert run.rates == [(0, 0.001)], "what comes after is told again"
    with pytest.raises(StoreError):
        resume_run(store, run_id, DIGITS, lambda: True)
    resumed.writer.close()


def test_a_finished_run_gets_an_epoch_more_and_one_that_was_cut_off_at_its_end_does_not(store: RunStore) -> None:
    finished = resume_run(store, _keep(store, 5), DIGITS, lambda: True)
    assert finished is not None
    assert (finished.run.experiment.epochs, finished.run.total_updates) == (3, 30)
    finished.writer.close()
    cut = store.begin(kept.EXPERIMENT, DataFacts.of(DIGITS))
    for batch in (*kept.batches()[:4], Batch([kept.told(15, 5, 2.0)], snapshot=kept.snapshot_at(20))):
        cut.write(batch)
    cut.close()
    resumed = resume_run(store, cut.id, DIGITS, lambda: True)
    assert resumed is not None
    assert (resumed.run.updates, resumed.run.experiment.epochs) == (20, 2)
    resumed.writer.close()


def test_a_wish_that_was_taken_back_leaves_the_run_to_others(store: RunStore) -> None:
    writer = store.begin(kept.EXPERIMENT, DataFacts.of(DIGITS))
    for batch in (*kept.batches()[:2], Batch(snapshot=kept.snapshot_at(7), outcome=Stopped(7))):
        writer.write(batch)
    writer.close()
    assert not open_run(store, writer.id, [DIGITS]).run.was_interrupted
    assert resume_run(store, writer.id, DIGITS, lambda: False) is None
    resumed = resume_run(store, writer.id, DIGITS, lambda: True)
    assert resumed is not None
    resumed.writer.close()
