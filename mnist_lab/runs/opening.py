"""A kept run read from the store with all that is needed to look at it, and to let it go on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mnist_lab.data import sources
from mnist_lab.data.digits import DataError, Digits
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.events import RateChanged
from mnist_lab.network.halt import Halt
from mnist_lab.runs.facts import DataFacts, KeptRun
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
    """

    run: Run
    weights: NetworkWeights | None
    has_digits: bool

    @property
    def can_go_on(self) -> bool:
        """Whether it can be trained further: with its own digits, from a network that was kept."""
        return self.has_digits and self.weights is not None


@dataclass(frozen=True, eq=False)
class ResumedRun:
    """A kept run that is about to go on, exactly from its newest snapshot.

    Attributes:
        run: its record up to there.
        weights: the network there.
        halt: where it goes on.
        changes: the learning rates that it had later on, to be set again at their updates.
        writer: keeps what comes; it holds the run's lock.
    """

    run: Run
    weights: NetworkWeights
    halt: Halt
    changes: Sequence[RateChanged]
    writer: RunWriter


def open_run(store: RunStore, run_id: str, at_hand: Sequence[Digits]) -> OpenedRun:
    """Read a run to be looked at, with its digits where they are `at_hand` or can be read from where they were.

    Raises:
        StoreError: it cannot be read.
        DataError: there are no digits at all, not even those that come with the lab.
    """
    kept = store.load(run_id)
    found = _find_digits(kept.facts.data, at_hand)
    digits = found or (at_hand[0] if at_hand else sources.load_starter())
    weights = store.network_weights(run_id) if kept.snapshots else None
    return OpenedRun(_restored(store, kept, digits), weights, found is not None)


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


def _find_digits(wanted: DataFacts | None, at_hand: Sequence[Digits]) -> Digits | None:
    """The digits of that fingerprint: of those at hand, else from where they were read; None if they are not there."""
    if wanted is None:
        return None
    for digits in at_hand:
        if digits.fingerprint == wanted.fingerprint:
            return digits
    try:
        read = _read_again(wanted)
    except DataError:
        return None  # they have gone, or changed beyond recognition: the run is shown without them
    return read if read is not None and read.fingerprint == wanted.fingerprint else None


def _read_again(wanted: DataFacts) -> Digits | None:
    match wanted.kind:
        case "starter":
            return sources.load_starter()
        case "full":
            return sources.load_full().digits
        case _:
            return sources.load_path(Path(wanted.origin)) if wanted.origin else None
