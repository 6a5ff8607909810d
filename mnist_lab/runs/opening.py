"""A kept run read from the store with all that is needed to look at it, and to let it go on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mnist_lab.data import sources
from mnist_lab.data.digits import DataError, Digits
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.events import RateChanged
from mnist_lab.network.halt import Halt
from mnist_lab.runs.facts import DataFacts, KeptRun
from mnist_lab.runs.fork import Fork
from mnist_lab.runs.run import Run
from mnist_lab.runs.run_writer import RunWriter
from mnist_lab.runs.store import RunStore


@dataclass(frozen=True, eq=False)
class OpenedRun:
    """A kept run as it was read.

    Attributes:
        run: its record.
        weights: its newest network; None where none was kept.
        has_digits: whether the digits that it trained on are there: `run.digits` are those, else others.
        kept_at: after how many updates its networks were kept, rising.
    """

    run: Run
    weights: NetworkWeights | None
    has_digits: bool
    kept_at: tuple[int, ...] = ()

    @property
    def can_go_on(self) -> bool:
        """Whether it can be trained further: with its own digits, from a network that was kept."""
        return self.has_digits and self.weights is not None


@dataclass(frozen=True, eq=False)
class ResumedRun:
    """A run that is about to go on: a kept one exactly from its newest snapshot, or a new one from another's moment.

    Attributes:
        run: its record up to there, live already; a new one has no number before its file is written.
        weights: the network there.
        halt: where it goes on.
        changes: of the learning rate, which are known already, to be made at their updates.
        writer: keeps what comes, and holds the run's lock; None of a new run.
        fork: what a new run takes over of its parent; None of a kept one.
    """

    run: Run
    weights: NetworkWeights
    halt: Halt
    changes: Sequence[RateChanged]
    writer: RunWriter | None = None
    fork: Fork | None = None

    def let_go(self) -> None:
        """Leave it as it is: it is wanted no more."""
        if self.writer is not None:
            self.writer.close()


def open_run(store: RunStore, run_id: str, at_hand: Sequence[Digits]) -> OpenedRun:
    """Read a run to be looked at, with its digits where they are `at_hand` or can be read from where they were.

    Raises:
        StoreError: it cannot be read.
        DataError: there are no digits at all, not even those that come with the lab.
    """
    kept = store.load(run_id)
    found = find_digits(kept.facts.data, at_hand)
    digits = found or (at_hand[0] if at_hand else sources.load_starter())
    weights = store.network_weights(run_id) if kept.snapshots else None
    kept_at = tuple(snapshot.updates for snapshot in kept.snapshots)
    return OpenedRun(_restored(store, kept, digits), weights, found is not None, kept_at)


def resume_run(
    store: RunStore, run_id: str, digits: Digits, is_wanted: Callable[[], bool], epochs: int = 1
) -> ResumedRun | None:
    """Take a run up again where its newest snapshot is, on its own `digits`; None if that is wanted no more.

    A run of which every epoch was trained gets so many `epochs` more.

    Raises:
        StoreError: it cannot be read or written, or goes on in another window.
        ExperimentError: it has as many epochs as a run may have.
    """
    was_interrupted = store.load(run_id).state == "interrupted"
    writer = store.resume(run_id)
    try:
        halt, changes = writer.halt(), writer.changes_ahead
        kept = writer.kept()  # without what came after the snapshot
        run = _restored(store, kept, digits)
        run.go_on(halt.updates, epochs=epochs, may_grow=not was_interrupted)
        weights = store.network_weights(run_id, halt.updates)
    except BaseException:
        writer.close()
        raise
    if not is_wanted():
        writer.close()
        return None
    return ResumedRun(run, weights, halt, changes, writer)


def _restored(store: RunStore, kept: KeptRun, digits: Digits) -> Run:
    has_start = any(snapshot.updates == 0 for snapshot in kept.snapshots)
    return Run.restored(kept, digits, store.network_weights(kept.facts.id, 0) if has_start else None)


def without_hand(data: DataFacts) -> DataFacts:
    """The digits that a hand was added to; `data` itself where there is none."""
    hand = data.hand
    if hand is None:
        return data
    return replace(data, fingerprint=hand.base_fingerprint, train_images=hand.base_images, hand=None)


def without_own(data: DataFacts) -> DataFacts:
    """The digits that the learner's own were added to; `data` itself where they are not known."""
    own = data.own
    if own is None:
        return data
    count = data.train_images - len(own.labels)
    return replace(data, fingerprint=own.base_fingerprint, train_images=count, own_digits=0, own=None)


def made_again(data: DataFacts, others: Digits) -> Digits:
    """The digits of a run out of those that were read: with the learner's own and a hand, where it had them.

    Raises:
        DataError: what is kept of them cannot be learned from.
    """
    digits = others if data.own is None else data.own.made_again(others)
    return digits if data.hand is None else data.hand.made_again(digits)


def find_digits(wanted: DataFacts | None, at_hand: Sequence[Digits]) -> Digits | None:
    """The digits of that fingerprint: of those at hand, else from where they were read; None if they are not there."""
    if wanted is None:
        return None
    for digits in at_hand:
        if digits.fingerprint == wanted.fingerprint:
            return digits
    try:
        read = _found_otherwise(wanted, at_hand)
    except DataError:
        return None  # they have gone, or changed beyond recognition: the run is shown without them
    return read if read is not None and read.fingerprint == wanted.fingerprint else None


def _found_otherwise(wanted: DataFacts, at_hand: Sequence[Digits]) -> Digits | None:
    """Those without a hand, or without own digits, with these added again; else read again."""
    if wanted.hand is not None:
        base = find_digits(without_hand(wanted), at_hand)
        return None if base is None else wanted.hand.made_again(base)
    if wanted.own is not None:
        base = find_digits(without_own(wanted), at_hand)
        return None if base is None else wanted.own.made_again(base)
    return _read_again(wanted)


def _read_again(wanted: DataFacts) -> Digits | None:
    match wanted.kind:
        case "starter":
            return sources.load_starter()
        case "full" if (full := sources.load_full().digits) is not None:
            return full
        case _:
            return sources.load_path(Path(wanted.origin)) if wanted.origin else None
