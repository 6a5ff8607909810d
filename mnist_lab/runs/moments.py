"""The moments of a kept run: its network after any of its gradient updates, kept or made again."""

from collections.abc import Callable, Sequence

from mnist_lab.data.digits import Digits
from mnist_lab.files.sqlite_errors import Trouble
from mnist_lab.network.control import Control
from mnist_lab.network.events import Diverged
from mnist_lab.network.recording import Moment, Recording
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import KeptRun
from mnist_lab.runs.opening import open_run
from mnist_lab.runs.snapshots import activation_at, network_of
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP, Listing
from mnist_lab.work import Cancelled

_MOST_LISTED = 12
"""Kept networks that a sentence names."""


def recording_of(kept: KeptRun, digits: Digits, snapshot: Callable[[int], Snapshot | None]) -> Recording:
    """What is known of a run, as a replay takes it.

    Args:
        kept: what the store holds of it.
        digits: those that it was given.
        snapshot: reads the newest kept one at or before so many updates; None where none is that early.

    Raises:
        ValueError: it is a kept network.
    """
    if kept.experiment is None or kept.facts.kind == "network":
        raise ValueError("a kept network was never run here")
    ends = {end.updates: end.weights_sha256 for end in kept.epochs if end.weights_sha256}
    return Recording(
        run_id=kept.facts.id,
        experiment=kept.experiment,
        digits=digits,
        xla=bool(kept.facts.runtime.get("xla", True)),
        losses=kept.losses,
        hashes=ends | {one.updates: one.weights_sha256 for one in kept.snapshots},
        changes=kept.rate_changes,
        past=kept.facts.past,
        snapshot=snapshot,
    )


def last_moment(kept: KeptRun) -> int:
    """After how many updates there is a network at most: of a run that diverged, the last finite one."""
    return kept.outcome.kept_updates if isinstance(kept.outcome, Diverged) else kept.updates


def snapshot_reader(store: RunStore, run_id: str) -> Callable[[int], Snapshot | None]:
    """What reads the newest kept snapshot at or before so many updates, as `Recording.snapshot`.

    One that is damaged is passed over: an older one leads to the same bits, and so does the seed.
    """

    def read(updates: int) -> Snapshot | None:
        try:
            return store.snapshot(run_id, updates)
        except StoreError as error:
            run = store.load(run_id)
            kept = [one.updates for one in run.snapshots if one.updates <= updates]
            if kept and error.trouble is not Trouble.DAMAGED:
                raise
            if len(kept) > 1:
                return read(kept[-1] - 1)
            if run.facts.begins_trained:  # its start is another run's, and is nowhere else
                raise
            return None

    return read


def moment_of(
    store: RunStore,
    run_id: str,
    updates: int | None = None,
    at_hand: Sequence[Digits] = (),
    control: Control | None = None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> Moment:
    """A moment of a kept run as far as it is kept.

    Nothing is replayed, and Keras is not imported, where the last network is wanted and kept.

    Args:
        store: where it is kept.
        run_id: the run.
        updates: after how many of its gradient updates; None: after all.
        at_hand: digits that need not be read.
        control: of the run that is live in this process, this one or another; None: none is.
        is_wanted: whether anybody still waits for it.

    Raises:
        Cancelled: nobody does.
        StoreError: it has no such moment, or cannot be read.
        DataError: there are no digits at all.
        LabError: Keras cannot be imported, or the network does not fit into memory.
    """
    kept = store.load(run_id)
    wanted = _checked(kept, updates)
    if wanted == last_moment(kept) and any(one.updates == wanted for one in kept.snapshots):
        return kept_moment(store, kept, wanted)
    opened = open_run(store, run_id, at_hand)
    if not opened.has_digits:
        _check_kept(kept, wanted)
        return kept_moment(store, kept, wanted)
    from mnist_lab.network.replay import Replay
    from mnist_lab.network.turns import in_turn

    recording = recording_of(kept, opened.run.digits, snapshot_reader(store, run_id))
    replay = Replay()
    try:
        # A session that is handed over is a live run's: the replay has one of its own.
        moment = in_turn(control, lambda _, is_wanted: replay.go_to(recording, wanted, None, is_wanted), is_wanted)
    finally:
        replay.close()
    if moment is None:
        raise Cancelled
    return moment


def kept_moment(store: RunStore, kept: KeptRun, updates: int) -> Moment:
    """The newest kept network at or before so many updates, as it is.

    Raises:
        StoreError: there is none, or it cannot be read.
        SnapshotError: it makes no network.
    """
    snapshot = store.snapshot(kept.facts.id, updates)
    weights = network_of(snapshot, activation_at(kept.facts, snapshot.updates))
    return Moment(kept.facts.id, snapshot.updates, snapshot, weights, None, True, 0.0, is_replayed=False)


def _checked(kept: KeptRun, updates: int | None) -> int:
    """The moment that is meant.

    Raises:
        StoreError: there is none.
    """
    number, last = kept.facts.number, last_moment(kept)
    if kept.facts.kind == "network":
        if updates is None or updates == last:
            return last
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors",
                "Number {number} is a kept network without a run, and has no other moment than its own: leave out the"
                " update, or choose a run.",
            ),
            number=number,
        )
    if not kept.updates:
        raise StoreError(
            QT_TRANSLATE_NOOP("errors", "Run {number} has no gradient update yet: try again in a second."),
            number=number,
        )
    if updates is not None and not 0 <= updates <= last:
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors", "Run {number} has no update {update:,}: choose one from 0 (its start) to {last:,}."
            ),
            number=number,
            update=updates,
            last=last,
        )
    return last if updates is None else updates


def _check_kept(kept: KeptRun, updates: int) -> None:
    places = [one.updates for one in kept.snapshots]
    if updates in places:
        return
    raise StoreError(
        QT_TRANSLATE_NOOP(
            "errors",
            "The digits that run {number} was trained on are not here, so only its kept networks can be had: choose"
            " update {places}.",
        ),
        number=kept.facts.number,
        places=Listing(", ".join(f"{place:,}" for place in places[:_MOST_LISTED])),
    )
