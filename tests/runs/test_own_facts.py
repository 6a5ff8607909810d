"""A run that trained on digits of the learner's own keeps them: its digits are made again when it is opened."""

from dataclasses import replace

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from mnist_lab.data.digits import DataError, Digits
from mnist_lab.data.hand import hand_digits
from mnist_lab.data.own_digits import OwnDigits, new_digit, with_own
from mnist_lab.runs.facts import DataFacts
from mnist_lab.runs.hand_forking import base_digits, plan_hand
from mnist_lab.runs.opening import find_digits, open_run
from mnist_lab.runs.own_facts import OwnFacts
from mnist_lab.runs.store import RunStore
from tests.data.test_hand import some_digits
from tests.network.runs import made_up_digits
from tests.runs import kept

BASE, OTHERS = made_up_digits(97, 20), made_up_digits(60, 20)


def own(count: int) -> OwnDigits:
    random = np.random.default_rng(1)
    return OwnDigits(tuple(new_digit(random.integers(0, 256, (28, 28), np.uint8), at % 10) for at in range(count)))


MADE = with_own(BASE, own(3))


def keep(digits: Digits, count: int) -> str:
    writer = RunStore().begin(kept.EXPERIMENT, DataFacts.of(digits, count))
    for batch in kept.batches():
        writer.write(batch)
    writer.close()
    return writer.id


def test_own_digits_are_added_again_to_the_base() -> None:
    """They may have been removed from “My digits” since, or others were added."""
    run_id = keep(MADE, 3)
    opened = open_run(RunStore(), run_id, [OTHERS, BASE])
    assert opened.can_go_on
    digits = opened.run.digits
    assert digits is not MADE
    assert digits.fingerprint == MADE.fingerprint
    np.testing.assert_array_equal(digits.train_labels[-3:], [0, 1, 2])
    assert open_run(RunStore(), run_id, [MADE, BASE]).run.digits is MADE, "where they are at hand"
    assert not open_run(RunStore(), run_id, [OTHERS]).has_digits, "the base is not there"


def test_a_list_leaves_the_images_out() -> None:
    keep(MADE, 3)
    (row,) = RunStore().refresh()
    assert row.data == replace(DataFacts.of(MADE, 3), own=None)


def test_a_hand_learned_beside_them_needs_them_too() -> None:
    store = RunStore()
    run_id = keep(MADE, 3)
    parent = store.load(run_id)
    base = base_digits(parent, [BASE])
    assert base.fingerprint == MADE.fingerprint
    fork, digits = plan_hand(store, parent, 0, store.snapshot(run_id, 0), base, some_digits(), copies=2)
    assert fork.data.own == DataFacts.of(MADE, 3).own
    found = find_digits(fork.data, [BASE])
    assert found is not None
    assert found.fingerprint == digits.fingerprint
    other = hand_digits(OTHERS, some_digits(), copies=2)
    fork, _ = plan_hand(store, parent, 0, store.snapshot(run_id, 0), OTHERS, some_digits(), copies=2)
    assert (fork.data.own, fork.data.fingerprint) == (None, other.fingerprint), "beside digits of others"


def test_a_run_of_an_earlier_version_does_not_know_them() -> None:
    facts = replace(DataFacts.of(MADE, 3), own=None)
    assert find_digits(facts, [BASE]) is None
    assert find_digits(facts, [BASE, MADE]) is MADE


def test_half_a_byte_is_no_image() -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(OwnFacts).validate_python({"base_fingerprint": "", "labels": "1", "images": "abc"})


def test_images_that_are_cut_off() -> None:
    facts = DataFacts.of(MADE, 3)
    assert facts.own is not None
    cut = replace(facts, own=replace(facts.own, images=facts.own.images[:-2]))
    assert find_digits(cut, [BASE]) is None
    with pytest.raises(DataError, match="are damaged"):
        cut.own.made_again(BASE)
