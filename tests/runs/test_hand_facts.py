"""A run that learned a hand keeps it: its digits are made again when it is opened."""

from dataclasses import replace

import numpy as np
import pytest

from mnist_lab.data import hand, sources
from mnist_lab.data.hand import HandDigits, hand_digits
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import DataFacts
from mnist_lab.runs.forking import rate_at
from mnist_lab.runs.hand_forking import base_digits, plan_hand
from mnist_lab.runs.opening import open_run
from mnist_lab.runs.store import RunStore
from tests.data.test_hand import some_digits
from tests.network.runs import made_up_digits
from tests.runs import kept

BASE, OTHERS = made_up_digits(100, 20), made_up_digits(60, 20)
MADE = hand_digits(BASE, some_digits(), copies=3, seed=2)


@pytest.fixture
def run_id() -> str:
    """A run on `MADE`."""
    writer = RunStore().begin(kept.EXPERIMENT, DataFacts.of(MADE))
    for batch in kept.batches():
        writer.write(batch)
    writer.close()
    return writer.id


def test_the_digits_are_made_again_from_the_base_and_the_hand_that_is_kept(run_id: str) -> None:
    opened = open_run(RunStore(), run_id, [OTHERS, BASE])
    digits = opened.run.digits
    assert opened.can_go_on
    assert isinstance(digits, HandDigits)
    assert digits is not MADE
    assert digits.fingerprint == MADE.fingerprint
    for again, before in zip(digits.hand.digits, MADE.hand.digits, strict=True):
        assert again.label == before.label
        np.testing.assert_array_equal(again.image, before.image)
        for stroke, other in zip(again.strokes, before.strokes, strict=True):
            np.testing.assert_array_equal(stroke, other)
    assert open_run(RunStore(), run_id, [OTHERS, MADE]).run.digits is MADE, "where they are at hand"


def test_the_base_is_read_from_where_it_was(run_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "load_path", lambda _path: BASE)
    assert open_run(RunStore(), run_id, [OTHERS]).run.digits.fingerprint == MADE.fingerprint
    monkeypatch.setattr(sources, "load_path", lambda _path: OTHERS)
    opened = open_run(RunStore(), run_id, [OTHERS])
    assert (opened.has_digits, opened.run.digits) == (False, OTHERS)


def test_a_list_leaves_the_strokes_out(run_id: str) -> None:
    (row,) = RunStore().refresh()
    assert row.id == run_id
    assert row.data is not None
    assert row.data.hand is not None
    whole = DataFacts.of(MADE).hand
    assert whole is not None
    assert row.data.hand == replace(whole, digits=())
    assert (row.data.hand.count, row.data.hand.copies, row.data.train_images) == (2, 3, 100 + 4 * 8)


def test_another_hand_takes_the_place_of_the_first(run_id: str) -> None:
    store = RunStore()
    parent = store.load(run_id)
    assert base_digits(parent, [MADE, BASE]) is BASE
    fork, digits = plan_hand(store, parent, 0, store.snapshot(run_id, 0), BASE, some_digits()[:1], copies=5)
    assert digits.train_labels[100:].tolist() == [1] * 4 * 6
    assert (fork.begins_anew, fork.experiment.epochs, fork.data.train_images) == (True, 2, 100 + 4 * 6)
    assert [(one.update, one.learning_rate) for one in fork.changes] == [(13, pytest.approx(0.0001))], "half of 2 · 13"
    assert fork.halt.changes == fork.changes
    assert fork.data.hand is not None
    assert fork.data.hand.base_fingerprint == BASE.fingerprint
    with pytest.raises(StoreError, match="The digits that run 1 was trained on are not here, and a hand is learned"):
        base_digits(parent, [OTHERS])


def test_a_later_lab_that_mixes_otherwise_makes_the_very_same_again(
    run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand, "OTHERS", 7)
    monkeypatch.setattr(hand, "MOST_TIMES", 1)
    assert open_run(RunStore(), run_id, [BASE]).run.digits.fingerprint == MADE.fingerprint
    assert hand_digits(BASE, some_digits(), copies=3, seed=2).fingerprint != MADE.fingerprint


def test_a_second_hand_begins_with_the_rate_of_the_first_not_with_its_calm_end(run_id: str) -> None:
    store = RunStore()
    parent = store.load(run_id)
    assert rate_at(parent, 20) == pytest.approx(0.01), "it was changed"
    fork, _ = plan_hand(store, parent, 20, store.snapshot(run_id, 20), BASE, some_digits())
    assert (fork.experiment.learning_rate, fork.halt.snapshot.learning_rate) == (0.001, np.float32(0.001))
    assert [change.learning_rate for change in fork.changes] == [pytest.approx(0.0001)]


def test_what_a_run_did_to_its_digits_is_left_out() -> None:
    store, base = RunStore(), DataFacts.of(BASE)
    writer = store.begin(kept.EXPERIMENT.changed(one_batch=True, moved_copies=3), base)
    writer.write(kept.batches()[0])
    writer.write(kept.batches()[1])
    writer.close()
    parent, snapshot = store.load(writer.id), kept.snapshot_at(0)
    changes = {"learning_rate": 0.5, "seed": 4}
    fork, digits = plan_hand(store, parent, 0, snapshot, BASE, some_digits(), copies=0, changes=changes)
    experiment = fork.experiment
    assert (experiment.one_batch, experiment.moved_copies) == (False, 0)
    assert (experiment.learning_rate, experiment.seed, digits.hand.seed) == (0.5, 4, 4)
    assert fork.changes == (), "a rate that is given stays"
