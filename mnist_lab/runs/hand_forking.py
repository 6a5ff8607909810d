"""A fork that learns a person's hand: a run's network goes on, on digits of others and the person's own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mnist_lab.data.digits import Digits
from mnist_lab.data.hand import COPIES, HandDigits, hand_digits
from mnist_lab.data.hand_digit import HandDigit
from mnist_lab.network.events import RateChanged
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import KeptRun
from mnist_lab.runs.fork import Fork
from mnist_lab.runs.fork_checks import check_is_run
from mnist_lab.runs.forking import plan_fork
from mnist_lab.runs.opening import find_digits, without_hand
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP

EPOCHS = 2
"""Passes over the digits of a hand, unless another number is asked for."""

CALM = 0.1
"""By what the learning rate is multiplied for the second half, unless a rate is given."""

_TRUE_DIGITS = {"one_batch": False, "shuffled_labels": False, "moved_copies": 0}
"""What a parent may have done to its digits, and would keep a hand from being learned; it has moved copies already."""


def base_digits(parent: KeptRun, at_hand: Sequence[Digits]) -> Digits:
    """The digits that a run trained on, without the hand that it may have learned; each run learns one hand.

    Args:
        parent: the run that a hand is learned from.
        at_hand: digits that need not be read.

    Raises:
        StoreError: they are not there.
    """
    data = parent.facts.data
    found = None if data is None else find_digits(without_hand(data), at_hand)
    if found is None:
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The digits that run {number} was trained on are not here, and a hand is learned beside them: open "
                "them first, or choose another run.",
            ),
            number=parent.facts.number,
        )
    return found


def plan_hand(
    store: RunStore,
    parent: KeptRun,
    updates: int,
    snapshot: Snapshot,
    base: Digits,
    hand: Sequence[HandDigit],
    copies: int = COPIES,
    changes: Mapping[str, object] | None = None,
) -> tuple[Fork, HandDigits]:
    """How a run learns a hand that goes on from another, and the digits that it trains on.

    Args:
        store: where the parent is kept.
        parent: the run that is left.
        updates: after how many of its gradient updates.
        snapshot: the parent's network and optimizer there.
        base: digits of others, as `base_digits` finds them.
        hand: the person's digits.
        copies: moved copies of each.
        changes: settings that are given; all others are the parent's, but for two epochs. Without a learning rate the
            one in force there counts, and a tenth of it in the second half. Where the parent has learned a hand itself,
            that is the one with which it began: it has ended with a tenth.

    Raises:
        DataError: the hand cannot be learned.
        StoreError: the run cannot be left there, or not be read.
        ExperimentError: the settings do not fit.
    """
    data = check_is_run(parent)
    assert parent.experiment is not None  # as was checked
    wanted = {"epochs": EPOCHS, **_TRUE_DIGITS, **(changes or {})}
    seed = parent.experiment.changed(seed=wanted.get("seed", parent.experiment.seed)).seed
    digits = hand_digits(base, hand, copies, seed)
    is_given = "learning_rate" in wanted
    if data.hand is not None:
        wanted = {"learning_rate": parent.experiment.learning_rate, **wanted}
    fork = plan_fork(store, parent, updates, wanted, digits, snapshot)
    if data.own is not None and without_hand(data).fingerprint == base.fingerprint:  # the base is made of them, too
        fork = replace(fork, data=replace(fork.data, own=data.own))
    return (fork if is_given else _calmed(fork, digits)), digits


def _calmed(fork: Fork, digits: Digits) -> Fork:
    """The same with a tenth of the learning rate in the second half of its updates.

    Twenty digits are few among thousands: what the last large steps do to them is chance. Measured over thirty writers,
    a calm end recognises half a point more of their other digits, and a tenth of a point more of the test set.
    """
    half = fork.experiment.total_updates(len(digits.train_images)) // 2
    change = RateChanged(half, fork.experiment.learning_rate * CALM)
    return replace(fork, changes=(change,), halt=replace(fork.halt, changes=(change,)))
